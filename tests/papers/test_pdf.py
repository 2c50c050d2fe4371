"""The PDF: text layer, embedded fonts, PDF/A mark, the same words as the DOCX, places of the drawing, many pages."""

import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from minutes.notices.content import NoticeContent
from minutes.notices.sheet import lay_out
from papers import fonts, form
from papers.checking.pdf_reading import read_pdf
from papers.checking.reading import Box, Reading
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.refusals import FontMissing, UnprintableText
from tests.minutes.samples import board_notice, long_notice, notice
from tests.papers.conftest import Save
from tests.papers.printing import notice_docx, notice_pdf
from tests.papers.test_docx import HOSTILE

DAY = date(2026, 4, 9)
#: Drawing of annex I, mục IV.2: one unit of the drawing on a text width of 160 mm, as FORM §2 gives it.
UNIT = 1.284
DRAWN_WIDTH = 124.6


def words(data: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return unicodedata.normalize("NFC", text)


def box(reading: Reading, text: str) -> Box:
    found = next(line.box for line in reading.lines if line.text.strip().startswith(text))
    assert found is not None
    return found


def test_the_text_layer_reads_in_composed_vietnamese() -> None:
    text = PdfReader(BytesIO(notice_pdf(notice(), 5, DAY))).pages[0].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Số: 05/TB-BM" in text
    assert "Hà Nội, ngày 09 tháng 4 năm 2026" in text


def test_fonts_are_embedded_and_the_file_says_pdf_a(save: Save) -> None:
    data = notice_pdf(notice(), 5, DAY)
    reading = read_pdf(save(data, "a.pdf"))
    assert reading.fonts_not_embedded == ()
    assert {name.split("-")[0] for line in reading.lines for name in line.fonts} <= {"LiberationSerif", "Tinos"}
    metadata = PdfReader(BytesIO(data)).xmp_metadata
    assert metadata is not None
    xml = metadata.rdf_root.toxml()
    assert "pdfaid:part" in xml
    assert ">2<" in xml
    assert ">B<" in xml


def test_equal_input_gives_equal_bytes() -> None:
    assert notice_pdf(notice(), 5, DAY) == notice_pdf(notice(), 5, DAY)


@pytest.mark.parametrize("content", [notice(), board_notice(urgency="KHẨN"), long_notice(60)])
def test_pdf_and_docx_say_the_same_words_in_the_same_order(content: NoticeContent) -> None:
    body = Document(BytesIO(notice_docx(content, 5, DAY))).element.body
    said = [
        word
        for paragraph in body.iter(qn("w:p"))
        for word in "".join(
            " " if part.tag == qn("w:br") else part.text or "" for part in paragraph.iter(qn("w:t"), qn("w:br"))
        ).split()
    ]
    pages = [page.extract_text() for page in PdfReader(BytesIO(notice_pdf(content, 5, DAY))).pages]
    printed = [word for page, text in enumerate(pages) for word in _without_page_number(text, page)]
    assert printed == said


def _without_page_number(text: str, page: int) -> list[str]:
    found = text.split()
    return found[1:] if page and found[0] == str(page + 1) else [w for w in found if w] if not page else found[:-1]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(hostile: str) -> None:
    assert f"Hết {hostile} nhé" in words(notice_pdf(notice(closing=f"Hết {hostile} nhé")))


def test_positions_follow_the_drawing(save: Save) -> None:
    reading = read_pdf(save(notice_pdf(notice(), 5, DAY), "a.pdf"))
    left, top, width = form.MARGIN_LEFT_MM, form.MARGIN_TOP_MM, form.TEXT_WIDTH_MM

    def drawn_centre(x: float, wide: float) -> float:
        return left + (x - 23.2 + wide / 2) / DRAWN_WIDTH * width

    assert box(reading, form.STATE_NAME).top == pytest.approx(top, abs=2)
    assert box(reading, "BỘ MẪU").centre == pytest.approx(drawn_centre(23.9, 54.1), abs=2)
    assert box(reading, "Số:").centre == pytest.approx(drawn_centre(23.9, 53.3), abs=2)
    assert box(reading, "Số:").top == pytest.approx(top + (26.9 - 15.2) * UNIT, abs=2)
    assert box(reading, "Hà Nội").top == pytest.approx(box(reading, "Số:").top, abs=0.5)
    assert box(reading, "Hà Nội").centre == pytest.approx(box(reading, form.STATE_NAME).centre, abs=2)
    assert box(reading, "THÔNG BÁO").top == pytest.approx(top + (38.0 - 15.2) * UNIT, abs=2)
    assert box(reading, "THÔNG BÁO").centre == pytest.approx(left + width / 2, abs=2)
    assert box(reading, "TL. BỘ TRƯỞNG").centre == pytest.approx(drawn_centre(85.3, 60.0), abs=2)
    assert box(reading, "Đặng Thị").centre == pytest.approx(drawn_centre(88.7, 54.0), abs=2)
    below = box(reading, "Đặng Thị").top - box(reading, "TL. BỘ TRƯỞNG").top
    assert below == pytest.approx((170.9 - 140.4) * UNIT, abs=2)
    assert box(reading, "Nơi nhận:").left == pytest.approx(left + (24.0 - 23.2) * UNIT, abs=2)
    assert box(reading, "Nơi nhận:").top == pytest.approx(box(reading, "TL. BỘ TRƯỞNG").top, abs=1)


def test_the_motto_of_the_state_is_wider_than_its_drawn_box_and_keeps_inside_the_margin(save: Save) -> None:
    state = box(read_pdf(save(notice_pdf(notice()), "a.pdf")), form.STATE_NAME)
    assert state.width > 57.0 * UNIT
    assert 210 - state.right >= 15
    drawn = form.MARGIN_LEFT_MM + (88.4 - 23.2 + 28.5) / DRAWN_WIDTH * form.TEXT_WIDTH_MM
    assert state.centre == pytest.approx(drawn, abs=4.5), "as near as its width at the smallest lawful size allows"


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_top_margin(save: Save) -> None:
    reading = read_pdf(save(notice_pdf(long_notice(80), 5, DAY), "long.pdf"))
    assert len(reading.page_sizes) >= 3
    assert [line.text for line in reading.furniture] == [str(n) for n in range(2, len(reading.page_sizes) + 1)]
    for line in reading.furniture:
        assert line.box is not None
        assert line.box.centre == pytest.approx((210 + form.MARGIN_LEFT_MM - form.MARGIN_RIGHT_MM) / 2, abs=0.5)
        assert (line.box.top + line.box.bottom) / 2 == pytest.approx(form.MARGIN_TOP_MM / 2, abs=1)
        assert line.size == 13


@pytest.mark.parametrize("tasks", range(18, 40, 3))
def test_the_signature_is_never_torn_from_its_recipients_or_left_alone(save: Save, tasks: int) -> None:
    reading = read_pdf(save(notice_pdf(long_notice(tasks)), f"{tasks}.pdf"))
    assert reading.signature_is_whole
    page = next(line.page for line in reading.lines if line.text.startswith("Nơi nhận"))
    assert any(line.page == page and line.text.endswith("./.") for line in reading.lines)


def test_the_list_of_open_points_has_a_page_of_its_own(save: Save) -> None:
    content = notice(to_check=("Họ tên người ký", "Ngày họp"))
    reading = read_pdf(save(notice_pdf(content, draft=True), "draft.pdf"))
    label = next(line for line in reading.lines if line.text.startswith(form.TO_CHECK_LABEL))
    assert label.page == 2


@pytest.mark.parametrize("text", ["日本", "مرحبا", "👍", "नमस्ते", "\u05d0\u05d1", "\u05b4\u05b4"])
def test_letters_the_font_lacks_are_named_instead_of_boxes_printed(text: str) -> None:
    with pytest.raises(UnprintableText) as refused:
        notice_pdf(notice(closing=f"Thực hiện {text}"))
    assert text[0] in refused.value.sentence()


def test_direction_marks_do_no_harm() -> None:
    assert "Dặn dò thực hiện./." in words(notice_pdf(notice(closing="\u202eDặn\u202c dò \u2067thực hiện")))


def test_without_a_usable_font_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FontMissing) as refused:
        notice_pdf(notice(), font_directory=tmp_path)
    assert "fonts-liberation2" in refused.value.sentence()
    monkeypatch.setattr(fonts, "DEBIAN_DIRECTORIES", (tmp_path,))
    with pytest.raises(FontMissing):
        notice_pdf(notice())


