"""The clock of the reminders."""

from celery import shared_task

from core.queue import RoomTask, every
from core.runtime import current
from orchestrator.invitations.reminding import remind

REMIND = "orchestrator.remind_invited"
REMIND_SECONDS = 300.0


@shared_task(base=RoomTask, name=REMIND)
def remind_invited() -> None:
    """Queue the reminders that are due."""
    runtime = current()
    with runtime.database.transaction() as session:
        remind(session, runtime.clock())


every(REMIND_SECONDS, REMIND)
