"""Rows of units: a code, a name, and the code of the unit above, which may stand anywhere in the same file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Actor
from orchestrator.directory.entries import NewUnit
from orchestrator.directory.models import Unit
from orchestrator.directory.refusals import TableUnreadable
from orchestrator.directory.service import create_unit
from orchestrator.directory.tables import values
from orchestrator.directory.tables.plans import ParsedRow, RowPlan
from orchestrator.directory.tables.reader import read_table
from orchestrator.directory.tables.rules import RowRules, blame_same, units_of
from orchestrator.directory.tables.table import Column
from orchestrator.directory.tree import circle_of, in_tree_order

COLUMNS = (
    Column("code", "Mã đơn vị", ("mã",), values.needed_code, True, "Chữ không dấu, chữ số và . _ / -; ví dụ TTTT"),
    Column("name", "Tên đơn vị", ("tên",), values.needed_name, True, "Tên đầy đủ như trong văn bản"),
    Column(
        "abbreviations", "Viết tắt", ("abbreviation", "chữ viết tắt"), values.several_names, hint="Cách nhau bằng dấu ;"
    ),
    Column(
        "aliases",
        "Tên gọi khác",
        ("alias", "tên khác"),
        values.several_names,
        hint="Tên cũ, tên thường gọi; cách nhau bằng dấu ;",
    ),
    Column(
        "parent_code",
        "Đơn vị cấp trên",
        ("parent", "đơn vị cha", "trực thuộc"),
        values.optional_code,
        hint="Mã đơn vị cấp trên; để trống nếu không có",
    ),
    Column("kind", "Loại", ("loại đơn vị",), values.optional_name, hint="Vụ, cục, trung tâm, phòng…"),
)


class UnitRows(RowRules[Unit]):
    """Units by code."""

    kind = "units"
    columns = COLUMNS

    @classmethod
    def load(cls, session: Session) -> "UnitRows":
        """Against all units."""
        units = units_of(session)
        return cls(units, units)

    def said(self, entry: Unit) -> dict[str, Any]:
        """A unit in the fields of the columns."""
        return {
            "code": entry.code,
            "name": entry.name,
            "abbreviations": list(entry.abbreviations),
            "aliases": list(entry.aliases),
            "parent_code": self.code_of[entry.parent_id] if entry.parent_id else "",
            "kind": entry.kind,
        }

    def find(self, row: ParsedRow) -> Unit | None:
        """By code."""
        return self.by_exact_code(row)

    def agree(self, rows: Sequence[ParsedRow]) -> None:
        """Parents exist, nobody stands below itself, brothers have different names."""
        parents = {unit.code: self.said(unit)["parent_code"] or None for unit in self.units.values()}
        parents |= {
            row.values["code"]: row.values.get("parent_code") or parents.get(row.values["code"]) for row in rows
        }
        parents |= {row.values["code"]: None for row in rows if row.values.get("parent_code") == ""}
        for row in rows:
            above = row.values.get("parent_code", "")
            if above and above not in self.in_file:
                self.unit_of(row, "parent_code", above)
            if above and (circle := circle_of(parents, row.values["code"])):
                way = " → ".join([*circle, circle[0]])
                row.blame(self.heading("parent_code"), f"quay vòng: {way}. Một đơn vị không thể trực thuộc chính nó")
        self._refuse_namesakes(rows, parents)

    def _refuse_namesakes(self, rows: Sequence[ParsedRow], parents: Mapping[str, str | None]) -> None:
        said = {row.values["code"]: row.values["name"] for row in rows}
        names = {unit.code: unit.name for unit in self.units.values() if unit.active} | said
        brothers: dict[tuple[str, str | None], list[str]] = {}
        for code, name in names.items():
            brothers.setdefault((name, parents.get(code)), []).append(code)
        for row in rows:
            code = row.values["code"]
            same = [other for other in brothers[row.values["name"], parents.get(code)] if other != code]
            if same and self.is_altered(row, "name", "parent_code"):
                row.blame(self.heading("name"), f"trùng tên với đơn vị mã “{same[0]}” cùng cấp trên")

    def create(self, session: Session, actor: Actor | None, values: Mapping[str, Any]) -> Unit:
        """Write a new unit; it can be referred to by the rows after it."""
        given = self.columns_of(values)
        unit = create_unit(session, actor, NewUnit(**given))
        self.units = {**self.units, unit.code: unit}
        return unit

    def columns_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The code above becomes a reference."""
        given = dict(values)
        if "parent_code" in given:
            above = given.pop("parent_code")
            given["parent_id"] = self.units[above].id if above else None
        return given

    def in_order(self, rows: Sequence[RowPlan]) -> Sequence[RowPlan]:
        """Parents before their children."""
        ordered = in_tree_order(rows, lambda row: row.key, lambda row: row.values.get("parent_code") or None)
        return [row for row, _ in ordered]


def read_unit_list(path: Path) -> list[dict[str, Any]]:
    """The units of a file for readers without a database, by field; here a unit needs no code.

    Raises:
        TableUnreadable: the file, or the first cell that is wrong.
    """
    columns = tuple(replace(column, required=column.field == "name") for column in COLUMNS)
    columns = (replace(columns[0], read=values.optional_code), *columns[1:])
    try:
        table = read_table(path.read_bytes(), path.name, columns)
    except OSError as error:
        raise TableUnreadable(file=path.name, reason=error.strerror or "không mở được") from error
    if table.faults:
        raise TableUnreadable(file=path.name, reason=str(table.faults[0]).rstrip("."))
    rows = []
    for row in table.rows:
        parsed = ParsedRow(row.line, {})
        for column in table.columns:
            try:
                parsed.values[column.field] = column.read(row.cells[column.field])
            except Invalid as error:
                place = f"dòng {row.line}, cột “{column.heading}”: {error.params['reason']}"
                raise TableUnreadable(file=path.name, reason=place) from error
        rows.append(parsed)
    blame_same(rows, lambda row: row.values.get("code") or None, COLUMNS[0].heading, "mã")
    if wrong := next((row.faults[0] for row in rows if row.faults), None):
        raise TableUnreadable(file=path.name, reason=str(wrong).rstrip("."))
    return [row.values for row in rows]
