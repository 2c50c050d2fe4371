"""Caps against the database: keep the policies, check a meeting's load while nobody else can change either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, Role, require
from orchestrator.caps.caps import Breach, Load, Policy, Scope, breaches, strictest
from orchestrator.caps.models import CapException, CapPolicy, CapPolicyUnit
from orchestrator.caps.presets import BY_CODE, PRESETS
from orchestrator.caps.refusals import CapInForce
from orchestrator.directory.models import Unit
from orchestrator.refusals import (
    CapExceeded,
    ConnectionCapExceeded,
    MeetingCapExceeded,
    RoomCapExceeded,
    UnknownReference,
)
from orchestrator.words import checked_name

#: More people than any hall holds; a larger number is a slip of the pen.
LARGEST_CAP = 100_000

#: As refusals and registers name them.
ROLE_WORDS: dict[Role, str] = {
    Role.OPERATOR: "Điều hành kỹ thuật",
    Role.APPROVER: "Người duyệt",
}

_REFUSALS: dict[Scope, type[CapExceeded]] = {
    Scope.ROOM: RoomCapExceeded,
    Scope.MEETING: MeetingCapExceeded,
    Scope.CONNECTIONS: ConnectionCapExceeded,
}


@dataclass(frozen=True)
class NewPolicy:
    """A policy as filled in; `valid_until` is its last day; empty lists of kinds and units bind all."""

    name: str
    scope: Scope
    maximum: int
    legal_basis: str
    valid_from: date
    valid_until: date | None = None
    kinds: Sequence[str] = ()
    unit_ids: Sequence[UUID] = ()
    may_exceed_roles: Sequence[Role] = ()
    note: str = ""


def ensure_default_policy(session: Session) -> None:
    """Write the default policy of a fresh installation; does nothing once any policy was ever kept."""
    if session.scalar(select(CapPolicy.id).limit(1)) is not None:
        return
    # What the ministry's own notice demands; holds from the day of that notice until an administrator ends it.
    preset = PRESETS[0]
    new = NewPolicy(
        name=preset.name,
        scope=preset.scope,
        maximum=preset.maximum or 1,
        legal_basis=preset.legal_basis,
        valid_from=date(2021, 5, 11),
        may_exceed_roles=(Role.APPROVER,),
    )
    _write(session, None, new)


def create_policy(session: Session, actor: Actor | None, new: NewPolicy) -> CapPolicy:
    """Add a policy.

    Raises:
        Invalid: a number below 1, a missing legal basis, a validity that runs backward, a role that may grant nothing.
        UnknownReference: a unit that the directory does not know.
    """
    require(actor, Action.MANAGE_CAPS)
    if isinstance(new.maximum, bool) or new.maximum < 1:
        raise Invalid(field="số trần", reason="phải từ 1 trở lên; muốn dừng họp trực tiếp thì hủy cuộc họp")
    if new.maximum > LARGEST_CAP:
        raise Invalid(field="số trần", reason="lớn bất thường, hãy kiểm tra lại")
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise Invalid(field="hiệu lực đến", reason="trước ngày bắt đầu hiệu lực")
    if unable := set(new.may_exceed_roles) - set(ROLE_WORDS):
        raise Invalid(field="vai trò được cho vượt trần", reason=f"{min(unable)} không có quyền này")
    known = set(session.scalars(select(Unit.id).where(Unit.id.in_(new.unit_ids))))
    for unknown in sorted(set(new.unit_ids) - known):
        raise UnknownReference(what="đơn vị", id=unknown)
    checked = replace(
        new,
        name=checked_name(new.name, "tên quy định"),
        legal_basis=checked_name(new.legal_basis, "căn cứ"),
        note=checked_name(new.note, "ghi chú", optional=True),
    )
    return _write(session, actor, checked)


def add_preset(
    session: Session, actor: Actor | None, code: str, valid_from: date, *, maximum: int | None = None
) -> CapPolicy:
    """Put a preset in force from this day; the approver may let single meetings exceed it.

    Raises:
        NotFound: no such preset. Invalid: the paper names no number and none was given.
        CapInForce: the same policy binds already.
    """
    require(actor, Action.MANAGE_CAPS)
    preset = BY_CODE.get(code)
    if preset is None:
        raise NotFound
    number = maximum if maximum is not None else preset.maximum
    if number is None:
        raise Invalid(field="số trần", reason=f"{preset.legal_basis} không nêu số người, hãy nhập số")
    same = select(CapPolicy.id).where(
        CapPolicy.legal_basis == preset.legal_basis,
        CapPolicy.maximum == number,
        or_(CapPolicy.valid_until.is_(None), CapPolicy.valid_until >= valid_from),
    )
    if session.scalar(same.limit(1)) is not None:
        raise CapInForce(name=preset.name, basis=preset.legal_basis)
    new = NewPolicy(preset.name, preset.scope, number, preset.legal_basis, valid_from, note=preset.note)
    return create_policy(session, actor, replace(new, may_exceed_roles=(Role.APPROVER,)))


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


def check_plan(
    session: Session,
    load: Load,
    day: date,
    *,
    meeting_id: UUID | None = None,
    allowed: Mapping[UUID, int] | None = None,
) -> None:
    """Refuse a load over the caps of the day.

    The caller holds the meeting's row lock (or is writing a meeting nobody sees yet); the policies are locked here
    against a change until the caller's transaction ends, so check and act are one.

    Args:
        meeting_id: whose exceptions count.
        allowed: numbers by policy that are being granted together with this plan.

    Raises:
        CapExceeded: a subclass per scope, with the place, both numbers and the strictest policy.
    """
    found = found_breaches(session, load, day, meeting_id=meeting_id, allowed=allowed, locked=True)
    if found:
        raise _refusal(found)


def found_breaches(
    session: Session,
    load: Load,
    day: date,
    *,
    meeting_id: UUID | None = None,
    allowed: Mapping[UUID, int] | None = None,
    locked: bool = False,
) -> tuple[Breach, ...]:
    """What `check_plan` would refuse, as values; for previews and lists."""
    numbers = (allowed_of(session, meeting_id) if meeting_id else {}) | dict(allowed or {})
    return breaches(load, [with_allowed(item, numbers) for item in policies_now(session, locked=locked)], day)


def policies_now(session: Session, *, locked: bool = False) -> list[Policy]:
    """Every policy as a value."""
    query = select(CapPolicy).order_by(CapPolicy.id)
    return [value_of(row) for row in session.scalars(query.with_for_update(read=True) if locked else query)]


def allowed_of(session: Session, meeting_id: UUID) -> dict[UUID, int]:
    """Numbers granted to this meeting by live exceptions, by policy."""
    granted = select(CapException.policy_id, CapException.allowed).where(
        CapException.meeting_id == meeting_id, CapException.revoked_at.is_(None)
    )
    return {policy_id: allowed for policy_id, allowed in session.execute(granted)}


def with_allowed(policy: Policy, allowed: Mapping[UUID, int]) -> Policy:
    """The policy as it binds a meeting that was granted exceptions: the larger number instead of its own."""
    number = allowed.get(policy.id, 0) if policy.id else 0
    return replace(policy, maximum=number) if number > policy.maximum else policy


def connection_cap(
    session: Session, day: date, *, kind: str | None = None, meeting_id: UUID | None = None
) -> int | None:
    """The strictest number of connections that binds the whole conference room on this day; None where none does.

    A policy that binds some units only counts a part of the room and cannot be told to Prosody; the plan has been held
    against it. Without `kind` only policies that bind every kind are meant.
    """
    numbers = allowed_of(session, meeting_id) if meeting_id else {}
    binding = [
        with_allowed(policy, numbers)
        for policy in policies_now(session)
        if policy.scope is Scope.CONNECTIONS
        and not policy.unit_ids
        and policy.is_valid_on(day)
        and policy.binds_kind(kind or "")
    ]
    policy = strictest(binding)
    return policy.maximum if policy else None


def value_of(row: CapPolicy) -> Policy:
    """The row as the rule reads it."""
    return Policy(
        name=row.name,
        scope=row.scope,
        maximum=row.maximum,
        legal_basis=row.legal_basis,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        kinds=frozenset(row.kinds),
        unit_ids=frozenset(unit.unit_id for unit in row.units),
        id=row.id,
        may_exceed=frozenset(row.may_exceed_roles),
    )


def who_may_exceed(roles: Sequence[str] | frozenset[str]) -> str:
    """`Người duyệt được cho vượt trần khi ghi rõ lý do.`, or that nobody may; for refusals and screens."""
    names = [words for role, words in ROLE_WORDS.items() if role.value in roles]
    if not names:
        return ""
    return f"Được cho vượt trần khi ghi rõ lý do: {', '.join(names)}."


def _write(session: Session, actor: Actor | None, new: NewPolicy) -> CapPolicy:
    policy = CapPolicy(
        name=new.name,
        scope=new.scope,
        maximum=new.maximum,
        legal_basis=new.legal_basis,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        kinds=sorted(set(new.kinds)),
        may_exceed_roles=sorted({role.value for role in new.may_exceed_roles}),
        note=new.note,
        units=[CapPolicyUnit(unit_id=unit_id) for unit_id in dict.fromkeys(new.unit_ids)],
    )
    session.add(policy)
    session.flush()
    audit.record(
        session, actor, "cap_policy.created", "cap_policy", policy.id, scope=policy.scope, maximum=policy.maximum
    )
    return policy


def _refusal(found: Sequence[Breach]) -> CapExceeded:
    first = found[0]
    exceed = who_may_exceed(first.policy.may_exceed)
    return _REFUSALS[first.policy.scope](
        place=first.place,
        counted=first.counted,
        maximum=first.policy.maximum,
        surplus=first.surplus,
        policy=first.policy.name,
        basis=first.policy.legal_basis,
        others=len(found) - 1,
        policy_id=first.policy.id,
        exceed=f" {exceed}" if exceed else "",
    )
