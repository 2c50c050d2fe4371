"""Tables of retention: periods that a site chose, holds, and what was removed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class RetentionPeriod(Base):
    """For how many days a kind of data is kept here; no row: as the house comes."""

    __tablename__ = "retention_period"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    #: None: never removed.
    days: Mapped[int | None]
    changed_at: Mapped[datetime]
    changed_by_name: Mapped[str]


class RetentionHold(Identified, Timestamped, Base):
    """Nothing of this object is removed while the hold stands (a complaint, an inspection)."""

    __tablename__ = "retention_hold"
    __table_args__ = (
        Index("uq_retention_hold_standing", "object_id", unique=True, postgresql_where=text("released_at IS NULL")),
    )

    #: The meeting.
    object_id: Mapped[UUID]
    object_code: Mapped[str]
    #: Number of the paper that asks for it, or a few words.
    reason: Mapped[str]
    placed_by_name: Mapped[str]
    released_at: Mapped[datetime | None]
    released_by_name: Mapped[str] = mapped_column(default="", server_default="")


class RetentionRemoval(Identified, Base):
    """One removal: which kind, up to which moment, how much."""

    __tablename__ = "retention_removal"
    __table_args__ = (Index("ix_retention_removal_at", "at"),)
    __append_only__ = True

    kind: Mapped[str]
    at: Mapped[datetime]
    #: Everything of the kind that was older than this, and not held.
    before: Mapped[datetime]
    rows: Mapped[int]
    objects: Mapped[int]


class RemovedObject(Base):
    """A stored file that was removed because its time was up: whoever misses it learns when and why."""

    __tablename__ = "removed_object"
    __append_only__ = True

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
