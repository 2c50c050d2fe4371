"""Taking a stage run, keeping it alive, and giving it back: every write is checked against the fencing token.

A worker that was taken for dead may come back to life; its token is then old and whatever it wants to write is refused.
"""

import logging
import os
import socket
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core import lifecycles
from core.runtime import Runtime, current
from core.storage import StoredObject
from transcription.faults import Fault, WorkerLost
from transcription.pipeline import policy, states
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.scheduling import schedule_followers

log = logging.getLogger(__name__)


class ClaimLost(Exception):
    """This attempt is no longer the one that counts; stop and write nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one attempt."""

    run_id: UUID
    job_id: UUID
    stage: Stage
    fencing_token: int
    parameters: dict[str, Any]
    inputs: dict[str, str]


def claim(session: Session, run_id: UUID) -> Claim | None:
    """Take a waiting run under a row lock. None where another worker has it, or it is done: a duplicate message."""
    run = session.get(StageRun, run_id, with_for_update=True)
    now = current().clock()
    if run is None or run.state != states.WAITING or (run.not_before is not None and now < run.not_before):
        return None
    run.attempt += 1
    run.fencing_token += 1
    run.worker = _this_worker()
    run.started_at = run.heartbeat_at = now
    run.progress = 0.0
    lifecycles.apply(session, states.STAGE_RUN, run, "claimed", actor=None, attempt=run.attempt)
    return Claim(run.id, run.job_id, Stage(run.stage), run.fencing_token, dict(run.parameters), dict(run.inputs))


def complete(session: Session, held: Claim, artifact: StoredObject, summary: dict[str, Any]) -> list[StageRun]:
    """Write the artifact on the row, say done, and make the rows of what comes next, all in this transaction.

    Raises:
        ClaimLost: the token is old. The stored object stays as an orphan; nothing refers to it.
    """
    job = session.get(TranscriptionJob, held.job_id, with_for_update=True)
    run = _held_run(session, held)
    if job is None:
        raise ClaimLost
    run.artifact_key, run.artifact_sha256 = artifact.key, artifact.sha256
    run.summary, run.progress, run.fault = summary, 1.0, None
    run.finished_at = current().clock()
    lifecycles.apply(session, states.STAGE_RUN, run, "completed", actor=None, artifact_sha256=artifact.sha256)
    followers = schedule_followers(session, job)
    if not followers and not any(item.state in states.LIVE for item in job.stage_runs):
        job.finished_at = current().clock()
        lifecycles.apply(session, states.JOB, job, "completed", actor=None)
    return followers


def set_back(session: Session, held: Claim, fault: Fault) -> bool:
    """An attempt failed: another one later where that may help, else the run and its job have failed.

    Returns whether there will be another attempt. Raises ClaimLost.
    """
    job = session.get(TranscriptionJob, held.job_id, with_for_update=True)
    run = _held_run(session, held)
    run.fault = fault.to_json()
    run.setbacks += 1
    if fault.retryable and not policy.gives_up(run.setbacks):
        run.not_before = policy.next_attempt_at(run.setbacks, current().clock())
        lifecycles.apply(session, states.STAGE_RUN, run, "set_back", actor=None, fault=fault.kind)
        return True
    _fail(session, job, run, fault)
    return False


def take_from_dead(session: Session, run: StageRun) -> None:
    """The reconciler's side: an attempt without a sign of life is over. The caller holds the rows' locks, job first."""
    run.setbacks += 1
    run.fencing_token += 1
    fault = WorkerLost(attempts=run.attempt).fault
    run.fault = fault.to_json()
    if policy.gives_up(run.setbacks):
        _fail(session, run.job, run, fault)
        return
    run.not_before = policy.next_attempt_at(run.setbacks, current().clock())
    lifecycles.apply(session, states.STAGE_RUN, run, "lost", actor=None, attempt=run.attempt)


def present_claim(session: Session, run_id: UUID) -> Claim | None:
    """The claim under which a run is being worked on now, for the worker that holds it and lost sight of it."""
    run = session.get(StageRun, run_id)
    if run is None or run.state != states.RUNNING or run.worker != _this_worker():
        return None
    return Claim(run.id, run.job_id, Stage(run.stage), run.fencing_token, dict(run.parameters), dict(run.inputs))


def note_advance(session: Session, held: Claim) -> None:
    """Something was finished for good: earlier setbacks no longer count. Raises ClaimLost."""
    _held_run(session, held).setbacks = 0


def _fail(session: Session, job: TranscriptionJob | None, run: StageRun, fault: Fault) -> None:
    run.finished_at = current().clock()
    lifecycles.apply(session, states.STAGE_RUN, run, "failed", actor=None, fault=fault.kind)
    if job is not None and job.state == states.RUNNING:
        lifecycles.apply(session, states.JOB, job, "failed", actor=None, fault=fault.kind)


def _this_worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _held_run(session: Session, held: Claim) -> StageRun:
    run = session.get(StageRun, held.run_id, with_for_update=True)
    if run is None or run.fencing_token != held.fencing_token or run.state != states.RUNNING:
        raise ClaimLost
    return run


@dataclass(slots=True)
class Heart:
    """A thread that writes heartbeat and progress while an attempt works. Use as a context manager.

    The thread only updates the row that still carries its token; when no row does, `check` raises ClaimLost in the
    working thread, at its next report of progress.
    """

    runtime: Runtime
    held: Claim
    progress: float = 0.0
    is_lost: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._beat, name=f"heart-{self.held.run_id}", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def report(self, share: float) -> None:
        """Note how much of the stage is done, 0..1, and stop if the attempt no longer counts."""
        self.progress = min(1.0, max(0.0, share))
        self.check()

    def check(self) -> None:
        """Raise ClaimLost if another attempt has begun."""
        if self.is_lost:
            raise ClaimLost

    def _beat(self) -> None:
        while not self._stop.wait(policy.HEARTBEAT_SECONDS):
            try:
                self.is_lost = not self._write()
            except SQLAlchemyError:
                # A database that is away for a moment: the next beat tries again; the reconciler cannot write either.
                log.warning("heartbeat of stage run %s not written", self.held.run_id)
            if self.is_lost:
                return

    def _write(self) -> bool:
        mine = (
            StageRun.id == self.held.run_id,
            StageRun.fencing_token == self.held.fencing_token,
            StageRun.state == states.RUNNING,
        )
        values = {"heartbeat_at": self.runtime.clock(), "progress": self.progress}
        with self.runtime.database.transaction() as session:
            result = session.execute(update(StageRun).where(*mine).values(**values))
            return bool(result.rowcount)  # type: ignore[attr-defined]
