"""Appendices (forms 2.1 and 2.2) in the edit form: titles and paragraphs as text, tables as lines with cells apart.

In: the appendices as they were, and what was typed. Out: the appendices as JSON values. A table is a block of lines:
the first has the headings, cells are apart by `|` or by tabs, as a spreadsheet copies them; an empty line begins the
next table. A table nobody touched keeps what the lines do not show (its unit, its notes).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from core.errors import Invalid
from papers.content import AppendixContent
from papers.figures import ReportColumn, ReportTable
from papers.numbers import printed_cell

_INDEX = frozenset({"stt", "tt", "số tt", "số thứ tự"})
#: As Vietnamese papers print numbers: 1.234,5 or 12%.
_NUMBER = re.compile(r"-?\d+(?:\.\d{3})*(?:,\d+)?\s*%?")
_TOTAL = re.compile(r"(?:tổng|cộng|tổng số|tổng cộng)\b", re.IGNORECASE)


def appendices_typed(before: Sequence[AppendixContent], typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every appendix as typed, without those taken out, with the new one behind them. Raises Invalid."""
    kept = [
        _one(appendix, position, typed)
        for position, appendix in enumerate(before)
        if not typed.get(f"appendix-drop-{position}")
    ]
    added = _one(AppendixContent(), "new", typed)
    return [*kept, added] if any(added.values()) else kept


def table_lines(tables: Sequence[ReportTable]) -> str:
    """Tables as the form shows them."""
    return "\n\n".join("\n".join(_lines(table)) for table in tables)


def _one(before: AppendixContent, position: object, typed: Mapping[str, str]) -> dict[str, Any]:
    title = typed.get(f"appendix-title-{position}", before.title).strip()
    text = typed.get(f"appendix-text-{position}")
    paragraphs = before.paragraphs if text is None else [line.strip() for line in text.splitlines() if line.strip()]
    lines = typed.get(f"appendix-tables-{position}")
    untouched = lines is None or lines.splitlines() == table_lines(before.tables).splitlines()
    tables = before.tables if untouched else [_table(block) for block in _blocks(lines or "")]
    return {
        "title": title,
        "paragraphs": list(paragraphs),
        "tables": [table.model_dump(mode="json") for table in tables],
    }


def _lines(table: ReportTable) -> Iterator[str]:
    rows = [[column.heading for column in table.columns], *table.rows, *([table.total] if table.total else [])]
    for row in rows:
        yield " | ".join(" ".join(printed_cell(cell).replace("|", "/").split()) for cell in row)


def _blocks(text: str) -> list[list[str]]:
    lines = groupby(text.splitlines(), key=lambda line: bool(line.strip()))
    return [list(block) for is_full, block in lines if is_full]


def _table(lines: Sequence[str]) -> ReportTable:
    headings, *rows = [_cells(line) for line in lines]
    for number, row in enumerate(rows, start=2):
        if len(row) > len(headings):
            raise Invalid(field="bảng của phụ lục", reason=f"dòng {number} có nhiều ô hơn dòng tiêu đề")
    filled = [tuple(row + [""] * (len(headings) - len(row))) for row in rows]
    total = filled.pop() if filled and _is_total(filled[-1]) else None
    columns = tuple(
        ReportColumn(heading=heading, kind=_kind(heading, [row[at] for row in filled]))
        for at, heading in enumerate(headings)
    )
    return ReportTable(columns=columns, rows=tuple(filled), total=total)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t" if "\t" in line else "|")]


def _is_total(row: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell), "")
    return _TOTAL.match(first) is not None


def _kind(heading: str, cells: Sequence[str]) -> Any:
    if " ".join(heading.casefold().split()) in _INDEX:
        return "index"
    written = [cell for cell in cells if cell and cell != "-"]
    return "number" if written and all(_NUMBER.fullmatch(cell) for cell in written) else "text"
