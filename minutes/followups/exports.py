"""The register of tasks as a table: XLSX, or CSV in UTF-8 with its mark, so that spreadsheets read Vietnamese.

A cell that a spreadsheet would take for a formula gets an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.clock import in_vietnam
from minutes.followups.models import Task
from minutes.followups.states import ASSIGNED, DONE, DROPPED, IN_PROGRESS
from orchestrator.directory.tables.cells import harmless

HEADINGS = (
    "STT", "Thông báo", "Ngày ban hành", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn (nguyên văn)",
    "Hạn hoàn thành", "Gia hạn đến", "Tình trạng", "Ngày hoàn thành", "Báo cáo gần nhất",
)  # fmt: skip
_WIDTHS = (6, 16, 13, 60, 28, 28, 24, 17, 13, 18, 17, 50)
_STATES = {ASSIGNED: "Mới giao", IN_PROGRESS: "Đang thực hiện", DONE: "Hoàn thành", DROPPED: "Không còn hiệu lực"}


class TableKind(StrEnum):
    """Kinds of file."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    TableKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TableKind.CSV: "text/csv",
}


def register_file(tasks: Iterable[Task], kind: TableKind, now: datetime) -> bytes:
    """The register of these tasks, in their order."""
    rows = [_row(position, task, now) for position, task in enumerate(tasks, start=1)]
    return _csv(rows) if kind is TableKind.CSV else _xlsx(rows)


def state_words(task: Task, now: datetime) -> str:
    """How the task stands, in words: late ones are called so."""
    if task.is_overdue(now):
        return "Quá hạn"
    if task.state == DONE and task.due_at and task.done_at and task.done_at > task.due_at:
        return "Hoàn thành muộn"
    return _STATES.get(task.state, task.state)


def _row(position: int, task: Task, now: datetime) -> tuple[str | int, ...]:
    words = (
        task.issue.symbol,
        f"{task.issue.issued_on:%d/%m/%Y}",
        task.action,
        task.unit.name if task.unit else "; ".join(task.lead),
        "; ".join(task.coordinating),
        task.deadline_raw,
        _moment(task.due_at),
        f"{task.extended_until:%d/%m/%Y}" if task.extended_until else "",
        state_words(task, now),
        _moment(task.done_at),
        task.reports[-1].text if task.reports else "",
    )
    return (position, *(harmless(word) for word in words))


def _moment(moment: datetime | None) -> str:
    return f"{in_vietnam(moment):%d/%m/%Y %H:%M}" if moment else ""


def _csv(rows: Sequence[Sequence[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str | int]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sổ theo dõi nhiệm vụ")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line in (HEADINGS, *rows):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=value)
            cell.font = Font(name="Times New Roman", size=12, bold=line is HEADINGS)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
