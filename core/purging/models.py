"""Table of the purges: what was destroyed, why, by whom; never a word of what it was."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped, Versioned


class PurgeReason(StrEnum):
    """Why. A closed list: a reason in somebody's own words could say the very thing again."""

    SAID = "said"
    SHOWN = "shown"
    WRONG_FILE = "wrong_file"


class Purge(Identified, Timestamped, Versioned, Base):
    """One purge of everything that came from one object."""

    __tablename__ = "purge"
    __table_args__ = (
        CheckConstraint("reason IN ('said', 'shown', 'wrong_file')", name="known_reason"),
        CheckConstraint("asked_by_id <> confirmed_by_id", name="two_persons"),
        CheckConstraint("state NOT IN ('confirmed', 'done') OR confirmed_by_id IS NOT NULL", name="confirmed_by"),
        Index("uq_purge_open", "object_id", unique=True, postgresql_where=text("state IN ('asked', 'confirmed')")),
    )

    #: The meeting; its shell stays, so that the protocol has something to name.
    object_id: Mapped[UUID]
    object_code: Mapped[str]
    reason: Mapped[str]
    #: Number of the paper that orders it, letters and figures only.
    order_number: Mapped[str] = mapped_column(default="", server_default="")
    asked_by_id: Mapped[UUID]
    asked_by_name: Mapped[str]
    confirmed_by_id: Mapped[UUID | None]
    confirmed_by_name: Mapped[str] = mapped_column(default="", server_default="")
    confirmed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    #: Files that are still to be removed, by kind: `{"objects": [key], "mails": [id]}`; empty once they are gone.
    remaining: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    #: Numbers, ids and hashes for the protocol (see `protocol`).
    found: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
