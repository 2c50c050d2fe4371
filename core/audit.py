"""The audit trail: one row per change, chained by SHA-256, written in the transaction of the change itself.

Rows are append-only (trigger). Each hash covers the row and the hash before it, so that a row changed, removed or
slipped in later breaks the chain at that place; `verify` names it. The trail holds ids, codes and small facts, never
the text of a meeting. Should a reason that somebody typed hold what must be destroyed, `redact` blanks that detail: the
row keeps its hash, and a later row of the chain says which rows with which hashes were blanked.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base
from core.permissions import Actor
from core.runtime import current

GENESIS = "0" * 64
#: Key of the transaction-level lock that puts writers of the chain in a row; any constant will do.
_CHAIN_LOCK = 4_711_001
#: The action that names blanked rows, and what their detail says afterwards.
REDACTED = "audit.redacted"
REDACTED_DETAIL = {"redacted": True}
#: Details that hold one of our own codes.
_CODES = frozenset({"classification", "stage", "stages", "state", "kind", "source", "format", "roles", "aspect"})
#: An identity, a hash, a day or a moment, a number.
_NO_WORDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|\d{4}-\d\d-\d\d[T0-9:.+ -]*|[\d.]+")


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
    #: Of them, how many were blanked by a purge and say so.
    redacted: int = 0

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
    expected, previous, blanked = 1, GENESIS, 0
    allowed = _redactions(session)
    query = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)
    with session.scalars(query) as rows:
        for row in rows:
            is_blank = row.detail == REDACTED_DETAIL and allowed.get(row.id) == row.row_hash
            if row.id != expected or row.previous_hash != previous or not (is_blank or row.row_hash == row_hash(row)):
                return AuditReport(rows=expected - 1, broken_at=expected, redacted=blanked)
            expected, previous, blanked = expected + 1, row.row_hash, blanked + is_blank
    return AuditReport(rows=expected - 1, redacted=blanked)


def redact(session: Session, actor: Actor | None, object_ids: Iterable[UUID], purge_id: UUID) -> int:
    """Blank the words in rows about these objects; facts that are no words (ids, moments, hashes, codes) stay.

    A row of the chain names each blanked row with its hash. Returns how many there were. Only a purge may do this.
    """
    session.flush()
    query = select(AuditRow).where(AuditRow.object_id.in_(list(object_ids)), AuditRow.detail != REDACTED_DETAIL)
    rows = [row for row in session.scalars(query.order_by(AuditRow.id)) if _has_words(row.detail)]
    if not rows:
        return 0
    record(session, actor, REDACTED, "purge", purge_id, rows={str(row.id): row.row_hash for row in rows})
    # After the chain's lock was taken above: whoever writes to this table holds that lock.
    session.execute(text("ALTER TABLE audit_row DISABLE TRIGGER audit_row_append_only"))
    session.execute(update(AuditRow).where(AuditRow.id.in_([row.id for row in rows])).values(detail=REDACTED_DETAIL))
    session.execute(text("ALTER TABLE audit_row ENABLE TRIGGER audit_row_append_only"))
    return len(rows)


def _redactions(session: Session) -> dict[int, str]:
    details = session.scalars(select(AuditRow.detail).where(AuditRow.action == REDACTED))
    return {int(number): found for detail in details for number, found in detail.get("rows", {}).items()}


def _has_words(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_words(item) for key, item in value.items() if key not in _CODES)
    if isinstance(value, list):
        return any(_has_words(item) for item in value)
    return isinstance(value, str) and bool(value) and not _NO_WORDS.fullmatch(value)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None | list | dict) else str(value)
