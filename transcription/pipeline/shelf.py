"""Where finished pieces are kept between attempts and runs: JSON in the storage, a row in the database."""

from uuid import UUID

from core.runtime import Runtime
from core.storage import ObjectDamaged, ObjectMissing
from transcription.pipeline.claims import Claim, note_advance
from transcription.pipeline.models import FinishedPiece

PREFIX = "pieces"


class DatabaseShelf:
    """The shelf of one job, for the attempt that holds the claim."""

    def __init__(self, runtime: Runtime, held: Claim) -> None:
        self._runtime = runtime
        self._held = held

    @property
    def _job_id(self) -> UUID:
        return self._held.job_id

    def get(self, fingerprint: str) -> bytes | None:
        """A finished piece, or None. A stored object that is gone or damaged counts as not finished."""
        with self._runtime.database.transaction() as session:
            row = session.get(FinishedPiece, (self._job_id, fingerprint))
        if row is None:
            return None
        try:
            self._runtime.storage.verify(row.artifact_key, row.artifact_sha256)
            return self._runtime.storage.read_bytes(row.artifact_key)
        except (ObjectMissing, ObjectDamaged):
            return None

    def put(self, fingerprint: str, content: bytes) -> None:
        """Keep a piece. Raises ClaimLost if this attempt no longer counts."""
        stored = self._runtime.storage.put_bytes(content, prefix=PREFIX, suffix=".json")
        with self._runtime.database.transaction() as session:
            note_advance(session, self._held)
            if session.get(FinishedPiece, (self._job_id, fingerprint)) is None:
                session.add(
                    FinishedPiece(
                        job_id=self._job_id,
                        fingerprint=fingerprint,
                        artifact_key=stored.key,
                        artifact_sha256=stored.sha256,
                        created_at=self._runtime.clock(),
                    )
                )
