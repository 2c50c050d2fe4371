"""Taking an uploaded file in: the right is asked before its bytes are read; it is never held whole."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from flask import Request, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from core.errors import Invalid
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.service import get_meeting
from transcription.errors import RecordingNotKept
from transcription.recordings.models import Recording
from transcription.recordings.parts import receive_parts
from transcription.recordings.service import receive_upload


class SpoolingRequest(Request):
    """A request whose files go straight to the data folder's disk, nameless: gone with the request, whatever happens.

    The system's temporary folder is often small, and often memory.
    """

    def _get_file_stream(self, *_sizes: Any, **_names: Any) -> IO[bytes]:
        folder = current().settings.home / "uploads"
        folder.mkdir(parents=True, exist_ok=True)
        return TemporaryFile("wb+", dir=folder)


def uploaded_file() -> FileStorage | None:
    """The part `file` of this request's body, which is read here. Raises RecordingNotKept on a full disk."""
    try:
        return request.files.get("file")
    except OSError as error:
        raise RecordingNotKept(reason=error.strerror or type(error).__name__) from error


def uploaded_files() -> list[FileStorage]:
    """Every part `file` of this request's body. Raises RecordingNotKept on a full disk."""
    try:
        return [file for file in request.files.getlist("file") if file.filename]
    except OSError as error:
        raise RecordingNotKept(reason=error.strerror or type(error).__name__) from error


def require_receivable(session: Session, actor: Actor, meeting_id: UUID) -> None:
    """Raise NotFound, Forbidden, ClassifiedRefused. To be asked before the body is touched."""
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.UPLOAD_RECORDING, meeting)
    refuse_classified(meeting.classification)


def receive_files(session: Session, actor: Actor, meeting_id: UUID, files: Sequence[FileStorage]) -> Recording:
    """Keep one file, or several that follow each other as parts of one recording; its transcription starts."""
    if len(files) < 2:
        return receive_file(session, actor, meeting_id, files[0] if files else None)
    return receive_parts(session, actor, meeting_id, [(file.filename or "", file.stream) for file in files])  # type: ignore[misc]


def receive_file(session: Session, actor: Actor, meeting_id: UUID, file: FileStorage | None) -> Recording:
    """Keep the file and start its transcription. Raises Invalid where none was sent."""
    if file is None or not file.filename:
        raise Invalid(field="tệp", reason="chưa chọn tệp nào")
    return receive_upload(session, actor, meeting_id, file.filename, file.stream)  # type: ignore[arg-type]
