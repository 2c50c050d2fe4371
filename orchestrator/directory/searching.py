"""Looking entries up, page by page: by words with or without marks, by unit and kind, in use or retired.

The number of queries does not depend on the number of rows: one for the count, one for the page, one for what it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from core.permissions import Action, Actor, require
from orchestrator.directory.letters import search_patterns
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit, endpoint_unit
from orchestrator.directory.service import PROTOCOL
from orchestrator.directory.tree import in_tree_order

PAGE_ROWS = 50
MOST_ROWS = 500
Row = TypeVar("Row")
Model = TypeVar("Model", Unit, Person, Endpoint)


class Use(StrEnum):
    """Which entries are wanted."""

    ACTIVE = "active"
    RETIRED = "retired"
    ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; `number` counts pages from 1, `unit_id` finds a unit's own entries."""

    text: str = ""
    use: Use = Use.ACTIVE
    unit_id: UUID | None = None
    kind: EndpointKind | None = None
    number: int = 1
    size: int = PAGE_ROWS


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some of the entries found, and how many there are."""

    items: Sequence[Row]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages; at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class UnitLine:
    """A unit in the list: how deep it stands in the tree (0 while searching), the unit above it."""

    unit: Unit
    depth: int
    parent: Unit | None


def search_units(session: Session, actor: Actor | None, wanted: Wanted) -> Page[UnitLine]:
    """Units in the order of the tree; while searching, by code."""
    require(actor, Action.VIEW_DIRECTORY)
    conditions = _conditions(Unit, wanted)
    if wanted.unit_id is not None:
        conditions.append(Unit.parent_id == wanted.unit_id)
    keys = session.execute(select(Unit.id, Unit.parent_id).where(*conditions).order_by(Unit.code)).all()
    as_tree = not wanted.text.strip()
    ordered = in_tree_order(keys, lambda key: key[0], lambda key: key[1]) if as_tree else [(key, 0) for key in keys]
    number, size = _place(wanted, len(ordered))
    shown = ordered[(number - 1) * size : number * size]
    needed = {key for (unit_id, parent_id), _ in shown for key in (unit_id, parent_id) if key is not None}
    units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(needed)))} if needed else {}
    lines = [
        UnitLine(units[unit_id], depth, units.get(parent_id) if parent_id else None)
        for (unit_id, parent_id), depth in shown
        if unit_id in units
    ]
    return Page(lines, len(ordered), number, size)


def search_people(session: Session, actor: Actor | None, wanted: Wanted) -> Page[Person]:
    """People in the order of protocol."""
    require(actor, Action.VIEW_DIRECTORY)
    conditions = _conditions(Person, wanted)
    if wanted.unit_id is not None:
        conditions.append(Person.unit_id == wanted.unit_id)
    return _page(session, select(Person).where(*conditions).order_by(*PROTOCOL), _count(Person, conditions), wanted)


def search_endpoints(session: Session, actor: Actor | None, wanted: Wanted) -> Page[Endpoint]:
    """Endpoints by code, each with its unit and the units allowed to use it."""
    require(actor, Action.VIEW_DIRECTORY)
    conditions = _conditions(Endpoint, wanted)
    if wanted.unit_id is not None:
        allowed = select(endpoint_unit.c.endpoint_id).where(endpoint_unit.c.unit_id == wanted.unit_id)
        conditions.append(or_(Endpoint.unit_id == wanted.unit_id, Endpoint.id.in_(allowed)))
    if wanted.kind is not None:
        conditions.append(Endpoint.kind == wanted.kind)
    found = select(Endpoint).where(*conditions).order_by(Endpoint.code)
    return _page(session, found.options(selectinload(Endpoint.allowed_units)), _count(Endpoint, conditions), wanted)


def _conditions(model: type[Model], wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        model.search_text.like(pattern, escape="\\") for pattern in search_patterns(wanted.text)
    ]
    if wanted.use is not Use.ALL:
        conditions.append(model.active.is_(wanted.use is Use.ACTIVE))
    return conditions


def _count(model: type[Model], conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return select(func.count()).select_from(model).where(*conditions)


def _page(session: Session, found: Select[Any], count: Select[Any], wanted: Wanted) -> Page[Any]:
    total = session.scalar(count) or 0
    number, size = _place(wanted, total)
    return Page(session.scalars(found.offset((number - 1) * size).limit(size)).all(), total, number, size)


def _place(wanted: Wanted, total: int) -> tuple[int, int]:
    """The page asked for, or the last one where there are fewer."""
    size = min(max(wanted.size, 1), MOST_ROWS)
    return min(max(wanted.number, 1), max(1, -(-total // size))), size
