"""The files of a recording for those who decode it: one, or the parts it was joined from, each checked by its hash."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import Runtime
from core.storage import Storage
from transcription import faults
from transcription.media import MediaInfo, probe
from transcription.recordings.models import Recording, RecordingPart
from transcription.stages.normalise import Part


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One object and where it begins in the whole; None: right behind the one before it."""

    object_key: str
    sha256: str
    offset_seconds: float | None = None


def stored_parts(runtime: Runtime, recording_id: UUID) -> tuple[StoredPart, ...]:
    """What has to be decoded for a recording, in order; the recording itself where it was not joined."""
    with runtime.database.transaction() as session:
        return _stored_parts(session, recording_id)


def _stored_parts(session: Session, recording_id: UUID) -> tuple[StoredPart, ...]:
    query = (
        select(Recording.object_key, Recording.sha256, RecordingPart.offset_seconds)
        .join(RecordingPart, RecordingPart.part_id == Recording.id)
        .where(RecordingPart.whole_id == recording_id)
        .order_by(RecordingPart.position)
    )
    parts = tuple(StoredPart(key, sha256, offset) for key, sha256, offset in session.execute(query))
    if parts:
        return parts
    whole = session.get_one(Recording, recording_id)
    return (StoredPart(whole.object_key, whole.sha256),)


def verify_parts(runtime: Runtime, recording_id: UUID) -> None:
    """Are the parts of a joined recording still what was received? Raises ObjectMissing, ObjectDamaged."""
    parts = stored_parts(runtime, recording_id)
    for part in parts if len(parts) > 1 else ():
        runtime.storage.verify(part.object_key, part.sha256)


@contextmanager
def local_parts(storage: Storage, parts: tuple[StoredPart, ...]) -> Iterator[tuple[Part, ...]]:
    """The parts as files to read while the block runs. Raises ObjectMissing."""
    with ExitStack() as open_copies:
        yield tuple(
            Part(open_copies.enter_context(storage.local_copy(part.object_key)), part.offset_seconds) for part in parts
        )


def probe_parts(parts: tuple[Part, ...]) -> MediaInfo:
    """Look at each; what the first is. Raises the media faults of SoundReader, with parameter `part` from 1."""
    found: list[MediaInfo] = []
    for number, part in enumerate(parts, 1):
        try:
            found.append(probe(part.path))
        except faults.MediaFault as fault:
            if len(parts) > 1:
                fault.params = {**fault.params, "part": number}
            raise
    return found[0]
