"""Celery tasks of this room: run a stage, hear a piece, reconcile. Each may run any number of times."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def _border(what: str, run_id: UUID | None, note: Callable[[str], None]) -> Iterator[None]:
    """The task border: without it an error of ours would look like a dead worker and be tried again and again."""
    try:
        yield
    except OperationalError:
        # The database is away, so nothing can be written either; the reconciler takes the attempt back when it returns.
        log.warning("%s %s left to the reconciler: the database does not answer", what, run_id or "")
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("%s %s broke, reference %s", what, run_id or "", reference)
        note(reference)


@shared_task(base=RoomTask, name=TASK, time_limit=policy.STAGE_LIMIT_SECONDS)
def run_stage(stage_run_id: str) -> None:
    """One attempt at a stage. The message names a row; the row decides what there is to do."""
    run = UUID(stage_run_id)
    with _border("stage", run, lambda reference: note_unexpected(current(), run, reference)):
        run_once(current(), run)


@shared_task(base=RoomTask, name=PIECE_TASK, time_limit=policy.PIECE_LIMIT_SECONDS)
def run_piece() -> None:
    """An invitation to take one piece of any recording. The rows decide which; if none waits there is nothing to do."""
    with _border("piece", None, lambda reference: note_unexpected_in_piece(current(), reference)):
        piece_once(current())


@shared_task(base=RoomTask, name=RECONCILE)
def reconcile() -> None:
    """Take back dead attempts and send forgotten messages."""
    taken, sent = reconcile_once(current())
    if taken or sent:
        log.info("reconciled: %s attempts taken back, %s messages sent", taken, sent)


every(policy.RECONCILE_SECONDS, RECONCILE)
