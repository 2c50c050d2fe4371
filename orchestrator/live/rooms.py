"""Writing down what happened in a room. Every function may be called twice, late, or never, and the rows stay true.

A fact somebody reported (`left_at`) always wins over an end we assumed because the room was gone or somebody was no
longer listed; a coming that was told replaces the moment at which asking first found the same connection.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Update, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.runtime import current
from orchestrator.live.models import PresenceInterval, RoomLife

#: Moments of two machines that are so close say nothing about which came first; Prosody also cuts off to seconds.
SKEW = timedelta(seconds=3)


@dataclass(frozen=True)
class Stay:
    """One connection as reported. `seen_as` is the name asking would have found it under (`/nick`)."""

    occupant_jid: str
    joined_at: datetime
    left_at: datetime | None
    meeting_endpoint_id: UUID | None
    is_recorder: bool = False
    is_console: bool = False
    breakout_room_id: str | None = None
    seen_as: str | None = None


def begin_life(session: Session, meeting_id: UUID, opened_at: datetime) -> None:
    """The room was created. An earlier life without an end (Prosody was killed) has ended by now."""
    _end_lives_before(session, meeting_id, opened_at)
    _end_stays_before(session, meeting_id, opened_at)
    row = insert(RoomLife).values(
        id=uuid4(), meeting_id=meeting_id, opened_at=opened_at, gone_at=None, created_at=current().clock()
    )
    session.execute(row.on_conflict_do_nothing(index_elements=["meeting_id", "opened_at"]))


def end_life(session: Session, meeting_id: UUID, opened_at: datetime | None, gone_at: datetime) -> None:
    """The room was destroyed; whoever was still in is out. Without `opened_at` the last life begun before is meant."""
    began = opened_at or _last_opened(session, meeting_id, gone_at) or gone_at
    row = insert(RoomLife).values(
        id=uuid4(), meeting_id=meeting_id, opened_at=began, gone_at=gone_at, created_at=current().clock()
    )
    session.execute(
        row.on_conflict_do_update(index_elements=["meeting_id", "opened_at"], set_={"gone_at": row.excluded.gone_at})
    )
    end_stays(session, meeting_id, gone_at)


def end_open_life(session: Session, meeting_id: UUID, moment: datetime) -> None:
    """The room is gone, as its reservation was given back; nothing happens where its destruction was told already."""
    opened_at = session.scalar(
        select(RoomLife.opened_at)
        .where(RoomLife.meeting_id == meeting_id, RoomLife.gone_at.is_(None), RoomLife.opened_at <= moment)
        .order_by(RoomLife.opened_at.desc())
        .limit(1)
    )
    if opened_at is not None:
        end_life(session, meeting_id, opened_at, moment)
    end_stays(session, meeting_id, moment)


def end_stays(session: Session, meeting_id: UUID, moment: datetime) -> None:
    """Whoever came before this moment and is still noted as in, is out; nobody told when they left."""
    session.execute(
        _open_stays(meeting_id).where(PresenceInterval.joined_at < moment).values(left_at=moment, left_is_assumed=True)
    )


def reopen_life(session: Session, meeting_id: UUID, since: datetime | None, now: datetime) -> None:
    """The room lives, whatever was told before: the life it is in is open; one nobody told of begins now."""
    open_life = select(RoomLife.id).where(RoomLife.meeting_id == meeting_id, RoomLife.gone_at.is_(None))
    if session.scalar(open_life) is not None:
        return
    last = session.scalar(
        select(RoomLife).where(RoomLife.meeting_id == meeting_id).order_by(RoomLife.opened_at.desc()).limit(1)
    )
    # An end that was told too late or by mistake: the room is older than its end.
    if last is not None and last.gone_at is not None and since is not None and since <= last.opened_at + SKEW:
        last.gone_at = None
        session.flush()
        return
    begin_life(session, meeting_id, since or now)


def note_stay(session: Session, meeting_id: UUID, stay: Stay) -> None:
    """Write one connection; coming and going may be told in any order and any number of times."""
    assumed = _forget_assumed(session, meeting_id, stay)
    ended_at = stay.left_at or assumed or _end_of_life_at(session, meeting_id, stay.joined_at)
    if ended_at is not None:
        # An end assumed by our clock may lie before a coming told by the other's.
        ended_at = max(ended_at, stay.joined_at)
    row = insert(PresenceInterval).values(
        id=uuid4(),
        meeting_id=meeting_id,
        meeting_endpoint_id=stay.meeting_endpoint_id,
        occupant_jid=stay.occupant_jid,
        joined_at=stay.joined_at,
        left_at=ended_at,
        is_recorder=stay.is_recorder,
        is_console=stay.is_console,
        breakout_room_id=stay.breakout_room_id,
        joined_is_assumed=False,
        left_is_assumed=ended_at is not None and stay.left_at is None,
        created_at=current().clock(),
    )
    key = ["meeting_id", "occupant_jid", "joined_at"]
    if stay.left_at is None:
        session.execute(row.on_conflict_do_nothing(index_elements=key))
    else:
        told: dict[str, Any] = {"left_at": row.excluded.left_at, "left_is_assumed": False}
        session.execute(row.on_conflict_do_update(index_elements=key, set_=told))


def note_leaving(session: Session, meeting_id: UUID, names: tuple[str, ...], left_at: datetime) -> bool:
    """A going without its coming: ends the open stay of this connection, by any of its names. False without one."""
    done = session.execute(
        _open_stays(meeting_id)
        .where(PresenceInterval.occupant_jid.in_(names), PresenceInterval.joined_at <= left_at)
        .values(left_at=left_at, left_is_assumed=False)
        .returning(PresenceInterval.id)
    )
    return done.first() is not None


def note_seen(session: Session, meeting_id: UUID, stay: Stay) -> None:
    """A connection that asking found and no event told of, since `joined_at` at the latest."""
    row = insert(PresenceInterval).values(
        id=uuid4(),
        meeting_id=meeting_id,
        meeting_endpoint_id=stay.meeting_endpoint_id,
        occupant_jid=stay.occupant_jid,
        joined_at=stay.joined_at,
        left_at=None,
        is_recorder=stay.is_recorder,
        is_console=stay.is_console,
        breakout_room_id=None,
        joined_is_assumed=True,
        left_is_assumed=False,
        created_at=current().clock(),
    )
    session.execute(row.on_conflict_do_nothing(index_elements=["meeting_id", "occupant_jid", "joined_at"]))


def note_unseen(session: Session, stay_ids: tuple[UUID, ...], moment: datetime) -> None:
    """Connections that asking no longer finds: gone by this moment."""
    session.execute(
        update(PresenceInterval)
        .where(PresenceInterval.id.in_(stay_ids), PresenceInterval.left_at.is_(None))
        .values(left_at=moment, left_is_assumed=True)
    )


def note_seen_again(session: Session, stay_ids: tuple[UUID, ...]) -> None:
    """Connections whose end was only assumed and that asking finds: they never left."""
    session.execute(
        update(PresenceInterval)
        .where(PresenceInterval.id.in_(stay_ids), PresenceInterval.left_is_assumed)
        .values(left_at=None, left_is_assumed=False)
    )


def _forget_assumed(session: Session, meeting_id: UUID, stay: Stay) -> datetime | None:
    """Take away the row that asking made of this very connection; its end, where one was assumed."""
    names = [stay.occupant_jid, *([stay.seen_as] if stay.seen_as else [])]
    same = [
        PresenceInterval.meeting_id == meeting_id,
        PresenceInterval.occupant_jid.in_(names),
        PresenceInterval.joined_is_assumed,
        PresenceInterval.joined_at >= stay.joined_at - SKEW,
    ]
    if stay.left_at is not None:
        same.append(PresenceInterval.joined_at <= stay.left_at + SKEW)
    ends = session.scalars(delete(PresenceInterval).where(*same).returning(PresenceInterval.left_at)).all()
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _open_stays(meeting_id: UUID) -> Update:
    return update(PresenceInterval).where(PresenceInterval.meeting_id == meeting_id, PresenceInterval.left_at.is_(None))


def _end_lives_before(session: Session, meeting_id: UUID, moment: datetime) -> None:
    session.execute(
        update(RoomLife)
        .where(RoomLife.meeting_id == meeting_id, RoomLife.gone_at.is_(None), RoomLife.opened_at < moment)
        .values(gone_at=moment)
    )


def _end_stays_before(session: Session, meeting_id: UUID, moment: datetime) -> None:
    session.execute(
        _open_stays(meeting_id).where(PresenceInterval.joined_at < moment).values(left_at=moment, left_is_assumed=True)
    )


def _last_opened(session: Session, meeting_id: UUID, moment: datetime) -> datetime | None:
    return session.scalar(
        select(RoomLife.opened_at)
        .where(RoomLife.meeting_id == meeting_id, RoomLife.opened_at <= moment)
        .order_by(RoomLife.opened_at.desc())
        .limit(1)
    )


def _end_of_life_at(session: Session, meeting_id: UUID, moment: datetime) -> datetime | None:
    """When the life that this moment fell into ended, if it has: a coming told after the end is no presence now."""
    return session.scalar(
        select(RoomLife.gone_at)
        .where(
            RoomLife.meeting_id == meeting_id,
            RoomLife.opened_at <= moment,
            # Whoever comes in the very second of an end has come to the next life: Prosody tells whole seconds.
            or_(RoomLife.gone_at.is_(None), RoomLife.gone_at > moment),
        )
        .order_by(RoomLife.opened_at.desc())
        .limit(1)
    )
