"""Tables of the working calendar: days the administrator has entered, and years whose proposal was accepted."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped
from orchestrator.calendar.public_holidays import DayKind
from orchestrator.columns import words


class Holiday(Identified, Timestamped, Base):
    """A day that differs from its weekday: off, or a weekend day worked in exchange."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[DayKind] = mapped_column(words(DayKind))
    #: The rule or decision it comes from, as the administrator cites it.
    basis: Mapped[str] = mapped_column(default="", server_default="")
    #: Grows with every change; an edit names the version it started from.
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class CalendarYear(Base):
    """A year whose days the administrator has settled: from then on its `Holiday` rows alone are true."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    accepted_at: Mapped[datetime]
    accepted_by: Mapped[UUID]
