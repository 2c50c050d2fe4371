"""The directory: add, find and list units, people, endpoints, and who speaks for which unit.

Every function takes the session and the actor, checks the right first and never commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit, UnitMembership
from orchestrator.refusals import DuplicateCode, UnknownReference
from orchestrator.words import checked_code, checked_name

MOST_NAMES = 30


@dataclass(frozen=True)
class NewUnit:
    """A unit as filled in."""

    code: str
    name: str
    abbreviations: Sequence[str] = ()
    aliases: Sequence[str] = ()
    parent_id: UUID | None = None
    kind: str = ""


@dataclass(frozen=True)
class NewPerson:
    """A person as filled in; a smaller `protocol_rank` is listed first."""

    full_name: str
    title: str = ""
    unit_id: UUID | None = None
    email: str | None = None
    protocol_rank: int = 1000
    account_id: UUID | None = None


@dataclass(frozen=True)
class NewEndpoint:
    """An endpoint as filled in; `room_capacity` counts chairs, None where unknown."""

    code: str
    name: str
    kind: EndpointKind = EndpointKind.COMPONENT
    unit_id: UUID | None = None
    location: str = ""
    room_capacity: int | None = None
    contact: str = ""


def create_unit(session: Session, actor: Actor | None, new: NewUnit) -> Unit:
    """Add a unit. Raises DuplicateCode, UnknownReference (parent), Invalid."""
    require(actor, Action.MANAGE_DIRECTORY)
    _check_exists(session, Unit, new.parent_id, "đơn vị")
    unit = Unit(
        code=checked_code(new.code),
        name=checked_name(new.name, "tên đơn vị"),
        abbreviations=_names(new.abbreviations, "chữ viết tắt"),
        aliases=_names(new.aliases, "tên gọi khác"),
        parent_id=new.parent_id,
        kind=checked_name(new.kind, "loại đơn vị", optional=True),
    )
    _add_with_code(session, unit, unit.code, "đơn vị")
    audit.record(session, actor, "unit.created", "unit", unit.id, code=unit.code)
    return unit


def create_person(session: Session, actor: Actor | None, new: NewPerson) -> Person:
    """Add a person. Raises UnknownReference (unit), Invalid."""
    require(actor, Action.MANAGE_DIRECTORY)
    _check_exists(session, Unit, new.unit_id, "đơn vị")
    person = Person(
        full_name=checked_name(new.full_name, "họ và tên"),
        title=checked_name(new.title, "chức vụ", optional=True),
        unit_id=new.unit_id,
        email=_checked_email(new.email),
        protocol_rank=new.protocol_rank,
        account_id=new.account_id,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        raise Invalid(field="tài khoản", reason="không tồn tại hoặc đã gắn với người khác") from error
    audit.record(session, actor, "person.created", "person", person.id)
    return person


def create_endpoint(session: Session, actor: Actor | None, new: NewEndpoint) -> Endpoint:
    """Add an endpoint. Raises DuplicateCode, UnknownReference (unit), Invalid."""
    require(actor, Action.MANAGE_DIRECTORY)
    _check_exists(session, Unit, new.unit_id, "đơn vị")
    if new.room_capacity is not None and new.room_capacity < 1:
        raise Invalid(field="sức chứa", reason="phải từ 1 chỗ trở lên, hoặc để trống nếu chưa biết")
    endpoint = Endpoint(
        code=checked_code(new.code),
        name=checked_name(new.name, "tên điểm cầu"),
        kind=new.kind,
        unit_id=new.unit_id,
        location=checked_name(new.location, "địa điểm", optional=True),
        room_capacity=new.room_capacity,
        contact=checked_name(new.contact, "đầu mối kỹ thuật", optional=True),
    )
    _add_with_code(session, endpoint, endpoint.code, "điểm cầu")
    audit.record(session, actor, "endpoint.created", "endpoint", endpoint.id, code=endpoint.code)
    return endpoint


def add_membership(session: Session, actor: Actor | None, account_id: UUID, unit_id: UUID) -> None:
    """Let an account speak for a unit; asked twice it stays one. Raises UnknownReference (unit)."""
    require(actor, Action.MANAGE_ACCOUNTS)
    _check_exists(session, Unit, unit_id, "đơn vị")
    known = select(UnitMembership.id).where(UnitMembership.account_id == account_id, UnitMembership.unit_id == unit_id)
    if session.scalar(known) is None:
        session.add(UnitMembership(account_id=account_id, unit_id=unit_id))
        audit.record(session, actor, "account.joined_unit", "account", account_id, unit_id=unit_id)


def unit_ids_of(session: Session, account_id: UUID) -> frozenset[UUID]:
    """Units an account speaks for; the sign-in puts them into the Actor, so no right is asked here."""
    found = select(UnitMembership.unit_id).where(UnitMembership.account_id == account_id)
    return frozenset(session.scalars(found))


def list_units(session: Session, actor: Actor | None) -> Sequence[Unit]:
    """All units by code."""
    require(actor, Action.VIEW_DIRECTORY)
    return session.scalars(select(Unit).order_by(Unit.code)).all()


def list_people(session: Session, actor: Actor | None) -> Sequence[Person]:
    """All people in the order of protocol."""
    require(actor, Action.VIEW_DIRECTORY)
    return session.scalars(select(Person).order_by(Person.protocol_rank, Person.full_name)).all()


def list_endpoints(session: Session, actor: Actor | None) -> Sequence[Endpoint]:
    """All endpoints by code."""
    require(actor, Action.VIEW_DIRECTORY)
    return session.scalars(select(Endpoint).order_by(Endpoint.code)).all()


def get_unit(session: Session, actor: Actor | None, unit_id: UUID) -> Unit:
    """One unit; a unit's own account may see its own. Raises NotFound."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    require(actor, Action.VIEW_DIRECTORY, unit)
    return unit


def find_unit(session: Session, code: str) -> Unit | None:
    """The unit of this code, for imports and commands that check their own rights."""
    return session.scalar(select(Unit).where(Unit.code == code))


def find_endpoint(session: Session, code: str) -> Endpoint | None:
    """The endpoint of this code, for imports and commands that check their own rights."""
    return session.scalar(select(Endpoint).where(Endpoint.code == code))


def _check_exists(session: Session, model: type[Unit], identity: UUID | None, what: str) -> None:
    if identity is not None and session.get(model, identity) is None:
        raise UnknownReference(what=what, id=identity)


def _add_with_code(session: Session, row: Unit | Endpoint, code: str, what: str) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise DuplicateCode(taken=code, what=what) from error


def _names(values: Sequence[str], field: str) -> list[str]:
    if len(values) > MOST_NAMES:
        raise Invalid(field=field, reason=f"nhiều hơn {MOST_NAMES} tên")
    return list(dict.fromkeys(checked_name(value, field) for value in values if value.strip()))


def _checked_email(email: str | None) -> str | None:
    address = (email or "").strip()
    if not address:
        return None
    name, _, domain = address.partition("@")
    if not name or "." not in domain or any(letter.isspace() or letter in ',;<>"' for letter in address):
        raise Invalid(field="thư điện tử", reason="không phải một địa chỉ, ví dụ ten@donvi.gov.vn")
    return checked_name(address, "thư điện tử")
