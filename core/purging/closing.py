"""Between the request for a purge and its end nobody reads what is to be destroyed: such rows are not there to be read.

In: the purges that are asked for or on their way. Out: within `closed_to_reading`, every query over the classes of the
house passes by what leads to their meetings: by foreign keys as the purge itself follows them, and by the loose names
of objects (mails, passages of the search). It is read from the schema, so a table added tomorrow is closed too. Where
no purge is open, which is nearly always, nothing is changed and one small query was asked.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, event, false, func, not_, or_, select
from sqlalchemy.orm import LoaderCriteriaOption, Mapper, ORMExecuteState, Session
from sqlalchemy.orm.util import AliasedInsp

from core.database import Base
from core.purging import states
from core.purging.extent import LOOSE_COLUMNS, NEVER, among, referenced_keys
from core.purging.models import Purge

#: The life cycle of an object is shown with the object only; a hold names no content.
_LEFT_OPEN = NEVER | {"lifecycle_event", "retention_hold"}
#: For so long a process goes by what it found; whether a purge is open is asked anew each time.
KEPT_SECONDS = 10.0


@dataclass(frozen=True)
class Closed:
    """What is closed: the objects themselves with the purge of each, and the identities of what leads to them."""

    #: meeting → its purge
    purges: Mapping[UUID, UUID] = field(default_factory=dict)
    #: (table, column) → identities other rows may lead to
    ids: Mapping[tuple[str, str], frozenset[object]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.purges)

    @cached_property
    def identities(self) -> frozenset[object]:
        """All of them together."""
        return frozenset[object]().union(*self.ids.values())

    @cached_property
    def conditions(self) -> list[tuple[type[object], ColumnElement[bool]]]:
        """What is true of a closed row, class by class."""
        found = [(mapper.class_, _condition(mapper, self)) for mapper in Base.registry.mappers]
        return [(kind, condition) for kind, condition in found if condition is not None]


_NOTHING = Closed()
_roots: set[str] = set()
_last: tuple[float, Closed] = (0.0, _NOTHING)
_closed: ContextVar[Closed] = ContextVar("closed_to_reading", default=_NOTHING)


def open_purges(session: Session) -> dict[UUID, UUID]:
    """Meetings that somebody wants destroyed or that are being destroyed, with their purges."""
    query = select(Purge.object_id, Purge.id).where(Purge.state.in_((states.ASKED, states.CONFIRMED)))
    return {object_id: purge_id for object_id, purge_id in session.execute(query)}


def purged_of(root: Table) -> None:
    """Say once per process which table purges are of; the room that has it does."""
    _roots.add(root.name)


def what_is_closed(session: Session) -> Closed:
    """Everything that leads to the objects of the open purges."""
    global _last  # one per process: what an open purge reaches hardly changes, for nothing new comes in
    purges = open_purges(session)
    if not purges:
        return _NOTHING
    at, known = _last
    if known.purges == purges and time.monotonic() - at < KEPT_SECONDS:
        return known
    known = _reached(session, purges)
    _last = (time.monotonic(), known)
    return known


def _reached(session: Session, purges: Mapping[UUID, UUID]) -> Closed:
    ids: dict[tuple[str, str], frozenset[object]] = {(root, "id"): frozenset(purges) for root in _roots}
    led_to = {name for table in Base.metadata.sorted_tables for _, name in referenced_keys(table)}
    with letting_read():
        for table in Base.metadata.sorted_tables:
            identity = [column for column in table.primary_key if (table.name, column.name) in led_to]
            links = [among(column, ids[name]) for column, name in _leading_on(table) if name in ids]
            if identity and links and table.name not in _LEFT_OPEN | _roots:
                ids[table.name, identity[0].name] = frozenset(session.scalars(select(identity[0]).where(or_(*links))))
    return Closed(purges, {name: found for name, found in ids.items() if found})


def close(closed: Closed) -> None:
    """From now on this thread of work passes by what is closed; `close(Closed())` opens everything again."""
    _closed.set(closed)


@contextmanager
def letting_read() -> Iterator[None]:
    """For the purge itself: everything is there."""
    token = _closed.set(_NOTHING)
    try:
        yield
    finally:
        _closed.reset(token)


@contextmanager
def nothing_closed_read(session: Session) -> Iterator[None]:
    """Inside the block this thread of work passes by what is closed."""
    token = _closed.set(what_is_closed(session))
    try:
        yield
    finally:
        _closed.reset(token)


class _PassedBy(LoaderCriteriaOption):
    """`with_loader_criteria`, which leaves the class's own columns in a join onto the class under another name."""

    #: Statements with it are compiled once, as with its parent.
    _traverse_internals = LoaderCriteriaOption._traverse_internals

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = super()._resolve_where_criteria(ext_info)
        return ext_info._adapter.traverse(found) if isinstance(ext_info, AliasedInsp) else found


@event.listens_for(Session, "do_orm_execute")
def _pass_by(state: ORMExecuteState) -> None:
    closed = _closed.get()
    # Rows that are loaded through others come with the conditions of those.
    if not closed or not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(
        *(_PassedBy(kind, not_(condition), include_aliases=True) for kind, condition in closed.conditions)
    )


def _condition(mapper: Mapper[object], closed: Closed) -> ColumnElement[bool] | None:
    table = mapper.local_table
    if not isinstance(table, Table) or table.name in _LEFT_OPEN:
        return None
    links = [(column, closed.ids.get((table.name, column.name))) for column in table.primary_key]
    links += [(column, closed.ids.get(name)) for column, name in _leading_on(table)]
    links += [(column, closed.identities) for column in table.columns if _is_loose(column)]
    # Of the class, not of the table: it follows where a query reads the class under another name.
    found = [among(mapper.get_property_by_column(column).class_attribute, ids) for column, ids in links if ids]
    # An empty link leads nowhere.
    return or_(*(func.coalesce(link, false()) for link in found)) if found else None


def _leading_on(table: Table) -> list[tuple[Column[object], tuple[str, str]]]:
    return [(column, name) for column, name in referenced_keys(table) if name[0] != table.name]


def _is_loose(column: Column[object]) -> bool:
    return column.name in LOOSE_COLUMNS and not column.foreign_keys
