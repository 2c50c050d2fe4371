"""What an operator does to a running room: look who is in, put one out, end it. The console calls these.

Each asks for the right, acts through Prosody's administrator, and leaves an audit row in the caller's transaction.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from core import audit
from core.errors import Refusal
from core.messages import say
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.jitsi import admin as room_admin
from orchestrator.jitsi.admin import Occupant, RoomAdmin, RoomNotRunning
from orchestrator.jitsi.enforcement.service import is_part_of_the_system
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import get_meeting


class OccupantGone(Refusal):
    """The connection is no longer in the room."""

    code = "room_occupant_gone"
    http_status = 409


class OccupantProtected(Refusal):
    """The connection is part of the conference system: without it the room falls apart."""

    code = "room_occupant_protected"
    http_status = 409


def occupants(session: Session, actor: Actor | None, meeting_id: UUID) -> tuple[Occupant, ...]:
    """Everybody in the meeting's room at this moment, parts of the system included.

    Raises:
        NotFound, Forbidden; RoomNotRunning, AdminUnavailable, AdminRefused, AdminNotConfigured.
    """
    meeting = _operated(session, actor, meeting_id)
    return _admin().occupants(_room(meeting))


def end_room(session: Session, actor: Actor | None, meeting_id: UUID, reason: str = "") -> None:
    """End the room for everybody; they are shown the reason. The meeting itself is closed by its own act.

    Raises:
        as `occupants`.
    """
    meeting = _operated(session, actor, meeting_id)
    _admin().end_room(_room(meeting), reason.strip() or say("room_ended_reason", "vi"))
    audit.record(session, actor, "room.ended", "meeting", meeting.id, reason=reason.strip())


def remove_occupant(session: Session, actor: Actor | None, meeting_id: UUID, real_jid: str, reason: str = "") -> None:
    """Put one connection out of the room; an endpoint whose token holds may come back (CONTRACTS §6).

    Raises:
        OccupantGone, OccupantProtected; and as `occupants`.
    """
    meeting = _operated(session, actor, meeting_id)
    admin = _admin()
    found = next((item for item in admin.occupants(_room(meeting)) if item.real_jid == real_jid), None)
    if found is None:
        raise OccupantGone
    settings = current().settings
    if is_part_of_the_system(found, settings) and found.host != settings.recorder_domain:
        raise OccupantProtected
    admin.remove(_room(meeting), real_jid, reason.strip() or say("room_removed_reason", "vi"))
    audit.record(session, actor, "occupant.removed", "meeting", meeting.id, occupant=real_jid, reason=reason.strip())


def _operated(session: Session, actor: Actor | None, meeting_id: UUID) -> Meeting:
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.OPERATE_MEETING, meeting)
    return meeting


def _room(meeting: Meeting) -> str:
    if meeting.room_name is None:
        raise RoomNotRunning(room=meeting.title)
    return meeting.room_name


def _admin() -> RoomAdmin:
    return room_admin.XmppRoomAdmin(current().settings)
