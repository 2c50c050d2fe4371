"""The register of physical rooms: add one, say which endpoints stand in it.

Planned meetings follow: when an endpoint is put into a room, the copies in the meetings still planned change with it,
and a clash that this would make refuses the change.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.directory.models import Endpoint
from orchestrator.meetings import states
from orchestrator.meetings.models import MeetingEndpoint
from orchestrator.meetings.physical_rooms.models import EndpointRoom, PhysicalRoom
from orchestrator.meetings.refusals import RoomInUse, RoomNameTaken
from orchestrator.refusals import UnknownReference
from orchestrator.words import checked_name


def create_room(session: Session, actor: Actor | None, name: str, capacity: int | None = None) -> PhysicalRoom:
    """Add a room. Raises RoomNameTaken, Invalid (a capacity below 1)."""
    require(actor, Action.PLAN_MEETING)
    if capacity is not None and not 1 <= capacity <= 100_000:
        raise Invalid(field="sức chứa", reason="phải từ 1 chỗ trở lên, hoặc để trống nếu chưa biết")
    room = PhysicalRoom(name=checked_name(name, "tên phòng"), capacity=capacity)
    try:
        with session.begin_nested():
            session.add(room)
    except IntegrityError as error:
        raise RoomNameTaken(name=room.name) from error
    audit.record(session, actor, "physical_room.created", "physical_room", room.id)
    return room


def list_rooms(session: Session, actor: Actor | None) -> Sequence[tuple[PhysicalRoom, list[Endpoint]]]:
    """All rooms by name, each with the endpoints that stand in it."""
    require(actor, Action.VIEW_DIRECTORY)
    rooms = session.scalars(select(PhysicalRoom).order_by(PhysicalRoom.name)).all()
    inside: dict[UUID, list[Endpoint]] = {room.id: [] for room in rooms}
    standing = session.scalars(select(EndpointRoom).join(EndpointRoom.endpoint).order_by(Endpoint.name))
    for row in standing:
        inside[row.room_id].append(row.endpoint)
    return [(room, inside[room.id]) for room in rooms]


def put_into_room(session: Session, actor: Actor | None, endpoint_id: UUID, room_id: UUID | None) -> None:
    """Say in which room an endpoint stands; None: in none that is shared.

    Raises:
        UnknownReference: the endpoint. NotFound: the room. RoomInUse: two planned meetings would need it at once.
    """
    require(actor, Action.PLAN_MEETING)
    # The same lock as planning takes: nobody books this endpoint while its room changes.
    known = session.scalar(select(Endpoint.id).where(Endpoint.id == endpoint_id).with_for_update(key_share=True))
    if known is None:
        raise UnknownReference(what="điểm cầu", id=endpoint_id)
    room = session.get(PhysicalRoom, room_id, with_for_update={"key_share": True}) if room_id else None
    if room_id is not None and room is None:
        raise NotFound
    future = (
        update(MeetingEndpoint)
        .where(MeetingEndpoint.endpoint_id == endpoint_id, MeetingEndpoint.meeting_state == states.PLANNED)
        .values(physical_room_id=room_id)
    )
    try:
        with session.begin_nested():
            _write(session, endpoint_id, room_id)
            session.execute(future)
    except IntegrityError as error:
        raise RoomInUse(room=room.name if room else "") from error
    audit.record(session, actor, "endpoint.room", "endpoint", endpoint_id, room_id=room_id)


def _write(session: Session, endpoint_id: UUID, room_id: UUID | None) -> None:
    if room_id is None:
        row = session.get(EndpointRoom, endpoint_id)
        if row is not None:
            session.delete(row)
            session.flush()
        return
    values = insert(EndpointRoom).values(endpoint_id=endpoint_id, room_id=room_id, created_at=current().clock())
    session.execute(values.on_conflict_do_update(index_elements=["endpoint_id"], set_={"room_id": room_id}))
