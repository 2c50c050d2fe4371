"""The console and the running room: its own way in, whom to put out, and the trace of what was done there.

Nothing here speaks with the conference: `orchestrator.jitsi.acts` does, or the console's own window.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.jitsi.keys import signing_key
from orchestrator.jitsi.tokens import Grant, Issuer, mint_token
from orchestrator.live.console_seat import CONSOLE_NAME, console_user_id
from orchestrator.live.models import PresenceInterval
from orchestrator.live.operating import operated_meeting
from orchestrator.live.refusals import RoomUnavailable
from orchestrator.meetings.doors import Door, last_moment
from orchestrator.meetings.entrance import door_of, door_plan, door_sentence


class RoomAct(StrEnum):
    """What a console does inside the room by the functions of the conference's own window."""

    MUTE_ALL = "mute_all"
    REMOVE = "remove"
    END = "end"
    RECORDING_STARTED = "recording_started"
    RECORDING_STOPPED = "recording_stopped"


@dataclass(frozen=True)
class RoomPass:
    """What the console's embedded conference needs; the token is made for this click and never logged."""

    domain: str
    room: str
    display_name: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Removal:
    """An endpoint to be put out of the room: its name and its open connections."""

    place_name: str
    occupant_jids: Sequence[str]


def enter_room(session: Session, actor: Actor | None, meeting_id: UUID, now: datetime) -> RoomPass:
    """The operator's way into the room, on the console's own place, as a moderator.

    Raises:
        NotFound, Forbidden, MeetingCancelled. RoomUnavailable: the door is not open; its sentence says why.
    """
    meeting, operator = operated_meeting(session, actor, meeting_id, Action.OPERATE_MEETING)
    if door_of(meeting, now) is not Door.OPEN or meeting.room_name is None:
        raise RoomUnavailable(reason=door_sentence(meeting, now))
    settings = current().settings
    name = f"{CONSOLE_NAME}: {operator.name}"
    grant = Grant(
        room=meeting.room_name,
        user_id=str(console_user_id(meeting.id)),
        user_name=name,
        room_ends_at=last_moment(door_plan(meeting)),
        is_moderator=True,
        group=str(meeting.id),
    )
    token = mint_token(grant, Issuer(settings.jitsi_app_id, settings.jitsi_domain), signing_key(settings), now)
    audit.record(session, actor, "room.entered_by_console", "meeting", meeting.id)
    return RoomPass(settings.jitsi_domain, meeting.room_name, name, token)


def removal_of(session: Session, actor: Actor | None, meeting_id: UUID, place_id: UUID) -> Removal:
    """The open connections of an endpoint. Raises NotFound, Forbidden, RoomUnavailable (it is not in the room)."""
    meeting, _operator = operated_meeting(session, actor, meeting_id, Action.OPERATE_MEETING)
    place = next((item for item in meeting.endpoints if item.id == place_id), None)
    if place is None:
        raise NotFound
    query = select(PresenceInterval.occupant_jid).where(
        PresenceInterval.meeting_id == meeting.id,
        PresenceInterval.meeting_endpoint_id == place.id,
        PresenceInterval.left_at.is_(None),
    )
    jids = session.scalars(query.order_by(PresenceInterval.joined_at)).all()
    if not jids:
        raise RoomUnavailable(reason=f"điểm cầu “{place.endpoint.name}” không có trong phòng họp lúc này.")
    return Removal(place.endpoint.name, jids)


def note_room_act(
    session: Session, actor: Actor | None, meeting_id: UUID, act: RoomAct, place_id: UUID | None = None
) -> None:
    """Leave a trace of an act in the room. Raises NotFound (an endpoint of another meeting), Forbidden."""
    meeting, _operator = operated_meeting(session, actor, meeting_id, Action.OPERATE_MEETING)
    if place_id is not None and all(place.id != place_id for place in meeting.endpoints):
        raise NotFound
    audit.record(session, actor, f"room.{act.value}", "meeting", meeting.id, place=place_id)
