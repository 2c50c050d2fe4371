"""Caps against the database: keep the policies, check a meeting's load while nobody else can change either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from orchestrator.caps.caps import Breach, Load, Policy, Scope, breaches, strictest
from orchestrator.caps.models import CapPolicy
from orchestrator.refusals import CapExceeded, ConnectionCapExceeded, MeetingCapExceeded, RoomCapExceeded
from orchestrator.words import checked_name

#: What the ministry's own notice demands; holds until an administrator ends it.
DEFAULT_POLICY = Policy(
    name="Trần phòng họp trực tiếp",
    scope=Scope.ROOM,
    maximum=20,
    legal_basis="Thông báo số 2047/TB-BCĐ ngày 11/5/2021",
    valid_from=date(2021, 5, 11),
)

_REFUSALS: dict[Scope, type[CapExceeded]] = {
    Scope.ROOM: RoomCapExceeded,
    Scope.MEETING: MeetingCapExceeded,
    Scope.CONNECTIONS: ConnectionCapExceeded,
}


@dataclass(frozen=True)
class NewPolicy:
    """A policy as filled in; `valid_until` is its last day."""

    name: str
    scope: Scope
    maximum: int
    legal_basis: str
    valid_from: date
    valid_until: date | None = None


def ensure_default_policy(session: Session) -> None:
    """Write the default policy of a fresh installation; does nothing once any policy was ever kept."""
    if session.scalar(select(CapPolicy.id).limit(1)) is not None:
        return
    policy = _row(DEFAULT_POLICY)
    session.add(policy)
    session.flush()
    audit.record(session, None, "cap_policy.created", "cap_policy", policy.id, maximum=policy.maximum)


def create_policy(session: Session, actor: Actor | None, new: NewPolicy) -> CapPolicy:
    """Add a policy. Raises Invalid for a number below 1, a missing legal basis, a validity that runs backward."""
    require(actor, Action.MANAGE_CAPS)
    if isinstance(new.maximum, bool) or new.maximum < 1:
        raise Invalid(field="số trần", reason="phải từ 1 trở lên; muốn dừng họp trực tiếp thì hủy cuộc họp")
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise Invalid(field="hiệu lực đến", reason="trước ngày bắt đầu hiệu lực")
    policy = _row(
        Policy(
            name=checked_name(new.name, "tên quy định"),
            scope=new.scope,
            maximum=new.maximum,
            legal_basis=checked_name(new.legal_basis, "căn cứ"),
            valid_from=new.valid_from,
            valid_until=new.valid_until,
        )
    )
    session.add(policy)
    session.flush()
    audit.record(
        session, actor, "cap_policy.created", "cap_policy", policy.id, scope=policy.scope, maximum=policy.maximum
    )
    return policy


def end_policy(session: Session, actor: Actor | None, policy_id: UUID, last_day: date) -> CapPolicy:
    """Let a policy end after this day. Raises NotFound, Invalid."""
    require(actor, Action.MANAGE_CAPS)
    policy = session.get(CapPolicy, policy_id, with_for_update=True)
    if policy is None:
        raise NotFound
    if last_day < policy.valid_from:
        raise Invalid(field="hiệu lực đến", reason="trước ngày bắt đầu hiệu lực")
    policy.valid_until = last_day
    audit.record(session, actor, "cap_policy.ended", "cap_policy", policy.id, last_day=last_day.isoformat())
    return policy


def list_policies(session: Session, actor: Actor | None) -> Sequence[CapPolicy]:
    """All policies, newest validity first. Whoever plans may read them."""
    require(actor, Action.VIEW_DIRECTORY)
    return session.scalars(select(CapPolicy).order_by(CapPolicy.valid_from.desc(), CapPolicy.name)).all()


def check_plan(session: Session, load: Load, day: date) -> None:
    """Refuse a load over the caps of the day.

    The caller holds the meeting's row lock (or is writing a meeting nobody sees yet); the policies are locked here
    against a change until the caller's transaction ends, so check and act are one.

    Raises:
        CapExceeded: a subclass per scope, with the place, both numbers and the strictest policy.
    """
    rows = session.scalars(select(CapPolicy).order_by(CapPolicy.id).with_for_update(read=True)).all()
    found = breaches(load, [_value(row) for row in rows], day)
    if found:
        raise _refusal(found)


def connection_cap(session: Session, day: date) -> int | None:
    """The strictest number of connections that binds on this day; None where no policy speaks of connections."""
    rows = session.scalars(select(CapPolicy).where(CapPolicy.scope == Scope.CONNECTIONS))
    policy = strictest([value for value in map(_value, rows) if value.is_valid_on(day)])
    return policy.maximum if policy else None


def _refusal(found: Sequence[Breach]) -> CapExceeded:
    first = found[0]
    return _REFUSALS[first.policy.scope](
        place=first.place,
        counted=first.counted,
        maximum=first.policy.maximum,
        surplus=first.surplus,
        policy=first.policy.name,
        basis=first.policy.legal_basis,
        others=len(found) - 1,
    )


def _row(policy: Policy) -> CapPolicy:
    return CapPolicy(
        name=policy.name,
        scope=policy.scope,
        maximum=policy.maximum,
        legal_basis=policy.legal_basis,
        valid_from=policy.valid_from,
        valid_until=policy.valid_until,
    )


def _value(row: CapPolicy) -> Policy:
    return Policy(row.name, row.scope, row.maximum, row.legal_basis, row.valid_from, row.valid_until)
