"""What belongs to an object: every row that leads to it by foreign keys, and what names those rows without a key.

Comes in: the object's table and id, and the tables that are kept. Goes out: the rows to delete, table by table, and the
keys of all stored files they name. It is read from the schema itself, so a table added tomorrow is found too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, Table, Text, any_, bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from core.database import Base

#: A key of the storage, wherever in a row it stands (`core.storage`).
KEY_PATTERN = r"[a-z][a-z0-9-]{0,40}/[0-9a-f]{2}/[0-9a-f]{32}(?:\.[a-z0-9]{1,8})?"
#: Columns that name any object of the house without a foreign key.
LOOSE_COLUMNS = frozenset({"object_id", "about_id", "meeting_id"})
#: Of these, the shell keeps its own rows about the object itself, emptied (`erasing.Emptied`).
HISTORY = frozenset({"lifecycle_event"})
#: The trail, and the purges themselves, are never deleted from.
NEVER = frozenset({"audit_row", "purge"})

_Values = dict[tuple[str, str], set[object]]


@dataclass
class Extent:
    """The rows by table, with the condition that finds them."""

    root_id: UUID
    conditions: dict[str, ColumnElement[bool]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    #: All identities of the rows, without the object's own.
    ids: set[UUID] = field(default_factory=set)
    object_keys: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.counts.values())


def measure(session: Session, root: Table, root_id: UUID, kept: Iterable[str]) -> Extent:
    """Find everything; nothing is changed."""
    session.flush()
    extent = Extent(root_id)
    spared = NEVER | set(kept) | {root.name}
    tables = [table for table in Base.metadata.sorted_tables if table.name not in spared]
    values: _Values = {(root.name, "id"): {root_id}}
    _sweep(session, extent, tables, values, {})
    # Once more: what hangs on the loose ones (the recipients of a mail) hangs on the object through them.
    _sweep(session, extent, tables, values, _loose_links(tables, extent))
    for table in tables:
        if table.name in extent.conditions:
            extent.object_keys |= _keys(session, table, extent.conditions[table.name])
    return extent


def referenced_keys(table: Table) -> Iterable[tuple[Column[object], tuple[str, str]]]:
    """The foreign keys of a table that lead to the identity of a row: (column, (table, column) it leads to)."""
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        if key.column.primary_key:
            yield key.parent, (key.column.table.name, key.column.name)


def _sweep(
    session: Session,
    extent: Extent,
    tables: Iterable[Table],
    values: _Values,
    loose: Mapping[str, ColumnElement[bool]],
) -> None:
    for table in tables:
        while True:
            links = [among(column, found) for column, name in referenced_keys(table) if (found := values.get(name))]
            links += [loose[table.name]] if table.name in loose else []
            before = extent.counts.get(table.name, 0)
            if links:
                _note(session, extent, table, or_(*links), values)
            # Rows that lead to rows of the same table (a successor, a correction) may bring more of them.
            of_itself = any(key.column.table is table for key in table.foreign_keys)
            if not of_itself or extent.counts.get(table.name, 0) == before:
                break


def _note(session: Session, extent: Extent, table: Table, condition: ColumnElement[bool], values: _Values) -> None:
    identity = list(table.primary_key.columns)
    rows = session.execute(select(*identity).where(condition)).all()
    if not rows:
        return
    extent.conditions[table.name], extent.counts[table.name] = condition, len(rows)
    if len(identity) == 1:
        values[table.name, identity[0].name] = {row[0] for row in rows}
        extent.ids |= {row[0] for row in rows if isinstance(row[0], UUID)}


def _loose_links(tables: Iterable[Table], extent: Extent) -> dict[str, ColumnElement[bool]]:
    found: dict[str, ColumnElement[bool]] = {}
    for table in tables:
        ids: set[object] = {*extent.ids} if table.name in HISTORY else {*extent.ids, extent.root_id}
        links = [among(column, ids) for column in table.columns if _is_loose(column)]
        if table.name == "outbox_event":
            links.append(_says_one_of(table, extent.ids))
        if links:
            found[table.name] = or_(*links)
    return found


def _is_loose(column: Column[object]) -> bool:
    return column.name in LOOSE_COLUMNS and not column.foreign_keys


def _says_one_of(events: Table, ids: Iterable[UUID]) -> ColumnElement[bool]:
    said = func.jsonb_each_text(events.c.payload).table_valued("key", "value", name="said")
    wanted = bindparam(None, sorted(map(str, ids)), type_=ARRAY(Text))
    return select(1).select_from(said).where(said.c.value == any_(wanted)).exists()


def among(column: ColumnElement[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """`column = ANY (values)`, with one parameter however many there are."""
    return column == any_(bindparam(None, sorted(values, key=str), type_=ARRAY(column.type)))


def _keys(session: Session, table: Table, condition: ColumnElement[bool]) -> set[str]:
    # The whole row as text: keys stand in columns, in lists and inside JSON.
    rows = func.regexp_matches(text(f'"{table.name}"::text'), KEY_PATTERN, "g").label("keys")
    found = session.execute(select(rows).select_from(table).where(condition))
    return {keys[0] for (keys,) in found}
