"""An appendix as somebody types or pastes it: paragraphs, and tables copied out of a spreadsheet.

In: text; lines with tabs between their cells make a table, its first line the headings. Out: an `AppendixContent`.
Figures in the Vietnamese way (`1.234,5`) become numbers where all of their column are. Pure.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from papers.content import AppendixContent
from papers.figures import Cell, Kind, ReportColumn, ReportTable
from papers.numbers import printed_cell
from papers.values import clean_text

_FIGURE = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d{1,15}(,\d+)?")
_INDEX_HEADINGS = frozenset({"stt", "tt", "số tt", "số thứ tự"})
#: Codes begin with a 0, and years stand without a point: no figures.
_YEAR = re.compile(r"(19|20)\d\d")
_LEADING_ZERO = re.compile(r"-?0\d")


def appendix_of(title: str, text: str) -> AppendixContent:
    """Paragraphs first, then tables, as the form has them. Raises TableTooLarge, pydantic.ValidationError."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    groups = [(tabbed, list(group)) for tabbed, group in groupby(lines, key=lambda line: "\t" in line)]
    return AppendixContent(
        title=title,
        paragraphs=tuple(line for tabbed, group in groups if not tabbed for line in group),
        tables=tuple(_table([line.split("\t") for line in group]) for tabbed, group in groups if tabbed),
    )


def text_of(appendix: AppendixContent) -> str:
    """The same appendix as text to edit: `appendix_of` makes the same of it, but for captions and notes."""
    lines = list(appendix.paragraphs)
    for table in appendix.tables:
        rows = [*table.rows, *([table.total] if table.total is not None else [])]
        lines.append("\t".join(column.heading for column in table.columns))
        lines += ["\t".join(printed_cell(cell) for cell in row) for row in rows]
    return "\n".join(lines)


def _table(rows: Sequence[Sequence[str]]) -> ReportTable:
    width = max(len(row) for row in rows)
    cells = [[clean_text(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    headings, body = cells[0], cells[1:]
    kinds = [_kind(heading, [row[at] for row in body]) for at, heading in enumerate(headings)]
    return ReportTable(
        columns=tuple(ReportColumn(heading=heading, kind=kind) for heading, kind in zip(headings, kinds, strict=True)),
        rows=tuple(tuple(_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in body),
    )


def _kind(heading: str, cells: Sequence[str]) -> Kind:
    if heading.casefold().rstrip(".") in _INDEX_HEADINGS:
        return "index"
    written = [cell for cell in cells if cell]
    if all(_YEAR.fullmatch(cell) for cell in written):
        return "text"
    return "number" if all(_is_figure(cell) for cell in written) else "text"


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None and not _LEADING_ZERO.match(text)


def _cell(text: str, kind: Kind) -> Cell:
    if kind != "number" or not text:
        return text or None
    plain = text.replace(".", "").replace(",", ".")
    return Decimal(plain) if "." in plain else int(plain)
