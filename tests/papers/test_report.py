"""Reports: figures the Vietnamese way, tables inside the margins over many pages, a clear word above the bound."""

import time
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pydantic import ValidationError
from pypdf import PdfReader

from papers import form
from papers.checking.pdf_reading import read_pdf
from papers.checks import check_file
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.refusals import TableTooLarge
from papers.report import MAXIMUM_ROWS, ReportColumn, ReportContent, ReportSection, ReportTable, lay_out_report
from papers.sheet import Sheet, Table
from tests.papers.conftest import Save
from tests.papers.samples import figures, report

DAY = date(2026, 11, 22)


def with_table(table: ReportTable, **changes: Any) -> ReportContent:
    return report(sections=(ReportSection(tables=(table,)),), **changes)


def only_table(sheet: Sheet) -> Table:
    (table,) = [block.table for block in sheet.blocks if block.table]
    return table


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_parts_tables_and_notes_in_the_order_of_print() -> None:
    blocks = lay_out_report(report(), 12, DAY).blocks
    assert [block.role for block in blocks] == ["text", "section", "text", "table", "note", "section", "table", "text"]
    assert blocks[1].text == "I. TÌNH HÌNH CHUNG"
    assert blocks[-1].text == "Văn phòng Bộ kính báo cáo./."


def test_figures_are_grouped_and_the_sum_is_strong() -> None:
    table = only_table(lay_out_report(with_table(figures())))
    assert table.rows[0].cells[:3] == ("1", "Văn phòng Bộ", "1.234")
    assert [row.strong for row in table.rows] == [False] * 6 + [True]
    assert table.rows[-1].cells[:3] == ("", "Tổng cộng", "25.914")
    assert [column.align for column in table.columns] == ["centre", "left", "right", "right", "right", "right"]
    assert table.unit == "Đơn vị tính: người"


def test_decimals_have_a_comma_and_nothing_stays_nothing() -> None:
    columns = (ReportColumn(heading="Chỉ tiêu"), ReportColumn(heading="Tỷ lệ", kind="number"))
    table = ReportTable(columns=columns, rows=(("Đúng hạn", Decimal("95.50")), ("Chưa có", None), ("Không", 0)))
    assert [row.cells[1] for row in only_table(lay_out_report(with_table(table))).rows] == ["95,50", "", "0"]


@pytest.mark.parametrize(
    ("addressees", "printed"),
    [
        ((), ()),
        (("Lãnh đạo Bộ.",), ("Kính gửi: Lãnh đạo Bộ",)),
        (("Bộ Mẫu", "Bộ Thử"), ("Kính gửi:", "- Bộ Mẫu;", "- Bộ Thử.")),
    ],
)
def test_addressees_stand_on_the_line_or_below_it(addressees: tuple[str, ...], printed: tuple[str, ...]) -> None:
    assert lay_out_report(report(addressees=addressees)).addressees == printed


def test_a_report_that_ends_in_figures_gets_words_for_its_end_mark() -> None:
    blocks = lay_out_report(with_table(figures(), closing="")).blocks
    assert blocks[-1].text == "Trên đây là báo cáo của Văn phòng Bộ./."
    assert "./." not in "".join(block.text for block in blocks[:-1])


def test_an_empty_report_still_makes_both_files() -> None:
    sheet = lay_out_report(ReportContent())
    assert render_docx(sheet).startswith(b"PK")
    assert render_pdf(sheet).startswith(b"%PDF")


# --- tables on paper ---


@pytest.mark.parametrize("numbers", [1, 4, 9, 12])
def test_a_wide_table_keeps_inside_the_margins(save: Save, numbers: int) -> None:
    sheet = lay_out_report(with_table(figures(40, numbers)), 12, DAY)
    table = only_table(sheet)
    assert sum(column.width_mm for column in table.columns) == pytest.approx(form.TEXT_WIDTH_MM)
    reading = read_pdf(save(render_pdf(sheet), "a.pdf"))
    boxes = [line.box for line in reading.lines if line.in_table and line.box]
    assert min(box.left for box in boxes) >= form.MARGIN_LEFT_MM
    assert max(box.right for box in boxes) <= form.PAGE_WIDTH_MM - form.MARGIN_RIGHT_MM
    assert "1.234" in " ".join(line.text for line in reading.lines), "numbers are never broken"


def test_figures_stand_on_the_right_of_their_column(save: Save) -> None:
    sheet = lay_out_report(with_table(figures(3, 2)), 12, DAY)
    reading = read_pdf(save(render_pdf(sheet), "a.pdf"))
    edge = form.PAGE_WIDTH_MM - form.MARGIN_RIGHT_MM - form.TABLE_PADDING_MM
    last = [line.box for line in reading.lines if line.in_table and line.text.strip().replace(".", "").isdigit()]
    rights = sorted(box.right for box in last if box)[-4:]
    assert rights == pytest.approx([edge] * 4, abs=0.3)


