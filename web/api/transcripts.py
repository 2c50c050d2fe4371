"""Transcripts over the API: read, correct line by line or as a whole, export."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.service import get_meeting
from transcription.transcripts import service
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision
from web.api.blueprint import api
from web.api.meeting_shapes import MeetingPath
from web.api.shapes import In, Out, answer
from web.files import send_bytes
from web.security.callers import acting
from web.security.gate import requires
from web.transcript_files import ANY_KIND, Kind, export


class TranscriptRevisionOut(Out):
    """One saved state of a transcript; number 0 is the machine's."""

    id: UUID
    number: int
    source: RevisionSource
    sha256: str
    created_at: datetime
    quality: dict[str, Any]


class WordOut(BaseModel):
    """One spoken word; times in seconds from the start of the recording."""

    start: float
    end: float
    text: str
    probability: float


class SegmentOut(BaseModel):
    """A stretch of one voice."""

    id: str
    start: float
    end: float
    speaker: str
    text: str
    flags: list[str]
    words: list[WordOut]


class TranscriptOut(Out):
    """A transcript at its newest revision."""

    id: UUID
    meeting_id: UUID
    #: None for what was heard live, before there is a recording.
    recording_id: UUID | None
    revision: TranscriptRevisionOut
    engine: str
    duration_seconds: float
    segments: list[SegmentOut]


class SegmentIn(In):
    """A line as typed; without an id it is a new one."""

    id: str | None = Field(default=None, max_length=64)
    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(ge=0, allow_inf_nan=False)
    speaker: str
    text: str


class TranscriptRevisionIn(In):
    """The whole text on top of revision `base_number`."""

    base_number: int
    segments: list[SegmentIn] = Field(max_length=50_000)


class CorrectionIn(In):
    """One line set right, on top of revision `base_number`."""

    base_number: int
    text: str | None = None
    speaker: str | None = None


class ConfirmIn(In):
    """On top of which revision a line is confirmed."""

    base_number: int


class TranscriptPath(BaseModel):
    """Which transcript."""

    transcript_id: UUID


class SegmentPath(TranscriptPath):
    """Which line of which transcript."""

    segment_id: str


class ExportPath(TranscriptPath):
    """Which file of which transcript."""

    kind: Kind


def transcript_out(session: Session, transcript: Transcript) -> TranscriptOut:
    """The transcript with its newest text."""
    revision = service.latest(session, transcript.id)
    return TranscriptOut(
        id=transcript.id,
        meeting_id=transcript.meeting_id,
        recording_id=transcript.recording_id,
        revision=_revision_out(revision),
        **service.document_of(session, revision).to_json(),
    )


@api.get("/meetings/<uuid:meeting_id>/transcript", responses={200: TranscriptOut})
@requires(Action.VIEW_TRANSCRIPT)
def transcript_of_meeting(path: MeetingPath) -> Response:
    """Bản gỡ băng của cuộc họp; 404 khi chưa có."""
    with current().database.transaction() as session:
        meeting = get_meeting(session, acting(), path.meeting_id)
        refuse_classified(meeting.classification)
        transcript = service.current_transcript(session, acting(), meeting.id)
        if transcript is None:
            raise NotFound
        return answer(transcript_out(session, transcript))


@api.get("/transcripts/<uuid:transcript_id>", responses={200: TranscriptOut})
@requires(Action.VIEW_TRANSCRIPT)
def get_transcript(path: TranscriptPath) -> Response:
    """Một bản gỡ băng ở phiên bản mới nhất."""
    with current().database.transaction() as session:
        transcript = service.get_transcript(session, acting(), path.transcript_id)
        refuse_classified(transcript.meeting.classification)
        return answer(transcript_out(session, transcript))


@api.patch("/transcripts/<uuid:transcript_id>/segments/<segment_id>", responses={200: TranscriptRevisionOut})
@requires(Action.CORRECT_TRANSCRIPT)
def correct_segment(path: SegmentPath, body: CorrectionIn) -> Response:
    """Sửa một dòng; 409 nếu đã có người khác lưu."""
    with current().database.transaction() as session:
        revision = service.correct_segment(
            session,
            acting(),
            path.transcript_id,
            body.base_number,
            path.segment_id,
            text=body.text,
            speaker=body.speaker,
        )
        return answer(_revision_out(revision))


@api.post("/transcripts/<uuid:transcript_id>/segments/<segment_id>/confirm", responses={200: TranscriptRevisionOut})
@requires(Action.CORRECT_TRANSCRIPT)
def confirm_segment(path: SegmentPath, body: ConfirmIn) -> Response:
    """Xác nhận một dòng có nói thật, kể cả dòng máy để riêng."""
    with current().database.transaction() as session:
        revision = service.confirm_segment(session, acting(), path.transcript_id, body.base_number, path.segment_id)
        return answer(_revision_out(revision))


@api.post("/transcripts/<uuid:transcript_id>/adopt", responses={200: TranscriptOut})
@requires(Action.CORRECT_TRANSCRIPT)
def adopt_transcript(path: TranscriptPath) -> Response:
    """Dùng bản gỡ băng này thay bản đang dùng của cuộc họp."""
    with current().database.transaction() as session:
        return answer(transcript_out(session, service.adopt(session, acting(), path.transcript_id)))


@api.post("/transcripts/<uuid:transcript_id>/revisions", responses={201: TranscriptRevisionOut})
@requires(Action.CORRECT_TRANSCRIPT)
def save_transcript(path: TranscriptPath, body: TranscriptRevisionIn) -> Response:
    """Lưu toàn bộ bản gỡ băng; 409 nếu đã có người khác lưu."""
    drafts = [service.SegmentDraft(**segment.model_dump()) for segment in body.segments]
    with current().database.transaction() as session:
        revision = service.save_revision(session, acting(), path.transcript_id, body.base_number, drafts)
        return answer(_revision_out(revision), 201)


@api.get(
    "/transcripts/<uuid:transcript_id>/export.<" + ANY_KIND + ":kind>",
    responses={200: {"content": {"application/octet-stream": {}}}},
)
@requires(Action.VIEW_TRANSCRIPT)
def export_transcript(path: ExportPath) -> Response:
    """Xuất phụ đề (VTT, SRT), văn bản (TXT, DOCX) hoặc JSON."""
    with current().database.transaction() as session:
        data, name, media_type = export(session, acting(), path.transcript_id, path.kind)
        return send_bytes(data, name, media_type)


def _revision_out(revision: TranscriptRevision) -> TranscriptRevisionOut:
    return TranscriptRevisionOut.of(revision)
