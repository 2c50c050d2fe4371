"""Put the invented ministry into the database; asked twice it changes nothing."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory.models import Person
from orchestrator.directory.service import (
    NewEndpoint,
    NewPerson,
    NewUnit,
    add_membership,
    create_endpoint,
    create_person,
    create_unit,
    find_endpoint,
    find_unit,
)
from orchestrator.words import plain_letters
from web.demo.ministry import ACCOUNTS, ENDPOINTS, PEOPLE, UNITS, SampleAccount
from web.demo.sign_ins import ensure_account, ensure_administrator


def load_sample(runtime: Runtime) -> dict[str, int]:
    """Make what is missing of the ministry; returns how many of each kind there are in the sample."""
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
        administrator = ensure_administrator(session, runtime.settings.home)
        units = {unit.code: _unit(session, administrator, unit.code) for unit in UNITS}
        for person in PEOPLE:
            _person(session, administrator, person.full_name, person.title, units[person.unit])
        for endpoint in ENDPOINTS:
            if find_endpoint(session, endpoint.code) is None:
                new = NewEndpoint(
                    endpoint.code,
                    endpoint.name,
                    endpoint.kind,
                    units[endpoint.unit],
                    f"Phòng họp {endpoint.name}",
                    endpoint.capacity,
                )
                create_endpoint(session, administrator, new)
        for account in ACCOUNTS:
            _account(session, runtime, administrator, account, units)
    return {"units": len(UNITS), "people": len(PEOPLE), "endpoints": len(ENDPOINTS), "accounts": len(ACCOUNTS) + 1}


def _unit(session: Session, actor: Actor, code: str) -> UUID:
    known = find_unit(session, code)
    if known is not None:
        return known.id
    sample = next(unit for unit in UNITS if unit.code == code)
    return create_unit(session, actor, NewUnit(code, sample.name, sample.abbreviations, sample.aliases)).id


def _person(session: Session, actor: Actor, full_name: str, title: str, unit_id: UUID) -> None:
    if session.scalar(select(Person.id).where(Person.full_name == full_name, Person.unit_id == unit_id)) is None:
        rank = 1 + next(rank for rank, person in enumerate(PEOPLE) if person.full_name == full_name)
        address = f"{plain_letters(full_name).replace('-', '.')}@bomau.example.vn"
        create_person(session, actor, NewPerson(full_name, title, unit_id, email=address, protocol_rank=rank))


def _account(session: Session, runtime: Runtime, actor: Actor, sample: SampleAccount, units: dict[str, UUID]) -> None:
    account = ensure_account(session, runtime.settings.home, sample)
    if sample.unit:
        add_membership(session, actor, account.id, units[sample.unit])
