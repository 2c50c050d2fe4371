"""Changing entries of the directory: edit, move, link with an account, retire, restore, delete.

Every function names the version it starts from, locks the row, and records what was before and what is after.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.accounts import Account
from core.errors import Invalid
from core.permissions import Action, Actor, require
from orchestrator.directory.entries import (
    NewEndpoint,
    NewPerson,
    NewUnit,
    endpoint_values,
    person_values,
    unit_values,
)
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.directory.references import (
    check_no_circle,
    lock_tree,
    locked,
    unit_in_use,
    units_in_use,
)
from orchestrator.directory.refusals import EntryRetired, HasActiveUnits, StillInUse
from orchestrator.refusals import DuplicateCode, UnknownReference

Kept = Unit | Person | Endpoint
WORDS: dict[type[Kept], str] = {Unit: "đơn vị", Person: "người", Endpoint: "điểm cầu"}
NAMES_SHOWN = 3


def change_unit(session: Session, actor: Actor | None, unit_id: UUID, new: NewUnit, version: int) -> Unit:
    """Edit or move a unit with everything below it.

    Raises:
        NotFound, VersionConflict, Invalid, DuplicateCode, UnknownReference, EntryRetired, UnitCircle.
    """
    require(actor, Action.MANAGE_DIRECTORY)
    # Before any row: two who move units into each other would otherwise wait for each other for ever.
    lock_tree(session)
    unit = locked(session, Unit, unit_id, version)
    values = unit_values(new)
    if new.parent_id != unit.parent_id:
        unit_in_use(session, new.parent_id)
        check_no_circle(session, unit, new.parent_id)
    write(session, actor, unit, values)
    return unit


def change_person(session: Session, actor: Actor | None, person_id: UUID, new: NewPerson, version: int) -> Person:
    """Edit a person; the link to an account stays. Raises as `change_unit` without the tree."""
    require(actor, Action.MANAGE_DIRECTORY)
    person = locked(session, Person, person_id, version)
    values = person_values(new)
    if new.unit_id != person.unit_id:
        unit_in_use(session, new.unit_id)
    write(session, actor, person, values)
    return person


def link_account(
    session: Session, actor: Actor | None, person_id: UUID, account_id: UUID | None, version: int
) -> Person:
    """Say which account is this person's own; None takes the link away.

    Raises:
        NotFound, VersionConflict, EntryRetired. UnknownReference: no such account.
        Invalid: the account is somebody else's already.
    """
    require(actor, Action.MANAGE_DIRECTORY)
    require(actor, Action.MANAGE_ACCOUNTS)
    person = locked(session, Person, person_id, version)
    if account_id == person.account_id:
        return person
    if account_id is not None:
        _check_free(session, person, account_id)
    before = person.account_id
    try:
        with session.begin_nested():
            person.account_id = account_id
            person.version += 1
    except IntegrityError as error:
        raise Invalid(field="tài khoản", reason="vừa được gắn với người khác, hãy tải lại trang") from error
    verb = "account_linked" if account_id else "account_unlinked"
    audit.record(session, actor, f"person.{verb}", "person", person.id, account_id=account_id or before)
    return person


def change_endpoint(
    session: Session, actor: Actor | None, endpoint_id: UUID, new: NewEndpoint, version: int
) -> Endpoint:
    """Edit an endpoint and the units allowed to use it. Raises as `change_unit` without the tree."""
    require(actor, Action.MANAGE_DIRECTORY)
    endpoint = locked(session, Endpoint, endpoint_id, version)
    values = endpoint_values(new)
    if new.unit_id != endpoint.unit_id:
        unit_in_use(session, new.unit_id)
    kept = {unit.id: unit for unit in endpoint.allowed_units if unit.id in new.allowed_unit_ids}
    added = units_in_use(session, [unit_id for unit_id in new.allowed_unit_ids if unit_id not in kept])
    values["allowed_units"] = sorted([*kept.values(), *added], key=lambda unit: unit.code)
    write(session, actor, endpoint, values)
    return endpoint


def retire(session: Session, actor: Actor | None, model: type[Kept], entry_id: UUID, version: int) -> Kept:
    """Take an entry out of the lists to choose from; what refers to it stays. Raises HasActiveUnits for a unit."""
    require(actor, Action.MANAGE_DIRECTORY)
    if model is Unit:
        lock_tree(session)
    entry = _locked_any(session, model, entry_id, version)
    if isinstance(entry, Unit):
        names = session.scalars(
            select(Unit.name).where(Unit.parent_id == entry.id, Unit.active).order_by(Unit.code)
        ).all()
        if names:
            shown = ", ".join(names[:NAMES_SHOWN]) + ("…" if len(names) > NAMES_SHOWN else "")
            raise HasActiveUnits(unit=entry.name, count=len(names), names=shown)
    write(session, actor, entry, {"active": False}, "retired")
    return entry


def restore(session: Session, actor: Actor | None, model: type[Kept], entry_id: UUID, version: int) -> Kept:
    """Use a retired entry again. Raises EntryRetired where the unit above it is retired."""
    require(actor, Action.MANAGE_DIRECTORY)
    entry = _locked_any(session, model, entry_id, version)
    unit_in_use(session, entry.parent_id if isinstance(entry, Unit) else entry.unit_id)
    write(session, actor, entry, {"active": True}, "restored")
    return entry


def delete(session: Session, actor: Actor | None, model: type[Kept], entry_id: UUID, version: int) -> str:
    """Delete an entry that nothing refers to; answers its name. Raises StillInUse."""
    require(actor, Action.MANAGE_DIRECTORY)
    entry = _locked_any(session, model, entry_id, version)
    name = entry.full_name if isinstance(entry, Person) else entry.name
    said = {column: _plain(getattr(entry, column)) for column in ("code", "version")}
    try:
        with session.begin_nested():
            session.delete(entry)
    except IntegrityError as error:
        raise StillInUse(what=WORDS[model], name=name) from error
    kind = model.__tablename__
    audit.record(session, actor, f"{kind}.deleted", kind, entry_id, before=said | {"name": name})
    return name


def write(session: Session, actor: Actor | None, entry: Kept, values: Mapping[str, Any], verb: str = "changed") -> bool:
    """Write what differs and record it; answers whether anything did. Raises DuplicateCode."""
    before = {name: getattr(entry, name) for name in values}
    changed = [name for name, value in values.items() if _plain(before[name]) != _plain(value)]
    if not changed:
        return False
    # Set inside the savepoint: opening one writes what was set before, and a refusal there would end everything.
    try:
        with session.begin_nested():
            for name in changed:
                setattr(entry, name, values[name])
            entry.version += 1
    except IntegrityError as error:
        raise DuplicateCode(taken=values.get("code"), what=WORDS[type(entry)]) from error
    kind = type(entry).__tablename__
    audit.record(
        session,
        actor,
        f"{kind}.{verb}",
        kind,
        entry.id,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(values[name]) for name in changed},
    )
    return True


def _check_free(session: Session, person: Person, account_id: UUID) -> None:
    if not person.active:
        raise EntryRetired(what="Người", name=person.full_name)
    if session.get(Account, account_id) is None:
        raise UnknownReference(what="tài khoản", id=account_id)
    holder = session.scalar(select(Person.full_name).where(Person.account_id == account_id))
    if holder is not None:
        raise Invalid(field="tài khoản", reason=f"đã gắn với “{holder}”, hãy gỡ ở người đó trước")


def _locked_any(session: Session, model: type[Kept], entry_id: UUID, version: int) -> Kept:
    if model is Unit:
        return locked(session, Unit, entry_id, version)
    if model is Person:
        return locked(session, Person, entry_id, version)
    return locked(session, Endpoint, entry_id, version)


def _plain(value: Any) -> Any:
    """As the audit trail keeps it: units by their codes, the rest as text where JSON has no word for it."""
    if isinstance(value, list | tuple):
        return [item.code if isinstance(item, Unit) else _plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, UUID | datetime):
        return str(value)
    return value
