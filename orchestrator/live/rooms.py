"""Writing down what happened in a room. Every function may be called twice, late, or never, and the rows stay true.

A fact somebody reported (`left_at`) always wins over an end we assumed because the room was gone.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Update, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.runtime import current
from orchestrator.live.models import PresenceInterval, RoomLife


@dataclass(frozen=True)
class Stay:
    """One connection as reported."""

    occupant_jid: str
    joined_at: datetime
    left_at: datetime | None
    meeting_endpoint_id: UUID | None
    is_recorder: bool = False
    breakout_room_id: str | None = None


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
    session.execute(_open_stays(meeting_id).where(PresenceInterval.joined_at <= gone_at).values(left_at=gone_at))


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


def note_stay(session: Session, meeting_id: UUID, stay: Stay) -> None:
    """Write one connection; coming and going may be told in any order and any number of times."""
    left_at = stay.left_at or _end_of_life_at(session, meeting_id, stay.joined_at)
    row = insert(PresenceInterval).values(
        id=uuid4(),
        meeting_id=meeting_id,
        meeting_endpoint_id=stay.meeting_endpoint_id,
        occupant_jid=stay.occupant_jid,
        joined_at=stay.joined_at,
        left_at=left_at,
        is_recorder=stay.is_recorder,
        breakout_room_id=stay.breakout_room_id,
        created_at=current().clock(),
    )
    key = ["meeting_id", "occupant_jid", "joined_at"]
    if stay.left_at is None:
        session.execute(row.on_conflict_do_nothing(index_elements=key))
    else:
        session.execute(row.on_conflict_do_update(index_elements=key, set_={"left_at": row.excluded.left_at}))


def note_leaving(session: Session, meeting_id: UUID, occupant_jid: str, left_at: datetime) -> bool:
    """A going without its coming: ends the open stay of this connection. False where there is none."""
    done = session.execute(
        _open_stays(meeting_id)
        .where(PresenceInterval.occupant_jid == occupant_jid, PresenceInterval.joined_at <= left_at)
        .values(left_at=left_at)
        .returning(PresenceInterval.id)
    )
    return done.first() is not None


def _open_stays(meeting_id: UUID) -> Update:
    return update(PresenceInterval).where(PresenceInterval.meeting_id == meeting_id, PresenceInterval.left_at.is_(None))


def _end_lives_before(session: Session, meeting_id: UUID, moment: datetime) -> None:
    session.execute(
        update(RoomLife)
        .where(RoomLife.meeting_id == meeting_id, RoomLife.gone_at.is_(None), RoomLife.opened_at < moment)
        .values(gone_at=moment)
    )


def _end_stays_before(session: Session, meeting_id: UUID, moment: datetime) -> None:
    session.execute(_open_stays(meeting_id).where(PresenceInterval.joined_at < moment).values(left_at=moment))


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
            or_(RoomLife.gone_at.is_(None), RoomLife.gone_at >= moment),
        )
        .order_by(RoomLife.opened_at.desc())
        .limit(1)
    )
