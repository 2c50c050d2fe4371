"""Jobs as people see them: start one, look at one, run a stage again. Working on stages is in `runner`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, lifecycles
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from transcription.errors import RerunRefused
from transcription.faults import Fault
from transcription.pipeline import states
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.pace import Pace, StageTime, remaining_seconds
from transcription.pipeline.scheduling import current_run, new_run, newest_run
from transcription.recordings.models import Recording

PARAMETERS = frozenset({"engine", "minimum_speakers", "maximum_speakers", "vocabulary"})


@dataclass(frozen=True, slots=True)
class StageProgress:
    """One stage for a screen; a stage that has not begun has no run."""

    stage: Stage
    label: str
    state: str
    attempt: int
    run: int
    progress: float
    fault: Fault | None
    summary: Mapping[str, Any]
    run_id: UUID | None

    def to_json(self) -> dict[str, Any]:
        fault = {**self.fault.to_json(), "message": self.fault.sentence()} if self.fault else None
        return {
            "id": str(self.run_id) if self.run_id else None,
            "stage": self.stage.value,
            "label": self.label,
            "state": self.state,
            "attempt": self.attempt,
            "run": self.run,
            "progress": round(self.progress, 3),
            "fault": fault,
            "summary": dict(self.summary),
        }


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job for a screen: all stages in order and one rising number over all of them."""

    job_id: UUID
    recording_id: UUID
    meeting_id: UUID
    state: str
    progress: float
    stages: tuple[StageProgress, ...]
    #: Until the transcript is there, from the speed measured so far; None while that is not known or nothing runs.
    remaining_seconds: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": str(self.job_id),
            "recording_id": str(self.recording_id),
            "meeting_id": str(self.meeting_id),
            "state": self.state,
            "progress": round(self.progress, 3),
            "remaining_seconds": None if self.remaining_seconds is None else round(self.remaining_seconds),
            "stages": [stage.to_json() for stage in self.stages],
        }


def start_job(session: Session, recording: Recording, parameters: Mapping[str, Any] | None = None) -> TranscriptionJob:
    """A job for a recording with its first stage waiting. Called in the transaction that writes the recording."""
    job = TranscriptionJob(
        recording_id=recording.id,
        meeting_id=recording.meeting_id,
        state=states.JOB.initial,
        parameters=checked_parameters(parameters or {}),
        created_at=current().clock(),
    )
    job.recording = recording
    session.add(job)
    session.flush()
    new_run(session, job, Stage.INGEST, {})
    return job


def job_of_recording(session: Session, recording_id: UUID) -> TranscriptionJob:
    """The newest job of a recording. Raises NotFound. Rights are the caller's business."""
    job = latest_job(session, recording_id)
    if job is None:
        raise NotFound
    return job


def latest_job(session: Session, recording_id: UUID) -> TranscriptionJob | None:
    """The newest job of a recording, if there is one."""
    query = select(TranscriptionJob).where(TranscriptionJob.recording_id == recording_id)
    return session.scalar(query.order_by(TranscriptionJob.created_at.desc()).limit(1))


