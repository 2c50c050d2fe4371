"""The rule of rows that all kinds share: read the cells, find the entry meant, compare, and find fault.

A kind says its columns, how an entry is written in them, which entry a row means, and what it must agree with. Only
columns that the file has are compared and changed; an empty cell in such a column empties the field.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Actor
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.directory.tables.plans import ImportPlan, ParsedRow, RowPlan, RowStatus
from orchestrator.directory.tables.table import Column, Table

Entry = TypeVar("Entry", Unit, Person, Endpoint)


class RowRules(ABC, Generic[Entry]):
    """The rules of one kind, against the directory as it stands."""

    #: Name of the kind in addresses and files.
    kind: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    #: The field that a row is shown by.
    shown: ClassVar[str] = "name"

    def __init__(self, entries: Sequence[Entry], units: Sequence[Unit]) -> None:
        self.entries: Mapping[UUID, Entry] = {entry.id: entry for entry in entries}
        self.units: Mapping[str, Unit] = {unit.code: unit for unit in units}
        self.code_of: Mapping[UUID, str] = {unit.id: unit.code for unit in units}
        #: Codes of the file that is being planned, those of faulty rows too.
        self.in_file: frozenset[str] = frozenset()
        #: Entries by their code, and by their code in small letters: a slip is found as quickly as a hit.
        self.by_code: Mapping[str, Entry] = {entry.code: entry for entry in entries if entry.code}
        self.by_folded: Mapping[str, Entry] = {code.casefold(): entry for code, entry in self.by_code.items()}

    # --- what a kind says -------------------------------------------------------------------------------------------

    @classmethod
    @abstractmethod
    def load(cls, session: Session) -> "RowRules[Entry]":
        """The rules with everything they compare with."""

    @abstractmethod
    def said(self, entry: Entry) -> dict[str, Any]:
        """The entry in the fields of the columns, as `Column.read` gives them."""

    @abstractmethod
    def find(self, row: ParsedRow) -> Entry | None:
        """The entry this row means; blames the row where that cannot be told."""

    @abstractmethod
    def agree(self, rows: Sequence[ParsedRow]) -> None:
        """Blame rows that contradict each other or the directory."""

    @abstractmethod
    def create(self, session: Session, actor: Actor | None, values: Mapping[str, Any]) -> Entry:
        """Write a new entry."""

    @abstractmethod
    def columns_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Fields of a file as columns of the table: codes of units become references."""

    def in_order(self, rows: Sequence[RowPlan]) -> Sequence[RowPlan]:
        """The order in which rows are written."""
        return rows

    # --- what all share ---------------------------------------------------------------------------------------------

    def plan(self, table: Table) -> ImportPlan:
        """What the table would do."""
        self.in_file = frozenset(row.cells.get("code", "") for row in table.rows)
        rows: list[ParsedRow] = self._parsed(table)
        for row in rows:
            if not row.faults:
                self._find(row)
        self._refuse_twice(rows)
        self.agree([row for row in rows if not row.faults])
        faults = sorted([*table.faults, *(fault for row in rows for fault in row.faults)])
        plans = [] if faults else [self._planned(table, row) for row in rows]
        return ImportPlan(table.name, plans, faults, table.ignored)

    def heading(self, field: str) -> str:
        """The heading of a field."""
        return next(column.heading for column in self.columns if column.field == field)

    def by_exact_code(self, row: ParsedRow) -> Entry | None:
        """The entry of the row's code; one that differs only in capitals is blamed as a slip."""
        code = row.values["code"]
        near = self.by_folded.get(code.casefold())
        if near is not None and code not in self.by_code:
            row.blame(self.heading("code"), f"“{code}” chỉ khác chữ hoa, chữ thường với mã “{near.code}” đã có")
        return self.by_code.get(code)

    def unit_of(self, row: ParsedRow, field: str, code: str) -> None:
        """Blame the row unless this code names a unit in use, or the one it has already."""
        unit = self.units.get(code)
        entry = self.entries.get(row.entry_id) if row.entry_id else None
        if code and unit is None:
            row.blame(self.heading(field), f"không có đơn vị mã “{code}”. Hãy thêm đơn vị trước hoặc sửa mã")
        elif unit is not None and not unit.active and (entry is None or code not in _codes(self.said(entry)[field])):
            row.blame(self.heading(field), f"đơn vị “{unit.name}” đã ngừng sử dụng")

    def is_altered(self, row: ParsedRow, *fields: str) -> bool:
        """Whether the row is new or differs from its entry in one of these fields."""
        entry = self.entries.get(row.entry_id) if row.entry_id else None
        said = self.said(entry) if entry else {}
        return entry is None or any(field in row.values and row.values[field] != said[field] for field in fields)

    def _parsed(self, table: Table) -> list[ParsedRow]:
        blamed = {(fault.line, fault.column) for fault in table.faults}
        blamed_lines = {line for line, _ in blamed}
        rows = []
        for source in table.rows:
            row = ParsedRow(source.line, {})
            for column in table.columns:
                if (source.line, column.heading) in blamed:
                    continue
                try:
                    row.values[column.field] = column.read(source.cells[column.field])
                except Invalid as refusal:
                    row.blame(column.heading, str(refusal.params["reason"]))
            # A row whose cells cannot all be read is not compared any further.
            if row.faults or row.line not in blamed_lines:
                rows.append(row)
        return rows

    def _find(self, row: ParsedRow) -> None:
        entry = self.find(row)
        if entry is None:
            return
        row.entry_id = entry.id
        if not entry.active:
            row.blame("", f"mã “{entry.code}” đã ngừng sử dụng. Hãy khôi phục trên màn hình danh mục trước khi nhập")

    def _refuse_twice(self, rows: Sequence[ParsedRow]) -> None:
        first: dict[object, int] = {}
        for row in rows:
            code = str(row.values.get("code") or "")
            for key in (("mã", code.casefold()) if code else None, ("mục", row.entry_id) if row.entry_id else None):
                if key is not None and (line := first.setdefault(key, row.line)) != row.line:
                    row.blame(self.heading("code"), f"trùng với dòng {line}. Mỗi mục chỉ được có một dòng")
                    break

    def _planned(self, table: Table, row: ParsedRow) -> RowPlan:
        entry = self.entries.get(row.entry_id) if row.entry_id else None
        key, name = str(row.values.get("code") or (entry.code if entry else "") or ""), str(row.values[self.shown])
        if entry is None:
            return RowPlan(row.line, key, name, RowStatus.NEW, row.values)
        said = self.said(entry)
        changed = tuple(
            column.heading
            for column in table.columns
            if column.field in row.values and row.values[column.field] != said[column.field]
        )
        status = RowStatus.CHANGED if changed else RowStatus.UNCHANGED
        return RowPlan(row.line, key, name, status, row.values, entry.id, changed)


def units_of(session: Session) -> Sequence[Unit]:
    """All units, retired ones too, for an import says when a row refers to one."""
    return session.scalars(select(Unit).order_by(Unit.code)).all()


def blame_same(rows: Sequence[ParsedRow], key: Callable[[ParsedRow], object], column: str, what: str) -> None:
    """Blame every row whose key another row of the file has already; None is no key."""
    first: dict[object, int] = {}
    for row in rows:
        value = key(row)
        if value is not None and (line := first.setdefault(value, row.line)) != row.line:
            row.blame(column, f"{what} trùng với dòng {line}")


def _codes(said: Any) -> Sequence[str]:
    return said if isinstance(said, list) else [said]
