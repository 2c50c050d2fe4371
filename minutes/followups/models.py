"""Tables of tasks and of the reports on them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from minutes.followups.due import is_overdue
from minutes.followups.states import OPEN
from minutes.notices.models import Issue
from orchestrator.directory.models import Unit


class Task(Identified, Timestamped, Versioned, Base):
    """A directive of an issued notice with the one unit that answers for it (Decree 39/2022: one lead)."""

    __tablename__ = "task"
    __table_args__ = (
        # A directive whose lead is in no directory makes one task without a unit, for the office to place.
        Index("uq_task_item", "issue_id", "item_id", "unit_id", unique=True, postgresql_nulls_not_distinct=True),
        Index("ix_task_due", "due_at"),
    )

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    issue_id: Mapped[UUID] = mapped_column(ForeignKey("notice_issue.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: Of NoticeItem in the issued revision.
    item_id: Mapped[str]
    position: Mapped[int]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    coordinating_unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)
    #: As the notice says it.
    lead: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    coordinating: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    action: Mapped[str]
    deadline_raw: Mapped[str] = mapped_column(default="")
    deadline_iso: Mapped[str | None]
    deadline_kind: Mapped[str] = mapped_column(default="none")
    deadline_rrule: Mapped[str | None]
    #: The last moment, where the deadline has one.
    due_at: Mapped[datetime | None]
    #: Spans of the recording, `[{"start", "end"}]` in seconds.
    evidence: Mapped[list[Any]] = mapped_column(default=list)
    done_at: Mapped[datetime | None]
    #: The last day of the newest extension that was granted; `due_at` follows it, `deadline_iso` does not.
    extended_until: Mapped[date | None]

    issue: Mapped[Issue] = relationship(lazy="selectin")
    unit: Mapped[Unit | None] = relationship(lazy="selectin")
    extensions: Mapped[list["TaskExtension"]] = relationship(order_by="TaskExtension.created_at", lazy="selectin")
    reports: Mapped[list["TaskReport"]] = relationship(order_by="TaskReport.created_at", lazy="selectin")

    def related_unit_ids(self) -> set[UUID]:
        """The accountable unit and those that help."""
        return {unit for unit in (self.unit_id, *self.coordinating_unit_ids) if unit is not None}

    def is_overdue(self, now: datetime) -> bool:
        """Still open after its due moment."""
        return is_overdue(self.due_at, self.state in OPEN, now)


class TaskReport(Identified, Timestamped, Base):
    """What a unit said about its task."""

    __tablename__ = "task_report"
    __append_only__ = True

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), index=True)
    text: Mapped[str]
    done: Mapped[bool]
    author_id: Mapped[UUID]
    author_name: Mapped[str]

    files: Mapped[list["TaskReportFile"]] = relationship(order_by="TaskReportFile.position", lazy="selectin")


class TaskReportFile(Identified, Timestamped, Base):
    """A file that came with a report."""

    __tablename__ = "task_report_file"
    __table_args__ = (UniqueConstraint("report_id", "position"),)
    __append_only__ = True

    report_id: Mapped[UUID] = mapped_column(ForeignKey("task_report.id"))
    position: Mapped[int]
    name: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    object_key: Mapped[str]
    sha256: Mapped[str]


class TaskExtension(Identified, Timestamped, Versioned, Base):
    """A unit asks for more time; whoever may, grants or refuses it. What the notice said stays written in the task."""

    __tablename__ = "task_extension"
    __table_args__ = (
        Index("uq_task_extension_open", "task_id", unique=True, postgresql_where=text("state = 'asked'")),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), index=True)
    until: Mapped[date]
    reason: Mapped[str]
    asked_by_id: Mapped[UUID]
    asked_by_name: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")


class CarriedTask(Identified, Timestamped, Base):
    """A task of an earlier meeting of a series, put before a later one. What has become of it is read from the task."""

    __tablename__ = "carried_task"
    __table_args__ = (UniqueConstraint("meeting_id", "task_id"),)

    #: The meeting it is put before.
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), index=True)

    task: Mapped[Task] = relationship(lazy="joined")
