"""Receiving events of the live room: out of order, twice, or never (CONTRACTS §7). Presence is computed from the times.

Events whose room nobody planned, and guests nobody invited, become alarms with their payload: nothing is lost.
"""

import logging
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.payloads import EventName, Occupant, RoomEvent, parse_event
from orchestrator.live import rooms
from orchestrator.live.service import raise_alarm
from orchestrator.meetings.models import Meeting, MeetingEndpoint

log = logging.getLogger(__name__)


class Received(StrEnum):
    """What became of an event."""

    NOTED = "noted"
    ALARM = "alarm"


class AlarmKind(StrEnum):
    """What the operator is told of."""

    UNKNOWN_ROOM = "unknown_room"
    UNKNOWN_OCCUPANT = "unknown_occupant"
    ROOM_WITHOUT_RESERVATION = "room_without_reservation"
    LEFT_WITHOUT_JOINING = "left_without_joining"


def receive(session: Session, name: str, payload: object) -> Received:
    """Take one event.

    Args:
        name: the part of the address after `/events/`: `room/created`, `occupant/left` …
        payload: the decoded JSON body.

    Raises:
        HookUnreadable: nothing can be made of it; nothing was changed.
    """
    event = parse_event(name, payload)
    assert isinstance(payload, Mapping)  # noqa: S101  # parse_event has refused everything else; tells the type checker
    # Events of one meeting are worked off one by one: each decides by what the others have written.
    meeting_id = session.scalar(
        select(Meeting.id).where(Meeting.room_name == event.room_name).with_for_update(key_share=True)
    )
    if meeting_id is None:
        _alarm(session, AlarmKind.UNKNOWN_ROOM, event, event.name.value, payload, None)
        return Received.ALARM
    if event.name is EventName.ROOM_CREATED:
        return _room_created(session, meeting_id, event, payload)
    if event.name is EventName.ROOM_DESTROYED:
        return _room_destroyed(session, meeting_id, event, payload)
    return _occupant_moved(session, meeting_id, event, event.occupants[0], payload)


def _room_created(session: Session, meeting_id: UUID, event: RoomEvent, payload: Mapping[str, Any]) -> Received:
    if event.is_breakout or event.created_at is None:
        return Received.NOTED
    rooms.begin_life(session, meeting_id, event.created_at)
    reserved = session.scalar(select(RoomReservation.id).where(RoomReservation.meeting_id == meeting_id))
    if reserved is None:
        # Made by a client of another host (a recorder that came first): no cap and no end apply to this room.
        _alarm(session, AlarmKind.ROOM_WITHOUT_RESERVATION, event, "", payload, meeting_id)
        return Received.ALARM
    return Received.NOTED


def _room_destroyed(session: Session, meeting_id: UUID, event: RoomEvent, payload: Mapping[str, Any]) -> Received:
    for occupant in event.occupants:
        if occupant.joined_at is not None:
            _occupant_moved(session, meeting_id, event, occupant, payload)
    if not event.is_breakout and event.destroyed_at is not None:
        rooms.end_life(session, meeting_id, event.created_at, event.destroyed_at)
    return Received.NOTED


def _occupant_moved(
    session: Session, meeting_id: UUID, event: RoomEvent, occupant: Occupant, payload: Mapping[str, Any]
) -> Received:
    if occupant.joined_at is None:
        if occupant.left_at and rooms.note_leaving(session, meeting_id, occupant.jid, occupant.left_at):
            return Received.NOTED
        _alarm(session, AlarmKind.LEFT_WITHOUT_JOINING, event, occupant.jid, payload, meeting_id)
        return Received.ALARM
    holder = _holder(session, meeting_id, occupant.user_id)
    rooms.note_stay(
        session,
        meeting_id,
        rooms.Stay(
            occupant_jid=occupant.jid,
            joined_at=occupant.joined_at,
            left_at=occupant.left_at,
            meeting_endpoint_id=holder,
            is_recorder=occupant.is_recorder,
            breakout_room_id=(event.breakout_room_id or "?") if event.is_breakout else None,
        ),
    )
    if holder is None and not occupant.is_recorder:
        _alarm(session, AlarmKind.UNKNOWN_OCCUPANT, event, occupant.jid, payload, meeting_id)
        return Received.ALARM
    return Received.NOTED


def _holder(session: Session, meeting_id: UUID, user_id: UUID | None) -> UUID | None:
    """The endpoint of this very meeting whose token came; a token of another meeting is a stranger here."""
    if user_id is None:
        return None
    return session.scalar(
        select(MeetingEndpoint.id).where(MeetingEndpoint.id == user_id, MeetingEndpoint.meeting_id == meeting_id)
    )


def _alarm(
    session: Session,
    kind: AlarmKind,
    event: RoomEvent,
    subject: str,
    payload: Mapping[str, Any],
    meeting_id: UUID | None,
) -> None:
    log.warning("live alarm %s, meeting %s", kind, meeting_id)
    raise_alarm(session, kind.value, event.room_name, subject, dict(payload), meeting_id)
