"""Celery tasks of this room: run a stage, hear a piece, reconcile. Each may run any number of times."""

import logging
from uuid import UUID, uuid4

from celery import shared_task
from sqlalchemy.exc import OperationalError

from core.queue import RoomTask, every
from core.runtime import current
from transcription.pipeline import policy
from transcription.pipeline.reconciler import reconcile as reconcile_once
from transcription.pipeline.runner import note_unexpected, note_unexpected_in_piece
from transcription.pipeline.runner import run_piece as piece_once
from transcription.pipeline.runner import run_stage as run_once
from transcription.pipeline.scheduling import PIECE_TASK, TASK

log = logging.getLogger(__name__)

RECONCILE = "transcription.reconcile"


@shared_task(base=RoomTask, name=TASK, time_limit=policy.STAGE_LIMIT_SECONDS)
def run_stage(stage_run_id: str) -> None:
    """One attempt at a stage. The message names a row; the row decides what there is to do."""
    try:
        run_once(current(), UUID(stage_run_id))
    except OperationalError:
        # The database is away, so nothing can be written either; the reconciler takes the attempt back when it returns.
        log.warning("stage run %s left to the reconciler: the database does not answer", stage_run_id)
    except Exception:
        # The task border: without this an error of ours would look like a dead worker and be tried again and again.
        reference = uuid4().hex[:8]
        log.exception("stage run %s broke, reference %s", stage_run_id, reference)
        note_unexpected(current(), UUID(stage_run_id), reference)


@shared_task(base=RoomTask, name=PIECE_TASK, time_limit=policy.PIECE_LIMIT_SECONDS)
def run_piece() -> None:
    """An invitation to take one piece of any recording. The rows decide which; if none waits there is nothing to do."""
    try:
        piece_once(current())
    except OperationalError:
        log.warning("a piece left to the reconciler: the database does not answer")
    except Exception:
        # The task border, as above.
        reference = uuid4().hex[:8]
        log.exception("a piece broke, reference %s", reference)
        note_unexpected_in_piece(current(), reference)


@shared_task(base=RoomTask, name=RECONCILE)
def reconcile() -> None:
    """Take back dead attempts and send forgotten messages."""
    taken, sent = reconcile_once(current())
    if taken or sent:
        log.info("reconciled: %s attempts taken back, %s messages sent", taken, sent)


every(policy.RECONCILE_SECONDS, RECONCILE)
