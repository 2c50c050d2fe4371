"""Celery: what is left of a confirmed purge is removed at once, and looked for again every minute; the register of
purges is brought up to date every hour, so that a place that was away gets it too."""

from celery import shared_task

from core.queue import RoomTask, every
from core.runtime import current
from web.purging import register
from web.purging import shell as shell  # says what purges are of
from web.purging.finishing import finish_open

FINISH = "web.finish_purges"
SWEEP_SECONDS = 60.0
HOUR_SECONDS = 3600.0


@shared_task(base=RoomTask, name=FINISH)
def finish_purges() -> None:
    """Remove the files of every confirmed purge."""
    finish_open(current())


@shared_task(base=RoomTask, name=register.KEEP_REGISTER)
def keep_register() -> None:
    """Write the register of purges to each of its places."""
    register.keep(current())


every(SWEEP_SECONDS, FINISH)
every(HOUR_SECONDS, register.KEEP_REGISTER)
