"""Sound of a recording and files of a notice."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action, require
from core.runtime import current
from minutes.notices import issuing
from minutes.notices.issuing import DocumentKind
from orchestrator.meetings.classification import refuse_classified
from transcription.pipeline.graph import Stage
from transcription.pipeline.scheduling import current_run
from transcription.pipeline.service import latest_job
from transcription.recordings.models import Recording
from web.files import send_document
from web.media.ranges import serve
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("media", __name__)


@blueprint.get("/am-thanh/<uuid:recording_id>")
@requires(Action.LISTEN)
def sound(recording_id: UUID) -> Response:
    """The sound of a recording, in ranges: the even copy that the recogniser heard, or the file as received.

    Both have the same times; the copy is a WAV that every browser plays, whatever the camera wrote.
    """
    with current().database.transaction() as session:
        recording = session.get(Recording, recording_id)
        if recording is None:
            raise NotFound
        require(acting(), Action.LISTEN, recording)
        refuse_classified(recording.meeting.classification)
        source = _playable(session, recording)
    return serve(current().storage.open(source.key), mimetype=source.media_type, etag=source.sha256)


@dataclass(frozen=True)
class _Source:
    key: str
    sha256: str
    media_type: str


def _playable(session: Session, recording: Recording) -> _Source:
    job = latest_job(session, recording.id)
    run = current_run(job.stage_runs, Stage.NORMALISE) if job else None
    if run is not None and run.artifact_key and run.artifact_sha256 and current().storage.exists(run.artifact_key):
        return _Source(run.artifact_key, run.artifact_sha256, "audio/wav")
    return _Source(recording.object_key, recording.sha256, sound_type(recording.original_name))


@blueprint.get("/thong-bao/<uuid:notice_id>/van-ban.<any(docx, pdf):kind>")
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def document(notice_id: UUID, kind: str) -> Response:
    """The notice as DOCX or PDF."""
    with current().database.transaction() as session:
        return send_document(issuing.document(session, acting(), notice_id, cast(DocumentKind, kind)))


_TYPES = {
    "mp4": "video/mp4", "m4a": "audio/mp4", "webm": "video/webm", "mkv": "video/x-matroska", "mp3": "audio/mpeg",
    "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav", "flac": "audio/flac",
}  # fmt: skip


def sound_type(name: str) -> str:
    """A media type by the name's ending; never one that a browser would run."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
