"""Tables of learned terms and of the transcripts that taught them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class LearnedTerm(Identified, Timestamped, Base):
    """A term that people of a unit had to write themselves; `unit_id` is None for meetings without units.

    An erased term keeps nothing but the hash of its folded letters, so that the same correction does not bring it back.
    """

    __tablename__ = "learned_term"
    __table_args__ = (
        UniqueConstraint("unit_id", "key_sha256", postgresql_nulls_not_distinct=True),
        CheckConstraint("(erased_at IS NULL) <> (written = '')", name="erased_is_empty"),
        Index("ix_learned_term_living", "unit_id", postgresql_where=text("erased_at IS NULL")),
    )

    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    written: Mapped[str]
    #: SHA-256 of the folded term; one term has one spelling in a unit.
    key_sha256: Mapped[str]
    erased_at: Mapped[datetime | None]
    erased_by: Mapped[UUID | None]

    def related_unit_ids(self) -> set[UUID]:
        """The unit it was learned for."""
        return {self.unit_id} if self.unit_id else set()


class LearnedTermSource(Identified, Timestamped, Base):
    """A corrected transcript in which the term was set right, and what the machine had written there."""

    __tablename__ = "learned_term_source"
    __table_args__ = (UniqueConstraint("term_id", "transcript_id"),)

    term_id: Mapped[UUID] = mapped_column(ForeignKey("learned_term.id", ondelete="CASCADE"))
    transcript_id: Mapped[UUID] = mapped_column(ForeignKey("transcript.id"), index=True)
    heard: Mapped[str]