def test_headings_come_again_on_every_page(save: Save) -> None:
    sheet = lay_out_report(with_table(figures(150, 6)), 12, DAY)
    pages = PdfReader(BytesIO(render_pdf(sheet))).pages
    assert len(pages) >= 3
    figured = [page.extract_text() for page in pages if "Vụ Pháp chế\n" in page.extract_text()]
    assert all("Tổng số" in text and "Đơn vị" in text for text in figured)
    table = next(found for found in Document(BytesIO(render_docx(sheet))).tables if len(found.columns) == 8)
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert len(rows) == 152


def test_a_cell_higher_than_a_page_runs_over_two() -> None:
    columns = (ReportColumn(heading="Mục"), *(ReportColumn(heading=f"Cột {at}", kind="number") for at in range(9)))
    table = ReportTable(columns=columns, rows=(("giải trình " * 90, *([1234567890] * 9)),))
    laid_out = only_table(lay_out_report(with_table(table)))
    assert laid_out.rows[0].may_break
    printed = text_of(render_pdf(lay_out_report(with_table(table))))
    assert printed.count("giải") == 90


def test_a_name_of_three_hundred_letters_wraps_inside_its_column(save: Save) -> None:
    name = "Đ" * 300
    content = with_table(
        ReportTable(columns=(ReportColumn(heading=name), ReportColumn(heading="Số", kind="number")), rows=((name, 1),)),
        issuing_body=name,
        subject=name,
        addressees=(name,),
        opening=(name,),
        recipients=(name, "Lưu: VT"),
        signer=report().signer.model_copy(update={"name": name}),
    )
    sheet = lay_out_report(content, 12, DAY)
    reading = read_pdf(save(render_pdf(sheet), "a.pdf"))
    boxes = [line.box for line in reading.lines if line.box]
    assert max(box.right for box in boxes) <= form.PAGE_WIDTH_MM - form.MARGIN_RIGHT_MM + 0.5
    assert sum(line.text.count("Đ") for line in reading.lines) >= 8 * 300
    words = "".join(part.text or "" for part in Document(BytesIO(render_docx(sheet))).element.body.iter(qn("w:t")))
    assert words.count(name) >= 5, "a word processor breaks the word by itself"
    assert "\u200b" not in words


# --- bounds and bad input ---


@pytest.mark.parametrize(("rows", "columns"), [(2000, 3), (MAXIMUM_ROWS + 1, 1), (1, 15)])
def test_a_table_above_the_bound_is_refused_in_words(rows: int, columns: int) -> None:
    with pytest.raises(TableTooLarge) as refused:
        ReportTable(columns=(ReportColumn(heading="Cột"),) * columns, rows=((1,) * columns,) * rows)
    assert str(MAXIMUM_ROWS) in refused.value.sentence()
    assert "tách" in refused.value.sentence()


def test_many_tables_together_are_bounded_too() -> None:
    half = ReportTable(columns=(ReportColumn(),), rows=((1,),) * (MAXIMUM_ROWS // 2 + 1))
    with pytest.raises(TableTooLarge):
        report(sections=(ReportSection(tables=(half, half)),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": ()},
        {"columns": (ReportColumn(),), "rows": ((1, 2),)},
        {"columns": (ReportColumn(),), "total": ()},
        {"columns": (ReportColumn(),), "rows": (("x" * 1001,),)},
        {"columns": (ReportColumn(),), "rows": ((Decimal("NaN"),),)},
    ],
)
def test_a_table_that_does_not_add_up_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ReportTable(**wrong)


def test_a_full_table_is_printed_in_seconds() -> None:
    content = with_table(figures(MAXIMUM_ROWS, 9))
    started = time.process_time()
    sheet = lay_out_report(content, 12, DAY)
    docx, pdf = render_docx(sheet), render_pdf(sheet)
    assert time.process_time() - started < 20, "a bound against running away, not a measure"
    assert len(docx) > 1000
    assert len(PdfReader(BytesIO(pdf)).pages) > 20


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("content", [report(), with_table(figures(60, 9), closing="", addressees=("Bộ A", "Bộ B"))])
def test_what_we_render_passes_every_check(save: Save, kind: str, content: ReportContent) -> None:
    sheet = lay_out_report(content, 12, DAY)
    results = check_file(save(render_docx(sheet) if kind == "docx" else render_pdf(sheet), f"bc.{kind}"))
    assert [result.line() for result in results if result.ok is False] == []
