"""Records of meetings (form 1.9), appendices (form 2.2), letters (form 1.5): from the rendered files."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document

from minutes.notices.sheet import lay_out
from papers.checks import check_file
from papers.content import AppendixContent
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.record import RecordContent, RecordPart, lay_out_record
from papers.signers import SignerBlock
from tests.minutes.samples import notice


def record() -> RecordContent:
    """An invented record."""
    return RecordContent(
        issuing_parent="Bộ Mẫu",
        issuing_body="Văn phòng Bộ",
        symbol_suffix="BB-VP",
        subject="Họp giao ban trực tuyến tuần 15",
        starts_at=datetime(2026, 4, 8, 7, 0, tzinfo=UTC),
        ends_at=datetime(2026, 4, 8, 9, 5, tzinfo=UTC),
        places=("Điểm cầu trung tâm: Trụ sở Bộ", "Điểm cầu Trung tâm Thông tin"),
        attendees=("Ông Phan Quốc Bảo, Thứ trưởng", "Bà Đặng Thị Thùy Linh, Chánh Văn phòng"),
        absentees=("Ông Lò Văn Páo (đi công tác)",),
        chair="Ông Phan Quốc Bảo, Thứ trưởng",
        secretary="Bà Lò Thị Ánh",
        parts=(RecordPart(heading="Báo cáo của Văn phòng Bộ", paragraphs=("Văn phòng Bộ báo cáo kết quả tuần.",)),),
        signer=SignerBlock(title="CHỦ TỌA", name="Phan Quốc Bảo"),
        secretary_signer=SignerBlock(title="THƯ KÝ", name="Lò Thị Ánh"),
        recipients=("Lưu: VT, Hồ sơ",),
    )


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


def test_appendices_count_their_pages_from_one() -> None:
    content = notice(
        appendices=(
            AppendixContent(title="Danh mục điểm cầu", paragraphs=tuple(f"Điểm cầu số {n} " * 12 for n in range(60))),
            AppendixContent(title="Mẫu báo cáo nhanh", paragraphs=("Nội dung mẫu.",)),
        )
    )
    document = pdfium.PdfDocument(render_pdf(lay_out(content, 5, date(2026, 4, 8))))
    pages = [page.get_textpage().get_text_range() for page in document]
    assert "Phụ lục I" in pages[1]
    assert "DANH MỤC ĐIỂM CẦU" in pages[1]
    assert "(Kèm theo Thông báo số" in pages[1]
    assert pages[2].lstrip().startswith("2")
    assert "Phụ lục II" in pages[-1]
    sections = Document(BytesIO(render_docx(lay_out(content, 5, date(2026, 4, 8))))).sections
    assert len(sections) == 3
    assert [section._sectPr.xpath("./w:pgNumType/@w:start") for section in sections] == [[], ["1"], ["1"]]


def test_what_came_later_leaves_older_hashes_true() -> None:
    plain = notice()
    assert b"appendices" not in plain.canonical_bytes()
    assert plain.sha256() != notice(appendices=(AppendixContent(title="Một"),)).sha256()


def _place(page: object, index: int) -> tuple[float, float]:
    left, bottom, _, _ = page.get_charbox(index)  # type: ignore[attr-defined]
    return left, bottom
