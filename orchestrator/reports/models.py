"""Tables of quick reports: the form with its versions, its periods with who must report, and beside them only rows that
are never changed again (revisions, compiled reports, reminders)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from orchestrator.columns import words
from orchestrator.directory.models import Unit
from orchestrator.reports.compiled import Compiled
from orchestrator.reports.definition import FormDefinition
from orchestrator.reports.schedule import Schedule, period_name


class CompiledBecause(StrEnum):
    """Why a compiled revision was made: somebody asked, or a report came in after the last one."""

    ASKED = "asked"
    CORRECTION = "correction"
    LATE = "late"


class ReportForm(Identified, Timestamped, Base):
    """A form that units fill in every day or week; what it asks is in its versions."""

    __tablename__ = "report_form"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: JSON of Schedule.
    schedule: Mapped[dict[str, Any]]
    #: Number of the newest version.
    version_number: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    #: Who the compiled report goes to ("Kính gửi").
    addressee: Mapped[str] = mapped_column(default="", server_default="")
    #: Who signs the compiled paper: `TL. BỘ TRƯỞNG; CHÁNH VĂN PHÒNG`, and the name; empty leaves the room blank.
    signer_title: Mapped[str] = mapped_column(default="", server_default="")
    signer_name: Mapped[str] = mapped_column(default="", server_default="")

    units: Mapped[list["ReportFormUnit"]] = relationship(cascade="all, delete-orphan")

    def plan(self) -> Schedule:
        """The schedule as a value."""
        return Schedule.from_json(self.schedule)


class ReportFormVersion(Identified, Timestamped, Base):
    """What a form asks, from one moment on. Reports keep the version they were written in."""

    __tablename__ = "report_form_version"
    __table_args__ = (UniqueConstraint("form_id", "number"), CheckConstraint("number >= 1", name="number"))
    __append_only__ = True

    form_id: Mapped[UUID] = mapped_column(ForeignKey("report_form.id"))
    number: Mapped[int]
    #: JSON of FormDefinition.
    definition: Mapped[dict[str, Any]]
    author_id: Mapped[UUID]
    author_name: Mapped[str]

    def read(self) -> FormDefinition:
        """The definition as a value."""
        return FormDefinition.from_json(self.definition)


class ReportFormUnit(Base):
    """A unit that must report on this form."""

    __tablename__ = "report_form_unit"

    form_id: Mapped[UUID] = mapped_column(ForeignKey("report_form.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)


class ReportPeriod(Identified, Timestamped, Versioned, Base):
    """One day or week of a form, made ahead of time."""

    __tablename__ = "report_period"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("opens_at < cut_off_at", name="moments"),
        # A day taken back as a holiday may become a working day again.
        Index(
            "uq_report_period_days", "form_id", "starts_on", unique=True, postgresql_where=text("state <> 'cancelled'")
        ),
        Index("ix_report_period_cut_off", "cut_off_at"),
    )

    form_id: Mapped[UUID] = mapped_column(ForeignKey("report_form.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("report_form_version.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opens_at: Mapped[datetime]
    cut_off_at: Mapped[datetime]

    form: Mapped[ReportForm] = relationship(lazy="joined")
    form_version: Mapped[ReportFormVersion] = relationship(lazy="joined")
    duties: Mapped[list["ReportDuty"]] = relationship(back_populates="period")

    @property
    def name(self) -> str:
        """`ngày 08/04/2026`, `tuần 06/04/2026 – 12/04/2026`."""
        return period_name(self.starts_on, self.ends_on)

    def related_unit_ids(self) -> set[UUID]:
        """The units that must report."""
        return {duty.unit_id for duty in self.duties}


class ReportDuty(Identified, Timestamped, Base):
    """One unit must report for one period; with where its report stands, so that the board is one query."""

    __tablename__ = "report_duty"
    __table_args__ = (
        UniqueConstraint("period_id", "unit_id"),
        CheckConstraint("(revision_count = 0) = (first_submitted_at IS NULL)", name="submitted"),
        Index("ix_report_duty_unit", "unit_id", "created_at"),
    )

    period_id: Mapped[UUID] = mapped_column(ForeignKey("report_period.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    #: Number of the newest revision; 0 while nothing was reported.
    revision_count: Mapped[int] = mapped_column(default=0)
    first_submitted_at: Mapped[datetime | None]
    last_submitted_at: Mapped[datetime | None]
    #: Of the first report: a correction after the cut-off does not make a timely report late.
    is_late: Mapped[bool] = mapped_column(default=False)
    is_nil: Mapped[bool] = mapped_column(default=False)

    period: Mapped[ReportPeriod] = relationship(back_populates="duties")
    unit: Mapped[Unit] = relationship(lazy="joined")

    def related_unit_ids(self) -> set[UUID]:
        """The one unit."""
        return {self.unit_id}


class ReportRevision(Identified, Timestamped, Base):
    """What a unit reported, whole. Number 1 is the report, later ones are corrections with their reason."""

    __tablename__ = "report_revision"
    __table_args__ = (
        UniqueConstraint("duty_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("number = 1 OR reason <> ''", name="reason"),
    )
    __append_only__ = True

    duty_id: Mapped[UUID] = mapped_column(ForeignKey("report_duty.id"))
    number: Mapped[int]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("report_form_version.id"))
    #: Values by code; a roster lies under `roster`.
    values: Mapped[dict[str, Any]]
    note: Mapped[str]
    is_nil: Mapped[bool]
    reason: Mapped[str]
    #: After the cut-off.
    is_late: Mapped[bool]
    submitted_at: Mapped[datetime]
    #: Of version, values, note and nil.
    sha256: Mapped[str]
    author_id: Mapped[UUID]
    author_name: Mapped[str]


class Compilation(Identified, Timestamped, Base):
    """The reports of one period put together, as they stood at that moment."""

    __tablename__ = "report_compilation"
    __table_args__ = (UniqueConstraint("period_id", "number"), CheckConstraint("number >= 1", name="number"))
    __append_only__ = True

    period_id: Mapped[UUID] = mapped_column(ForeignKey("report_period.id"))
    number: Mapped[int]
    #: JSON of Compiled.
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    because: Mapped[CompiledBecause] = mapped_column(words(CompiledBecause))
    #: The report that made a new compiled revision necessary.
    revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("report_revision.id"))
    compiled_at: Mapped[datetime]
    author_id: Mapped[UUID]
    author_name: Mapped[str]

    period: Mapped[ReportPeriod] = relationship()

    def read(self) -> Compiled:
        """The content as a value."""
        return Compiled.from_json(self.content)


class ReportReminder(Identified, Timestamped, Base):
    """A unit was reminded, once per period and time; `mail_id` is None where it has no address."""

    __tablename__ = "report_reminder"
    __table_args__ = (UniqueConstraint("duty_id", "minutes_before"),)
    __append_only__ = True

    duty_id: Mapped[UUID] = mapped_column(ForeignKey("report_duty.id"))
    minutes_before: Mapped[int]
    recipients: Mapped[int]
    mail_id: Mapped[UUID | None]
    sent_at: Mapped[datetime]
