"""Sound of a recording and files of a notice."""

from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from uuid import UUID

from flask import Blueprint, Response, redirect
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action, require
from core.retention.service import refuse_removed
from core.runtime import current
from minutes.notices import issuing
from minutes.notices.issuing import DocumentKind
from orchestrator.meetings.classification import refuse_classified
from transcription.exports.peaks import PEAKS_PER_SECOND, peaks_of
from transcription.faults import ArtifactDamaged
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

    Both have the same times; the copy is a WAV that every browser plays, whatever the camera wrote. Where the site's
    storage answers browsers, they are sent there with a signed address; the right was asked here.
    """
    source = _source(recording_id)
    address = current().storage.address_of(source.key, source.media_type)
    if address is not None:
        return cast(Response, redirect(address))
    return serve(current().storage.open(source.key), mimetype=source.media_type, etag=source.sha256)


@blueprint.get("/am-thanh/<uuid:recording_id>/bien-do")
@requires(Action.LISTEN)
def peaks(recording_id: UUID) -> Response:
    """How loud the recording is over time, a byte for each stretch (see `exports.peaks`); 204 where it cannot be told.

    The recording itself would be hundreds of megabytes; what a drawing of it needs is a few hundred kilobytes.
    """
    source = _source(recording_id)
    if source.media_type != "audio/wav":
        return Response(status=204)
    try:
        data = _peaks(source.key, source.sha256)
    except ArtifactDamaged:
        return Response(status=204)
    response = Response(data, mimetype="application/octet-stream")
    response.headers["X-Peaks-Per-Second"] = str(PEAKS_PER_SECOND)
    return response


@lru_cache(maxsize=16)
def _peaks(key: str, _sha256: str) -> bytes:
    """Stored objects never change, so what was reckoned once stays right."""
    with current().storage.local_copy(key) as path:
        return peaks_of(path)


def _source(recording_id: UUID) -> "_Source":
    """What may be listened to. Raises NotFound, Forbidden, ClassifiedRefused, ObjectRemoved."""
    with current().database.transaction() as session:
        recording = session.get(Recording, recording_id)
        if recording is None:
            raise NotFound
        require(acting(), Action.LISTEN, recording)
        refuse_classified(recording.meeting.classification)
        refuse_removed(session, recording.object_key)
        return _playable(session, recording)


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
