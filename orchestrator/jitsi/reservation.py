"""The reservation service: Prosody asks once per life of a room whether it may exist (CONTRACTS §3).

In: a form or an id. Out: an HTTP status and a JSON object, ready to be sent. Rules that cost dearly when forgotten:
keys without a value are left out, never null; moments carry their zone; a meeting always has the same id; "too early"
must be a 4xx, since a start in the future keeps nobody out; DELETE means "room gone", not "meeting over".
"""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.messages import say
from orchestrator.jitsi.alarms import AlarmKind
from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.payloads import storable
from orchestrator.jitsi.seats import seats_of
from orchestrator.live import rooms
from orchestrator.live.models import LiveAlarm
from orchestrator.live.service import raise_alarm
from orchestrator.meetings.doors import Door, held_from, last_moment
from orchestrator.meetings.entrance import door_of, door_plan, door_sentence
from orchestrator.meetings.models import Meeting

log = logging.getLogger(__name__)

Answer = tuple[int, dict[str, Any]]

_TENANT = re.compile(r"\[[^\[\]]+\](?P<room>.+)", re.DOTALL)
_LONGEST_ROOM = 512
_OWNER = "diemcau"
#: Prosody keeps every refusal 30 s and lets go of it with a timer of 60 s (seen).
REMEMBERED_AT_MOST = timedelta(seconds=90)


def reserve(session: Session, form: Mapping[str, str], now: datetime) -> Answer:
    """Answer `POST /conference`: 200 with the plan, 400 without a name, 403 with a sentence, 503 on our own fault.

    `start_time` and `mail_owner` of the form are the present and a random first comer: they decide nothing.
    """
    name = (form.get("name") or "").strip()
    if not name:
        return 400, {"message": say("hook_unreadable", reason="thiếu tên phòng (name)")}
    try:
        return _reserve(session, name, form.get("mail_owner") or _OWNER, now)
    except SQLAlchemyError:
        log.exception("reservation could not be answered")
        # Leave nothing half done behind for the border to commit on a broken connection.
        session.rollback()
        return unavailable()


def get(session: Session, conference_id: str, now: datetime) -> Answer:
    """Answer `GET /conference/{id}`: the same object as the reservation, while the door is open."""
    meeting = _by_id(session, conference_id)
    if meeting is None or meeting.room_name is None:
        return 404, {"message": say("not_found")}
    if door_of(meeting, now) is not Door.OPEN:
        return 403, {"message": door_sentence(meeting, now)}
    reservation = _reservation(session, meeting)
    return 200, _plan(session, meeting, reservation.name if reservation else meeting.room_name, _OWNER)


def room_gone(session: Session, conference_id: str, now: datetime) -> Answer:
    """Answer `DELETE /conference/{id}`: this life of the room is over; the meeting goes on and may ask again."""
    meeting = _by_id(session, conference_id)
    if meeting is None:
        return 404, {"message": say("not_found")}
    reservation = _reservation(session, meeting)
    if reservation is not None and reservation.gone_at is None:
        reservation.gone_at = now
    rooms.end_open_life(session, meeting.id, now)
    log.info("room of meeting %s is gone", meeting.id)
    return 200, {}


def unavailable() -> Answer:
    """What Prosody is told when we ourselves fail: it asks again three times before it refuses."""
    return 503, {"message": say("service_unavailable")}


def _reserve(session: Session, name: str, mail_owner: str, now: datetime) -> Answer:
    room = _node(name)
    meeting = session.scalar(select(Meeting).where(Meeting.room_name == room)) if room else None
    if meeting is None:
        log.info("reservation refused: no meeting has this room")
        return _refused(session, None, "unknown_room", say("door_room_unknown", room=name[:80]), now)
    door = door_of(meeting, now)
    if door is not Door.OPEN:
        log.info("reservation refused: meeting %s is %s", meeting.id, door)
        return _refused(session, meeting, door.value, door_sentence(meeting, now), now)
    if not _hold(session, meeting, name.lower(), now):
        log.warning("reservation refused: meeting %s lives under another name", meeting.id)
        return _refused(session, meeting, "elsewhere", say("door_room_elsewhere", title=meeting.title), now)
    _forget_refusals(session, meeting, now)
    return 200, _plan(session, meeting, name, mail_owner)


def _refused(session: Session, meeting: Meeting | None, why: str, message: str, now: datetime) -> Answer:
    """A 403 with the sentence, and a word to the operator: a corrected plan is not asked for before Prosody forgets.

    Rooms nobody planned share one alarm: whoever has a token may ask for any name.
    """
    until = f"{in_vietnam(now + REMEMBERED_AT_MOST):%H:%M:%S}"
    room = (meeting.room_name or "") if meeting else ""
    payload = storable({"message": message, "until": until})
    raise_alarm(session, AlarmKind.RESERVATION_REFUSED, room, why, payload, meeting.id if meeting else None)
    return 403, {"message": message}


def _forget_refusals(session: Session, meeting: Meeting, now: datetime) -> None:
    """The room is granted: what was refused before is no news any more."""
    session.execute(
        update(LiveAlarm)
        .where(
            LiveAlarm.kind == AlarmKind.RESERVATION_REFUSED.value,
            LiveAlarm.meeting_id == meeting.id,
            LiveAlarm.resolved_at.is_(None),
        )
        .values(resolved_at=now)
    )


def _node(name: str) -> str | None:
    """The room behind the name a client wrote: lower case, without `[tenant]`; None where it cannot be one of ours."""
    if len(name) > _LONGEST_ROOM or "\x00" in name:
        return None
    tenant = _TENANT.fullmatch(name)
    return (tenant["room"] if tenant else name).lower()


def _hold(session: Session, meeting: Meeting, name: str, now: datetime) -> bool:
    """Note the reservation; False while the room lives under another name (two rooms, two caps)."""
    row = insert(RoomReservation).values(
        id=uuid4(), meeting_id=meeting.id, name=name, reserved_at=now, gone_at=None, created_at=now
    )
    held = session.execute(
        row.on_conflict_do_update(
            index_elements=["meeting_id"],
            set_={"name": name, "reserved_at": now, "gone_at": None},
            where=(RoomReservation.name == name) | RoomReservation.gone_at.is_not(None),
        ).returning(RoomReservation.id)
    )
    return held.scalar() is not None


def _plan(session: Session, meeting: Meeting, name: str, mail_owner: str) -> dict[str, Any]:
    """The object of CONTRACTS §3. `duration` reaches past the planned end: a running room cannot be told a new one."""
    door = door_plan(meeting)
    begins_at = held_from(door)
    answer: dict[str, Any] = {
        "id": str(meeting.id),
        "name": name,
        "mail_owner": mail_owner,
        "start_time": begins_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "duration": int((last_moment(door) - begins_at) / timedelta(seconds=1)),
    }
    seats = seats_of(session, meeting)
    if seats >= 1:
        answer["max_occupants"] = seats
    return answer


def _by_id(session: Session, conference_id: str) -> Meeting | None:
    try:
        return session.get(Meeting, UUID(conference_id))
    except ValueError:
        return None


def _reservation(session: Session, meeting: Meeting) -> RoomReservation | None:
    return session.scalar(select(RoomReservation).where(RoomReservation.meeting_id == meeting.id))
