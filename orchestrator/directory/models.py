"""Tables of the directory: units as a tree, people with titles, endpoints, and which account speaks for which unit."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words


class EndpointKind(StrEnum):
    """Điểm cầu trung tâm, điểm cầu thành phần, or one person at a desk or at home."""

    CENTRAL = "central"
    COMPONENT = "component"
    PERSONAL = "personal"


class Unit(Identified, Timestamped, Base):
    """A unit (đơn vị) of the organisation."""

    __tablename__ = "unit"

    #: Short code from the official list, for example `TTTT`; what imports and numbers refer to.
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: As written in papers: `TTTT`, `VPB`.
    abbreviations: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    #: Other names people say or write: former names, short spoken forms.
    aliases: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    #: Free word of the site: vụ, cục, trung tâm, sở …
    kind: Mapped[str] = mapped_column(default="")

    def related_unit_ids(self) -> set[UUID]:
        """A unit concerns itself."""
        return {self.id}


class Person(Identified, Timestamped, Base):
    """A person as papers name them: full name and office title."""

    __tablename__ = "person"

    full_name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    email: Mapped[str | None]
    #: Order in which protocol lists people; smaller comes first.
    protocol_rank: Mapped[int] = mapped_column(default=1000)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), unique=True)

    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Endpoint(Identified, Timestamped, Base):
    """A điểm cầu: one connection with a room full of people behind it, or one person's own device."""

    __tablename__ = "endpoint"
    __table_args__ = (CheckConstraint("room_capacity >= 1", name="room_capacity"),)

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[EndpointKind] = mapped_column(words(EndpointKind))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    location: Mapped[str] = mapped_column(default="")
    #: Chairs in the room; unknown where None.
    room_capacity: Mapped[int | None]
    #: Technical contact: name and telephone as the site writes them.
    contact: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit | None] = relationship(lazy="joined")


class UnitMembership(Identified, Timestamped, Base):
    """An account that answers for a unit: receives notices, acknowledges, reports."""

    __tablename__ = "unit_membership"
    __table_args__ = (UniqueConstraint("account_id", "unit_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
