"""Taking a stage run, keeping it alive, and giving it back: every write is checked against the fencing token.

A worker that was taken for dead may come back to life; its token is then old and whatever it wants to write is refused.
"""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from core import lifecycles
from core.runtime import current
from core.storage import StoredObject
from transcription.faults import Fault, WorkerLost
from transcription.pipeline import policy, states
from transcription.pipeline.graph import Stage
from transcription.pipeline.heart import ClaimLost as ClaimLost
from transcription.pipeline.heart import Heart as Heart
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.scheduling import current_run, schedule_followers


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one attempt."""

    run_id: UUID
    job_id: UUID
    stage: Stage
    fencing_token: int
    parameters: dict[str, Any]
    inputs: dict[str, str]

    def still_mine(self) -> Update:
        """An update of the run, if it is still this attempt's."""
        return update(StageRun).where(
            StageRun.id == self.run_id, StageRun.fencing_token == self.fencing_token, StageRun.state == states.RUNNING
        )

    def signs(self, progress: float) -> dict[str, float]:
        """How far the stage is."""
        return {"progress": progress}


def claim(session: Session, run_id: UUID) -> Claim | None:
    """Take a waiting run under a row lock. None where another worker has it, or it is done: a duplicate message."""
    run = session.get(StageRun, run_id, with_for_update=True)
    now = current().clock()
    if run is None or run.state != states.WAITING or (run.not_before is not None and now < run.not_before):
        return None
    run.attempt += 1
    run.fencing_token += 1
    run.worker = this_worker()
    run.started_at = run.heartbeat_at = now
    if run.piece_plan is None:
        run.progress = 0.0
    lifecycles.apply(session, states.STAGE_RUN, run, "claimed", actor=None, attempt=run.attempt)
    return _claim_of(run)


def take_over(run: StageRun) -> Claim:
    """The last piece is done: whoever did it holds the run from now on. The caller holds the row's lock."""
    run.fencing_token += 1
    run.shared_at = None
    run.worker = this_worker()
    run.heartbeat_at = current().clock()
    return _claim_of(run)


def complete(session: Session, held: Claim, artifact: StoredObject, summary: dict[str, Any]) -> list[StageRun]:
    """Write the artifact on the row, say done, and make the rows of what comes next, all in this transaction.

    Raises:
        ClaimLost: the token is old. The stored object stays as an orphan; nothing refers to it.
    """
    job = session.get(TranscriptionJob, held.job_id, with_for_update=True)
    run = held_run(session, held)
    if job is None:
        raise ClaimLost
    run.artifact_key, run.artifact_sha256 = artifact.key, artifact.sha256
    run.summary, run.progress, run.fault = summary, 1.0, None
    run.finished_at = current().clock()
    lifecycles.apply(session, states.STAGE_RUN, run, "completed", actor=None, artifact_sha256=artifact.sha256)
    followers = schedule_followers(session, job)
    # A stage beside this one may have failed: then there is nothing to follow and the job is not done either.
    if job.state == states.RUNNING and current_run(job.stage_runs, Stage.PUBLISH) is not None:
        job.finished_at = current().clock()
        lifecycles.apply(session, states.JOB, job, "completed", actor=None)
    return followers


def set_back(session: Session, held: Claim, fault: Fault) -> bool:
    """An attempt failed: another one later where that may help, else the run and its job have failed.

    Returns whether there will be another attempt. Raises ClaimLost.
    """
    job = session.get(TranscriptionJob, held.job_id, with_for_update=True)
    run = held_run(session, held)
    run.fault = fault.to_json()
    run.setbacks += 1
    if fault.retryable and not policy.gives_up(run.setbacks):
        run.not_before = policy.next_attempt_at(run.setbacks, current().clock())
        lifecycles.apply(session, states.STAGE_RUN, run, "set_back", actor=None, fault=fault.kind)
        return True
    fail(session, job, run, fault)
    return False


def take_from_dead(session: Session, run: StageRun) -> None:
    """The reconciler's side: an attempt without a sign of life is over. The caller holds the rows' locks, job first."""
    run.setbacks += 1
    run.fencing_token += 1
    fault = WorkerLost(attempts=run.attempt).fault
    run.fault = fault.to_json()
    if policy.is_deadly(run.setbacks):
        fail(session, run.job, run, fault)
        return
    run.not_before = policy.next_attempt_at(run.setbacks, current().clock())
    lifecycles.apply(session, states.STAGE_RUN, run, "lost", actor=None, attempt=run.attempt)


def present_claim(session: Session, run_id: UUID) -> Claim | None:
    """The claim under which a run is being worked on now, for the worker that holds it and lost sight of it."""
    run = session.get(StageRun, run_id)
    if run is None or run.state != states.RUNNING or run.shared_at is not None or run.worker != this_worker():
        return None
    return _claim_of(run)


def runs_held_here(session: Session) -> Sequence[UUID]:
    """Runs that this worker holds by itself; more than one only after a mistake."""
    mine = (StageRun.state == states.RUNNING, StageRun.shared_at.is_(None), StageRun.worker == this_worker())
    return session.scalars(select(StageRun.id).where(*mine)).all()


def fail(session: Session, job: TranscriptionJob | None, run: StageRun, fault: Fault) -> None:
    """No further attempt: people are asked. The caller holds the rows' locks, job first."""
    run.fault = fault.to_json()
    run.finished_at = current().clock()
    lifecycles.apply(session, states.STAGE_RUN, run, "failed", actor=None, fault=fault.kind)
    if job is not None and job.state == states.RUNNING:
        lifecycles.apply(session, states.JOB, job, "failed", actor=None, fault=fault.kind)


def this_worker() -> str:
    """The name under which this process takes work."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _claim_of(run: StageRun) -> Claim:
    return Claim(run.id, run.job_id, Stage(run.stage), run.fencing_token, dict(run.parameters), dict(run.inputs))


def held_run(session: Session, held: Claim) -> StageRun:
    """The row of a claim, locked. Raises ClaimLost."""
    run = session.get(StageRun, held.run_id, with_for_update=True)
    if run is None or run.fencing_token != held.fencing_token or run.state != states.RUNNING:
        raise ClaimLost
    return run
