"""F01–F15: what we render passes every one; each fault, put in on purpose, is found by its own check and no other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from pypdf import PdfWriter

from minutes.notices.content import NoticeContent
from minutes.notices.sheet import lay_out
from papers import form
from papers.checking.legacy_letters import damaged_words
from papers.checks import CheckResult, MeetingFacts, UnreadableDocument, check_file
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.sheet import Block, Sheet
from papers.signers import SignerBlock
from tests.minutes.samples import board_notice, long_notice, notice
from tests.papers.conftest import Save
from tests.papers.printing import notice_docx, notice_pdf

DAY = date(2026, 4, 9)
CODES = [f"F{number:02d}" for number in range(1, 16)]
GOOD = {
    "ordinary": notice(),
    "board": board_notice(),
    "urgent": notice(urgency="HỎA TỐC", circulation="Lưu hành nội bộ", address="Số 8 Tôn Thất Thuyết, Hà Nội"),
    "long": long_notice(70),
    "citing": notice(
        closing="Căn cứ Công văn số 1904/BM-VP ngày 04/5/2021 của Bộ Mẫu về việc tăng cường họp trực tuyến, Văn phòng "
        "Bộ thông báo để các đơn vị biết, thực hiện Công văn số 1904/BM-VP"
    ),
}


def failures(results: list[CheckResult]) -> dict[str, str]:
    return {result.code: result.sentence for result in results if result.ok is False}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("issued", [True, False])
def test_what_we_render_passes_every_check(save: Save, name: str, kind: str, issued: bool) -> None:
    render = notice_docx if kind == "docx" else notice_pdf
    given: tuple[Any, ...] = (5, DAY) if issued else ()
    data = render(GOOD[name], *given, draft=not issued)
    results = check_file(save(data, f"{name}.{kind}"))
    assert [result.code for result in results] == CODES
    assert failures(results) == {}
    not_judged = {result.code for result in results if result.ok is None}
    assert not_judged <= {"F10", "F13"}, "everything else is judged on both formats"


# --- faults in a DOCX ---


def edited(change: Callable[[DocxDocument], None], content: NoticeContent | None = None) -> bytes:
    document = Document(BytesIO(notice_docx(content or notice(), 5, DAY)))
    change(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraph(document: DocxDocument, start: str) -> Paragraph:
    everywhere = (Paragraph(element, document) for element in document.element.body.iter(qn("w:p")))
    return next(found for found in everywhere if found.text.strip().startswith(start))


def reword(start: str, new: str) -> Callable[[DocxDocument], None]:
    def change(document: DocxDocument) -> None:
        paragraph(document, start).runs[0].text = new

    return change


def _letter_paper(document: DocxDocument) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(215.9), Mm(279.4)


def _thin_bottom_margin(document: DocxDocument) -> None:
    document.sections[0].bottom_margin = Mm(7.5)


def _arial(document: DocxDocument) -> None:
    fonts = paragraph(document, "Sau khi").runs[0]._element.rPr.rFonts
    fonts.set(qn("w:ascii"), "Arial")
    fonts.set(qn("w:hAnsi"), "Arial")


def _motto_rule_too_long(document: DocxDocument) -> None:
    rule = next(p for p in _all(document) if p._p.style == "KeTieuNgu")
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(5)


def _agency_rule_as_long_as_its_line(document: DocxDocument) -> None:
    rule = next(p for p in _all(document) if p._p.style == "KeCoQuan")
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(27)


def _subject_rule_missing(document: DocxDocument) -> None:
    rule = next(p for p in _all(document) if p._p.style == "KeTrichYeu")
    rule._p.getparent().remove(rule._p)


def _underlined_motto(document: DocxDocument) -> None:
    paragraph(document, "Độc lập").runs[0].underline = True


def _recipients_in_twelve(document: DocxDocument) -> None:
    for line in _all(document):
        if line._p.style == "DanhSachNhan":
            line.runs[0].font.size = Pt(12)


def _signature_may_break(document: DocxDocument) -> None:
    row = document.tables[-1].rows[0]
    row._tr.trPr.remove(row._tr.trPr.find(qn("w:cantSplit")))
    for line in row.cells[-1].paragraphs:
        line.paragraph_format.keep_with_next = False


def _all(document: DocxDocument) -> list[Paragraph]:
    return [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]


DOCX_FAULTS: list[tuple[str, Callable[[DocxDocument], None], str]] = [
    ("F01", _letter_paper, "216 × 279"),
    ("F02", _thin_bottom_margin, "lề dưới 7.5 mm"),
    ("F03", _arial, "Arial"),
    ("F03", reword("Sau khi", "Sau khi phõn cụng, bõo cõo kết quả:"), "phõn, cụng"),
    ("F04", reword("Độc lập", "Độc lập – Tự do – Hạnh phúc"), "gạch nối"),
    ("F04", reword("Độc lập", "Độc lập -Tự do - Hạnh phúc"), "gạch nối"),
    ("F05", _motto_rule_too_long, "bằng dòng chữ"),
    ("F05", _agency_rule_as_long_as_its_line, "1/3 đến 1/2"),
    ("F05", _subject_rule_missing, "trích yếu"),
    ("F05", _underlined_motto, "gạch chân"),
    ("F06", reword("Số:", "Số: 9/TB-BM"), "nhỏ hơn 10"),
    ("F06", reword("Số:", "Số 15/TB-BM"), "dấu “:”"),
    ("F06", reword("Số:", "Số: 15 /TB-BM"), "dấu cách"),
    ("F06", reword("Hà Nội", "Hà Nội, ngày 9 tháng 4 năm 2026"), "ngày 9"),
    ("F06", reword("Hà Nội", "Hà Nội, ngày 09 tháng 2 năm 2026"), "tháng 2"),
    ("F06", reword("Hà Nội", "Hà Nội, ngày 09 tháng 04 năm 2026"), "tháng 04"),
    ("F07", reword("Hà Nội", "TP. Hồ Chí Minh, ngày 09 tháng 4 năm 2026"), "viết tắt"),
    ("F08", _recipients_in_twelve, "cỡ 11"),
    ("F08", reword("- Lưu", "- Lưu: VT, VP (05)"), "dấu chấm"),
    ("F08", reword("- Lưu", "- Ban biên tập."), "thiếu dòng “Lưu"),
    ("F09", reword("Đặng Thị", "TS. Đặng Thị Thùy Linh"), "TS. Đặng"),
    ("F09", reword("Đặng Thị", "Thạc sĩ Đặng Thị Thùy Linh"), "học vị"),
    ("F10", reword("Sau khi", "Thực hiện Công văn số 12/BM-VP, Thứ trưởng kết luận:"), "thiếu ngày"),
    ("F11", reword("Trên đây", "Trên đây là kết luận để các đơn vị thực hiện."), "thiếu “./.”"),
    ("F11", reword("Sau khi", "Sau khi nghe báo cáo./."), "có 2 dấu"),
    ("F12", _signature_may_break, "tách"),
    ("F14", reword("2. ", "1. Các đơn vị gửi báo cáo nhanh."), "khoản “1.”"),
    ("F14", reword("II. ", "I. NHIỆM VỤ"), "mục “I.”"),
    ("F15", reword("Số:", "Số:          /TB-BM"), "chưa cấp số"),
    ("F15", reword("Hà Nội", "Hà Nội, ngày      tháng      năm 2026"), "chưa ghi ngày"),
]


@pytest.mark.parametrize(("code", "change", "words"), DOCX_FAULTS)
def test_a_fault_in_a_docx_is_found_by_its_check_alone(
    save: Save, code: str, change: Callable[[DocxDocument], None], words: str
) -> None:
    found = failures(check_file(save(edited(change), "a.docx")))
    assert set(found) == {code}
    assert words in found[code]


# --- faults in a PDF ---


def printed(**changes: Any) -> bytes:
    return render_pdf(replace(lay_out(notice(), 5, DAY), **changes))


def last_block_says(text: str) -> tuple[Block, ...]:
    return (*lay_out(notice()).blocks[:-1], Block("text", text))


PDF_FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("F03", {"blocks": last_block_says("Các đơn vị bõo cõo kết quả./.")}, "bõo, cõo"),
    ("F05", {"motto_rule_mm": 50.0}, "bằng dòng chữ"),
    ("F05", {"body_rule_mm": 19.0}, "1/3 đến 1/2"),
    ("F05", {"subject_rule_mm": 90.0}, "trích yếu"),
    ("F06", {"number": "Số: 9/TB-BM"}, "nhỏ hơn 10"),
    ("F06", {"place_and_date": "Hà Nội, ngày 09 tháng 04 năm 2026"}, "tháng 04"),
    ("F07", {"place_and_date": "TP. Hồ Chí Minh, ngày 09 tháng 4 năm 2026"}, "viết tắt"),
    ("F08", {"recipients": ("- Các đơn vị;", "- Lưu: VT, VP (05)")}, "dấu chấm"),
    ("F09", {"signer_name": "PGS.TS. Đặng Thị Thùy Linh"}, "PGS"),
    ("F10", {"blocks": last_block_says("Thực hiện Quyết định số 12/QĐ-BM./.")}, "thiếu ngày"),
    ("F11", {"blocks": last_block_says("Các đơn vị thực hiện.")}, "thiếu “./.”"),
    ("F14", {"blocks": (Block("item", "1. Một."), Block("item", "1. Hai."), Block("text", "Hết./."))}, "khoản “1.”"),
    ("F15", {"number": "Số:\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/TB-BM"}, "chưa cấp số"),
]


@pytest.mark.parametrize(("code", "changes", "words"), PDF_FAULTS)
def test_a_fault_in_a_pdf_is_found_by_its_check_alone(
    save: Save, code: str, changes: dict[str, Any], words: str
) -> None:
    found = failures(check_file(save(printed(**changes), "a.pdf")))
    assert set(found) == {code}
    assert words in found[code]


@pytest.mark.parametrize(
    ("code", "name", "value", "words"),
    [
        ("F01", "PAGE_WIDTH_MM", 216.0, "216"),
        ("F02", "MARGIN_RIGHT_MM", 10.0, "lề phải 10.0"),
        ("F02", "MARGIN_LEFT_MM", 24.0, "lề trái 24.0"),
        ("F02", "MARGIN_TOP_MM", 27.0, "lề trên 27"),
        ("F04", "MOTTO", "Độc lập – Tự do – Hạnh phúc", "gạch nối"),
        ("F08", "SIZES", replace(form.SIZES, recipients=12.0), "cỡ 11"),
        ("F08", "SIZES", replace(form.SIZES, recipients_label=13.0), "cỡ 12"),
    ],
)
def test_a_fault_of_layout_in_a_pdf_is_found(
    save: Save, monkeypatch: pytest.MonkeyPatch, code: str, name: str, value: Any, words: str
) -> None:
    sheet = lay_out(long_notice(12), 5, DAY)
    monkeypatch.setattr(form, name, value)
    found = failures(check_file(save(render_pdf(sheet), "a.pdf")))
    assert code in found
    assert words in found[code]


def test_a_signature_on_another_page_than_its_recipients_is_found(save: Save) -> None:
    # Recipients at the end of one page, the signer at the head of the next, as two files put together.
    writer = PdfWriter()
    unsigned: Sheet = replace(lay_out(notice(), 5, DAY), signer_lines=(), signature_room_mm=0.0, signer_name=" ")
    writer.append(BytesIO(render_pdf(unsigned)))
    signer = replace(lay_out(notice(opening=(), sections=()), 5, DAY), recipients=())
    writer.append(BytesIO(render_pdf(signer)))
    stream = BytesIO()
    writer.write(stream)
    found = failures(check_file(save(stream.getvalue(), "a.pdf")))
    assert "F12" in found


@pytest.mark.parametrize("render", [render_docx, render_pdf])
def test_a_paper_that_nobody_has_signed_yet_is_not_called_torn(save: Save, render: Callable[[Sheet], bytes]) -> None:
    results = check_file(save(render(lay_out(long_notice(30).model_copy(update={"signer": SignerBlock()}))), "a"))
    assert failures(results) == {}


# --- the meeting, damaged letters, files that are none ---


def test_the_day_and_the_signer_are_held_against_the_meeting(save: Save) -> None:
    path = save(notice_pdf(notice(), 5, DAY), "a.pdf")
    good = MeetingFacts(date(2026, 4, 8), ("Phan Quốc Bảo", "Đặng Thị Thùy Linh"))
    assert failures(check_file(path, good)) == {}
    assert "08/05/2026" in failures(check_file(path, MeetingFacts(date(2026, 5, 8))))["F13"]
    assert "Đặng Thị Thùy Linh" in failures(check_file(path, MeetingFacts(people=("Phan Quốc Bảo",))))["F13"]


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("C«ng b¸o n­íc Céng hßa", True),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", True),
        ("phõn cụng nhiệm vụ cõc thành viên; bõo cõo tiến độ", True),
        ("tỉnh Nam Ðịnh", True),
        ("Cộng hòa xã hội chủ nghĩa Việt Nam, Đắk Lắk, Krông Búk, quyển, ngoẵng, khuỷu", False),
        ("bụi 5 µm trên 50 m², ±2 °C; ông Müller dự tại café; khoản 1º", False),
        ("The weekly report of Windows 11", False),
        ("", False),
    ],
)
def test_letters_broken_by_old_encodings(text: str, damaged: bool) -> None:
    assert bool(damaged_words(text)) is damaged


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 broken", b"%PDF-1.7\nbroken", b"hello", b"PK", b"\xff\xfe\x00", b"%PDF-"],
)
def test_files_that_are_no_documents_are_told_so(save: Save, data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        check_file(save(data, "họp/giao ban.docx".replace("/", "-")))
    assert "Không đọc được tệp" in refused.value.sentence()


def test_a_missing_file_is_told_so(save: Save) -> None:
    with pytest.raises(UnreadableDocument):
        check_file(save(b"", "x").with_name("không có.pdf"))


def test_a_docx_that_unpacks_to_gigabytes_is_refused(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.checking.docx_reading.MAXIMUM_UNPACKED_BYTES", 1000)
    with pytest.raises(UnreadableDocument, match="quá lớn"):
        check_file(save(notice_docx(notice()), "a.docx"))


def test_a_docx_of_somebody_else_is_judged_without_breaking(save: Save) -> None:
    document = Document()
    document.add_paragraph("Biên bản cuộc họp")
    document.add_table(rows=2, cols=2).rows[0].cells[0].text = "Nơi nhận:"
    stream = BytesIO()
    document.save(stream)
    results = check_file(save(stream.getvalue(), "khac.docx"))
    assert [result.code for result in results] == CODES
    assert {"F01", "F03", "F04"} <= set(failures(results))
    assert all(result.line().startswith(result.code) for result in results)
