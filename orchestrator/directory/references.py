"""What entries refer to: units that exist and are used, codes that are free, a tree without circles."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import NotFound, VersionConflict
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.directory.person_codes import code_base, person_code
from orchestrator.directory.refusals import EntryRetired, UnitCircle
from orchestrator.directory.tree import closes_a_circle
from orchestrator.refusals import DuplicateCode, UnknownReference

Entry = TypeVar("Entry", Unit, Person, Endpoint)
#: Key of the transaction-level lock that puts moves in the tree in a row; any constant will do.
_TREE_LOCK = 4_711_002


def unit_in_use(session: Session, unit_id: UUID | None) -> Unit | None:
    """The unit of this identity. Raises UnknownReference, EntryRetired."""
    if unit_id is None:
        return None
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UnknownReference(what="đơn vị", id=unit_id)
    if not unit.active:
        raise EntryRetired(what="Đơn vị", name=unit.name)
    return unit


def units_in_use(session: Session, unit_ids: Sequence[UUID]) -> list[Unit]:
    """The units of these identities by code, each once. Raises UnknownReference, EntryRetired."""
    wanted = set(unit_ids)
    found = session.scalars(select(Unit).where(Unit.id.in_(wanted)).order_by(Unit.code)).all() if wanted else []
    if missing := wanted - {unit.id for unit in found}:
        raise UnknownReference(what="đơn vị", id=min(missing, key=str))
    for unit in found:
        if not unit.active:
            raise EntryRetired(what="Đơn vị", name=unit.name)
    return list(found)


def lock_tree(session: Session) -> dict[UUID, UUID | None]:
    """Keep others from moving units until this transaction ends; answers the parents of all units."""
    session.flush()
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TREE_LOCK})
    return {unit_id: parent_id for unit_id, parent_id in session.execute(select(Unit.id, Unit.parent_id))}


def check_no_circle(session: Session, unit: Unit, parent_id: UUID | None) -> None:
    """Raises UnitCircle where `unit` below this parent would stand below itself."""
    if parent_id is None or parent_id == unit.parent_id:
        return
    if closes_a_circle(lock_tree(session), unit.id, parent_id):
        parent = session.get(Unit, parent_id)
        raise UnitCircle(unit=unit.name, parent=parent.name if parent else parent_id)


def add_with_code(session: Session, row: Unit | Person | Endpoint, what: str) -> None:
    """Insert, or raise DuplicateCode."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise DuplicateCode(taken=row.code, what=what) from error


def free_person_code(session: Session, full_name: str) -> str:
    """A code from the name that nobody has."""
    base = code_base(full_name)
    taken = select(Person.code).where(func.starts_with(Person.code, base))
    return person_code(full_name, {code for code in session.scalars(taken) if code})


def locked(session: Session, model: type[Entry], entry_id: UUID, version: int) -> Entry:
    """The entry, held until the transaction ends. Raises NotFound, VersionConflict."""
    row = session.get(model, entry_id, with_for_update={"of": model, "key_share": True}, populate_existing=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise VersionConflict(current=row.version)
    return row
