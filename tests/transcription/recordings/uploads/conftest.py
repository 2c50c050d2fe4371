"""A sender, and bytes on their way."""

import io
from collections.abc import Callable
from uuid import UUID

import pytest

from core.permissions import Actor, Role
from core.runtime import Runtime
from transcription.recordings.uploads import service
from transcription.recordings.uploads.finishing import finish
from transcription.recordings.uploads.models import RecordingUpload
from transcription.recordings.uploads.receiving import Checksum, Received, receive


class Sender:
    """Somebody who sends files to one meeting."""

    def __init__(self, runtime: Runtime, actor: Actor, meeting_id: UUID) -> None:
        self.runtime, self.actor, self.meeting_id = runtime, actor, meeting_id

    def begin(self, size: int, name: str = "họp.wav", batch: UUID | None = None, batch_size: int = 1) -> UUID:
        new = service.NewUpload(name, size, batch, batch_size)
        with self.runtime.database.transaction() as session:
            return service.begin(session, self.actor, self.meeting_id, new).id

    def send(
        self, upload_id: UUID, offset: int, data: bytes | io.RawIOBase, checksum: Checksum | None = None
    ) -> Received:
        stream = io.BytesIO(data) if isinstance(data, bytes) else data
        return receive(
            self.runtime.database,
            self.actor,
            self.meeting_id,
            upload_id,
            offset,
            stream,
            checksum,  # type: ignore[arg-type]
        )

    def finish(self, upload_id: UUID) -> None:
        finish(self.runtime.database, upload_id, self.actor)

    def row(self, upload_id: UUID) -> RecordingUpload:
        with self.runtime.database.transaction() as session:
            return session.get_one(RecordingUpload, upload_id)

    def stored(self) -> list[str]:
        """What lies in the storage: the beginnings of its keys."""
        root = self.runtime.settings.home / "objects"
        return sorted(path.relative_to(root).parts[0] for path in root.rglob("*") if path.is_file())


@pytest.fixture
def sender(runtime: Runtime, actor_factory: Callable[..., Actor], meeting_id: UUID) -> Sender:
    return Sender(runtime, actor_factory(Role.OPERATOR), meeting_id)