def test_a_font_without_vietnamese_is_not_taken_for_its_name(tmp_path: Path) -> None:
    for face in ("Regular", "Bold", "Italic", "BoldItalic"):
        (tmp_path / f"LiberationSerif-{face}.ttf").write_bytes(b"not a font")
    with pytest.raises(FontMissing):
        fonts.find_font(tmp_path)


def test_widths_kept_with_us_are_those_of_the_font() -> None:
    from fontTools.ttLib import TTFont

    from papers.measure import _widths

    family = fonts.find_font()
    stem = {"Liberation Serif": "LiberationSerif", "Tinos": "Tinos"}[family.name]
    for face, name in (("regular", "Regular"), ("bold", "Bold"), ("italic", "Italic")):
        with TTFont(family.directory / f"{stem}-{name}.ttf") as font:
            letters, metrics = font.getBestCmap(), font["hmtx"]
            for letter, width in _widths()[face].items():
                assert metrics[letters[ord(letter)]][0] == width, letter


def test_a_thousand_items_take_seconds_not_minutes() -> None:
    data = notice_pdf(long_notice(1000))
    assert len(PdfReader(BytesIO(data)).pages) > 20


def test_both_files_of_a_long_notice_are_made_in_under_two_seconds_of_work() -> None:
    sheet = lay_out(long_notice(60), 5, DAY)
    render_pdf(sheet)  # the compiler reads its fonts once a process
    began = process_time()
    render_docx(sheet)
    render_pdf(sheet)
    assert process_time() - began < 2
