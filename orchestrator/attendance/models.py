"""Tables of the roll call. `Participant.attendance` is the present answer; these rows say how it came about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words
from orchestrator.meetings.models import Attendance


class RollEntry(Identified, Timestamped, Base):
    """One answer of the roll call for one person; a later one replaces it and the earlier stays readable."""

    __tablename__ = "roll_entry"
    __table_args__ = (
        Index("ix_roll_entry_participant", "participant_id", "at"),
        Index("ix_roll_entry_meeting", "meeting_id"),
    )
    __append_only__ = True

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participant.id"))
    attendance: Mapped[Attendance] = mapped_column(words(Attendance))
    reason: Mapped[str] = mapped_column(default="")
    #: When somebody who came late was there.
    arrived_at: Mapped[datetime | None]
    at: Mapped[datetime]
    actor_id: Mapped[UUID]


class HeadCount(Identified, Timestamped, Base):
    """People counted in the room of one endpoint at one moment; the newest counts."""

    __tablename__ = "head_count"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        Index("ix_head_count_place", "meeting_endpoint_id", "at"),
        Index("ix_head_count_meeting", "meeting_id"),
    )
    __append_only__ = True

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"))
    count: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID]
