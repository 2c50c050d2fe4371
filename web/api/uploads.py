"""Recordings sent in parts that survive a lost line, a closed browser and a restarted server: tus 1.0 over the API."""

from datetime import datetime
from uuid import UUID

from flask import Response, request, url_for
from flask_openapi3.models import RawModel
from pydantic import BaseModel, Field

from core.messages import say
from core.permissions import Action
from core.runtime import current
from transcription.recordings.uploads import service
from transcription.recordings.uploads.finishing import finish, parts_of
from transcription.recordings.uploads.models import RecordingUpload
from transcription.recordings.uploads.receiving import receive
from web.api.blueprint import api
from web.api.meeting_shapes import MeetingPath
from web.api.shapes import Out, answer, answer_list
from web.receiving import require_receivable
from web.security.callers import acting
from web.security.gate import requires
from web.uploads import protocol


class PartOut(Out):
    """What one request brought; with its SHA-256 a sender can see that its file begins like ours."""

    offset_bytes: int
    size_bytes: int
    sha256: str


class UploadOut(Out):
    """A file on its way: `receiving`, `complete` (all here, a recording soon), `kept`, `refused`."""

    id: UUID
    original_name: str
    size_bytes: int
    offset_bytes: int
    state: str
    batch_id: UUID | None
    batch_size: int
    expires_at: datetime
    recording_id: UUID | None
    is_duplicate: bool
    #: Why it is no recording yet, or will be none.
    message: str | None = None


class UploadWithParts(UploadOut):
    """The same with the parts that are here."""

    parts: list[PartOut]


class UploadsOut(Out):
    """Files on their way to a meeting."""

    items: list[UploadOut]


class UploadPath(MeetingPath):
    """Which of one's own files on their way to which meeting."""

    recording_upload_id: UUID


class TusHeader(BaseModel):
    """Headers of tus 1.0. They are read after the right has been asked; see docs/decisions/0007."""

    tus_resumable: str | None = Field(default=None, alias="Tus-Resumable", description="1.0.0")


class BeginHeader(TusHeader):
    """What is announced of a file."""

    upload_length: str | None = Field(default=None, alias="Upload-Length", description="size in bytes")
    upload_metadata: str | None = Field(
        default=None, alias="Upload-Metadata", description="filename; batch, batch_size: files heard as one recording"
    )


class SendHeader(TusHeader):
    """Where the bytes of this request belong."""

    upload_offset: str | None = Field(default=None, alias="Upload-Offset", description="first byte")
    upload_checksum: str | None = Field(default=None, alias="Upload-Checksum", description="sha256 or sha1, base64")


class Bytes(RawModel):
    """The next bytes of a file."""

    mimetypes = [protocol.BYTES]  # noqa: RUF012 (as the library reads it)


api.after_request(protocol.add_headers)


@api.post("/meetings/<uuid:meeting_id>/uploads", responses={201: UploadOut})
@requires(Action.UPLOAD_RECORDING)
def begin_upload(path: MeetingPath, header: BeginHeader) -> Response:  # noqa: ARG001 (named for the document)
    """Báo trước một tệp sẽ gửi thành nhiều phần (tus 1.0, creation); địa chỉ để gửi nằm ở tiêu đề Location."""
    with current().database.transaction() as session:
        require_receivable(session, acting(), path.meeting_id)
        protocol.require_version()
        said = protocol.metadata()
        batch_id, batch_size = protocol.batch_of(said)
        new = service.NewUpload(said.get("filename", ""), protocol.count("Upload-Length"), batch_id, batch_size)
        row = service.begin(session, acting(), path.meeting_id, new)
        response = protocol.tell(answer(_out(row), 201), offset=0, expires=row.expires_at)
        location = url_for("api.get_upload", meeting_id=path.meeting_id, recording_upload_id=row.id)
        response.headers["Location"] = location
        return response


@api.get("/meetings/<uuid:meeting_id>/uploads", responses={200: UploadsOut})
@requires(Action.UPLOAD_RECORDING)
def list_uploads(path: MeetingPath) -> Response:
    """Các tệp của mình đang gửi dở vào cuộc họp."""
    with current().database.transaction() as session:
        rows = service.unfinished_uploads(session, acting(), path.meeting_id)
        return answer_list(UploadOut, [_out(row) for row in rows])


@api.get("/meetings/<uuid:meeting_id>/uploads/<uuid:recording_upload_id>", responses={200: UploadWithParts})
@requires(Action.UPLOAD_RECORDING)
def get_upload(path: UploadPath) -> Response:
    """Tệp đã tới đâu (HEAD theo tus 1.0 chỉ trả tiêu đề Upload-Offset, Upload-Length)."""
    with current().database.transaction() as session:
        row = service.get_upload(session, acting(), path.meeting_id, path.recording_upload_id)
        if request.method == "HEAD":
            protocol.require_version()
            response = Response(status=200)
        else:
            parts = [PartOut.of(part) for part in parts_of(session, row.id)]
            response = answer(UploadWithParts(**_out(row).model_dump(), parts=parts))
        return protocol.tell(response, offset=row.offset_bytes, size=row.size_bytes, expires=row.expires_at)


@api.patch(
    "/meetings/<uuid:meeting_id>/uploads/<uuid:recording_upload_id>",
    responses={204: None},
)
@requires(Action.UPLOAD_RECORDING)
def send_bytes(path: UploadPath, header: SendHeader, raw: Bytes) -> Response:  # noqa: ARG001 (for the document)
    """Gửi tiếp một phần của tệp (tus 1.0); byte cuối cùng tới thì tệp thành bản ghi và máy bắt đầu gỡ băng."""
    database, actor = current().database, acting()
    with database.transaction() as session:
        row = service.get_upload(session, actor, path.meeting_id, path.recording_upload_id)
    protocol.require_version()
    stream, offset, checksum = protocol.body(), protocol.count("Upload-Offset"), protocol.checksum()
    got = receive(database, actor, path.meeting_id, row.id, offset, stream, checksum)
    if got.is_complete:
        finish(database, row.id, actor)
    return protocol.tell(Response(status=204), offset=got.offset_bytes, expires=got.expires_at)


@api.delete("/meetings/<uuid:meeting_id>/uploads/<uuid:recording_upload_id>", responses={204: None})
@requires(Action.UPLOAD_RECORDING)
def discard_upload(path: UploadPath) -> Response:
    """Bỏ một tệp gửi dở cùng các phần đã tới (tus 1.0, termination)."""
    with current().database.transaction() as session:
        waiting = service.discard(session, acting(), path.meeting_id, path.recording_upload_id)
    for upload_id in waiting:
        finish(current().database, upload_id, acting())
    return Response(status=204)


def _out(row: RecordingUpload) -> UploadOut:
    shown = UploadOut.of(row)
    if row.refusal is not None:
        shown.message = say(row.refusal["code"], **row.refusal["params"])
    return shown
