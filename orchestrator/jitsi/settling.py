"""Putting one meeting right by what its server lists now (see `comparing` for the rule).

In: a room as found, the moment of the question. Out: rows and alarms in the caller's transaction.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.runtime import current
from orchestrator.jitsi.alarms import AlarmKind, life_subject, raise_once
from orchestrator.jitsi.comparing import (
    Noted,
    Seen,
    compare,
    folded,
    holder_by_name,
    nick_of,
    reservation_covers,
    seen_as,
)
from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.payloads import is_recorder
from orchestrator.jitsi.seats import seats_of
from orchestrator.live import rooms
from orchestrator.live.console_seat import CONSOLE_NAME
from orchestrator.live.models import PresenceInterval, RoomLife
from orchestrator.meetings.doors import Door
from orchestrator.meetings.entrance import door_of
from orchestrator.meetings.models import Meeting

log = logging.getLogger(__name__)

#: A reservation that was answered a moment ago may not have its room yet.
ROOM_COMES_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True)
class RoomFound:
    """A room that lives: people in it (recorder counted), and who they are; None where that could not be asked."""

    name: str
    participants: int
    created_at: datetime | None
    seen: tuple[Seen, ...] | None


def settle_unknown(session: Session, room: RoomFound) -> None:
    """A room of no meeting: somebody opened it past us."""
    payload = {"room": room.name, "participants": room.participants}
    raise_once(session, AlarmKind.UNKNOWN_ROOM, room.name, life_subject(room.created_at), payload)


def settle_room(session: Session, meeting: Meeting, room: RoomFound, asked_at: datetime) -> None:
    """A room of a meeting lives: its life is open, its people are those that are listed."""
    rooms.reopen_life(session, meeting.id, room.created_at, asked_at)
    _check_reservation(session, meeting, room)
    if room.seen is not None:
        _settle_people(session, meeting, room.seen, asked_at)
    elif room.participants == 0:
        rooms.end_stays(session, meeting.id, asked_at - rooms.SKEW)
    else:
        _compare_numbers(session, meeting, room)
    _check_house(session, meeting, room, asked_at)


def settle_gone(session: Session, meeting_id: UUID, asked_at: datetime) -> None:
    """A meeting's room no longer lives, and nobody told us (Prosody was killed, or we were)."""
    session.scalar(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update(key_share=True))
    before = asked_at - rooms.SKEW
    young = select(RoomLife.id).where(
        RoomLife.meeting_id == meeting_id, RoomLife.gone_at.is_(None), RoomLife.opened_at > before
    )
    reserved = session.scalar(select(RoomReservation).where(RoomReservation.meeting_id == meeting_id))
    if session.scalar(young) is not None:
        return
    if reserved is not None and reserved.gone_at is None:
        if reserved.reserved_at > asked_at - ROOM_COMES_WITHIN:
            return
        reserved.gone_at = asked_at
    rooms.end_open_life(session, meeting_id, before)


def _settle_people(session: Session, meeting: Meeting, seen: tuple[Seen, ...], asked_at: datetime) -> None:
    changes = compare(_noted(session, meeting.id, asked_at), seen, asked_at)
    rooms.note_unseen(session, changes.gone, asked_at)
    rooms.note_seen_again(session, changes.back)
    names = {place.id: place.endpoint.name for place in meeting.endpoints}
    console = _console_among(session, meeting.id, changes.new)
    for one in changes.new:
        records = one.real_jid is not None and is_recorder(one.real_jid, current().settings.recorder_domain)
        holder = None if records else holder_by_name(one.display_name, names)
        jid = one.real_jid or seen_as(one.nick)
        stay = rooms.Stay(jid, asked_at, None, holder, is_recorder=records, is_console=one is console)
        rooms.note_seen(session, meeting.id, stay)
        if holder is None and not records and one is not console:
            payload = {"nick": one.nick, "display_name": one.display_name[:200]}
            raise_once(session, AlarmKind.UNKNOWN_OCCUPANT, meeting.room_name or "", jid, payload, meeting.id)
    if changes.gone or changes.back or changes.new:
        log.info(
            "presence of meeting %s put right: %d gone, %d back, %d new",
            *(meeting.id, len(changes.gone), len(changes.back), len(changes.new)),
        )


