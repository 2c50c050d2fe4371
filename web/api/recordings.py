"""Recordings and the jobs that transcribe them, over the API."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Action
from core.runtime import current
from orchestrator.meetings.service import get_meeting
from transcription.pipeline import service as pipeline
from transcription.pipeline import steering
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import TranscriptionJob
from web.api.blueprint import api
from web.api.meeting_shapes import MeetingPath
from web.api.shapes import In, Out, answer, answer_list
from web.receiving import receive_files, uploaded_files
from web.rerunning import rerun_parameters
from web.security.callers import acting
from web.security.gate import requires


class RecordingOut(Out):
    """A received recording, and the job that works on it."""

    id: UUID
    meeting_id: UUID
    source: str
    original_name: str
    sha256: str
    size_bytes: int
    state: str
    duration_seconds: float | None
    is_truncated: bool
    created_at: datetime
    job_id: UUID


class RecordingsOut(Out):
    """Recordings of a meeting."""

    items: list[RecordingOut]


class FaultOut(Out):
    """Why a stage could not do its work, with the sentence for people."""

    kind: str
    source: str
    code: str
    retryable: bool
    params: dict[str, Any]
    message: str


class StageOut(Out):
    """One stage of a job, as its newest run stands; a stage that has not begun has no run."""

    id: UUID | None
    stage: Stage
    label: str
    state: str
    attempt: int
    run: int
    progress: float
    fault: FaultOut | None
    summary: dict[str, Any]


class JobOut(Out):
    """A transcription job; `progress` is the share of the whole way, from 0 to 1."""

    id: UUID
    recording_id: UUID
    meeting_id: UUID
    state: str
    progress: float
    #: Until the transcript is there, by the speed measured so far; None where it is not known or nothing runs.
    remaining_seconds: float | None
    stages: list[StageOut]


class JobPath(BaseModel):
    """Which job."""

    job_id: UUID


class StagePath(JobPath):
    """Which stage of which job."""

    stage: Stage


class RerunIn(In):
    """Other parameters for this run; left out they stay as they were."""

    engine: str | None = None
    minimum_speakers: int | None = Field(default=None, ge=1, le=50)
    maximum_speakers: int | None = Field(default=None, ge=1, le=50)
    vocabulary: list[str] | None = Field(default=None, max_length=500)


def recording_out(job: TranscriptionJob) -> RecordingOut:
    """A recording with its job."""
    own = {name: getattr(job.recording, name) for name in RecordingOut.model_fields if name != "job_id"}
    return RecordingOut(**own, job_id=job.id)


def _job(session: Session, job_id: UUID) -> JobOut:
    return JobOut.model_validate(pipeline.progress(session, acting(), job_id).to_json())


@api.post("/meetings/<uuid:meeting_id>/recordings", responses={201: RecordingOut})
@requires(Action.UPLOAD_RECORDING)
def upload_recording(path: MeetingPath) -> Response:
    """Tải bản ghi lên (multipart, trường “file”); nhiều trường “file” là các phần nối tiếp của một bản ghi."""
    if request.mimetype != "multipart/form-data":
        raise Invalid(field="file", reason="hãy gửi dạng multipart/form-data")
    files = uploaded_files()
    with current().database.transaction() as session:
        recording = receive_files(session, acting(), path.meeting_id, files)
        return answer(recording_out(pipeline.job_of_recording(session, recording.id)), 201)


@api.get("/meetings/<uuid:meeting_id>/recordings", responses={200: RecordingsOut})
@requires(Action.UPLOAD_RECORDING, Action.LISTEN)
def list_recordings(path: MeetingPath) -> Response:
    """Các bản ghi của cuộc họp."""
    with current().database.transaction() as session:
        get_meeting(session, acting(), path.meeting_id)
        jobs = pipeline.jobs_of_meeting(session, acting(), path.meeting_id)
        return answer_list(RecordingOut, [recording_out(job) for job in jobs])


@api.get("/jobs/<uuid:job_id>", responses={200: JobOut})
@requires(Action.UPLOAD_RECORDING, Action.LISTEN)
def get_job(path: JobPath) -> Response:
    """Tiến độ gỡ băng: từng bước, số lần chạy, phần đã xong, lỗi."""
    with current().database.transaction() as session:
        return answer(_job(session, path.job_id))


@api.post("/jobs/<uuid:job_id>/stages/<stage>/rerun", responses={202: JobOut})
@requires(Action.RERUN_STAGE)
def rerun_stage(path: StagePath, body: RerunIn) -> Response:
    """Chạy lại một bước và các bước sau nó."""
    with current().database.transaction() as session:
        changed = rerun_parameters(**body.model_dump())
        pipeline.rerun_stage(session, acting(), path.job_id, path.stage, changed)
        return answer(_job(session, path.job_id), 202)


@api.post("/jobs/<uuid:job_id>/cancel", responses={200: JobOut})
@requires(Action.RERUN_STAGE)
def cancel_job(path: JobPath) -> Response:
    """Dừng gỡ băng; phần đã xong được giữ lại."""
    with current().database.transaction() as session:
        steering.cancel_job(session, acting(), path.job_id)
        return answer(_job(session, path.job_id))


@api.post("/jobs/<uuid:job_id>/resume", responses={202: JobOut})
@requires(Action.RERUN_STAGE)
def resume_job(path: JobPath) -> Response:
    """Làm tiếp việc gỡ băng đã dừng hoặc đã lỗi."""
    with current().database.transaction() as session:
        steering.resume_job(session, acting(), path.job_id)
        return answer(_job(session, path.job_id), 202)
