"""What happens once a notice was distributed: a message per unit in the mail folder."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from core.runtime import current
from minutes.delivery.letters import arrival_message
from minutes.delivery.models import Delivery
from minutes.delivery.service import deliveries_of
from orchestrator.directory.models import Person


@subscribe("notice.distributed", name="delivery.mail")
def write_messages(session: Session, payload: Payload) -> None:
    """Leave one .eml per unit that has an address; the file's name is the delivery's id, so a second run adds none."""
    for delivery in deliveries_of(session, UUID(payload["issue_id"])):
        if addresses := _addresses(session, delivery):
            _write(delivery, addresses)


def _addresses(session: Session, delivery: Delivery) -> list[str]:
    query = select(Person.email).where(Person.unit_id == delivery.unit_id, Person.email.is_not(None))
    return sorted({address for address in session.scalars(query) if address})


def _write(delivery: Delivery, addresses: list[str]) -> None:
    settings = current().settings
    folder = settings.mail_directory
    folder.mkdir(parents=True, exist_ok=True)
    message = arrival_message(
        sender=settings.mail_sender,
        addresses=addresses,
        symbol=delivery.issue.symbol,
        unit_name=delivery.unit.name,
        address=settings.external_url,
        sent_at=delivery.delivered_at,
        message_id=str(delivery.id),
    )
    target = folder / f"{delivery.id}.eml"
    draft = target.with_suffix(".part")
    draft.write_bytes(message)
    draft.replace(target)
