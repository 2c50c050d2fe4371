"""The directory as a file, in the columns in which it can be read in again: CSV (UTF-8 with its mark) or XLSX.

Only entries in use are written out. A cell that a spreadsheet would take for a formula gets an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, require
from orchestrator.directory.models import EndpointKind
from orchestrator.directory.tables.cells import harmless
from orchestrator.directory.tables.imports import rules_of
from orchestrator.directory.tables.table import Column
from orchestrator.directory.tables.values import KIND_WORDS

FILE_NAMES = {"units": "don-vi", "people": "nguoi-du-hop", "endpoints": "diem-cau"}
_SHEET_NAMES = {"units": "Đơn vị", "people": "Người dự họp", "endpoints": "Điểm cầu"}
_GUIDE = "Hướng dẫn"
_WIDTHS = (12, 60)
_LETTER_ALLOWANCE = 4


class FileKind(StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    FileKind.CSV: "text/csv",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class ExportedFile:
    """A file to hand out."""

    filename: str
    media_type: str
    data: bytes


def export_table(session: Session, actor: Actor | None, kind: str, file_kind: FileKind) -> ExportedFile:
    """All entries in use. Raises NotFound (kind)."""
    require(actor, Action.VIEW_DIRECTORY)
    rules = rules_of(kind).load(session)
    said = (rules.said(entry) for entry in rules.entries.values() if entry.active)
    rows = [[_cell(values[column.field]) for column in rules.columns] for values in said]
    return _file(kind, file_kind, rules.columns, rows, FILE_NAMES[kind])


def empty_table(kind: str, file_kind: FileKind) -> ExportedFile:
    """A file to fill in: headings, and in a workbook a sheet that says what may stand where. Raises NotFound."""
    return _file(kind, file_kind, rules_of(kind).columns, [], f"mau-{FILE_NAMES.get(kind, kind)}")


def _file(
    kind: str, file_kind: FileKind, columns: Sequence[Column], rows: Iterable[Sequence[str | int]], name: str
) -> ExportedFile:
    data = _csv(columns, rows) if file_kind is FileKind.CSV else _xlsx(_SHEET_NAMES[kind], columns, list(rows))
    return ExportedFile(f"{name}.{file_kind}", MEDIA_TYPES[file_kind], data)


def _cell(value: Any) -> str | int:
    if value is None:
        return ""
    if isinstance(value, EndpointKind):
        return KIND_WORDS[value]
    if isinstance(value, int):
        return value
    return harmless("; ".join(value) if isinstance(value, list) else str(value))


def _csv(columns: Sequence[Column], rows: Iterable[Sequence[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in columns])
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(title: str, columns: Sequence[Column], rows: Sequence[Sequence[str | int]]) -> bytes:
    book = Workbook(write_only=True)
    _sheet(book, title, [column.heading for column in columns], rows)
    guide = [(column.heading, "bắt buộc" if column.required else "", column.hint) for column in columns]
    _sheet(book, _GUIDE, ["Cột", "Bắt buộc", "Cách ghi"], guide)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, headings: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings):
        longest = max([len(heading), *(len(str(row[place])) for row in rows)])
        width = min(max(longest + _LETTER_ALLOWANCE, _WIDTHS[0]), _WIDTHS[1])
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    bold = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=heading)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
