"""Housekeeping of the storage: what cut uploads left goes after a day, unneeded copies of each machine within the hour.

In: the timetable and the worker's own heartbeat, which every machine has. Out: less on the disks.
"""

import logging
import time
from datetime import timedelta
from typing import Any

from celery import shared_task
from celery.signals import heartbeat_sent

from core.queue import RoomTask, every
from core.runtime import current

log = logging.getLogger(__name__)

CLEAR = "core.clear_unfinished_objects"
CLEAR_SECONDS = 3600.0
#: Longer than the longest upload takes.
UNFINISHED = timedelta(hours=24)
TIDY_SECONDS = 600.0


@shared_task(base=RoomTask, name=CLEAR)
def clear_unfinished() -> None:
    """Remove what writers that were killed a day ago or earlier left behind."""
    cleared = current().storage.clear_unfinished(current().clock() - UNFINISHED)
    if cleared:
        log.warning("%s unfinished objects removed from the storage", cleared)


every(CLEAR_SECONDS, CLEAR)

_tidied_at = 0.0


@heartbeat_sent.connect
def tidy_copies(**_: Any) -> None:
    """This machine's copies: asked at each sign of life of its workers, done now and then."""
    global _tidied_at  # one per process, like the heartbeat
    if time.monotonic() - _tidied_at >= TIDY_SECONDS:
        _tidied_at = time.monotonic()
        current().storage.tidy()
