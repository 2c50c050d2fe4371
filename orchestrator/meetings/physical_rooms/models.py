"""Tables of physical rooms and of the endpoints that stand in them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.directory.models import Endpoint


class PhysicalRoom(Identified, Timestamped, Base):
    """A room of a building. Two endpoints may stand in it; one meeting at a time may use it."""

    __tablename__ = "physical_room"
    __table_args__ = (CheckConstraint("capacity >= 1", name="capacity"),)

    name: Mapped[str] = mapped_column(unique=True)
    #: Chairs, for all endpoints in it together; unknown where None.
    capacity: Mapped[int | None]


class EndpointRoom(Timestamped, Base):
    """The room an endpoint stands in; an endpoint stands in one at most."""

    __tablename__ = "endpoint_room"

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("endpoint.id"), primary_key=True)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("physical_room.id"), index=True)

    endpoint: Mapped[Endpoint] = relationship(lazy="joined")
    room: Mapped[PhysicalRoom] = relationship(lazy="joined")
