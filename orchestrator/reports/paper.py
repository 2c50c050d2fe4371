"""A compiled report as a paper: Báo cáo by form 1.4 of Decree 30/2020, with its tables.

In: `Compiled` and the names of the house. Out: `ReportContent`; number and date are left to the registrar (art. 15).
Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.clock import in_vietnam
from orchestrator.reports.compiled import Compiled, UnitReport, is_roster
from orchestrator.reports.definition import Indicator
from orchestrator.reports.values import shown
from papers.header import spoken_date
from papers.numbers import Cell
from papers.report import MAXIMUM_COLUMNS, ReportColumn, ReportContent, ReportSection, ReportTable
from papers.signers import SignerBlock

#: Figures beside the unit's name that still leave them readable on A4.
MOST_FIGURES_A_TABLE = 7
#: Rosters of many units are too long for a paper: then it says who has reported, and the list is in the workbook.
MOST_ROSTER_ROWS = 900


@dataclass(frozen=True)
class House:
    """Who issues the paper."""

    parent: str
    body: str
    code: str
    place: str


def report_content(compiled: Compiled, revision: int, house: House) -> ReportContent:
    """The paper of one compiled revision."""
    return ReportContent(
        issuing_parent=house.parent,
        issuing_body=house.body,
        symbol_suffix=f"BC-{house.code}" if house.code else "BC",
        place=house.place,
        subject=f"Tổng hợp {_lowered(compiled.form_name)} {_period(compiled)}"[:500],
        addressees=(compiled.addressee,) if compiled.addressee else (),
        opening=tuple(_opening(compiled, revision, house.body)),
        sections=tuple(_sections(compiled)),
        closing=f"Trên đây là tổng hợp {_lowered(compiled.form_name)} {_period(compiled)}.",
        recipients=(*(["Như trên"] if compiled.addressee else []), "Các đơn vị báo cáo", "Lưu: VT"),
        signer=_signer(compiled),
    )


def _signer(compiled: Compiled) -> SignerBlock:
    """`TL. BỘ TRƯỞNG; CHÁNH VĂN PHÒNG` → the line of authority, and the signer's own office."""
    *authority, title = [part.strip() for part in compiled.signer_title.split(";")]
    return SignerBlock(authority_lines=tuple(authority), title=title, name=compiled.signer_name)


def _opening(compiled: Compiled, revision: int, body: str) -> Iterator[str]:
    deadline = _moment(compiled.cut_off_at)
    yield f"{body} tổng hợp {_lowered(compiled.form_name)} {_period(compiled)} (hạn nộp {deadline}) như sau:"
    if revision > 1:
        said = "vì số liệu đã điều chỉnh hoặc có đơn vị nộp thêm"
        yield f"Bản này là bản tổng hợp số {revision:02d}, thay bản trước {said}."


def _sections(compiled: Compiled) -> Iterator[ReportSection]:
    yield ReportSection(heading="Tình hình báo cáo", paragraphs=tuple(_states(compiled)))
    if is_roster(compiled.definition):
        yield _roster(compiled)
    else:
        if compiled.totals:
            yield ReportSection(heading="Số liệu tổng hợp", tables=(_totals(compiled),))
        tables = tuple(_by_unit(compiled))
        if tables:
            yield ReportSection(heading="Số liệu theo đơn vị", tables=tables)
    remarks = [f"{row.unit_name}: {row.note}" for row in compiled.rows if row.note]
    said = (*compiled.checks, *remarks)
    if said:
        yield ReportSection(heading="Nội dung cần lưu ý", paragraphs=said)


def _states(compiled: Compiled) -> Iterator[str]:
    count = f"Có {len(compiled.reported):02d}/{len(compiled.rows):02d} đơn vị đã báo cáo"
    yield f"{count}, trong đó {len(compiled.late):02d} đơn vị báo cáo sau hạn{_listed(compiled.late)}."
    if compiled.missing:
        yield f"Có {len(compiled.missing):02d} đơn vị chưa báo cáo{_listed(compiled.missing)}."
    nil = [row for row in compiled.rows if row.is_nil]
    if nil:
        yield f"Có {len(nil):02d} đơn vị báo cáo không phát sinh{_listed(nil)}."
    for row in compiled.corrected:
        when = f"bản số {row.revision:02d}, {_moment(row.corrected_at)}"
        yield f"Đã điều chỉnh: {row.unit_name}, {when}; lý do: {row.reason}."


