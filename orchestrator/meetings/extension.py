"""Extending an open meeting: the plan's end moves under the overlap constraints, and what that means for the room.

Prosody was told an end when the room was made and cannot be told another (CONTRACTS §3): the room lives until the end
of then plus the overrun. An extension within that is felt by nobody; beyond it Prosody takes the room away at the old
end and everybody clicks the link again, which is answered with the new end. Links mint a fresh token at each click, so
no token needs to be lengthened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from core import audit, outbox
from core.clock import in_vietnam
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from orchestrator.meetings import states
from orchestrator.meetings.doors import last_moment
from orchestrator.meetings.entrance import door_plan
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.overlaps import Booking, lock_booked, overlaps_refused
from orchestrator.meetings.plan import LONGEST
from orchestrator.meetings.refusals import ExtensionBlocked, NotExtendable, RoomTaken
from orchestrator.refusals import ChairTaken, EndpointTaken, Overlap

MOST_MINUTES = 240


@dataclass(frozen=True)
class Extension:
    """The new end, until when the room as Prosody knows it is sure to live, and whether it must be entered again."""

    ends_at: datetime
    room_certain_until: datetime
    needs_rejoin: bool


def extend_meeting(session: Session, actor: Actor | None, meeting_id: UUID, minutes: int) -> Extension:
    """Give an open meeting more minutes.

    Raises:
        NotFound, Forbidden. NotExtendable: it is not open. Invalid: no number from 1 to 240, or longer than 12 hours.
        ExtensionBlocked: an endpoint, the chair or a room is needed by another meeting; says how much is possible.
    """
    if isinstance(minutes, bool) or not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(field="số phút kéo dài", reason=f"phải từ 1 đến {MOST_MINUTES} phút")
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None:
        raise NotFound
    require(actor, Action.OPERATE_MEETING, meeting)
    if meeting.state != states.OPEN:
        raise NotExtendable
    ends_at = meeting.ends_at + timedelta(minutes=minutes)
    if ends_at - meeting.starts_at > LONGEST:
        raise Invalid(field="số phút kéo dài", reason="cuộc họp sẽ dài quá 12 giờ, hãy kết thúc và lập phiên mới")
    _hold(session, meeting, ends_at, minutes)
    outbox.emit(session, "meeting.extended", id=meeting.id)
    audit.record(session, actor, "meeting.extended", "meeting", meeting.id, minutes=minutes, ends_at=ends_at)
    return extension_of(meeting)


def extension_of(meeting: Meeting) -> Extension:
    """How the end of a meeting stands to the room. The room may have been made at the very first, so with no minute
    of what was added later."""
    certain = last_moment(door_plan(meeting)) - timedelta(minutes=meeting.extended_minutes)
    return Extension(meeting.ends_at, certain, needs_rejoin=meeting.ends_at > certain)


def _hold(session: Session, meeting: Meeting, ends_at: datetime, minutes: int) -> None:
    endpoint_ids = [item.endpoint_id for item in meeting.endpoints]
    rooms = lock_booked(session, meeting.chair_id, endpoint_ids)
    before = meeting.ends_at
    try:
        with overlaps_refused(
            session, Booking(meeting.id, meeting.starts_at, ends_at, meeting.chair_id, endpoint_ids, rooms)
        ):
            meeting.ends_at = ends_at
            meeting.extended_minutes += minutes
            meeting.version += 1
    except Overlap as refused:
        raise _blocked(refused, before, minutes) from refused


def _blocked(refused: Overlap, before: datetime, minutes: int) -> ExtensionBlocked:
    facts = {key: refused.params[key] for key in ("title", "number", "starts", "ends")}
    begins_at = refused.params["starts_at"]
    possible = int((begins_at - before) / timedelta(minutes=1))
    if possible >= 1:
        advice = f"Hãy kéo dài tối đa {possible} phút (đến {in_vietnam(begins_at):%H:%M}), hoặc dời cuộc họp kia."
    else:
        advice = "Hãy dời cuộc họp kia, hoặc kết thúc đúng giờ và lập phiên họp tiếp."
    return ExtensionBlocked(minutes=minutes, what=_what(refused), advice=advice, **facts)


def _what(refused: Overlap) -> str:
    match refused:
        case EndpointTaken():
            return f"điểm cầu “{refused.params['endpoint']}”"
        case ChairTaken():
            return str(refused.params["chair"])
        case RoomTaken():
            return f"phòng “{refused.params['room']}”"
    return "một điểm cầu"
