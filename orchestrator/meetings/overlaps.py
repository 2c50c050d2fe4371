"""Overlaps: the database refuses them; here its refusal becomes a sentence that names the other meeting."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.errors import ExclusionViolation
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings import states
from orchestrator.meetings.models import CHAIR_OVERLAP, Meeting, MeetingEndpoint
from orchestrator.refusals import ChairTaken, EndpointTaken, Overlap, UnknownReference
from orchestrator.words import vietnamese_moment


@dataclass(frozen=True)
class Booking:
    """Who and what a meeting holds, and when."""

    meeting_id: UUID
    starts_at: datetime
    ends_at: datetime
    chair_id: UUID | None
    endpoint_ids: Sequence[UUID]


def lock_booked(session: Session, chair_id: UUID | None, endpoint_ids: Sequence[UUID]) -> None:
    """Put those who plan with the same chair or endpoint in a row until this transaction ends.

    Without it two exclusion constraints hit at the same moment would wait for each other, and PostgreSQL would end one
    of them with a deadlock instead of a violation. Always people first, then endpoints by identity.

    Raises:
        UnknownReference: a chair or an endpoint that the directory does not know.
    """
    if chair_id is not None:
        known = session.scalar(select(Person.id).where(Person.id == chair_id).with_for_update(key_share=True))
        if known is None:
            raise UnknownReference(what="người chủ trì", id=chair_id)
    found = session.scalars(
        select(Endpoint.id).where(Endpoint.id.in_(endpoint_ids)).order_by(Endpoint.id).with_for_update(key_share=True)
    ).all()
    for missing in sorted(set(endpoint_ids) - set(found)):
        raise UnknownReference(what="điểm cầu", id=missing)


@contextmanager
def overlaps_refused(session: Session, booking: Booking) -> Iterator[None]:
    """Run the writing block in a savepoint. Raises EndpointTaken or ChairTaken where a constraint refused it."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        if not isinstance(error.orig, ExclusionViolation):
            raise
        if error.orig.diag.constraint_name == CHAIR_OVERLAP:
            raise _chair_taken(session, booking) from error
        raise _endpoint_taken(session, booking) from error


def _chair_taken(session: Session, booking: Booking) -> Overlap:
    query = (
        select(Meeting, Person.full_name)
        .join(Person, Person.id == Meeting.chair_id)
        .where(Meeting.chair_id == booking.chair_id, *_at_the_same_time(booking))
        .order_by(Meeting.starts_at)
    )
    other, name = session.execute(query.limit(1)).one()
    return ChairTaken(chair=name, **_facts(other))


def _endpoint_taken(session: Session, booking: Booking) -> Overlap:
    query = (
        select(Meeting, Endpoint.name)
        .join(MeetingEndpoint, MeetingEndpoint.meeting_id == Meeting.id)
        .join(Endpoint, Endpoint.id == MeetingEndpoint.endpoint_id)
        .where(MeetingEndpoint.endpoint_id.in_(booking.endpoint_ids), *_at_the_same_time(booking))
        .order_by(Meeting.starts_at, Endpoint.name)
    )
    other, name = session.execute(query.limit(1)).one()
    return EndpointTaken(endpoint=name, **_facts(other))


def _at_the_same_time(booking: Booking) -> list[ColumnElement[bool]]:
    return [
        Meeting.id != booking.meeting_id,
        Meeting.state.in_((states.PLANNED, states.OPEN)),
        Meeting.starts_at < booking.ends_at,
        Meeting.ends_at > booking.starts_at,
    ]


def _facts(other: Meeting) -> dict[str, str]:
    return {
        "title": other.title,
        "number": other.code,
        "starts": vietnamese_moment(other.starts_at),
        "ends": vietnamese_moment(other.ends_at),
    }