def _totals(compiled: Compiled) -> ReportTable:
    columns = [
        ReportColumn(heading="STT", kind="index"),
        *(ReportColumn(heading="Chỉ tiêu"), ReportColumn(heading="Đơn vị tính")),
        ReportColumn(heading="Kỳ này", kind="number"),
    ]
    if compiled.before:
        columns += [ReportColumn(heading=text, kind="number") for text in ("Kỳ trước", "Tăng (+), giảm (-)")]
    items = [item for item in compiled.definition.figures if item.code in compiled.totals]
    rows = tuple(
        (
            *(number, item.label, item.unit, _number(compiled.totals[item.code])),
            *((_known(compiled.before.totals, item), compiled.change(item)) if compiled.before else ()),
        )
        for number, item in enumerate(items, start=1)
    )
    note = f"Kỳ trước: {compiled.before.name}." if compiled.before else ""
    return ReportTable(columns=tuple(columns), rows=rows, notes=(note,) if note else ())


def _by_unit(compiled: Compiled) -> Iterator[ReportTable]:
    items = compiled.definition.indicators
    for first in range(0, len(items), MOST_FIGURES_A_TABLE):
        part = items[first : first + min(MOST_FIGURES_A_TABLE, MAXIMUM_COLUMNS - 2)]
        columns = (
            ReportColumn(heading="STT", kind="index"),
            ReportColumn(heading="Đơn vị"),
            *(ReportColumn(heading=_heading(item), kind="number" if item.is_figure else "text") for item in part),
        )
        rows = tuple(
            (number, _marked(row), *(_cell(item, row) for item in part))
            for number, row in enumerate(compiled.rows, start=1)
        )
        sums = tuple(_known(compiled.totals, item) for item in part)
        yield ReportTable(columns=columns, rows=rows, total=(None, "Cộng", *sums) if any(sums) else None)


def _roster(compiled: Compiled) -> ReportSection:
    rows: list[tuple[str, str, str, str]] = []
    for row in compiled.rows:
        by_day: dict[str, list[dict[str, Any]]] = {}
        for item in (row.values or {}).get("roster", []):
            by_day.setdefault(item["day"], []).append(item)
        for day, people in by_day.items():
            leaders, others = (_names(people, leader) for leader in (True, False))
            rows.append((day, row.unit_name, leaders, others))
    if len(rows) > MOST_ROSTER_ROWS:
        return ReportSection(heading="Lịch trực", paragraphs=("Lịch trực từng ngày ở bảng tính kèm theo.",))
    table = ReportTable(
        columns=tuple(ReportColumn(heading=text) for text in ("Ngày", "Đơn vị", "Lãnh đạo trực", "Người trực")),
        rows=tuple((f"{date.fromisoformat(day):%d/%m/%Y}", *rest) for day, *rest in sorted(rows)),
    )
    return ReportSection(heading="Lịch trực", tables=(table,) if rows else ())


def _names(people: Sequence[dict[str, Any]], leader: bool) -> str:
    return ", ".join(item["name"] for item in people if item["is_leader"] is leader)


def _marked(row: UnitReport) -> str:
    marks = (
        *(["chưa báo cáo"] if row.status == "missing" else []),
        *(["đã điều chỉnh"] if row.is_corrected else []),
    )
    return f"{row.unit_name} ({', '.join(marks)})" if marks else row.unit_name


def _cell(item: Indicator, row: UnitReport) -> Cell:
    value = (row.values or {}).get(item.code)
    if value is None:
        return None
    return _number(str(value)) if item.is_figure else shown(item, value)


def _known(values: Any, item: Indicator) -> Cell:
    return _number(values[item.code]) if item.code in values else None


def _number(text: str) -> int | Decimal:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number


def _heading(item: Indicator) -> str:
    return f"{item.label} ({item.unit})" if item.unit else item.label


def _listed(rows: Sequence[UnitReport]) -> str:
    return f": {', '.join(row.unit_name for row in rows)}" if rows else ""


def _period(compiled: Compiled) -> str:
    first, last = date.fromisoformat(compiled.starts_on), date.fromisoformat(compiled.ends_on)
    return spoken_date(first) if first == last else f"từ {spoken_date(first)} đến {spoken_date(last)}"


def _moment(stored: str) -> str:
    return in_vietnam(datetime.fromisoformat(stored)).strftime("%H giờ %M ngày %d/%m/%Y")


def _lowered(name: str) -> str:
    """`Báo cáo nhanh` inside a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
