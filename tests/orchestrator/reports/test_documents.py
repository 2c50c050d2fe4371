"""The files of a compiled report: a workbook without formulas, and a paper with the same figures."""

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Actor
from orchestrator.reports import forms, presets
from orchestrator.reports.compilations import compile_period
from orchestrator.reports.documents import report_file
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import Compilation, ReportPeriod
from orchestrator.reports.submissions import Submission, submit
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import Desk, at, report

Units = Callable[[UUID], Actor]
HOSTILE = '=HYPERLINK("http://x.example","bấm")'


@pytest.fixture
def compiled(session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock) -> Compilation:
    """Yesterday and today; one unit corrected, one late, one nil with a hostile note, one missing."""
    first, second, third, _ = desk.units
    submit(session, unit_of(first), desk.period(session).id, first, report())
    fixed_clock.now = at(10, day=9)
    today = desk.period(session, 9)
    submit(session, unit_of(first), today.id, first, report(values={"tong_so": "1234", "dang_cach_ly": "1146"}))
    submit(session, unit_of(second), today.id, second, Submission(is_nil=True, note=HOSTILE))
    better = report(values={"tong_so": "1235", "dang_cach_ly": "1147"}, reason="+1 đếm sót")
    submit(session, unit_of(first), today.id, first, better)
    fixed_clock.now = at(16, 1, day=9)
    submit(session, unit_of(third), today.id, third, report())
    return compile_period(session, desk.secretary, today.id)


def book_of(session: Session, desk: Desk, compiled: Compilation) -> Workbook:
    return load_workbook(io.BytesIO(report_file(session, desk.secretary, compiled.id, "xlsx").data))


def test_the_workbook_has_numbers_and_no_formulas(session: Session, desk: Desk, compiled: Compilation) -> None:
    book = book_of(session, desk, compiled)
    assert book.sheetnames == ["Tổng hợp", "Tình hình nộp", "Điều chỉnh"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    hostile = [cell for cell in cells if isinstance(cell.value, str) and "HYPERLINK" in cell.value]
    assert [(cell.data_type, cell.quotePrefix) for cell in hostile] == [("s", True)]
    sheet = book["Tổng hợp"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    assert rows["Cộng"][1].value == 1369
    assert rows["Cộng"][1].number_format == "#,##0"
    assert rows["Tăng, giảm"][1].value == 1235
    assert rows["Văn phòng Bộ"][4].value == "đã điều chỉnh, bản số 2"
    assert rows["Học viện Hành chính"][4].value == "chưa nộp"
    assert book["Điều chỉnh"]["E6"].value == "+1 đếm sót"


def test_docx_and_pdf_say_the_same(session: Session, desk: Desk, compiled: Compilation) -> None:
    docx = Document(io.BytesIO(report_file(session, desk.secretary, compiled.id, "docx").data))
    words = "\n".join(paragraph.text for paragraph in docx.paragraphs)
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    pdf = PdfReader(io.BytesIO(report_file(session, desk.secretary, compiled.id, "pdf").data))
    page = " ".join("\n".join(sheet.extract_text() for sheet in pdf.pages).split())
    for text in ("Có 03/04 đơn vị đã báo cáo", "01 đơn vị báo cáo sau hạn", "01 đơn vị chưa báo cáo"):
        assert text in words
        assert text in page
    assert "Đã điều chỉnh: Văn phòng Bộ, bản số 02" in words
    assert {"1.369", "1.235", "Văn phòng Bộ (đã điều chỉnh)"} <= set(cells)
    assert "BÁO CÁO" in page
    assert words.count("./.") + "".join(cells).count("./.") == 1


def test_the_paper_names_addressee_and_signer(session: Session, desk: Desk, compiled: Compilation) -> None:
    plan = FormPlan(
        *(desk.form.name, desk.units, desk.form.plan(), "Ban Chỉ đạo phòng, chống dịch"),
        signer_title="TL. BỘ TRƯỞNG; CHÁNH VĂN PHÒNG",
        signer_name="Đặng Thị Thùy Linh",
    )
    forms.change_form(session, desk.secretary, desk.form.id, plan)
    row = compile_period(session, desk.secretary, compiled.period_id)
    assert row.number == 2
    docx = Document(io.BytesIO(report_file(session, desk.secretary, row.id, "docx").data))
    words = [paragraph.text for paragraph in docx.paragraphs]
    cells = [cell.text for table in docx.tables for line in table.rows for cell in line.cells]
    assert "Kính gửi: Ban Chỉ đạo phòng, chống dịch" in words
    assert any("TL. BỘ TRƯỞNG" in cell and "Đặng Thị Thùy Linh" in cell for cell in cells)


def test_a_roster_becomes_a_list_by_day(session: Session, desk: Desk, unit_of: Units) -> None:
    preset = presets.ROSTER
    plan = FormPlan(preset.name, desk.units, preset.schedule)
    form = forms.create_form(session, desk.secretary, preset.key, plan, preset.definition)
    period = session.query(ReportPeriod).filter_by(form_id=form.id).order_by(ReportPeriod.starts_on).first()
    assert period is not None
    rows = [{"day": f"2026-04-{day}", "name": "Phan Quốc Bảo", "is_leader": True} for day in range(13, 20)]
    rows.append({"day": "2026-04-13", "name": "=Ỷ Thị Ngữ", "is_leader": False})
    submit(session, unit_of(desk.units[0]), period.id, desk.units[0], Submission({"roster": rows}))
    row = compile_period(session, desk.secretary, period.id)
    sheet = book_of(session, desk, row)["Lịch trực"]
    assert [cell.value for cell in sheet[6]][1:] == ["Văn phòng Bộ", "Phan Quốc Bảo", "x"]
    assert sheet["C7"].data_type == "s"
    docx = Document(io.BytesIO(report_file(session, desk.secretary, row.id, "docx").data))
    cells = [cell.text for table in docx.tables for line in table.rows for cell in line.cells]
    assert {"13/04/2026", "Phan Quốc Bảo", "=Ỷ Thị Ngữ"} <= set(cells)


def test_files_are_the_offices(session: Session, desk: Desk, unit_of: Units, compiled: Compilation) -> None:
    with pytest.raises(NotFound):
        report_file(session, unit_of(desk.units[0]), compiled.id, "xlsx")
    with pytest.raises(NotFound):
        report_file(session, desk.secretary, compiled.id, "exe")


def test_the_name_of_a_file_is_plain(session: Session, desk: Desk, compiled: Compilation) -> None:
    name = report_file(session, desk.secretary, compiled.id, "xlsx").filename
    assert name == "bao-cao-nhanh-so-lieu-cach-ly-2026-04-09-ban-1.xlsx"
