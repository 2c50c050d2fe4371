"""Exceptions from caps: one meeting may exceed one policy, up to a number, for a written reason.

The policy names the roles that may grant it; the exception binds this meeting only, stands in the register with who and
why, and in the audit trail. Taking it back refuses growth at once and throws nobody out.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.caps.models import CapException, CapPolicy
from orchestrator.caps.refusals import ExceptionNotAllowed, ExceptionNotNeeded
from orchestrator.caps.service import LARGEST_CAP, value_of, who_may_exceed
from orchestrator.meetings import states
from orchestrator.meetings.loads import load_of
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import MeetingPlan, PlannedException
from orchestrator.refusals import MeetingOver
from orchestrator.words import checked_name

REGISTER_ROWS = 50


def grant_exception(session: Session, actor: Actor | None, meeting_id: UUID, new: PlannedException) -> CapException:
    """Let a meeting exceed a policy; a second grant for the same policy replaces the first.

    Raises:
        NotFound: no such meeting or policy. MeetingOver: nothing to plan any more. ExceptionNotAllowed: not this role.
        ExceptionNotNeeded: the policy does not bind this meeting. Invalid: no reason, or no larger number.
    """
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None:
        raise NotFound
    require(actor, Action.GRANT_EXCEPTION, meeting)
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    policy = _may_grant(session, actor, new)
    load = load_of(session, {item.endpoint_id: item.head_count for item in meeting.endpoints}, meeting.kind)
    value = value_of(policy)
    binds = value.is_valid_on(in_vietnam(meeting.starts_at).date()) and value.binds_kind(meeting.kind)
    if not binds or not any(value.binds_units(room.unit_ids) for room in load.rooms):
        raise ExceptionNotNeeded(policy=policy.name)
    return write_exception(session, actor, meeting.id, new)


def checked_exceptions(session: Session, actor: Actor | None, plan: MeetingPlan) -> dict[UUID, int]:
    """Numbers that a plan's own exceptions allow, by policy. Raises ExceptionNotAllowed, Invalid, NotFound."""
    for exception in plan.exceptions:
        _may_grant(session, actor, exception)
    return {exception.policy_id: exception.allowed for exception in plan.exceptions}


def write_exception(session: Session, actor: Actor | None, meeting_id: UUID, new: PlannedException) -> CapException:
    """Write a checked exception; the one it replaces is taken back."""
    for old in session.scalars(_live(meeting_id).where(CapException.policy_id == new.policy_id)):
        _take_back(actor, old)
    session.flush()
    row = CapException(
        meeting_id=meeting_id,
        policy_id=new.policy_id,
        allowed=new.allowed,
        reason=checked_name(new.reason, "lý do cho vượt trần"),
        granted_by=actor.account_id if actor else UUID(int=0),
        granted_by_name=actor.name if actor else "",
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "cap_exception.granted",
        "meeting",
        meeting_id,
        exception_id=row.id,
        policy_id=new.policy_id,
        allowed=new.allowed,
    )
    return row


def revoke_exception(session: Session, actor: Actor | None, meeting_id: UUID, exception_id: UUID) -> CapException:
    """Take an exception back. Raises NotFound (also for an exception of another meeting), Forbidden."""
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None:
        raise NotFound
    require(actor, Action.GRANT_EXCEPTION, meeting)
    row = session.scalar(_live(meeting_id).where(CapException.id == exception_id))
    if row is None:
        raise NotFound
    _may_use(actor, row.policy)
    _take_back(actor, row)
    audit.record(session, actor, "cap_exception.revoked", "meeting", meeting_id, exception_id=row.id)
    return row


def exceptions_of(session: Session, actor: Actor | None, meeting: Meeting) -> Sequence[CapException]:
    """Exceptions of a meeting, those taken back too, newest first."""
    require(actor, Action.VIEW_MEETING, meeting)
    query = select(CapException).where(CapException.meeting_id == meeting.id)
    return session.scalars(query.order_by(CapException.created_at.desc())).all()


def exception_register(
    session: Session, actor: Actor | None, *, page: int = 1
) -> tuple[Sequence[tuple[CapException, str, str]], int]:
    """The register: exceptions with title and number of their meeting, newest first, and how many there are in all."""
    require(actor, Action.VIEW_DIRECTORY)
    total = session.scalar(select(func.count()).select_from(CapException)) or 0
    query = (
        select(CapException, Meeting.title, Meeting.code)
        .join(Meeting, Meeting.id == CapException.meeting_id)
        .order_by(CapException.created_at.desc(), CapException.id)
        .limit(REGISTER_ROWS)
        .offset((max(page, 1) - 1) * REGISTER_ROWS)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)], total


def _live(meeting_id: UUID):  # type: ignore[no-untyped-def]  # a select of one entity
    return select(CapException).where(CapException.meeting_id == meeting_id, CapException.revoked_at.is_(None))


def _may_grant(session: Session, actor: Actor | None, new: PlannedException) -> CapPolicy:
    require(actor, Action.GRANT_EXCEPTION)
    checked_name(new.reason, "lý do cho vượt trần")
    policy = session.get(CapPolicy, new.policy_id)
    if policy is None:
        raise NotFound
    _may_use(actor, policy)
    if isinstance(new.allowed, bool) or not policy.maximum < new.allowed <= LARGEST_CAP:
        raise Invalid(field="số được phép", reason=f"phải lớn hơn trần {policy.maximum} của quy định")
    return policy


def _may_use(actor: Actor | None, policy: CapPolicy) -> None:
    if actor is None or not {role.value for role in actor.roles} & set(policy.may_exceed_roles):
        who = who_may_exceed(policy.may_exceed_roles) or "Quy định này không cho phép vượt trần."
        raise ExceptionNotAllowed(policy=policy.name, basis=policy.legal_basis, who=who)


def _take_back(actor: Actor | None, row: CapException) -> None:
    row.revoked_at = current().clock()
    row.revoked_by_name = actor.name if actor else ""
