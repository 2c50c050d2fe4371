"""The table of series. The occurrences are meetings; the series keeps the rule and what the next ones start from."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words
from orchestrator.directory.models import Person
from orchestrator.meetings.models import MeetingKind, Urgency


class MeetingSeries(Identified, Timestamped, Base):
    """A rule of recurrence and the plan its meetings are made from. Days and hours are those of Việt Nam."""

    __tablename__ = "meeting_series"
    __table_args__ = (
        CheckConstraint("duration_minutes >= 5", name="duration"),
        CheckConstraint("horizon_on >= first_on", name="horizon"),
        Index("ix_meeting_series_first_on", "first_on"),
    )

    title: Mapped[str]
    #: Recurrence rule as checked (`recurrence.read_rule`): without DTSTART, never below a day.
    rrule: Mapped[str]
    first_on: Mapped[date]
    starts_time: Mapped[time]
    duration_minutes: Mapped[int]
    #: Meetings have been made up to and with this day; a rule without an end goes on when the horizon is moved.
    horizon_on: Mapped[date]
    #: EXDATE: days of the rule on which no meeting was made.
    excluded_on: Mapped[list[date]] = mapped_column(ARRAY(Date), default=list)
    kind: Mapped[MeetingKind] = mapped_column(words(MeetingKind))
    urgency: Mapped[Urgency] = mapped_column(words(Urgency), default=Urgency.NORMAL)
    body_name: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    secretary_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: Endpoints, people, agenda, documents (`plan_body`).
    body: Mapped[dict[str, Any]]
    #: Ended by a person: nothing more is made from it.
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    chair: Mapped[Person | None] = relationship(foreign_keys=[chair_id], lazy="selectin")
