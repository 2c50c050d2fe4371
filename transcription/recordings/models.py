"""Table of the received recordings."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from orchestrator.columns import words
from orchestrator.meetings.models import Meeting


class RecordingSource(StrEnum):
    """How a recording came to us."""

    UPLOAD = "upload"
    JIBRI = "jibri"
    #: Made of other recordings of the meeting; its object lists them.
    JOINED = "joined"


class RosterState(StrEnum):
    """What the recorder's metadata says about who was in the room; all three occur in practice (CONTRACTS §9)."""

    KNOWN = "known"
    EMPTY = "empty"  # the list is there but has nobody: presence identity is not switched on
    MISSING = "missing"  # no metadata, or unreadable


class Recording(Identified, Timestamped, Versioned, Base):
    """One file as received. The object is never changed or deleted by processing."""

    __tablename__ = "recording"
    __table_args__ = (
        UniqueConstraint("meeting_id", "sha256"),
        CheckConstraint("size_bytes >= 0", name="size"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    source: Mapped[RecordingSource] = mapped_column(words(RecordingSource))
    #: As the sender named it; shown, never used as a path.
    original_name: Mapped[str]
    object_key: Mapped[str]
    sha256: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    #: Known after normalising.
    duration_seconds: Mapped[float | None]
    #: The file breaks off or parts of it cannot be decoded; what can be read was used.
    is_truncated: Mapped[bool] = mapped_column(default=False)
    #: Container, codec, channels as the decoder sees them; empty until verified.
    media: Mapped[dict[str, Any]] = mapped_column(default=dict)
    roster_state: Mapped[RosterState] = mapped_column(words(RosterState), default=RosterState.MISSING)
    #: The recorder's own list of people in the room: `[{"id", "name", "group"}]`.
    roster: Mapped[list[Any]] = mapped_column(default=list)
    #: Account that uploaded it; None for a recorder.
    received_from: Mapped[UUID | None]
    #: When its sound began, where that is known beyond its name, and how far it may be off.
    started_at: Mapped[datetime | None]
    started_margin_seconds: Mapped[float | None]

    meeting: Mapped[Meeting] = relationship()
    #: The recordings this one was joined from, in order; empty for one that came as one file.
    parts: Mapped[list["RecordingPart"]] = relationship(
        foreign_keys="RecordingPart.whole_id", order_by="RecordingPart.position"
    )

    def related_unit_ids(self) -> set[UUID]:
        """Those of its meeting."""
        return self.meeting.related_unit_ids()


class RecordingPart(Base):
    """One recording at its place in a joined one. Written with the whole and never changed."""

    __tablename__ = "recording_part"
    __table_args__ = (
        UniqueConstraint("whole_id", "part_id"),
        CheckConstraint("whole_id <> part_id", name="part_of_another"),
        CheckConstraint("offset_seconds >= 0", name="offset"),
    )
    __append_only__ = True

    whole_id: Mapped[UUID] = mapped_column(ForeignKey("recording.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("recording.id"), index=True)
    #: Where it begins in the whole; None: right behind the part before it.
    offset_seconds: Mapped[float | None]
