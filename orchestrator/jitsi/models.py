"""What is remembered of a reservation: under which name Prosody holds the room of a meeting."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class RoomReservation(Identified, Timestamped, Base):
    """The last reservation of a meeting's room.

    With tenants a client may ask for `room` and for `[tenant]room`; these are two rooms, each with a cap of its own.
    While one of them lives the other is refused, or twice as many would get in.
    """

    __tablename__ = "room_reservation"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    #: As Prosody wrote it, lower case.
    name: Mapped[str]
    reserved_at: Mapped[datetime]
    #: When Prosody said the room is gone; None while it may live.
    gone_at: Mapped[datetime | None]
