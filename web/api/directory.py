"""Units, people and endpoints over the API."""

from uuid import UUID

from flask import Response
from pydantic import Field

from core.permissions import Action
from core.runtime import current
from orchestrator.directory import service
from orchestrator.directory.models import EndpointKind
from web.api.blueprint import api
from web.api.shapes import In, Out, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class UnitIn(In):
    """A unit (đơn vị)."""

    code: str
    name: str
    abbreviations: list[str] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    parent_id: UUID | None = None
    kind: str = ""


class UnitOut(Out):
    """A unit as stored."""

    id: UUID
    code: str
    name: str
    abbreviations: list[str]
    aliases: list[str]
    parent_id: UUID | None
    kind: str


class PersonIn(In):
    """A person as papers name them."""

    full_name: str
    title: str = ""
    unit_id: UUID | None = None
    email: str | None = None
    protocol_rank: int = Field(default=1000, ge=0, le=1_000_000)


class PersonOut(Out):
    """A person as stored."""

    id: UUID
    full_name: str
    title: str
    unit_id: UUID | None
    email: str | None
    protocol_rank: int


class EndpointIn(In):
    """An endpoint (điểm cầu)."""

    code: str
    name: str
    kind: EndpointKind = EndpointKind.COMPONENT
    unit_id: UUID | None = None
    location: str = ""
    room_capacity: int | None = Field(default=None, ge=1, le=1_000_000)
    contact: str = ""


class EndpointOut(Out):
    """An endpoint as stored."""

    id: UUID
    code: str
    name: str
    kind: EndpointKind
    unit_id: UUID | None
    location: str
    room_capacity: int | None
    contact: str


class UnitsOut(Out):
    """All units by code."""

    items: list[UnitOut]


class PeopleOut(Out):
    """All people in the order of protocol."""

    items: list[PersonOut]


class EndpointsOut(Out):
    """All endpoints by code."""

    items: list[EndpointOut]


@api.get("/units", responses={200: UnitsOut})
@requires(Action.VIEW_DIRECTORY)
def list_units() -> Response:
    """Danh mục đơn vị."""
    with current().database.transaction() as session:
        return answer_list(UnitOut, service.list_units(session, acting()))


@api.post("/units", responses={201: UnitOut})
@requires(Action.MANAGE_DIRECTORY)
def create_unit(body: UnitIn) -> Response:
    """Thêm đơn vị."""
    with current().database.transaction() as session:
        unit = service.create_unit(session, acting(), service.NewUnit(**body.model_dump()))
        return answer(UnitOut.of(unit), 201)


@api.get("/people", responses={200: PeopleOut})
@requires(Action.VIEW_DIRECTORY)
def list_people() -> Response:
    """Danh mục người dự họp."""
    with current().database.transaction() as session:
        return answer_list(PersonOut, service.list_people(session, acting()))


@api.post("/people", responses={201: PersonOut})
@requires(Action.MANAGE_DIRECTORY)
def create_person(body: PersonIn) -> Response:
    """Thêm người."""
    with current().database.transaction() as session:
        person = service.create_person(session, acting(), service.NewPerson(**body.model_dump()))
        return answer(PersonOut.of(person), 201)


@api.get("/endpoints", responses={200: EndpointsOut})
@requires(Action.VIEW_DIRECTORY)
def list_endpoints() -> Response:
    """Danh mục điểm cầu."""
    with current().database.transaction() as session:
        return answer_list(EndpointOut, service.list_endpoints(session, acting()))


@api.post("/endpoints", responses={201: EndpointOut})
@requires(Action.MANAGE_DIRECTORY)
def create_endpoint(body: EndpointIn) -> Response:
    """Thêm điểm cầu."""
    with current().database.transaction() as session:
        endpoint = service.create_endpoint(session, acting(), service.NewEndpoint(**body.model_dump()))
        return answer(EndpointOut.of(endpoint), 201)
