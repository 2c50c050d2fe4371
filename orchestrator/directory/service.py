"""The directory: add, find and list units, people, endpoints, and who speaks for which unit.

Every function takes the session and the actor, checks the right first and never commits. Editing is in `editing.py`,
paged search in `searching.py`, tables from and to files in `tables/`.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from orchestrator.directory.entries import (
    NewEndpoint,
    NewPerson,
    NewUnit,
    endpoint_values,
    person_values,
    unit_values,
)
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit, UnitMembership
from orchestrator.directory.references import add_with_code, free_person_code, unit_in_use, units_in_use
from orchestrator.refusals import UnknownReference
from orchestrator.words import LONGEST_NAME

__all__ = ["EndpointKind", "NewEndpoint", "NewPerson", "NewUnit"]  # re-exported: the callers' words


def create_unit(session: Session, actor: Actor | None, new: NewUnit) -> Unit:
    """Add a unit. Raises DuplicateCode, UnknownReference (parent), EntryRetired (parent), Invalid."""
    require(actor, Action.MANAGE_DIRECTORY)
    unit_in_use(session, new.parent_id)
    unit = Unit(**unit_values(new))
    add_with_code(session, unit, "đơn vị")
    audit.record(session, actor, "unit.created", "unit", unit.id, code=unit.code)
    return unit


def create_person(session: Session, actor: Actor | None, new: NewPerson) -> Person:
    """Add a person; where no code was typed, one is made from the name.

    Raises:
        UnknownReference (unit), EntryRetired (unit), DuplicateCode, Invalid.
    """
    require(actor, Action.MANAGE_DIRECTORY)
    unit_in_use(session, new.unit_id)
    values = person_values(new)
    if "code" not in values:
        values["code"] = free_person_code(session, values["full_name"])
    person = Person(account_id=new.account_id, **values)
    if new.account_id is None:
        add_with_code(session, person, "người")
    else:
        _add_with_account(session, person)
    audit.record(session, actor, "person.created", "person", person.id, code=person.code)
    return person


def create_endpoint(session: Session, actor: Actor | None, new: NewEndpoint) -> Endpoint:
    """Add an endpoint. Raises DuplicateCode, UnknownReference (unit), EntryRetired (unit), Invalid."""
    require(actor, Action.MANAGE_DIRECTORY)
    unit_in_use(session, new.unit_id)
    allowed = units_in_use(session, new.allowed_unit_ids)
    endpoint = Endpoint(**endpoint_values(new), allowed_units=allowed)
    add_with_code(session, endpoint, "điểm cầu")
    audit.record(session, actor, "endpoint.created", "endpoint", endpoint.id, code=endpoint.code)
    return endpoint


def note_check(session: Session, endpoint_id: UUID, at: datetime, ok: bool, detail: str = "") -> None:
    """Keep the result of an endpoint's technical check; an older one than the last never replaces it.

    Asked by the rooms that make the check, which hold the right to it. `at` is aware. Raises NotFound.
    """
    endpoint = session.get(Endpoint, endpoint_id, with_for_update={"of": Endpoint})
    if endpoint is None:
        raise NotFound
    if endpoint.last_check_at is not None and at < endpoint.last_check_at:
        return
    endpoint.last_check_at, endpoint.last_check_ok = at, ok
    endpoint.last_check_detail = " ".join(detail.split())[:LONGEST_NAME]


def add_membership(session: Session, actor: Actor | None, account_id: UUID, unit_id: UUID) -> None:
    """Let an account speak for a unit; asked twice it stays one. Raises UnknownReference (unit)."""
    require(actor, Action.MANAGE_ACCOUNTS)
    if session.get(Unit, unit_id) is None:
        raise UnknownReference(what="đơn vị", id=unit_id)
    known = select(UnitMembership.id).where(UnitMembership.account_id == account_id, UnitMembership.unit_id == unit_id)
    if session.scalar(known) is None:
        session.add(UnitMembership(account_id=account_id, unit_id=unit_id))
        audit.record(session, actor, "account.joined_unit", "account", account_id, unit_id=unit_id)


def unit_ids_of(session: Session, account_id: UUID) -> frozenset[UUID]:
    """Units an account speaks for; the sign-in puts them into the Actor, so no right is asked here."""
    found = select(UnitMembership.unit_id).where(UnitMembership.account_id == account_id)
    return frozenset(session.scalars(found))


def list_units(session: Session, actor: Actor | None) -> Sequence[Unit]:
    """The units in use by code; retired ones are found by `searching.py`."""
    require(actor, Action.VIEW_DIRECTORY)
    return session.scalars(select(Unit).where(Unit.active).order_by(Unit.code)).all()


def list_people(session: Session, actor: Actor | None) -> Sequence[Person]:
    """The people in use in the order of protocol: by rank, then by given name as Vietnamese lists are sorted."""
    require(actor, Action.VIEW_DIRECTORY)
    return session.scalars(select(Person).where(Person.active).order_by(*PROTOCOL)).all()


def list_endpoints(session: Session, actor: Actor | None) -> Sequence[Endpoint]:
    """The endpoints in use by code, each with the units allowed to use it."""
    require(actor, Action.VIEW_DIRECTORY)
    found = select(Endpoint).where(Endpoint.active).order_by(Endpoint.code)
    return session.scalars(found.options(selectinload(Endpoint.allowed_units))).all()


#: Columns that put people in the order of protocol.
PROTOCOL = (Person.protocol_rank, Person.name_key, Person.full_name, Person.id)


def get_unit(session: Session, actor: Actor | None, unit_id: UUID) -> Unit:
    """One unit; a unit's own account may see its own. Raises NotFound."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    require(actor, Action.VIEW_DIRECTORY, unit)
    return unit


def get_person(session: Session, actor: Actor | None, person_id: UUID) -> Person:
    """One person. Raises NotFound."""
    require(actor, Action.VIEW_DIRECTORY)
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def get_endpoint(session: Session, actor: Actor | None, endpoint_id: UUID) -> Endpoint:
    """One endpoint. Raises NotFound."""
    require(actor, Action.VIEW_DIRECTORY)
    endpoint = session.get(Endpoint, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint


def find_unit(session: Session, code: str) -> Unit | None:
    """The unit of this code, for imports and commands that check their own rights."""
    return session.scalar(select(Unit).where(Unit.code == code))


def find_endpoint(session: Session, code: str) -> Endpoint | None:
    """The endpoint of this code, for imports and commands that check their own rights."""
    return session.scalar(select(Endpoint).where(Endpoint.code == code))


def _add_with_account(session: Session, person: Person) -> None:
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        raise Invalid(field="tài khoản", reason="không tồn tại hoặc đã gắn với người khác") from error
