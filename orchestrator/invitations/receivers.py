"""Where the invitation of an endpoint goes: what the operator typed, else what the directory and the answer know."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail.addresses import usable_addresses
from core.mail.service import MOST_RECIPIENTS
from orchestrator.directory.models import Person
from orchestrator.invitations.models import Invitation
from orchestrator.meetings.models import Meeting, MeetingEndpoint


def addresses_of(
    session: Session, meeting: Meeting, places: Sequence[MeetingEndpoint], invitations: Mapping[UUID, Invitation]
) -> dict[UUID, list[str]]:
    """Usable addresses by meeting endpoint; an empty list where nobody is known. One question for all of them.

    The operator's own list wins. Else: the technical contacts (of the answer, of the directory) and the people named at
    the endpoint; only where none of them has an address, everybody of its unit.
    """
    by_unit = _people_of_units(session, {place.endpoint.unit_id for place in places if place.endpoint.unit_id})
    named: dict[UUID, list[str | None]] = {}
    for item in meeting.participants:
        if item.meeting_endpoint_id is not None:
            named.setdefault(item.meeting_endpoint_id, []).append(item.person.email)
    return {place.id: _chosen(place, invitations.get(place.id), named.get(place.id, ()), by_unit) for place in places}


def _chosen(
    place: MeetingEndpoint,
    invitation: Invitation | None,
    named: Iterable[str | None],
    by_unit: Mapping[UUID, list[str | None]],
) -> list[str]:
    if invitation is not None and invitation.addresses:
        return usable_addresses(invitation.addresses)
    answered = invitation.contact_email if invitation is not None else None
    direct = usable_addresses([answered, place.endpoint.contact_email, *named])
    unit_id = place.endpoint.unit_id
    found = direct or usable_addresses(by_unit.get(unit_id, ()) if unit_id else ())
    return found[:MOST_RECIPIENTS]


def _people_of_units(session: Session, unit_ids: set[UUID]) -> dict[UUID, list[str | None]]:
    query = (
        select(Person.unit_id, Person.email)
        .where(Person.unit_id.in_(unit_ids), Person.email.is_not(None), Person.active)
        .order_by(Person.protocol_rank, Person.email)
    )
    found: dict[UUID, list[str | None]] = {}
    for unit_id, email in session.execute(query):
        if unit_id is not None:
            found.setdefault(unit_id, []).append(email)
    return found
