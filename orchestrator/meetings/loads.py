"""What a plan puts where, as the rule of caps counts it: rooms with their people, units, chairs and connections.

In: head-counts by endpoint. Out: a `Load`. Two endpoints that stand in one physical room are one room.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from orchestrator.caps.caps import Load, RoomLoad
from orchestrator.directory.models import Endpoint, Unit
from orchestrator.meetings.physical_rooms.models import EndpointRoom, PhysicalRoom


@dataclass(frozen=True)
class Seated:
    """One endpoint of a plan as the rule needs it."""

    name: str
    people: int
    capacity: int | None
    unit_ids: frozenset[UUID]
    room: PhysicalRoom | None = None


def load_of(session: Session, heads: Mapping[UUID, int], kind: str) -> Load:
    """The load of a plan; endpoints that the directory does not know are left out (the plan refuses them itself)."""
    lines = unit_lines(session)
    rooms = rooms_of(session, heads)
    rows = session.execute(
        select(Endpoint.id, Endpoint.name, Endpoint.room_capacity, Endpoint.unit_id).where(Endpoint.id.in_(heads))
    )
    by_id = {
        row.id: Seated(
            row.name, heads[row.id], row.room_capacity, lines.get(row.unit_id, frozenset()), rooms.get(row.id)
        )
        for row in rows
    }
    return Load(merged(by_id[key] for key in heads if key in by_id), kind)


def merged(seats: Iterable[Seated]) -> tuple[RoomLoad, ...]:
    """Seats as rooms, those in one physical room put together, in the order they came."""
    rooms: dict[object, list[Seated]] = {}
    for number, seat in enumerate(seats):
        rooms.setdefault(seat.room.id if seat.room else number, []).append(seat)
    return tuple(_room(seats) for seats in rooms.values())


def unit_lines(session: Session) -> dict[UUID | None, frozenset[UUID]]:
    """For each unit itself and every unit above it: a cap of the parent binds the children."""
    parents = {unit_id: parent_id for unit_id, parent_id in session.execute(select(Unit.id, Unit.parent_id))}

    def line(unit_id: UUID) -> frozenset[UUID]:
        above: set[UUID] = set()
        step: UUID | None = unit_id
        while step is not None and step not in above:
            above.add(step)
            step = parents.get(step)
        return frozenset(above)

    return {unit_id: line(unit_id) for unit_id in parents}


def rooms_of(session: Session, endpoint_ids: Iterable[UUID]) -> dict[UUID, PhysicalRoom]:
    """The physical room of each endpoint that stands in one."""
    query = (
        select(EndpointRoom.endpoint_id, PhysicalRoom)
        .join(PhysicalRoom, PhysicalRoom.id == EndpointRoom.room_id)
        .where(EndpointRoom.endpoint_id.in_(list(endpoint_ids)))
    )
    return {endpoint_id: room for endpoint_id, room in session.execute(query)}


def _room(seats: list[Seated]) -> RoomLoad:
    first = seats[0]
    if len(seats) == 1:
        chairs = [number for number in (first.capacity, first.room.capacity if first.room else None) if number]
        return RoomLoad(first.name, first.people, min(chairs, default=None), first.unit_ids)
    return RoomLoad(
        name=first.room.name if first.room else first.name,
        people=sum(seat.people for seat in seats),
        capacity=first.room.capacity if first.room else None,
        unit_ids=frozenset().union(*(seat.unit_ids for seat in seats)),
        connections=len(seats),
    )
