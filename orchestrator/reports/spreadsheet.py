"""A compiled report as a workbook: figures as numbers with their formats, all else as text that cannot calculate.

In: `Compiled`. Out: bytes of an XLSX. A cell that people typed is always a string with the quote prefix, so that
neither a spreadsheet nor a person editing the cell turns `=HYPERLINK(…)` into a formula.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.clock import in_vietnam
from orchestrator.reports.compiled import Compiled, UnitReport, is_roster
from orchestrator.reports.definition import Indicator, Kind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000
_NAMES = {"in_time": "Đúng hạn", "late": "Quá hạn", "missing": "Chưa nộp"}
_FORMATS = {Kind.INTEGER: "#,##0", Kind.DECIMAL: "#,##0.####"}
_CHANGE_FORMAT = "+#,##0.####;-#,##0.####;0"
_BOLD = Font(name="Times New Roman", bold=True)
_PLAIN = Font(name="Times New Roman")
_HEAD = PatternFill("solid", fgColor="E4EEF7")
_SIDE = Side(style="thin", color="B8BCC4")
_EDGE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def workbook(compiled: Compiled, revision: int) -> bytes:
    """Sheets `Tổng hợp` (or `Lịch trực`), `Tình hình nộp`, `Điều chỉnh` where there are corrections."""
    book = Workbook()
    first = book.active
    if first is None:  # openpyxl types the active sheet as optional; a new workbook has one
        first = book.create_sheet()
    head = [compiled.form_name, f"Kỳ báo cáo: {compiled.period_name}", f"Bản tổng hợp số {revision}"]
    if is_roster(compiled.definition):
        first.title = "Lịch trực"
        _table(first, head, ["Ngày", "Đơn vị", "Họ và tên", "Lãnh đạo"], _roster(compiled))
    else:
        first.title = "Tổng hợp"
        _figures(first, head, compiled)
    _table(book.create_sheet("Tình hình nộp"), head, *_states(compiled))
    if compiled.corrected:
        rows = [
            [row.unit_name, row.revision, _moment(row.corrected_at), row.author, row.reason]
            for row in compiled.corrected
        ]
        _table(book.create_sheet("Điều chỉnh"), head, ["Đơn vị", "Bản số", "Thời điểm", "Người sửa", "Lý do"], rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _figures(sheet: Worksheet, head: Sequence[str], compiled: Compiled) -> None:
    items = compiled.definition.indicators
    headings = ["Đơn vị", *(f"{item.label} ({item.unit})" if item.unit else item.label for item in items), "Ghi chú"]
    rows = [[row.unit_name, *(_value(item, row) for item in items), _remark(row)] for row in compiled.rows]
    last = _table(sheet, head, headings, rows)
    for place, item in enumerate(items, start=2):
        if item.is_figure:
            for line in range(last - len(rows) + 1, last + 1):
                sheet.cell(line, place).number_format = _FORMATS[item.kind]
    for name, values, number_format in _foot(compiled):
        last += 1
        _put(sheet.cell(last, 1), name, bold=True)
        for place, item in enumerate(items, start=2):
            number = Decimal(values[item.code]) if item.code in values else None
            shown_as = number_format or _FORMATS.get(item.kind, "")
            _put(sheet.cell(last, place), number, bold=True, number_format=shown_as)
    for check in compiled.checks:
        last += 1
        _put(sheet.cell(last, 1), f"Cần xem lại: {check}", edge=False)


def _foot(compiled: Compiled) -> list[tuple[str, Mapping[str, str], str]]:
    """Total, total of the period before, change: name, values by code, number format (empty: that of the figure)."""
    lines = [("Cộng", compiled.totals, "")]
    if compiled.before:
        lines += [
            (f"Kỳ trước ({compiled.before.name})", compiled.before.totals, ""),
            ("Tăng, giảm", compiled.changes, _CHANGE_FORMAT),
        ]
    return [line for line in lines if line[1]]


def _value(item: Indicator, row: UnitReport) -> Any:
    value = (row.values or {}).get(item.code)
    if value is None:
        return None
    if item.is_figure:
        return Decimal(str(value))
    return date.fromisoformat(value) if item.kind is Kind.DATE else str(value)


def _remark(row: UnitReport) -> str:
    marks = (
        *(["chưa nộp"] if row.status == "missing" else []),
        *(["không phát sinh"] if row.is_nil else []),
        *(["nộp quá hạn"] if row.status == "late" else []),
        *([f"đã điều chỉnh, bản số {row.revision}"] if row.is_corrected else []),
        *([row.note] if row.note else []),
    )
    return "; ".join(marks)


def _states(compiled: Compiled) -> tuple[list[str], list[list[Any]]]:
    headings = ["Mã", "Đơn vị", "Tình hình", "Nộp lúc", "Bản số", "Không phát sinh"]
    return headings, [
        [
            row.unit_code,
            row.unit_name,
            _NAMES[row.status],
            _moment(row.submitted_at),
            row.revision or None,
            "x" if row.is_nil else None,
        ]
        for row in compiled.rows
    ]


def _roster(compiled: Compiled) -> list[list[Any]]:
    rows = [
        (date.fromisoformat(item["day"]), row.unit_name, item["name"], "x" if item["is_leader"] else None)
        for row in compiled.rows
        for item in (row.values or {}).get("roster", [])
    ]
    return [list(row) for row in sorted(rows, key=lambda row: (row[0], row[1], row[3] is None, row[2]))]


def _table(sheet: Worksheet, head: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Write head, headings and rows; returns the last line written."""
    for line, text in enumerate(head, start=1):
        _put(sheet.cell(line, 1), text, bold=line == 1, edge=False)
    top = len(head) + 2
    for place, text in enumerate(headings, start=1):
        cell = sheet.cell(top, place)
        _put(cell, text, bold=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(place)].width = 34 if place == 1 else 18
    for line, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row, start=1):
            _put(sheet.cell(line, place), value)
    sheet.freeze_panes = f"B{top + 1}"
    return top + len(rows)


def _put(cell: Any, value: Any, *, bold: bool = False, edge: bool = True, number_format: str = "") -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        # Set after the value: openpyxl takes whatever begins with "=" for a formula.
        cell.data_type = "s"
        cell.quotePrefix = True
    elif value is not None:
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "hh:mm dd/mm/yyyy"
        elif isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    if number_format:
        cell.number_format = number_format
    cell.font = _BOLD if bold else _PLAIN
    if edge and isinstance(cell, Cell):
        cell.border = _EDGE


def _moment(stored: str) -> datetime | None:
    """On a clock in Hà Nội; a workbook knows no zones."""
    return in_vietnam(datetime.fromisoformat(stored)).replace(tzinfo=None, microsecond=0) if stored else None
