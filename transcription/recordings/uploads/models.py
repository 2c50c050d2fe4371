"""Tables of files on their way to us. What is here is gone again once the recording is kept, or time is up."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from orchestrator.meetings.models import Meeting


class RecordingUpload(Identified, Timestamped, Versioned, Base):
    """One file that somebody is sending; how much of it is here."""

    __tablename__ = "recording_upload"
    __table_args__ = (
        CheckConstraint("size_bytes > 0", name="size"),
        CheckConstraint("offset_bytes BETWEEN 0 AND size_bytes", name="offset"),
        CheckConstraint("batch_size >= 1 AND (batch_id IS NOT NULL OR batch_size = 1)", name="batch"),
        Index("ix_recording_upload_sender", "sender_id", "state"),
        Index("ix_recording_upload_expires_at", "expires_at"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: The account that sends it; nobody else can go on with it or see it.
    sender_id: Mapped[UUID]
    #: As the sender named it; shown, never used as a path.
    original_name: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    #: How many bytes from its beginning are safe here.
    offset_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    #: Files chosen together are heard as one recording: kept when the last of them is whole.
    batch_id: Mapped[UUID | None] = mapped_column(index=True)
    batch_size: Mapped[int] = mapped_column(default=1)
    #: Unfinished, it is thrown away then; every byte that comes moves it.
    expires_at: Mapped[datetime]
    #: What it became; for a batch the joined recording.
    recording_id: Mapped[UUID | None] = mapped_column(ForeignKey("recording.id"), index=True)
    #: The very same bytes were here before it.
    is_duplicate: Mapped[bool] = mapped_column(default=False)
    #: Why it could not be kept, yet or at all: `{"code", "params"}`.
    refusal: Mapped[dict[str, Any] | None]

    meeting: Mapped[Meeting] = relationship()

    def related_unit_ids(self) -> set[UUID]:
        """Those of its meeting."""
        return self.meeting.related_unit_ids()


class RecordingUploadPart(Base):
    """What one request brought, in an object of its own; the key says that no place of a file is written twice."""

    __tablename__ = "recording_upload_part"
    __table_args__ = (
        CheckConstraint("offset_bytes >= 0", name="offset"),
        CheckConstraint("size_bytes > 0", name="size"),
    )

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("recording_upload.id", ondelete="CASCADE"), primary_key=True)
    offset_bytes: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    object_key: Mapped[str] = mapped_column(unique=True)
