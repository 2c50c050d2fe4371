"""The audit trail: one row per change, chained by SHA-256, written in the transaction of the change itself.

Rows are append-only (trigger). Each hash covers the row and the hash before it, so that a row changed, removed or
slipped in later breaks the chain at that place; `verify` names it. The trail holds ids, codes and small facts, never
the text of a meeting.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base
from core.permissions import Actor
from core.runtime import current

GENESIS = "0" * 64
#: Key of the transaction-level lock that puts writers of the chain in a row; any constant will do.
_CHAIN_LOCK = 4_711_001


class AuditRow(Base):
    """One change, by whom, to what."""

    __tablename__ = "audit_row"
    __table_args__ = (Index("ix_audit_row_object", "object_type", "object_id"),)
    __append_only__ = True

    #: Position in the chain, without gaps, from 1.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    #: None where the system itself acted (a worker, a hook).
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[UUID]
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    row_hash: Mapped[str]


@dataclass(frozen=True)
class AuditReport:
    """Result of a verification: how many rows were read, and the first place where the chain breaks."""

    rows: int
    broken_at: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def record(
    session: Session, actor: Actor | None, action: str, object_type: str, object_id: UUID, **detail: Any
) -> None:
    """Append one row to the chain within this transaction.

    The chain's lock is taken at the latest possible moment, with the transaction's own commit: writers wait for each
    other only while the rows are being written. `detail` must be plain JSON values; ids and dates are turned into text.
    """
    session.flush()
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = session.execute(select(AuditRow.id, AuditRow.row_hash).order_by(AuditRow.id.desc()).limit(1)).first()
    row = AuditRow(
        id=last.id + 1 if last else 1,
        at=current().clock().astimezone(UTC),
        actor_id=actor.account_id if actor else None,
        action=action,
        object_type=object_type,
        object_id=object_id,
        detail={key: _plain(value) for key, value in detail.items()},
        previous_hash=last.row_hash if last else GENESIS,
        row_hash="",
    )
    row.row_hash = row_hash(row)
    session.add(row)
    session.flush()


def row_hash(row: AuditRow) -> str:
    """SHA-256 over everything the row says and the hash of the row before it."""
    said = [
        row.id,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(row.actor_id) if row.actor_id else None,
        row.action,
        row.object_type,
        str(row.object_id),
        row.detail,
        row.previous_hash,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def verify(session: Session) -> AuditReport:
    """Walk the chain from its beginning; stops at the first row that is missing, changed or out of place."""
    expected, previous = 1, GENESIS
    query = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)
    with session.scalars(query) as rows:
        for row in rows:
            if row.id != expected or row.previous_hash != previous or row.row_hash != row_hash(row):
                return AuditReport(rows=expected - 1, broken_at=expected)
            expected, previous = expected + 1, row.row_hash
    return AuditReport(rows=expected - 1)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None | list | dict) else str(value)
