"""Celery: what is left of a confirmed purge is removed at once, and looked for again every minute."""

from celery import shared_task

from core.queue import RoomTask, every
from core.runtime import current
from web.purging.finishing import finish_open

FINISH = "web.finish_purges"
SWEEP_SECONDS = 60.0


@shared_task(base=RoomTask, name=FINISH)
def finish_purges() -> None:
    """Remove the files of every confirmed purge."""
    finish_open(current())


every(SWEEP_SECONDS, FINISH)
