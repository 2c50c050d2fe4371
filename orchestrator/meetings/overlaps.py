"""Overlaps: the database refuses them; here its refusal becomes a sentence that names the other meeting."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from psycopg.errors import ExclusionViolation
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings import states
from orchestrator.meetings.models import CHAIR_OVERLAP, ROOM_OVERLAP, Meeting, MeetingEndpoint
from orchestrator.meetings.physical_rooms.models import EndpointRoom, PhysicalRoom
from orchestrator.meetings.refusals import RoomTaken
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
    #: Physical rooms of the endpoints, as `lock_booked` found them.
    rooms: Mapping[UUID, UUID] = field(default_factory=dict)


def lock_booked(session: Session, chair_id: UUID | None, endpoint_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Put those who plan with the same chair, endpoint or physical room in a row until this transaction ends.

    Without it two exclusion constraints hit at the same moment would wait for each other, and PostgreSQL would end one
    of them with a deadlock instead of a violation. Always people first, then endpoints by identity, then rooms.

    Returns:
        the physical room of each endpoint that stands in one.

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
    standing = select(EndpointRoom.endpoint_id, EndpointRoom.room_id).where(EndpointRoom.endpoint_id.in_(endpoint_ids))
    rooms = {endpoint_id: room_id for endpoint_id, room_id in session.execute(standing)}
    if rooms:
        held = select(PhysicalRoom.id).where(PhysicalRoom.id.in_(rooms.values())).order_by(PhysicalRoom.id)
        session.scalars(held.with_for_update(key_share=True)).all()
    return rooms


@contextmanager
def overlaps_refused(session: Session, booking: Booking) -> Iterator[None]:
    """Run the writing block in a savepoint. Raises EndpointTaken, ChairTaken or RoomTaken where one refused."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        if not isinstance(error.orig, ExclusionViolation):
            raise
        raise _taken(session, booking, error.orig.diag.constraint_name) from error


def standing_in_the_way(session: Session, booking: Booking) -> Overlap | None:
    """What would refuse this booking now, without writing anything; for previews."""
    for constraint in (None, CHAIR_OVERLAP, ROOM_OVERLAP):
        found = _find(session, booking, constraint)
        if found is not None:
            return found
    return None


def _taken(session: Session, booking: Booking, constraint: str | None) -> Overlap:
    found = _find(session, booking, constraint)
    # The other meeting may have been closed between the refusal and this question.
    return found or Overlap(title="", number="", starts="", ends="", starts_at=booking.starts_at)


def _find(session: Session, booking: Booking, constraint: str | None) -> Overlap | None:
    if constraint == CHAIR_OVERLAP:
        return _chair_taken(session, booking) if booking.chair_id else None
    if constraint == ROOM_OVERLAP:
        return _room_taken(session, booking) if booking.rooms else None
    return _endpoint_taken(session, booking)


def _chair_taken(session: Session, booking: Booking) -> Overlap | None:
    query = (
        select(Meeting, Person.full_name)
        .join(Person, Person.id == Meeting.chair_id)
        .where(Meeting.chair_id == booking.chair_id, *_at_the_same_time(booking))
        .order_by(Meeting.starts_at)
    )
    found = session.execute(query.limit(1)).one_or_none()
    return ChairTaken(chair=found[1], **_facts(found[0])) if found else None


def _endpoint_taken(session: Session, booking: Booking) -> Overlap | None:
    query = (
        select(Meeting, Endpoint.name)
        .join(MeetingEndpoint, MeetingEndpoint.meeting_id == Meeting.id)
        .join(Endpoint, Endpoint.id == MeetingEndpoint.endpoint_id)
        .where(
            MeetingEndpoint.endpoint_id.in_(booking.endpoint_ids),
            MeetingEndpoint.withdrawn_at.is_(None),
            *_at_the_same_time(booking),
        )
        .order_by(Meeting.starts_at, Endpoint.name)
    )
    found = session.execute(query.limit(1)).one_or_none()
    return EndpointTaken(endpoint=found[1], **_facts(found[0])) if found else None


def _room_taken(session: Session, booking: Booking) -> Overlap | None:
    query = (
        select(Meeting, PhysicalRoom.name, MeetingEndpoint.physical_room_id)
        .join(MeetingEndpoint, MeetingEndpoint.meeting_id == Meeting.id)
        .join(PhysicalRoom, PhysicalRoom.id == MeetingEndpoint.physical_room_id)
        .where(
            MeetingEndpoint.physical_room_id.in_(booking.rooms.values()),
            MeetingEndpoint.withdrawn_at.is_(None),
            *_at_the_same_time(booking),
        )
        .order_by(Meeting.starts_at, PhysicalRoom.name)
    )
    found = session.execute(query.limit(1)).one_or_none()
    if found is None:
        return None
    other, room, room_id = found
    ours = next(endpoint_id for endpoint_id, standing_in in booking.rooms.items() if standing_in == room_id)
    name = session.scalar(select(Endpoint.name).where(Endpoint.id == ours))
    return RoomTaken(room=room, endpoint=name, **_facts(other))


def _at_the_same_time(booking: Booking) -> list[ColumnElement[bool]]:
    return [
        Meeting.id != booking.meeting_id,
        Meeting.state.in_((states.PLANNED, states.OPEN)),
        Meeting.starts_at < booking.ends_at,
        Meeting.ends_at > booking.starts_at,
    ]


def _facts(other: Meeting) -> dict[str, object]:
    return {
        "starts_at": other.starts_at,
        "title": other.title,
        "number": other.code,
        "starts": vietnamese_moment(other.starts_at),
        "ends": vietnamese_moment(other.ends_at),
    }
