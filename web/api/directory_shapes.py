"""Shapes of units, people and endpoints in the API: as sent, as changed, as stored."""

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, field_validator

from orchestrator.directory.entries import DEFAULT_RANK, LAST_RANK, MOST_CHAIRS, NewEndpoint, NewPerson, NewUnit
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit
from orchestrator.directory.searching import MOST_ROWS, Use, Wanted
from web.api.shapes import In, Out

New = TypeVar("New", NewUnit, NewPerson, NewEndpoint)


class _UnitFields(In):
    """What a unit may be sent without, when added and when changed."""

    abbreviations: list[str] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    parent_id: UUID | None = None
    kind: str = ""


class _PersonFields(In):
    """What a person may be sent without, when added and when changed."""

    title: str = ""
    unit_id: UUID | None = None
    email: str | None = None
    phone: str = ""
    protocol_rank: int = Field(default=DEFAULT_RANK, ge=0, le=LAST_RANK)
    code: str = ""


class _EndpointFields(In):
    """What an endpoint may be sent without, when added and when changed."""

    kind: EndpointKind = EndpointKind.COMPONENT
    unit_id: UUID | None = None
    location: str = ""
    room_capacity: int | None = Field(default=None, ge=1, le=MOST_CHAIRS)
    equipment: list[str] = Field(default_factory=list)
    contact: str = ""
    contact_phone: str = ""
    contact_email: str | None = None
    allowed_unit_ids: list[UUID] = Field(default_factory=list)


class UnitIn(_UnitFields):
    """A unit (đơn vị)."""

    code: str
    name: str


class PersonIn(_PersonFields):
    """A person as papers name them; without a code one is made from the name."""

    full_name: str


class EndpointIn(_EndpointFields):
    """An endpoint (điểm cầu)."""

    code: str
    name: str


class Patch(In):
    """A change: what is not sent stays. `version` is the one it was decided on."""

    version: int = Field(ge=1)


class UnitPatch(Patch, _UnitFields):
    """A change of a unit; another `parent_id` moves it with everything below it."""

    code: str = ""
    name: str = ""


class PersonPatch(Patch, _PersonFields):
    """A change of a person."""

    full_name: str = ""


class EndpointPatch(Patch, _EndpointFields):
    """A change of an endpoint."""

    code: str = ""
    name: str = ""


class KeptOut(Out):
    """What every entry has: whether it is in use, and the version a change must name."""

    id: UUID
    active: bool
    version: int


class UnitOut(KeptOut):
    """A unit as stored."""

    code: str
    name: str
    abbreviations: list[str]
    aliases: list[str]
    parent_id: UUID | None
    kind: str


class PersonOut(KeptOut):
    """A person as stored."""

    code: str | None
    full_name: str
    title: str
    unit_id: UUID | None
    email: str | None
    phone: str
    protocol_rank: int
    account_id: UUID | None


class EndpointOut(KeptOut):
    """An endpoint as stored, with the result of its newest technical check."""

    code: str
    name: str
    kind: EndpointKind
    unit_id: UUID | None
    location: str
    room_capacity: int | None
    equipment: list[str]
    contact: str
    contact_phone: str
    contact_email: str | None
    allowed_unit_ids: list[UUID] = Field(validation_alias="allowed_units")
    last_check_at: datetime | None
    last_check_ok: bool | None
    last_check_detail: str

    @field_validator("allowed_unit_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        return [item.id if isinstance(item, Unit) else item for item in value]


class PageOut(Out):
    """Where one is in a list."""

    total: int
    page: int
    pages: int


class UnitsOut(PageOut):
    """Units by code."""

    items: list[UnitOut]


class PeopleOut(PageOut):
    """People in the order of protocol."""

    items: list[PersonOut]


class EndpointsOut(PageOut):
    """Endpoints by code."""

    items: list[EndpointOut]


class ListQuery(BaseModel):
    """What is looked for; words are found with and without marks."""

    q: str = Field(default="", max_length=200)
    use: Use = Use.ACTIVE
    unit_id: UUID | None = None
    page: int = Field(default=1, ge=1, le=100_000)
    per_page: int = Field(default=200, ge=1, le=MOST_ROWS)

    def wanted(self, kind: EndpointKind | None = None) -> Wanted:
        """The question of the service."""
        return Wanted(self.q, self.use, self.unit_id, kind, self.page, self.per_page)


class EndpointsQuery(ListQuery):
    """What is looked for among endpoints."""

    kind: EndpointKind | None = None


class EntryPath(BaseModel):
    """Which entry."""

    entry_id: UUID


class AccountIn(In):
    """Which account is a person's own; null takes the link away."""

    account_id: UUID | None
    version: int = Field(ge=1)


class VersionIn(In):
    """The version that was decided on."""

    version: int = Field(ge=1)


def merged(shape: type[New], entry: Unit | Person | Endpoint, patch: Patch) -> New:
    """The entry with what was sent put over it."""
    sent = patch.model_dump(exclude_unset=True, exclude={"version"})
    kept = {field.name: _kept(entry, field.name) for field in fields(shape) if field.name not in sent}
    return shape(**(kept | sent))


def _kept(entry: Unit | Person | Endpoint, name: str) -> Any:
    if isinstance(entry, Endpoint) and name == "allowed_unit_ids":
        return [unit.id for unit in entry.allowed_units]
    value = getattr(entry, name)
    return "" if name == "code" and value is None else value
