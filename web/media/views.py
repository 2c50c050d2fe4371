"""Sound of a recording and files of a notice."""

from typing import cast
from uuid import UUID

from flask import Blueprint, Response

from core.errors import NotFound
from core.permissions import Action, require
from core.runtime import current
from minutes.notices import issuing
from minutes.notices.issuing import DocumentKind
from orchestrator.meetings.classification import refuse_classified
from transcription.recordings.models import Recording
from web.files import send_document
from web.media.ranges import serve
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("media", __name__)


@blueprint.get("/am-thanh/<uuid:recording_id>")
@requires(Action.LISTEN)
def sound(recording_id: UUID) -> Response:
    """The sound of a recording, in ranges."""
    with current().database.transaction() as session:
        recording = session.get(Recording, recording_id)
        if recording is None:
            raise NotFound
        require(acting(), Action.LISTEN, recording)
        refuse_classified(recording.meeting.classification)
        key, sha256 = recording.object_key, recording.sha256
        name = recording.original_name
    return serve(current().storage.open(key), mimetype=sound_type(name), etag=sha256)


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
