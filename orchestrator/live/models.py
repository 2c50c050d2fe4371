"""Tables of the live room, filled from events that arrive late, twice or never (CONTRACTS §7)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class RoomLife(Identified, Timestamped, Base):
    """One life of a conference room: a meeting has as many as its room came and went."""

    __tablename__ = "room_life"
    __table_args__ = (
        UniqueConstraint("meeting_id", "opened_at"),
        CheckConstraint("gone_at IS NULL OR gone_at >= opened_at", name="gone_after_opened"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    opened_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class PresenceInterval(Identified, Timestamped, Base):
    """One connection from its coming to its going; open while `left_at` is None."""

    __tablename__ = "presence_interval"
    __table_args__ = (
        UniqueConstraint("meeting_id", "occupant_jid", "joined_at"),
        CheckConstraint("left_at IS NULL OR left_at >= joined_at", name="left_after_joined"),
        Index("ix_presence_interval_open", "meeting_id", postgresql_where=text("left_at IS NULL")),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    #: The endpoint whose token it came with; None for the recorder and for strangers.
    meeting_endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_endpoint.id"), index=True)
    occupant_jid: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    is_recorder: Mapped[bool] = mapped_column(default=False)
    #: Room aside (breakout) it was in; it holds no seat of the main room meanwhile.
    breakout_room_id: Mapped[str | None]


class LiveAlarm(Identified, Timestamped, Base):
    """Something the operator must look at: a room nobody planned, a guest nobody invited, an event nobody understands.

    The payload is kept so that nothing received is lost.
    """

    __tablename__ = "live_alarm"
    __table_args__ = (UniqueConstraint("kind", "room_name", "subject"),)

    kind: Mapped[str]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    room_name: Mapped[str]
    #: What makes it one alarm and not two: the occupant, the event.
    subject: Mapped[str]
    payload: Mapped[dict[str, Any]]
    times: Mapped[int] = mapped_column(default=1)
    resolved_at: Mapped[datetime | None]