def _console_among(session: Session, meeting_id: UUID, new: tuple[Seen, ...]) -> Seen | None:
    """The operator's console by its name, once: a second one of that name is looked at like any stranger."""
    is_in = select(PresenceInterval.id).where(
        PresenceInterval.meeting_id == meeting_id, PresenceInterval.left_at.is_(None), PresenceInterval.is_console
    )
    if session.scalar(is_in.limit(1)) is not None:
        return None
    return next((one for one in new if folded(one.display_name).startswith(folded(CONSOLE_NAME))), None)


def _noted(session: Session, meeting_id: UUID, asked_at: datetime) -> list[Noted]:
    """Rows of the main room that are open, were ended by assumption, or ended after the question."""
    rows = session.scalars(
        select(PresenceInterval).where(
            PresenceInterval.meeting_id == meeting_id,
            PresenceInterval.breakout_room_id.is_(None),
            or_(
                PresenceInterval.left_at.is_(None),
                PresenceInterval.left_is_assumed,
                PresenceInterval.left_at >= asked_at - rooms.SKEW,
            ),
        )
    )
    return [
        Noted(row.id, row.occupant_jid, row.joined_at, row.left_at, row.left_is_assumed, row.is_recorder)
        for row in rows
    ]


def _compare_numbers(session: Session, meeting: Meeting, room: RoomFound) -> None:
    """Only a number is known: rows are left as they are, and a difference is shown. 1 may also mean nobody."""
    noted = session.scalars(
        select(PresenceInterval.occupant_jid).where(
            PresenceInterval.meeting_id == meeting.id,
            PresenceInterval.left_at.is_(None),
            PresenceInterval.breakout_room_id.is_(None),
        )
    ).all()
    people = len({nick_of(jid) for jid in noted})
    if people != room.participants and not (room.participants == 1 and people == 0):
        payload = {"people": room.participants, "noted": people}
        subject = f"{room.participants}/{people}"
        raise_once(session, AlarmKind.PRESENCE_UNSURE, room.name, subject, payload, meeting.id)


def _check_reservation(session: Session, meeting: Meeting, room: RoomFound) -> None:
    reserved = session.scalar(select(RoomReservation).where(RoomReservation.meeting_id == meeting.id))
    if reserved is not None and reservation_covers(reserved.reserved_at, reserved.gone_at, room.created_at):
        # The DELETE of the life before came late: the reservation of this one stands.
        reserved.gone_at = None
        return
    payload = {"room": room.name, "participants": room.participants}
    subject = life_subject(room.created_at)
    raise_once(session, AlarmKind.ROOM_WITHOUT_RESERVATION, room.name, subject, payload, meeting.id)


def _check_house(session: Session, meeting: Meeting, room: RoomFound, asked_at: datetime) -> None:
    """More people than seats; people in a room whose door is shut."""
    seats = seats_of(session, meeting)
    recorders = session.scalars(
        select(PresenceInterval.id).where(
            PresenceInterval.meeting_id == meeting.id, PresenceInterval.left_at.is_(None), PresenceInterval.is_recorder
        )
    ).all()
    people = room.participants - len(recorders)
    if people > seats:
        payload = {"people": people, "seats": seats}
        raise_once(session, AlarmKind.OVER_CAP, room.name, life_subject(room.created_at), payload, meeting.id)
    if people > 0 and door_of(meeting, asked_at) is not Door.OPEN:
        subject = f"{meeting.state} {life_subject(room.created_at)}"
        raise_once(session, AlarmKind.ROOM_NOT_ALLOWED, room.name, subject, {"people": people}, meeting.id)
