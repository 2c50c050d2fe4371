"""Tables of the directory: units as a tree, people with titles, endpoints, and which account speaks for which unit."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, Index, Table, Text, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words
from orchestrator.directory.letters import name_order, search_text


class EndpointKind(StrEnum):
    """Điểm cầu trung tâm, điểm cầu thành phần, or one person at a desk or at home."""

    CENTRAL = "central"
    COMPONENT = "component"
    PERSONAL = "personal"


def _key(make: Callable[..., str], *names: str) -> Callable[[DefaultExecutionContext], str]:
    """A column computed from others when rows are inserted in bulk; single rows get it from `_renew_keys`."""

    def default(context: DefaultExecutionContext) -> str:
        values = context.get_current_parameters()
        return make(*(_said(values.get(name)) for name in names))

    return default


def _said(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value or "")


#: What an entry is found by.
_UNIT_WORDS = ("code", "name", "abbreviations", "aliases", "kind")
_PERSON_WORDS = ("full_name", "code", "title", "email", "phone")
_ENDPOINT_WORDS = ("code", "name", "location", "contact", "contact_phone", "contact_email")


class Kept:
    """An entry that the administrator edits: retired instead of deleted once something refers to it."""

    active: Mapped[bool] = mapped_column(default=True, server_default="true")
    #: Grows with every change; an edit names the version it started from.
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Unit(Identified, Timestamped, Kept, Base):
    """A unit (đơn vị) of the organisation."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("parent_id <> id", name="parent"),)

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
    search_text: Mapped[str] = mapped_column(default=_key(search_text, *_UNIT_WORDS), server_default="")

    def related_unit_ids(self) -> set[UUID]:
        """A unit concerns itself."""
        return {self.id}


class Person(Identified, Timestamped, Kept, Base):
    """A person as papers name them: full name and office title."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_protocol", "protocol_rank", "name_key"),)

    #: Short code by which imports know the person again, for example `baopq`; given by the service where none is typed.
    code: Mapped[str | None] = mapped_column(unique=True)
    full_name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    email: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="", server_default="")
    #: Order in which protocol lists people; smaller comes first.
    protocol_rank: Mapped[int] = mapped_column(default=1000)
    #: Given name first, as Vietnamese lists are sorted; compared byte by byte.
    name_key: Mapped[str] = mapped_column(Text(collation="C"), default=_key(name_order, "full_name"), server_default="")
    search_text: Mapped[str] = mapped_column(default=_key(search_text, *_PERSON_WORDS), server_default="")
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), unique=True)

    unit: Mapped[Unit | None] = relationship(lazy="joined")


#: Units that may use an endpoint besides the one it belongs to.
endpoint_unit = Table(
    "endpoint_unit",
    Base.metadata,
    Column("endpoint_id", ForeignKey("endpoint.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True, index=True),
)


class Endpoint(Identified, Timestamped, Kept, Base):
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
    #: What stands in the room, one line each: camera, loudspeakers, spare line.
    equipment: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    #: Technical contact: the name, and how to reach them.
    contact: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="", server_default="")
    contact_email: Mapped[str | None]
    #: Result of the newest technical check; None where there was none.
    last_check_at: Mapped[datetime | None]
    last_check_ok: Mapped[bool | None]
    last_check_detail: Mapped[str] = mapped_column(default="", server_default="")
    search_text: Mapped[str] = mapped_column(default=_key(search_text, *_ENDPOINT_WORDS), server_default="")

    unit: Mapped[Unit | None] = relationship(lazy="joined")
    #: Not loaded with lists that do not ask for it (`selectinload`).
    allowed_units: Mapped[list[Unit]] = relationship(secondary=endpoint_unit, order_by=Unit.code)

    def may_be_used_by(self, unit_id: UUID) -> bool:
        """Whether a unit may take part through it: the owner, one allowed, or any where it belongs to nobody."""
        owners = {self.unit_id, *(unit.id for unit in self.allowed_units)} - {None}
        return not owners or unit_id in owners


class UnitMembership(Identified, Timestamped, Base):
    """An account that answers for a unit: receives notices, acknowledges, reports."""

    __tablename__ = "unit_membership"
    __table_args__ = (UniqueConstraint("account_id", "unit_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)


class DirectoryUpload(Identified, Base):
    """A table that was looked at and not yet written: kept for a day, for the one who sent it."""

    __tablename__ = "directory_upload"

    #: `units`, `people` or `endpoints`.
    kind: Mapped[str]
    file_name: Mapped[str]
    content: Mapped[bytes]
    account_id: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)


def renew_keys(entry: "Unit | Person | Endpoint") -> None:
    """Write what the entry is sorted and found by anew from what it says."""
    names = {Unit: _UNIT_WORDS, Person: _PERSON_WORDS, Endpoint: _ENDPOINT_WORDS}[type(entry)]
    entry.search_text = search_text(*(_said(getattr(entry, name)) for name in names))
    if isinstance(entry, Person):
        entry.name_key = name_order(entry.full_name)


@event.listens_for(Unit, "before_insert")
@event.listens_for(Unit, "before_update")
@event.listens_for(Person, "before_insert")
@event.listens_for(Person, "before_update")
@event.listens_for(Endpoint, "before_insert")
@event.listens_for(Endpoint, "before_update")
def _renew_keys(mapper: Mapper[Any], connection: Connection, entry: Unit | Person | Endpoint) -> None:  # noqa: ARG001
    renew_keys(entry)
