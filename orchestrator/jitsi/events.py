"""Receiving events of the live room: out of order, twice, or never (CONTRACTS §7). Presence is computed from the times.

Events whose room nobody planned, and guests nobody invited, become alarms with their payload: nothing is lost.
"""

import logging
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import current
from orchestrator.jitsi.alarms import AlarmKind, life_subject
from orchestrator.jitsi.comparing import nick_of, reservation_covers, seen_as
from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.payloads import EventName, Occupant, RoomEvent, parse_event
from orchestrator.live import rooms
from orchestrator.live.console_seat import console_user_id
from orchestrator.live.service import raise_alarm
from orchestrator.meetings.models import Meeting, MeetingEndpoint

log = logging.getLogger(__name__)

_LONGEST_SUBJECT = 1000


class Received(StrEnum):
    """What became of an event."""

    NOTED = "noted"
    ALARM = "alarm"


def receive(session: Session, name: str, payload: object) -> Received:
    """Take one event.

    Args:
        name: the part of the address after `/events/`: `room/created`, `occupant/left` …
        payload: the decoded JSON body.

    Raises:
        HookUnreadable: nothing can be made of it; nothing was changed.
    """
    event = parse_event(name, payload, current().settings.recorder_domain)
    # Events of one meeting are worked off one by one: each decides by what the others have written.
    meeting_id = session.scalar(
        select(Meeting.id).where(Meeting.room_name == event.room_name).with_for_update(key_share=True)
    )
    if meeting_id is None:
        _alarm(session, AlarmKind.UNKNOWN_ROOM, event, _what(event), None)
        return Received.ALARM
    if event.name is EventName.ROOM_CREATED:
        return _room_created(session, meeting_id, event)
    if event.name is EventName.ROOM_DESTROYED:
        return _room_destroyed(session, meeting_id, event)
    return _occupant_moved(session, meeting_id, event, event.occupants[0])


def _room_created(session: Session, meeting_id: UUID, event: RoomEvent) -> Received:
    if event.is_breakout or event.created_at is None:
        return Received.NOTED
    rooms.begin_life(session, meeting_id, event.created_at)
    reserved = session.scalar(select(RoomReservation).where(RoomReservation.meeting_id == meeting_id))
    if reserved is None or not reservation_covers(reserved.reserved_at, reserved.gone_at, event.created_at):
        # Made by a client of another host (a recorder that came first): no cap and no end apply to this room.
        _alarm(session, AlarmKind.ROOM_WITHOUT_RESERVATION, event, life_subject(event.created_at), meeting_id)
        return Received.ALARM
    return Received.NOTED


def _room_destroyed(session: Session, meeting_id: UUID, event: RoomEvent) -> Received:
    for occupant in event.occupants:
        if occupant.joined_at is not None:
            _occupant_moved(session, meeting_id, event, occupant)
    if not event.is_breakout and event.destroyed_at is not None:
        rooms.end_life(session, meeting_id, event.created_at, event.destroyed_at)
    return Received.NOTED


def _occupant_moved(session: Session, meeting_id: UUID, event: RoomEvent, occupant: Occupant) -> Received:
    place = seen_as(nick_of(occupant.jid))
    if occupant.joined_at is None:
        names = (occupant.jid, place)
        if occupant.left_at and rooms.note_leaving(session, meeting_id, names, occupant.left_at):
            return Received.NOTED
        _alarm(session, AlarmKind.LEFT_WITHOUT_JOINING, event, occupant.jid, meeting_id)
        return Received.ALARM
    holder = _holder(session, meeting_id, occupant.user_id)
    is_console = occupant.user_id == console_user_id(meeting_id)
    rooms.note_stay(
        session,
        meeting_id,
        rooms.Stay(
            occupant_jid=occupant.jid,
            joined_at=occupant.joined_at,
            left_at=occupant.left_at,
            meeting_endpoint_id=holder,
            is_recorder=occupant.is_recorder,
            is_console=is_console,
            breakout_room_id=(event.breakout_room_id or "?") if event.is_breakout else None,
            seen_as=place,
        ),
    )
    if holder is None and not occupant.is_recorder and not is_console:
        _alarm(session, AlarmKind.UNKNOWN_OCCUPANT, event, occupant.jid, meeting_id)
        return Received.ALARM
    return Received.NOTED


def _holder(session: Session, meeting_id: UUID, user_id: UUID | None) -> UUID | None:
    """The endpoint of this very meeting whose token came; a token of another meeting is a stranger here."""
    if user_id is None:
        return None
    return session.scalar(
        select(MeetingEndpoint.id).where(MeetingEndpoint.id == user_id, MeetingEndpoint.meeting_id == meeting_id)
    )


def _what(event: RoomEvent) -> str:
    """Tells one event from another, so that each is kept once however often it is sent."""
    moments = [event.created_at, event.destroyed_at]
    moments += [moment for occupant in event.occupants for moment in (occupant.joined_at, occupant.left_at)]
    who = [occupant.jid for occupant in event.occupants[:1]]
    return " ".join([event.name.value, *who, *(moment.isoformat() for moment in moments if moment)])[:_LONGEST_SUBJECT]


def _alarm(
    session: Session,
    kind: AlarmKind,
    event: RoomEvent,
    subject: str,
    meeting_id: UUID | None,
) -> None:
    log.warning("live alarm %s, meeting %s", kind, meeting_id)
    raise_alarm(session, kind.value, event.room_name, subject, event.payload, meeting_id)
