"""What happens once a notice was distributed: a mail to each unit that has an address."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail.addresses import usable_addresses
from core.mail.service import MOST_RECIPIENTS, queue_mail
from core.outbox import Payload, subscribe
from core.runtime import current
from minutes.delivery.letters import arrival_text
from minutes.delivery.models import Delivery
from minutes.delivery.service import deliveries_of
from orchestrator.directory.models import Person


@subscribe("notice.distributed", name="delivery.mail")
def write_messages(session: Session, payload: Payload) -> None:
    """Queue one mail per delivery that has an address; distributing again adds none for those told already."""
    deliveries = deliveries_of(session, UUID(payload["issue_id"]))
    addresses = addresses_of_units(session, {delivery.unit_id for delivery in deliveries})
    for delivery in deliveries:
        if to := addresses.get(delivery.unit_id):
            _queue(session, delivery, to)


def addresses_of_units(session: Session, unit_ids: set[UUID]) -> dict[UUID, list[str]]:
    """Usable addresses of the people of each unit, in one question for all of them."""
    query = (
        select(Person.unit_id, Person.email)
        .where(Person.unit_id.in_(unit_ids), Person.email.is_not(None))
        .order_by(Person.protocol_rank, Person.email)
    )
    found: dict[UUID, list[str]] = {}
    for unit_id, email in session.execute(query):
        if unit_id is not None and email:
            found.setdefault(unit_id, []).append(email)
    return {unit_id: usable_addresses(emails)[:MOST_RECIPIENTS] for unit_id, emails in found.items()}


def address_of(delivery: Delivery) -> str:
    """Where the unit reads and acknowledges it; whoever is not signed in is led there by way of the sign-in."""
    return f"{current().settings.external_url}/thong-bao-den/{delivery.id}"


def _queue(session: Session, delivery: Delivery, to: list[str]) -> None:
    text = arrival_text(symbol=delivery.issue.symbol, unit_name=delivery.unit.name, address=address_of(delivery))
    queue_mail(
        session,
        to=to,
        subject=text.subject,
        body=text.body,
        dedupe_key=f"delivery/{delivery.id}",
        about=("delivery", delivery.id),
    )
