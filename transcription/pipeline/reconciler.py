"""Stage runs are compared with the world: dead attempts are taken back, forgotten messages are sent again."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import Runtime
from transcription.pipeline import policy, states
from transcription.pipeline.claims import take_from_dead
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.scheduling import announce

log = logging.getLogger(__name__)


def reconcile(runtime: Runtime) -> tuple[int, int]:
    """One pass. Returns how many attempts were taken back and how many messages sent. Safe to run side by side."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        running = session.scalars(select(StageRun.id).where(StageRun.state == states.RUNNING)).all()
        waiting = session.scalars(select(StageRun.id).where(StageRun.state == states.WAITING)).all()
    taken = sum(_take_back(runtime, run_id, now) for run_id in running)
    sent = 0
    for run_id in [*waiting, *running]:
        with runtime.database.transaction() as session:
            sent += _remind(session, session.get(StageRun, run_id, with_for_update={"skip_locked": True}), now)
    return taken, sent


def _take_back(runtime: Runtime, run_id: object, now: datetime) -> bool:
    with runtime.database.transaction() as session:
        run = session.get(StageRun, run_id)
        if run is None or not policy.is_lost(run.heartbeat_at, run.started_at, now):
            return False
        # Same order of locks as a worker that completes: job, then run.
        session.get(TranscriptionJob, run.job_id, with_for_update=True)
        session.refresh(run, with_for_update=True)
        if run.state != states.RUNNING or not policy.is_lost(run.heartbeat_at, run.started_at, now):
            return False
        log.warning("stage run %s attempt %s lost its worker", run.id, run.attempt)
        take_from_dead(session, run)
        return True


def _remind(session: Session, run: StageRun | None, now: datetime) -> bool:
    if run is None or run.state != states.WAITING:
        return False
    if not policy.is_reminder_due(run.enqueued_at, run.enqueue_count, run.not_before, now):
        return False
    run.enqueued_at = now
    run.enqueue_count += 1
    announce(session, run.id, run.stage)
    return True
