"""Where finished pieces are kept for good: bytes in the storage, a row in the database, found again by fingerprint.

A fingerprint names the sound, the place, the engine and what the engine was told; so a piece that was heard in an
earlier attempt, another run or another job has the same result, and is not heard again.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import Runtime, current
from core.storage import ObjectDamaged, ObjectMissing, StoredObject
from transcription.pipeline.models import FinishedPiece

PREFIX = "pieces"


def keep(session: Session, job_id: UUID, fingerprint: str, result: StoredObject) -> None:
    """Remember a finished piece. Asked twice it changes nothing."""
    if session.get(FinishedPiece, (job_id, fingerprint)) is None:
        session.add(
            FinishedPiece(
                job_id=job_id,
                fingerprint=fingerprint,
                artifact_key=result.key,
                artifact_sha256=result.sha256,
                created_at=current().clock(),
            )
        )


def store(runtime: Runtime, content: bytes) -> StoredObject:
    """The result of a piece, in the storage; the row comes when the piece is finished."""
    return runtime.storage.put_bytes(content, prefix=PREFIX)


def kept(runtime: Runtime, fingerprints: Collection[str]) -> dict[str, StoredObject]:
    """Those of these pieces that are finished. A stored object that is gone or damaged counts as not finished."""
    with runtime.database.transaction() as session:
        query = select(FinishedPiece).where(FinishedPiece.fingerprint.in_(fingerprints))
        rows = session.scalars(query.order_by(FinishedPiece.created_at.desc())).all()
    found: dict[str, StoredObject] = {}
    for row in rows:
        if row.fingerprint not in found and content_of(runtime, row.artifact_key, row.artifact_sha256) is not None:
            found[row.fingerprint] = StoredObject(row.artifact_key, row.artifact_sha256, 0)
    return found


def content_of(runtime: Runtime, key: str, sha256: str) -> bytes | None:
    """A kept piece, or None where it is gone or no longer what it was."""
    try:
        runtime.storage.verify(key, sha256)
        return runtime.storage.read_bytes(key)
    except (ObjectMissing, ObjectDamaged):
        return None
