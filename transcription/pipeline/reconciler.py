"""Runs and pieces are compared with the world: dead attempts are taken back, forgotten messages are sent again."""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import Runtime
from transcription.pipeline import policy, states
from transcription.pipeline.claims import take_from_dead
from transcription.pipeline.graph import queue_of
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.pipeline.piece_counts import latest_due, open_pieces, waiting_pieces
from transcription.pipeline.pieces import take_piece_from_dead
from transcription.pipeline.scheduling import announce, announce_pieces

log = logging.getLogger(__name__)


def reconcile(runtime: Runtime) -> tuple[int, int]:
    """One pass. Returns how many attempts were taken back and how many messages sent. Safe to run side by side."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        running = session.scalars(select(StageRun.id).where(StageRun.state == states.RUNNING)).all()
        at_work = session.scalars(select(StagePiece.id).where(StagePiece.state == states.RUNNING)).all()
        waiting = session.scalars(select(StageRun.id).where(StageRun.state == states.WAITING)).all()
    taken = sum(_take_back(runtime, run_id, now) for run_id in running)
    taken += sum(_take_piece_back(runtime, piece_id, now) for piece_id in at_work)
    sent = 0
    for run_id in [*waiting, *running]:
        with runtime.database.transaction() as session:
            sent += _remind(session, session.get(StageRun, run_id, with_for_update={"skip_locked": True}), now)
    return taken, sent


def _take_back(runtime: Runtime, run_id: UUID, now: datetime) -> bool:
    with runtime.database.transaction() as session:
        run = session.get(StageRun, run_id)
        if run is None or not _is_dead(session, run, now):
            return False
        # Same order of locks as a worker that completes: job, then run.
        session.get(TranscriptionJob, run.job_id, with_for_update=True)
        session.refresh(run, with_for_update=True)
        if not _is_dead(session, run, now):
            return False
        log.warning("stage run %s attempt %s lost its worker", run.id, run.attempt)
        take_from_dead(session, run)
        return True


def _is_dead(session: Session, run: StageRun, now: datetime) -> bool:
    """Whether nobody carries a run that says it is running. A shared one lives as long as it has open pieces."""
    if run.state != states.RUNNING or not policy.is_lost(run.heartbeat_at, run.started_at, now):
        return False
    return run.shared_at is None or not open_pieces(session, run.id)


def _take_piece_back(runtime: Runtime, piece_id: UUID, now: datetime) -> bool:
    with runtime.database.transaction() as session:
        piece = session.get(StagePiece, piece_id)
        if piece is None or not policy.is_lost(piece.heartbeat_at, piece.started_at, now):
            return False
        run = piece.stage_run
        session.get(TranscriptionJob, run.job_id, with_for_update=True)
        session.refresh(run, with_for_update=True)
        session.refresh(piece, with_for_update=True)
        if piece.state != states.RUNNING or not policy.is_lost(piece.heartbeat_at, piece.started_at, now):
            return False
        log.warning("piece %s of run %s attempt %s lost its worker", piece.index, run.id, piece.attempt)
        take_piece_from_dead(session, run, piece)
        return True


def _remind(session: Session, run: StageRun | None, now: datetime) -> bool:
    if run is None or run.state not in states.LIVE:
        return False
    waiting = waiting_pieces(session, run.id, now) if run.shared_at is not None else 0
    if run.state == states.RUNNING and not waiting:
        return False
    not_before = run.not_before if run.state == states.WAITING else latest_due(session, run.id, now)
    if not policy.is_reminder_due(run.enqueued_at, run.enqueue_count, not_before, now):
        return False
    run.enqueued_at = now
    run.enqueue_count += 1
    if run.state == states.RUNNING:
        announce_pieces(session, waiting)
    else:
        announce(session, run.id, queue_of(run.stage, run.job.recording.duration_seconds))
    return True
