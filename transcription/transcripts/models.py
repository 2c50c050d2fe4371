"""Tables of the transcripts."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words
from orchestrator.meetings.models import Meeting


class RevisionSource(StrEnum):
    """Whose words a revision holds."""

    MACHINE = "machine"
    PERSON = "person"
    #: The machine's, heard in the room while it was said, without a recording.
    LIVE = "live"


class Transcript(Identified, Timestamped, Base):
    """What one run of the pipeline heard in one recording, or the live process in the room, and all corrections of it.

    Running a stage again makes another transcript. It takes the place of the earlier one only where nobody has
    corrected that one yet; otherwise it waits beside it until a secretary adopts it.
    """

    __tablename__ = "transcript"
    __table_args__ = (
        Index("uq_transcript_current", "recording_id", unique=True, postgresql_where=text("is_current")),
        Index(
            "uq_transcript_current_live",
            "meeting_id",
            unique=True,
            postgresql_where=text("is_current AND recording_id IS NULL"),
        ),
        Index("ix_transcript_meeting", "meeting_id", "created_at"),
        CheckConstraint("(recording_id IS NULL) = (stage_run_id IS NULL)", name="recorded_or_live"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    #: None for what was heard live: there is no sound to go back to.
    recording_id: Mapped[UUID | None] = mapped_column(ForeignKey("recording.id"))
    #: The publishing run; unique, so that publishing twice makes one transcript. None for what was heard live.
    stage_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("stage_run.id"), unique=True)
    is_current: Mapped[bool]

    meeting: Mapped[Meeting] = relationship()

    def related_unit_ids(self) -> set[UUID]:
        """Those of its meeting."""
        return self.meeting.related_unit_ids()


class TranscriptRevision(Identified, Timestamped, Base):
    """One saved state of a transcript; number 0 is the machine's.

    A revision holds either the whole document or the segments that differ from the revision before it (`history`); read
    it through `service.document_of`, which puts them together.
    """

    __tablename__ = "transcript_revision"
    __table_args__ = (
        UniqueConstraint("transcript_id", "number"),
        CheckConstraint("(document IS NULL) <> (changed_segments IS NULL)", name="whole_or_changes"),
        CheckConstraint("number > 0 OR document IS NOT NULL", name="first_is_whole"),
    )
    __append_only__ = True

    transcript_id: Mapped[UUID] = mapped_column(ForeignKey("transcript.id"))
    number: Mapped[int]
    source: Mapped[RevisionSource] = mapped_column(words(RevisionSource))
    author_id: Mapped[UUID | None]
    #: Megabytes for a meeting of hours: read only by whoever puts the text together.
    document: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    changed_segments: Mapped[list[Any] | None] = mapped_column(deferred=True)
    #: SHA-256 of the whole document's JSON at this revision.
    sha256: Mapped[str]
    #: Numbers about the machine's text and evidence for the names; empty for a person's revision.
    quality: Mapped[dict[str, Any]] = mapped_column(default=dict)
