"""The sweep for recordings nobody announced."""

import logging

from celery import shared_task

from core.errors import Refusal
from core.queue import RoomTask, every
from core.runtime import current
from transcription.recordings.jibri import take_over, unannounced

log = logging.getLogger(__name__)

SWEEP = "transcription.sweep_recordings"
SWEEP_SECONDS = 60.0


@shared_task(base=RoomTask, name=SWEEP)
def sweep_recordings() -> None:
    """Take over each quiet folder in a transaction of its own, so that one refusal does not hold up the others."""
    with current().database.transaction() as session:
        folders = list(unannounced(session))
    for folder in folders:
        try:
            take_over(current().database, folder)
        except Refusal as refusal:
            log.warning("recorder folder %s left where it is: %s", folder.name, refusal.code)
        except OSError as error:
            log.warning("recorder folder %s cannot be read: %s", folder.name, error.strerror)


every(SWEEP_SECONDS, SWEEP)
