"""What a person may do with a job that is under way or has stopped: cancel it, and go on with it.

Running one stage again with other parameters is in `service`. None of them touches corrections of the transcript.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from core import audit, lifecycles
from core.permissions import Action, Actor, can, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from transcription.errors import CancelRefused, ResumeRefused
from transcription.pipeline import pieces, states
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.scheduling import new_run, newest_run, schedule_followers
from transcription.pipeline.service import get_job


def cancel_job(session: Session, actor: Actor | None, job_id: UUID) -> TranscriptionJob:
    """End all work on a recording. What was finished stays: going on later begins where it stopped.

    Pieces that nobody has begun are dropped at once; a worker in the middle of something finds out at its next
    heartbeat, and whatever it brings then is refused.

    Raises:
        CancelRefused: nothing is under way. NotFound, Forbidden.
    """
    job = _locked(session, actor, job_id)
    if job.state != states.RUNNING:
        raise CancelRefused
    # All rows are locked before the first is moved: a move takes the lock of the audit trail, and who waits for a row
    # while holding that would stop everybody else.
    live = [run for run in job.stage_runs if _is_live(session, run)]
    dropped = sum(pieces.drop_open_pieces(session, run.id) for run in live)
    for run in live:
        run.fencing_token += 1
        run.finished_at = current().clock()
        lifecycles.apply(session, states.STAGE_RUN, run, "cancelled", actor=actor)
    job.finished_at = current().clock()
    lifecycles.apply(session, states.JOB, job, "cancelled", actor=actor, pieces=dropped)
    return job


def resume_job(session: Session, actor: Actor | None, job_id: UUID) -> TranscriptionJob:
    """Go on with a cancelled or failed job: every stage that did not come to its end runs again.

    Whoever operates the service may, too, without seeing the meeting.

    Raises:
        ResumeRefused: the job is under way or done, or something of it is still running. NotFound, Forbidden,
        ClassifiedRefused.
    """
    job = _locked(session, actor, job_id, operates=can(actor, Action.OPERATE_SERVICE))
    refuse_classified(job.recording.meeting.classification)
    if job.state not in states.ENDED or any(run.state in states.LIVE for run in job.stage_runs):
        raise ResumeRefused
    lifecycles.apply(session, states.JOB, job, "reopened", actor=actor)
    job.finished_at = None
    begun = schedule_followers(session, job)
    first = newest_run(job.stage_runs, Stage.INGEST)
    if not begun and first is not None:
        # It had not even come through its first stage, which no other leads to.
        begun = [new_run(session, job, Stage.INGEST, {})]
    stages = ",".join(run.stage for run in begun)
    audit.record(session, actor, "transcription_job.resumed", "transcription_job", job.id, stages=stages)
    return job


def _locked(session: Session, actor: Actor | None, job_id: UUID, *, operates: bool = False) -> TranscriptionJob:
    found = session.get(TranscriptionJob, job_id) if operates else None
    job = found or get_job(session, actor, job_id)
    if not operates:
        require(actor, Action.RERUN_STAGE, job)
    session.refresh(job, with_for_update={"of": TranscriptionJob})
    session.refresh(job, ["stage_runs"])
    return job


def _is_live(session: Session, run: StageRun) -> bool:
    """Whether a run is waiting or running, its row locked from now on."""
    session.refresh(run, with_for_update={"of": StageRun})
    return run.state in states.LIVE