def jobs_of_meeting(session: Session, actor: Actor | None, meeting_id: UUID) -> Sequence[TranscriptionJob]:
    """The newest job of each recording of a meeting, oldest recording first."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.VIEW_MEETING, meeting)
    query = select(TranscriptionJob).where(TranscriptionJob.meeting_id == meeting_id)
    newest = {job.recording_id: job for job in session.scalars(query.order_by(TranscriptionJob.created_at))}
    return sorted(newest.values(), key=lambda job: job.recording.created_at)


def get_job(session: Session, actor: Actor | None, job_id: UUID) -> TranscriptionJob:
    """One job. Raises NotFound for an unknown id and for strangers to its meeting."""
    job = session.get(TranscriptionJob, job_id)
    if job is None:
        raise NotFound
    require(actor, Action.VIEW_MEETING, job)
    return job


def progress(session: Session, actor: Actor | None, job_id: UUID) -> JobProgress:
    """How far a job is, from the newest run of each stage."""
    job = get_job(session, actor, job_id)
    session.refresh(job, ["stage_runs"])
    stages = tuple(_stage_progress(job, stage) for stage in PLAN)
    whole = sum(PLAN[item.stage].share * (1.0 if item.state == states.DONE else item.progress) for item in stages)
    if job.state == states.DONE:
        whole = 1.0
    remaining = remaining_seconds(_times(job), current().clock()) if job.state == states.RUNNING else None
    return JobProgress(job.id, job.recording_id, job.meeting_id, job.state, min(1.0, whole), stages, remaining)


def rerun_stage(
    session: Session, actor: Actor | None, job_id: UUID, stage: str, parameters: Mapping[str, Any] | None = None
) -> StageRun:
    """Run one stage again, by hand; the stages after it follow by themselves. Corrections stay untouched.

    Args:
        parameters: replace the job's own from now on; see PARAMETERS.

    Raises:
        RerunRefused: a stage of this job is waiting or running, or the stages before it are not done.
        Invalid: an unknown stage or parameter. NotFound, Forbidden, ClassifiedRefused.
    """
    job = get_job(session, actor, job_id)
    require(actor, Action.RERUN_STAGE, job)
    refuse_classified(job.recording.meeting.classification)
    try:
        wanted = Stage(stage)
    except ValueError as error:
        raise Invalid(field="bước", reason="không có bước này") from error
    session.refresh(job, with_for_update=True)
    session.refresh(job, ["stage_runs"])
    inputs = {need: current_run(job.stage_runs, need) for need in PLAN[wanted].needs}
    if any(run.state in states.LIVE for run in job.stage_runs) or any(run is None for run in inputs.values()):
        raise RerunRefused(stage=PLAN[wanted].label)
    if parameters:
        job.parameters = {**job.parameters, **checked_parameters(parameters)}
    lifecycles.apply(session, states.JOB, job, "reopened", actor=actor, stage=wanted.value)
    run = new_run(session, job, wanted, {need.value: str(found.id) for need, found in inputs.items() if found})
    audit.record(session, actor, "stage_run.rerun", "stage_run", run.id, stage=wanted.value, job_id=job.id)
    return run


def checked_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON values under known names. Raises Invalid."""
    for name, value in parameters.items():
        if name not in PARAMETERS:
            raise Invalid(field=name, reason="không có tham số này")
        if name.endswith("_speakers") and not (value is None or (isinstance(value, int) and 1 <= value <= 100)):
            raise Invalid(field=name, reason="phải là số từ 1 đến 100")
        if name == "engine" and not isinstance(value, str):
            raise Invalid(field=name, reason="phải là tên bộ nhận dạng")
        if name == "vocabulary" and not (isinstance(value, list) and all(isinstance(term, str) for term in value)):
            raise Invalid(field=name, reason="phải là danh sách từ")
    return dict(parameters)


def _times(job: TranscriptionJob) -> list[StageTime]:
    """What is known of the newest run of each stage."""
    found: list[StageTime] = []
    for stage in PLAN:
        run = newest_run(job.stage_runs, stage)
        if run is None:
            found.append(StageTime(stage, states.WAITING, 0.0, None, None))
            continue
        pace = Pace.from_json(run.pace) if run.pace else None
        speech = float((run.piece_plan or {}).get("seconds", 0.0))
        found.append(StageTime(stage, run.state, run.progress, run.started_at, run.finished_at, pace, speech))
    return found


def _stage_progress(job: TranscriptionJob, stage: Stage) -> StageProgress:
    runs = [run for run in job.stage_runs if run.stage == stage]
    label = PLAN[stage].label
    if not runs:
        return StageProgress(stage, label, states.WAITING, 0, 0, 0.0, None, {}, None)
    run = max(runs, key=lambda item: item.run_number)
    fault = Fault.from_json(run.fault) if run.fault and run.state != states.DONE else None
    share = 1.0 if run.state == states.DONE else run.progress
    return StageProgress(stage, label, run.state, run.attempt, run.run_number, share, fault, run.summary, run.id)
