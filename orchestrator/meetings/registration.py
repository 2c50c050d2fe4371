"""Head-counts and roll call: how many people are registered behind an endpoint, and who was there in the end.

The count is checked and written under the meeting's row lock, so that thirty who register at once into twenty seats are
exactly twenty.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from orchestrator.meetings import states
from orchestrator.meetings.models import Attendance, Meeting, MeetingEndpoint, Participant
from orchestrator.meetings.plan import check_head_count
from orchestrator.meetings.writing import check_caps
from orchestrator.refusals import MeetingOver
from orchestrator.words import checked_name


def set_head_count(
    session: Session, actor: Actor | None, meeting_id: UUID, endpoint_id: UUID, count: int
) -> MeetingEndpoint:
    """Say how many people sit at an endpoint of the meeting. Raises CapExceeded, MeetingOver, NotFound, Invalid."""
    check_head_count(count)
    meeting = _locked(session, actor, meeting_id)
    return _register(session, actor, meeting, _place(meeting, endpoint_id), count)


def register_people(
    session: Session, actor: Actor | None, meeting_id: UUID, endpoint_id: UUID, *, more: int = 1
) -> MeetingEndpoint:
    """Add people to those registered at an endpoint. Raises as `set_head_count`."""
    check_head_count(more)
    meeting = _locked(session, actor, meeting_id)
    place = _place(meeting, endpoint_id)
    return _register(session, actor, meeting, place, place.head_count + more)


def answer_head_count(session: Session, meeting_id: UUID, endpoint_id: UUID, count: int) -> MeetingEndpoint:
    """The number an endpoint gives by its personal link, which is the proof: no account stands behind it.

    Raises as `set_head_count`.
    """
    check_head_count(count)
    meeting = _locked_row(session, meeting_id)
    return _register(session, None, meeting, _place(meeting, endpoint_id), count)


def record_attendance(
    session: Session,
    actor: Actor | None,
    meeting_id: UUID,
    participant_id: UUID,
    attendance: Attendance,
    *,
    reason: str = "",
) -> Participant:
    """Roll call of one person; possible after the meeting too, since corrections come late.

    Raises:
        NotFound: the participant is not one of this meeting. Invalid: an endless reason.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.CALL_ROLL, meeting)
    participant = next((item for item in meeting.participants if item.id == participant_id), None)
    if participant is None:
        raise NotFound
    participant.attendance = attendance
    participant.absence_reason = checked_name(reason, "lý do vắng", optional=True)
    audit.record(session, actor, "participant.attendance", "participant", participant.id, attendance=attendance.value)
    return participant


def _locked(session: Session, actor: Actor | None, meeting_id: UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.PLAN_MEETING, meeting)
    return _locked_row(session, meeting_id)


def _locked_row(session: Session, meeting_id: UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    if meeting is None:
        raise NotFound
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    return meeting


def _place(meeting: Meeting, endpoint_id: UUID) -> MeetingEndpoint:
    place = next((item for item in meeting.endpoints if item.endpoint_id == endpoint_id), None)
    if place is None:
        raise NotFound
    return place


def _register(
    session: Session, actor: Actor | None, meeting: Meeting, place: MeetingEndpoint, count: int
) -> MeetingEndpoint:
    heads = {item.endpoint_id: count if item is place else item.head_count for item in meeting.endpoints}
    # Fewer people than before are always welcome, even where a new cap has made the plan too large already.
    if count > place.head_count:
        check_caps(session, heads, meeting.kind, meeting.starts_at, meeting_id=meeting.id)
    if count != place.head_count:
        place.head_count = count
        # Whoever edits the plan at this moment must see the new number instead of writing the old one over it.
        meeting.version += 1
    audit.record(
        session, actor, "meeting.head_count", "meeting", meeting.id, endpoint_id=place.endpoint_id, count=count
    )
    return place
