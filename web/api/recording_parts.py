"""Recordings that belong together over the API: parts joined to one, captions of another system taken over."""

from uuid import UUID

from flask import Response, request
from pydantic import Field

from core.errors import Invalid
from core.permissions import Action
from core.runtime import current
from transcription.pipeline import service as pipeline
from transcription.recordings.importing import import_captions
from transcription.recordings.parts import join_recordings
from web.api.blueprint import api
from web.api.meeting_shapes import MeetingPath
from web.api.recordings import RecordingOut, recording_out
from web.api.shapes import Created, In, answer
from web.receiving import require_receivable, uploaded_file
from web.security.callers import acting
from web.security.gate import requires


class JoinIn(In):
    """Parts in the order in which they were recorded.

    `offsets`: where each begins in the whole, in seconds; null: right behind the one before it. Left out, the moments
    in the files' names decide.
    """

    recording_ids: list[UUID] = Field(min_length=2, max_length=50)
    offsets: list[float | None] | None = None


@api.post("/meetings/<uuid:meeting_id>/recordings/join", responses={201: RecordingOut})
@requires(Action.UPLOAD_RECORDING)
def join_parts(path: MeetingPath, body: JoinIn) -> Response:
    """Ghép nhiều phần của một cuộc họp thành một bản ghi."""
    with current().database.transaction() as session:
        whole = join_recordings(session, acting(), path.meeting_id, body.recording_ids, body.offsets)
        return answer(recording_out(pipeline.job_of_recording(session, whole.id)), 201)


@api.post("/meetings/<uuid:meeting_id>/captions", responses={201: Created})
@requires(Action.UPLOAD_RECORDING)
def upload_captions(path: MeetingPath) -> Response:
    """Nhận phụ đề VTT hoặc SRT (Zoom, Teams, Meet) làm bản gỡ băng tạm (multipart, trường “file”)."""
    if request.mimetype != "multipart/form-data":
        raise Invalid(field="file", reason="hãy gửi dạng multipart/form-data")
    with current().database.transaction() as session:
        require_receivable(session, acting(), path.meeting_id)
    file = uploaded_file()
    if file is None or not file.filename:
        raise Invalid(field="file", reason="chưa chọn tệp nào")
    with current().database.transaction() as session:
        made = import_captions(session, acting(), path.meeting_id, file.filename, file.stream)  # type: ignore[arg-type]
        return answer(Created.of(made), 201)
