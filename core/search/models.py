"""The table of passages. It repeats what stands elsewhere, so it can be made again from there at any time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SearchEntry(Base):
    """One passage of one object: a minute of what was said, an item of a notice, a task."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "object_id", "part"),
        Index("ix_search_entry_vector", "vector", postgresql_using="gin"),
        # The newest names, for those that are nearly what was typed.
        Index("ix_search_entry_named", "happened_at", postgresql_where=text("plain_title IS NOT NULL")),
        # The newest of a kind, for words that stand nearly everywhere.
        Index("ix_search_entry_kind_happened_at", "kind", "happened_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    #: Of the room's `SearchKind`.
    kind: Mapped[str]
    object_id: Mapped[UUID]
    #: Which passage of the object; empty: the object by its name.
    part: Mapped[str]
    #: The meeting it belongs to; no key, for this table knows no room.
    meeting_id: Mapped[UUID | None] = mapped_column(index=True)
    happened_at: Mapped[datetime]
    title: Mapped[str]
    text: Mapped[str]
    #: Title without marks where the passage stands for the whole object; None elsewhere.
    plain_title: Mapped[str | None]
    vector: Mapped[str] = mapped_column(TSVECTOR, deferred=True)
    #: Of everything above: an unchanged passage is not written again.
    fingerprint: Mapped[str]
