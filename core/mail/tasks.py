"""Tasks of the queue `mail`: send one mail; and, every so often, find those the broker forgot or a dead sender held."""

from uuid import UUID

from celery import shared_task

from core.mail.delivery import deliver, due_mails
from core.mail.service import DELIVER
from core.queue import RoomTask, enqueue, every
from core.runtime import current

SWEEP = "core.mail.sweep"
SWEEP_SECONDS = 30.0
#: As many as a worker sends in a sweep's time; more would only fill the broker with the same names again.
SWEPT_AT_ONCE = 200


@shared_task(base=RoomTask, name=DELIVER)
def deliver_mail(mail_id: str) -> None:
    """One attempt at one mail; nothing happens where it is sent already, not due, or in other hands."""
    deliver(current(), UUID(mail_id))


@shared_task(base=RoomTask, name=SWEEP)
def sweep_mail() -> None:
    """Put every due mail on the queue again."""
    with current().database.transaction() as session:
        due = due_mails(session, current(), SWEPT_AT_ONCE)
    for mail_id in due:
        enqueue(DELIVER, str(mail_id), queue="mail")


every(SWEEP_SECONDS, SWEEP)
