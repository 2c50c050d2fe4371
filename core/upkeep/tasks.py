"""Celery: once an hour, whatever the day still owes."""

from celery import shared_task

from core.anchors import keep_yesterdays
from core.queue import RoomTask, every
from core.runtime import current

KEEP_ANCHOR = "core.keep_anchor"
HOUR_SECONDS = 3600.0


@shared_task(base=RoomTask, name=KEEP_ANCHOR)
def keep_anchor() -> None:
    """Write yesterday's anchor, if it is not there yet."""
    runtime = current()
    with runtime.database.transaction() as session:
        keep_yesterdays(session, runtime.settings.home, runtime.clock())


every(HOUR_SECONDS, KEEP_ANCHOR)
