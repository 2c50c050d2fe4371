"""The clock of the reminders of missing acknowledgements."""

from celery import shared_task

from core.queue import RoomTask, every
from core.runtime import current
from minutes.delivery.reminding import remind

REMIND = "minutes.remind_acknowledgements"
REMIND_SECONDS = 900.0


@shared_task(base=RoomTask, name=REMIND)
def remind_acknowledgements() -> None:
    """Queue the reminders of today."""
    runtime = current()
    with runtime.database.transaction() as session:
        remind(session, runtime.clock())


every(REMIND_SECONDS, REMIND)
