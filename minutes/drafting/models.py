"""What the machine understood, kept beside the notice it was made into, for people and for measuring."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class Draft(Identified, Timestamped, Base):
    """One run of drafting: from which text, what was found, into which revision of the notice it went."""

    __tablename__ = "draft"
    __append_only__ = True

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    transcript_revision_id: Mapped[UUID] = mapped_column(ForeignKey("transcript_revision.id"), index=True)
    notice_revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"), index=True)
    #: JSON of Extraction.
    extraction: Mapped[dict[str, Any]]
    #: Why nothing was found, if so.
    reason: Mapped[str | None]
    #: Who asked; None for the machine's own draft after publishing.
    author_id: Mapped[UUID | None]
