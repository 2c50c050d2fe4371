"""Questions about the pieces of runs: how many are open, how much is done, who has something to give."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from transcription.pipeline import states
from transcription.pipeline.fairness import Queueing
from transcription.pipeline.models import StagePiece, StageRun


def pieces_of(session: Session, run_id: UUID) -> Sequence[StagePiece]:
    """All pieces of a run, in the order of the recording."""
    query = select(StagePiece).where(StagePiece.stage_run_id == run_id).order_by(StagePiece.index)
    return session.scalars(query).all()


def open_pieces(session: Session, run_id: UUID) -> int:
    """Pieces of a run that are not done, waiting or being worked on."""
    query = select(func.count()).where(StagePiece.stage_run_id == run_id, StagePiece.state.in_(states.LIVE))
    return session.scalar(query) or 0


def waiting_pieces(session: Session, run_id: UUID, now: datetime) -> int:
    """Pieces of a run that somebody could take now."""
    due = (StagePiece.not_before.is_(None)) | (StagePiece.not_before <= now)
    query = select(func.count()).where(StagePiece.stage_run_id == run_id, StagePiece.state == states.WAITING, due)
    return session.scalar(query) or 0


def latest_due(session: Session, run_id: UUID, now: datetime) -> datetime | None:
    """When the time of the last set-back piece of a run came; nobody was told of it unless a message went out since."""
    query = select(func.max(StagePiece.not_before)).where(
        StagePiece.stage_run_id == run_id, StagePiece.state == states.WAITING, StagePiece.not_before <= now
    )
    return session.scalar(query)


def share_done(session: Session, run_id: UUID) -> float:
    """Share of the speech that is done."""
    done = func.sum(StagePiece.seconds).filter(StagePiece.state == states.DONE)
    query = select(func.coalesce(done, 0.0), func.sum(StagePiece.seconds)).where(StagePiece.stage_run_id == run_id)
    finished, whole = session.execute(query).one()
    return min(1.0, float(finished) / float(whole)) if whole else 0.0


def queueing(session: Session, now: datetime) -> list[Queueing]:
    """Every shared run that has a piece to give."""
    at_work = func.count().filter(StagePiece.state == states.RUNNING)
    due = (StagePiece.state == states.WAITING) & (StagePiece.not_before.is_(None) | (StagePiece.not_before <= now))
    query = (
        select(StageRun.id, at_work, StageRun.served_at, func.sum(StagePiece.seconds))
        .join(StagePiece, StagePiece.stage_run_id == StageRun.id)
        .where(StageRun.state == states.RUNNING, StageRun.shared_at.is_not(None), StagePiece.state.in_(states.LIVE))
        .group_by(StageRun.id)
        .having(func.bool_or(due))
    )
    return [Queueing(*row) for row in session.execute(query)]
