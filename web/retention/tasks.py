"""Celery: what is too old is looked for every hour; most hours there is nothing."""

from celery import shared_task

from core.queue import RoomTask, every
from core.retention.service import enforce
from core.runtime import current
from web.retention import data_kinds as data_kinds  # registers the kinds

ENFORCE = "web.enforce_retention"
HOUR_SECONDS = 3600.0


@shared_task(base=RoomTask, name=ENFORCE)
def enforce_retention() -> None:
    """Remove everything whose time is up."""
    enforce(current())


every(HOUR_SECONDS, ENFORCE)
