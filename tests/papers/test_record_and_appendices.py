"""Records of meetings (form 1.9), appendices (form 2.2), letters (form 1.5): from the rendered files."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from minutes.notices.sheet import lay_out
from papers import form
from papers.checks import check_file
from papers.content import AppendixContent
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.record import lay_out_record
from tests.minutes.samples import notice
from tests.papers.catalogue import record
from tests.papers.samples import figures

DAY = date(2026, 4, 8)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_record_passes_every_check_that_applies(ending: str, tmp_path: Path) -> None:
    sheet = lay_out_record(record(), 5)
    file = tmp_path / f"bb.{ending}"
    file.write_bytes(render_pdf(sheet) if ending == "pdf" else render_docx(sheet))
    assert [result.line() for result in check_file(file) if result.ok is False] == []


def test_a_record_has_two_signatures_the_recipients_below_and_no_date_line() -> None:
    page = pdfium.PdfDocument(render_pdf(lay_out_record(record(), 5)))[0].get_textpage()
    text = page.get_text_range()
    assert "Hà Nội, ngày" not in text
    assert "Cuộc họp kết thúc vào 16 giờ 05, ngày 08 tháng 4 năm 2026./." in " ".join(text.split())
    assert text.index("THƯ KÝ") < text.index("CHỦ TỌA") < text.index("Nơi nhận:")
    left, right, below = (_place(page, text.index(words)) for words in ("THƯ KÝ", "CHỦ TỌA", "Nơi nhận:"))
    assert left[1] == pytest.approx(right[1], abs=0.5)
    assert left[0] < 300 < right[0]
    assert below[1] < left[1]


MANY = notice(
    address="Số 8 đường Mẫu",
    circulation="Lưu hành nội bộ",
    appendices=(
        AppendixContent(title="Danh mục điểm cầu", paragraphs=tuple(f"Điểm cầu số {n} " * 12 for n in range(60))),
        AppendixContent(title="Tình hình các đơn vị", tables=(figures(40, 12),)),
        AppendixContent(title="Mẫu báo cáo nhanh", paragraphs=("Nội dung mẫu.",)),
    ),
)


def test_appendices_count_their_pages_from_one_and_show_no_number_on_the_first() -> None:
    texts = [text.split() for text in _pages(render_pdf(lay_out(MANY, 5, DAY)))]
    starts = [at for at, words in enumerate(texts) if words[:2] == ["Phụ", "lục"]]
    assert len(starts) == 3
    for start, end in zip(starts, [*starts[1:], len(texts)], strict=True):
        assert [words[0] for words in texts[start + 1 : end]] == [str(n) for n in range(2, end - start + 1)]
    sections = Document(BytesIO(render_docx(lay_out(MANY, 5, DAY)))).sections
    assert [section._sectPr.xpath("./w:pgNumType/@w:start") for section in sections] == [[], ["1"], ["1"], ["1"]]
    assert all(section.different_first_page_header_footer for section in sections)


def test_a_table_too_wide_turns_its_appendix_on_its_side_and_no_other() -> None:
    sheet = lay_out(MANY, 5, DAY)
    assert [part.is_landscape for part in sheet.appendices] == [False, True, False]
    sections = Document(BytesIO(render_docx(sheet))).sections
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT] * 2 + [
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    wide = sections[2]
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (297, 210)
    assert [round(side.mm) for side in (wide.top_margin, wide.left_margin, wide.right_margin)] == [20, 30, 15]
    table = next(block.table for block in sheet.appendices[1].blocks if block.table)
    assert sum(column.width_mm for column in table.columns) == pytest.approx(form.LANDSCAPE_WIDTH_MM)
    lying = [page for page in pdfium.PdfDocument(render_pdf(sheet)) if page.get_width() > page.get_height()]
    assert [page.get_textpage().get_text_range().split()[0] for page in lying] == ["Phụ", "2", "3"]


def test_frame_and_address_of_the_first_page_stand_on_no_appendix() -> None:
    sheet = lay_out(MANY, 5, DAY)
    pages = _pages(render_pdf(sheet))
    assert [sum(word in page for page in pages) for word in ("LƯU HÀNH NỘI BỘ", "Số 8 đường Mẫu")] == [1, 1]
    sections = list(Document(BytesIO(render_docx(sheet))).sections)
    first = [section.first_page_header for section in sections], [section.first_page_footer for section in sections]
    for parts in first:
        words = ["".join(part._element.itertext()).strip() for part in parts]
        assert words[0]
        assert not any(words[1:])


def test_an_appendix_names_its_paper_on_paper_and_leaves_room_in_an_electronic_one() -> None:
    printed, electronic = (lay_out(MANY, *given).appendices[0].attached_to for given in ((5, DAY), ()))
    assert printed == "(Kèm theo Thông báo số 05/TB-BM ngày 08 tháng 4 năm 2026 của Bộ Mẫu)"
    assert electronic.replace("\u00a0", "") == "(Kèm theo Thông báo số/TB-BM ngàythángnăm của Bộ Mẫu)"


def test_what_came_later_leaves_older_hashes_true() -> None:
    plain = notice()
    assert b"appendices" not in plain.canonical_bytes()
    one, tabled = (notice(appendices=(part,)) for part in (AppendixContent(title="Một"), MANY.appendices[1]))
    assert len({content.sha256() for content in (plain, one, tabled)}) == 3
    assert b"tables" not in one.canonical_bytes()


def _pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)]


def _place(page: object, index: int) -> tuple[float, float]:
    left, bottom, _, _ = page.get_charbox(index)  # type: ignore[attr-defined]
    return left, bottom
