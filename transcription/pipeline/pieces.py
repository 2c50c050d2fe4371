"""The pieces of a shared run as rows: written once, taken in turn, finished once, given back when a worker is lost.

Locks are always taken in the order job, run, piece. A piece moves by its own life cycle (`states.PIECE`) without rows
of history: there are hundreds in a recording, and what matters to people is written on the run.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from core import lifecycles
from core.errors import TransitionRefused
from core.runtime import current
from core.storage import StoredObject
from transcription.engines.contract import Piece
from transcription.faults import Fault, WorkerLost
from transcription.pipeline import policy, states
from transcription.pipeline.claims import Claim, ClaimLost, fail, held_run, take_over, this_worker
from transcription.pipeline.fairness import in_turn
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.pipeline.pace import Pace, after_piece
from transcription.pipeline.piece_counts import open_pieces, queueing, share_done, waiting_pieces
from transcription.pipeline.scheduling import announce_pieces
from transcription.pipeline.shelf import keep
from transcription.stages.recognise import PlannedPiece


@dataclass(frozen=True, slots=True)
class PieceClaim:
    """The right to work on one piece."""

    piece_id: UUID
    run_id: UUID
    job_id: UUID
    fencing_token: int
    attempt: int
    stage: Stage
    planned: PlannedPiece
    #: What all pieces of the run have in common, as `PiecePlan.common`.
    common: dict[str, Any]
    #: Needed stage → id of the run whose artifact is read.
    inputs: dict[str, str]

    def still_mine(self) -> Update:
        """An update of the piece, if it is still this attempt's."""
        return update(StagePiece).where(
            StagePiece.id == self.piece_id,
            StagePiece.fencing_token == self.fencing_token,
            StagePiece.state == states.RUNNING,
        )

    def signs(self, progress: float) -> dict[str, float]:
        """Nothing but the heartbeat: a piece is done or not."""
        del progress
        return {}


@dataclass(frozen=True, slots=True)
class PiecePlan:
    """What a run is cut into, and what its pieces have in common: plain JSON, decided when it was cut."""

    common: dict[str, Any]
    pieces: Sequence[PlannedPiece]


def move(piece: StagePiece, event: str) -> None:
    """Move a piece in its life cycle. The caller holds the row's lock. Raises TransitionRefused."""
    target = states.PIECE.target(piece.state, event)
    if target is None:
        raise TransitionRefused(event=event, state=piece.state)
    piece.state = target
    piece.version += 1


def write_pieces(session: Session, held: Claim, plan: PiecePlan, kept: Mapping[str, StoredObject]) -> None:
    """One row for each piece, done already where it was found finished. Raises ClaimLost."""
    run = held_run(session, held)
    seconds = round(sum(item.seconds for item in plan.pieces), 3)
    run.piece_plan = {**plan.common, "pieces": len(plan.pieces), "seconds": seconds}
    now = current().clock()
    for planned in plan.pieces:
        row = StagePiece(
            stage_run_id=run.id,
            index=planned.piece.index,
            seconds=planned.seconds,
            piece=planned.piece.to_json(),
            sound_sha256=planned.sound_sha256,
            fingerprint=planned.fingerprint,
            state=states.PIECE.initial,
            version=1,
        )
        found = kept.get(planned.fingerprint)
        if found is not None:
            row.artifact_key, row.artifact_sha256, row.finished_at = found.key, found.sha256, now
            move(row, "completed")
        session.add(row)


def reopen(session: Session, held: Claim, indexes: Collection[int]) -> None:
    """Pieces whose stored result is gone or damaged have to be heard again. Raises ClaimLost."""
    held_run(session, held)
    query = select(StagePiece).where(StagePiece.stage_run_id == held.run_id, StagePiece.index.in_(indexes))
    for piece in session.scalars(query.with_for_update()):
        piece.artifact_key = piece.artifact_sha256 = piece.finished_at = None
        move(piece, "found_damaged")


def share(session: Session, held: Claim) -> None:
    """Let go of a run whose pieces are written: from now on whoever takes a piece works on it. Raises ClaimLost."""
    run = held_run(session, held)
    now = current().clock()
    run.fencing_token += 1
    run.worker = ""
    run.shared_at = run.enqueued_at = run.heartbeat_at = now
    run.enqueue_count = 1
    run.progress = share_done(session, run.id)
    waiting = waiting_pieces(session, run.id, now)
    lifecycles.apply(session, states.STAGE_RUN, run, "shared", actor=None, waiting=waiting)
    announce_pieces(session, waiting)


def runs_in_turn(session: Session) -> list[UUID]:
    """Runs that have a piece to give, in the order in which they are served."""
    return in_turn(queueing(session, current().clock()))


def claim_piece(session: Session, run_id: UUID) -> PieceClaim | None:
    """Take the next piece of a run, under row locks. None where others were faster: ask the next run in turn.

    One run in a transaction: who holds two of them would sooner or later wait for somebody who holds them crosswise.
    """
    now = current().clock()
    run = session.get(StageRun, run_id, with_for_update=True)
    if run is None or run.state != states.RUNNING or run.shared_at is None:
        return None
    due = (StagePiece.not_before.is_(None)) | (StagePiece.not_before <= now)
    query = select(StagePiece).where(StagePiece.stage_run_id == run_id, StagePiece.state == states.WAITING, due)
    piece = session.scalars(query.order_by(StagePiece.index).limit(1).with_for_update()).first()
    return _taken(run, piece, now) if piece is not None else None


