"""Ending the room of a meeting that is over: noted when the close is heard, done by a task, tried until it is done.

In: a meeting that was closed or called off while its room lives. Out: the room destroyed through the administrator's
account on Prosody, an audit row; an alarm while that cannot be done. The close itself waits for nobody.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core import audit
from core.database import Database, after_commit
from core.messages import say
from core.queue import enqueue
from core.runtime import current
from orchestrator.jitsi.admin import AdminRefused, AdminUnavailable, RoomAdmin, RoomNotRunning
from orchestrator.jitsi.alarms import AlarmKind, raise_once
from orchestrator.jitsi.models import RoomEnding, RoomReservation
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.meetings.doors import OVERRUN
from orchestrator.meetings.models import Meeting

log = logging.getLogger(__name__)

END = "orchestrator.end_rooms"
#: By then Prosody has destroyed the room itself, at the end it was told when it asked for the room.
GIVE_UP_AFTER = OVERRUN


class RoomEnd(StrEnum):
    """What became of the room of a meeting that is over."""

    #: Nothing lived when the meeting ended.
    NONE = "none"
    WAITING = "waiting"
    FAILING = "failing"
    ENDED = "ended"
    GONE = "gone"
    NO_ACCOUNT = "no_account"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class RoomEndState:
    """What the console shows of it; `reason` only where it fails."""

    phase: RoomEnd
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Work:
    ending_id: UUID
    room: str
    asked_at: datetime


def ask_for_end(session: Session, meeting_id: UUID) -> bool:
    """Note that the room must end; False where no room of the meeting lives as far as we were told, or it is noted."""
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting, "key_share": True})
    if meeting is None or _ending(session, meeting_id) is not None:
        return False
    room = _living_room(session, meeting)
    if not room:
        return False
    session.add(RoomEnding(meeting_id=meeting_id, room_name=room, asked_at=current().clock(), done_at=None))
    after_commit(session, _wake)
    return True


def end_rooms(database: Database, clock: Callable[[], datetime], admin: RoomAdmin | None) -> int:
    """Try every room that must end; Prosody is asked outside every transaction. Answers how many are done now.

    Args:
        admin: None where the site has given us no administrator's account.
    """
    with database.transaction() as session:
        rows = session.scalars(select(RoomEnding).where(RoomEnding.done_at.is_(None)).order_by(RoomEnding.asked_at))
        works = [_Work(row.id, row.room_name, row.asked_at) for row in rows]
    done = 0
    for work in works:
        outcome, refusal = _try(admin, work)
        if outcome is None and clock() - work.asked_at >= GIVE_UP_AFTER:
            outcome = RoomEnd.GIVEN_UP
        with database.transaction() as session:
            done += _note(session, work, outcome, refusal, clock())
        if isinstance(refusal, AdminUnavailable):
            # The others would wait for the same server: the next round comes soon.
            break
    return done


def end_state_of(session: Session, meeting_id: UUID) -> RoomEndState:
    """What became of the room. Rights are the caller's business."""
    row = _ending(session, meeting_id)
    if row is None:
        return RoomEndState(RoomEnd.NONE)
    if row.done_at is not None:
        return RoomEndState(RoomEnd(row.outcome), row.done_at, row.reason)
    return RoomEndState(RoomEnd.FAILING if row.attempts else RoomEnd.WAITING, row.asked_at, row.reason)


def _try(admin: RoomAdmin | None, work: _Work) -> tuple[RoomEnd | None, AdminUnavailable | AdminRefused | None]:
    if admin is None:
        return RoomEnd.NO_ACCOUNT, None
    try:
        admin.end_room(work.room, say("room_ended_reason"))
    except RoomNotRunning:
        return RoomEnd.GONE, None
    except (AdminUnavailable, AdminRefused) as refusal:
        return None, refusal
    return RoomEnd.ENDED, None


def _note(
    session: Session,
    work: _Work,
    outcome: RoomEnd | None,
    refusal: AdminUnavailable | AdminRefused | None,
    now: datetime,
) -> bool:
    row = session.get(RoomEnding, work.ending_id, with_for_update=True)
    if row is None or row.done_at is not None:
        return False
    row.attempts += 1
    row.reason = str(refusal.params.get("reason", "")) if refusal else ""
    if outcome in (None, RoomEnd.NO_ACCOUNT):
        reason = row.reason or say("room_admin_no_account")
        raise_once(session, AlarmKind.ROOM_NOT_ENDED, work.room, "end", {"reason": reason}, row.meeting_id)
    if outcome is None:
        log.warning("the room of meeting %s cannot be ended: %s", row.meeting_id, refusal.code if refusal else "")
        return False
    row.done_at, row.outcome = now, outcome.value
    if outcome is RoomEnd.ENDED:
        audit.record(session, None, "room.ended", "meeting", row.meeting_id, because="meeting over")
    if outcome in (RoomEnd.ENDED, RoomEnd.GONE):
        _forget_alarm(session, row.meeting_id, now)
    return True


def _forget_alarm(session: Session, meeting_id: UUID, now: datetime) -> None:
    found = (LiveAlarm.kind == AlarmKind.ROOM_NOT_ENDED.value, LiveAlarm.meeting_id == meeting_id)
    session.execute(update(LiveAlarm).where(*found, LiveAlarm.resolved_at.is_(None)).values(resolved_at=now))


def _living_room(session: Session, meeting: Meeting) -> str:
    """The name Prosody holds the room under; empty where all we were told says that it does not live."""
    reserved = session.scalar(
        select(RoomReservation).where(RoomReservation.meeting_id == meeting.id, RoomReservation.gone_at.is_(None))
    )
    if reserved is not None:
        return reserved.name
    lives = select(RoomLife.id).where(RoomLife.meeting_id == meeting.id, RoomLife.gone_at.is_(None))
    stays = select(PresenceInterval.id).where(
        PresenceInterval.meeting_id == meeting.id, PresenceInterval.left_at.is_(None)
    )
    is_alive = session.scalar(select(or_(lives.exists(), stays.exists())))
    return (meeting.room_name or "") if is_alive else ""


def _ending(session: Session, meeting_id: UUID) -> RoomEnding | None:
    return session.scalar(select(RoomEnding).where(RoomEnding.meeting_id == meeting_id))


def _wake() -> None:
    enqueue(END, queue="default")
