"""Presence of a meeting as others read it: the link asks for seats, transcription for who could have spoken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.live.models import LiveAlarm, PresenceInterval
from orchestrator.live.presence import Connection, Interval, merged, seats_taken
from orchestrator.meetings.models import Meeting


@dataclass(frozen=True)
class EndpointPresence:
    """An endpoint of a meeting and when it was in the room, union over its connections."""

    meeting_endpoint_id: UUID
    endpoint_id: UUID
    endpoint_name: str
    intervals: tuple[Interval, ...]

    def was_there_at(self, moment: datetime) -> bool:
        """Whether it was connected at this moment."""
        return any(interval.covers(moment) for interval in self.intervals)


def presence_of(session: Session, meeting: Meeting) -> tuple[EndpointPresence, ...]:
    """Every planned endpoint with its presence, in the order of the plan; empty intervals where it never came.

    Rights are the caller's business: stages read it without an actor.
    """
    connections = connections_of(session, meeting.id)
    return tuple(
        EndpointPresence(
            meeting_endpoint_id=place.id,
            endpoint_id=place.endpoint_id,
            endpoint_name=place.endpoint.name,
            intervals=merged(item.interval for item in connections if item.holder == place.id),
        )
        for place in meeting.endpoints
    )


def seats_in_use(session: Session, meeting_id: UUID, moment: datetime, *, besides: UUID | None = None) -> int:
    """Seats of the main room taken at this moment (see `presence.seats_taken`)."""
    return seats_taken(connections_of(session, meeting_id), moment, besides=besides)


def raise_alarm(
    session: Session, kind: str, room_name: str, subject: str, payload: dict[str, Any], meeting_id: UUID | None = None
) -> None:
    """Keep something the operator must look at; the same again counts up instead of filling the list."""
    row = insert(LiveAlarm).values(
        id=uuid4(),
        kind=kind,
        room_name=room_name,
        subject=subject,
        payload=payload,
        meeting_id=meeting_id,
        times=1,
        created_at=current().clock(),
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=["kind", "room_name", "subject"],
            set_={"times": LiveAlarm.times + 1, "payload": row.excluded.payload, "resolved_at": None},
        )
    )


def open_alarms(session: Session, actor: Actor | None) -> Sequence[LiveAlarm]:
    """Alarms nobody has dealt with, newest first."""
    require(actor, Action.OPERATE_MEETING)
    query = select(LiveAlarm).where(LiveAlarm.resolved_at.is_(None)).order_by(LiveAlarm.created_at.desc())
    return session.scalars(query).all()


def count_present(session: Session, meeting_id: UUID) -> int:
    """Open connections of a meeting, recorder and strangers included."""
    query = select(func.count()).where(PresenceInterval.meeting_id == meeting_id, PresenceInterval.left_at.is_(None))
    return session.scalar(query) or 0


def connections_of(session: Session, meeting_id: UUID) -> list[Connection]:
    """Every connection of a meeting as a plain value; rights are the caller's business."""
    # The console's own connection is nobody's presence and holds no seat of the plan.
    rows = session.scalars(
        select(PresenceInterval).where(
            PresenceInterval.meeting_id == meeting_id, PresenceInterval.is_console.is_(False)
        )
    )
    return [
        Connection(
            holder=row.meeting_endpoint_id,
            interval=Interval(row.joined_at, row.left_at),
            is_recorder=row.is_recorder,
            in_breakout=row.breakout_room_id is not None,
        )
        for row in rows
    ]