def finish_piece(session: Session, held: PieceClaim, result: StoredObject) -> Claim | None:
    """Keep the result for good and say done. After the last piece the run is the caller's: its claim is returned.

    Raises:
        ClaimLost: the piece was given to somebody else, or the work was cancelled.
    """
    run, piece = _held_piece(session, held)
    now = current().clock()
    piece.artifact_key, piece.artifact_sha256, piece.finished_at = result.key, result.sha256, now
    move(piece, "completed")
    keep(session, held.job_id, piece.fingerprint, result)
    # Something was finished for good: earlier setbacks no longer count.
    run.setbacks = 0
    run.heartbeat_at = now
    before = Pace.from_json(run.pace) if run.pace else None
    run.pace = after_piece(before, run.shared_at or now, piece.seconds, now).to_json()
    session.flush()
    run.progress = share_done(session, run.id)
    if not open_pieces(session, run.id):
        return take_over(run)
    if waiting_pieces(session, run.id, now):
        announce_pieces(session, 1)
    return None


def set_back_piece(session: Session, held: PieceClaim, fault: Fault) -> None:
    """A piece could not be heard: another time where that may help, else the run and its job have failed.

    Raises:
        ClaimLost: it is no longer the caller's.
    """
    session.get(TranscriptionJob, held.job_id, with_for_update=True)
    run, piece = _held_piece(session, held)
    _step_back(session, run, piece, fault, "set_back")


def take_piece_from_dead(session: Session, run: StageRun, piece: StagePiece) -> None:
    """The reconciler's side: the worker of a piece gave no sign of life. The caller holds the locks, job first."""
    _step_back(session, run, piece, WorkerLost(attempts=piece.attempt).fault, "lost")


def piece_held_here(session: Session) -> PieceClaim | None:
    """The piece that this worker holds, if it lost sight of it."""
    mine = (StagePiece.state == states.RUNNING, StagePiece.worker == this_worker())
    piece = session.scalars(select(StagePiece).where(*mine).limit(1)).first()
    return _claim_of(piece.stage_run, piece) if piece is not None else None


def drop_open_pieces(session: Session, run_id: UUID) -> int:
    """Nobody shall work on them any more; who does finds out at the next heartbeat. Returns how many there were.

    The caller holds the run's lock.
    """
    query = select(StagePiece).where(StagePiece.stage_run_id == run_id, StagePiece.state.in_(states.LIVE))
    dropped = session.scalars(query.with_for_update()).all()
    for piece in dropped:
        piece.fencing_token += 1
        move(piece, "dropped")
    return len(dropped)


def _taken(run: StageRun, piece: StagePiece, now: datetime) -> PieceClaim:
    piece.attempt += 1
    piece.fencing_token += 1
    piece.worker = this_worker()
    piece.started_at = piece.heartbeat_at = now
    move(piece, "claimed")
    if piece.attempt > 1:
        # Something of the run is done over: that is another attempt at it.
        run.attempt += 1
    run.served_at = run.heartbeat_at = run.enqueued_at = now
    run.enqueue_count = 1
    return _claim_of(run, piece)


def _claim_of(run: StageRun, piece: StagePiece) -> PieceClaim:
    planned = PlannedPiece(Piece.from_json(piece.piece), piece.sound_sha256, piece.fingerprint, piece.seconds)
    return PieceClaim(
        piece.id, run.id, run.job_id, piece.fencing_token, piece.attempt, Stage(run.stage), planned,
        dict(run.piece_plan or {}), dict(run.inputs),
    )  # fmt: skip


def _step_back(session: Session, run: StageRun, piece: StagePiece, fault: Fault, event: str) -> None:
    piece.setbacks += 1
    piece.fencing_token += 1
    run.setbacks += 1
    run.fault = fault.to_json()
    if _is_the_last_straw(session, run, piece, fault, event):
        move(piece, event if event == "lost" else "failed")
        drop_open_pieces(session, run.id)
        fail(session, run.job, run, fault)
        return
    now = current().clock()
    piece.not_before = policy.next_attempt_at(piece.setbacks, now)
    move(piece, event)
    lifecycles.apply(session, states.STAGE_RUN, run, f"piece_{event}", actor=None, piece=piece.index, fault=fault.kind)
    if piece.not_before <= now:
        announce_pieces(session, 1)


def _is_the_last_straw(session: Session, run: StageRun, piece: StagePiece, fault: Fault, event: str) -> bool:
    if not fault.retryable:
        return True
    if event != "lost":
        return policy.gives_up(piece.setbacks) or policy.gives_up(run.setbacks)
    others = (
        select(StagePiece.id)
        .join(StageRun)
        .where(StageRun.job_id == run.job_id, StagePiece.id != piece.id, StagePiece.setbacks > 0)
    )
    others_died = session.scalars(others.limit(1)).first() is not None
    worst = max(piece.setbacks, run.setbacks if others_died else 0)
    return policy.is_deadly(worst, others_died=others_died)


def _held_piece(session: Session, held: PieceClaim) -> tuple[StageRun, StagePiece]:
    run = session.get(StageRun, held.run_id, with_for_update=True)
    piece = session.get(StagePiece, held.piece_id, with_for_update=True)
    if run is None or piece is None or run.state != states.RUNNING or run.shared_at is None:
        raise ClaimLost
    if piece.fencing_token != held.fencing_token or piece.state != states.RUNNING:
        raise ClaimLost
    return run, piece
