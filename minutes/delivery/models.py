"""Tables of what goes out: one delivery per issued notice and unit, and what is public of a notice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from minutes.notices.models import Issue, Notice
from orchestrator.directory.models import Unit


class Delivery(Identified, Timestamped, Versioned, Base):
    """An issued notice with one unit."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("issue_id", "unit_id"),)

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    issue_id: Mapped[UUID] = mapped_column(ForeignKey("notice_issue.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    delivered_at: Mapped[datetime]
    #: First time somebody of the unit opened it.
    opened_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[UUID | None]
    acknowledged_by_name: Mapped[str] = mapped_column(default="")
    #: The newest reminder by mail that it was not acknowledged, and how many there were.
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0, server_default="0")

    notice: Mapped[Notice] = relationship(lazy="selectin")
    issue: Mapped[Issue] = relationship(lazy="selectin")
    unit: Mapped[Unit] = relationship(lazy="selectin")

    def related_unit_ids(self) -> set[UUID]:
        """The unit it went to."""
        return {self.unit_id}


class Bulletin(Identified, Timestamped, Versioned, Base):
    """Passages of an issued notice that anybody may read; its words are never changed, a new one takes its place."""

    __tablename__ = "bulletin"
    __table_args__ = (
        Index("uq_bulletin_published", "notice_id", unique=True, postgresql_where=text("state = 'published'")),
        CheckConstraint("cardinality(paragraphs) > 0", name="paragraphs"),
    )

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    issue_id: Mapped[UUID] = mapped_column(ForeignKey("notice_issue.id"))
    #: What was chosen, by the names of `bulletin_text.passages`.
    passage_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    title: Mapped[str]
    paragraphs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    published_by_id: Mapped[UUID]
    published_by_name: Mapped[str]
