"""What the fifteen checks know of kinds: symbols, addressees, days of the week, a notice against its invitation."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from minutes.notices.sheet import lay_out
from papers.checks import check_file, facts_of_invitation
from papers.docx import render_docx
from papers.invitation import lay_out_invitation
from papers.pdf import render_pdf
from papers.report import lay_out_report
from papers.sheet import Sheet
from tests.minutes.samples import notice
from tests.papers.conftest import Save
from tests.papers.samples import invitation, long_invitation, report

DAY = date(2026, 4, 9)
LETTER = lay_out_invitation(invitation(), 5, date(2026, 11, 22))
NOTICE = lay_out(notice(), 5, DAY)
REPORT = lay_out_report(report(), 5, DAY)
#: The invitation to the meeting that the sample notice speaks of.
TO_THE_MEETING = invitation(starts_at=datetime(2026, 4, 8, 1, 30, tzinfo=UTC), ends_at=None)


def said(sheet: Sheet, start: str, new: str) -> Sheet:
    """The sheet with the paragraph that begins so replaced."""
    blocks = tuple(replace(block, text=new) if block.text.startswith(start) else block for block in sheet.blocks)
    assert blocks != sheet.blocks
    return replace(sheet, blocks=blocks)


FAULTS: list[tuple[Sheet, dict[str, str]]] = [
    (replace(LETTER, number="Số: 05/TB-BM"), {"F06": "không bắt đầu bằng GM"}),
    (replace(NOTICE, number="Số: 05/GM-BM"), {"F06": "không bắt đầu bằng TB"}),
    (replace(REPORT, number="Số: 05/BCX-VP"), {"F06": "không bắt đầu bằng BC"}),
    (replace(NOTICE, recipients=("- Như trên;", "- Lưu: VT, VP (05).")), {"F08": "không có “Kính gửi”"}),
    (replace(NOTICE, addressees=("Kính gửi: Bộ Mẫu",)), {"F08": "thông báo không dùng “Kính gửi”"}),
    (replace(REPORT, addressees=()), {"F08": "không có “Kính gửi”"}),
    (
        said(LETTER, "Thời gian", "Thời gian: 08 giờ 30, thứ Sáu, ngày 26 tháng 11 năm 2026."),
        {"F13": "ngày 26/11/2026 là thứ Năm"},
    ),
    (
        said(LETTER, "Thời gian", "Thời gian: 08 giờ 30 ngày 26/11/2026 (thứ Hai)."),
        {"F13": "ngày 26/11/2026 là thứ Năm"},
    ),
    (said(LETTER, "Chủ trì", "Chủ trì: Thứ trưởng Phan Quốc Bảo./."), {"F11": "có 2 dấu"}),
]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize(("sheet", "faults"), FAULTS)
def test_a_fault_of_a_kind_is_found_by_its_check_alone(
    save: Save, sheet: Sheet, faults: dict[str, str], kind: str
) -> None:
    data = render_docx(sheet) if kind == "docx" else render_pdf(sheet)
    found = {result.code: result.sentence for result in check_file(save(data, f"a.{kind}")) if result.ok is False}
    assert set(found) == set(faults)
    assert all(words in found[code] for code, words in faults.items())


def f13(save: Save, letter: Any, paper: Sheet = NOTICE, kind: str = "docx") -> str:
    """The sentence of F13 of a paper held against an invitation."""
    printed = lay_out_invitation(letter, 5, date(2026, 4, 1))
    data = render_docx(printed) if kind == "docx" else render_pdf(printed)
    facts = facts_of_invitation(save(data, f"gm.{kind}"))
    (result,) = [found for found in check_file(save(render_pdf(paper), "tb.pdf"), facts) if found.code == "F13"]
    return f"{result.ok} {result.sentence}"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_notice_agrees_with_the_invitation_to_its_meeting(save: Save, kind: str) -> None:
    assert f13(save, TO_THE_MEETING, kind=kind).startswith("True")


def test_a_notice_of_another_day_than_its_invitation_is_found(save: Save) -> None:
    other = invitation(starts_at=datetime(2026, 4, 7, 1, 30, tzinfo=UTC), ends_at=None)
    assert "False ngày họp 07/04/2026" in f13(save, other)


def test_a_notice_with_another_chair_than_its_invitation_is_found(save: Save) -> None:
    other = TO_THE_MEETING.model_copy(update={"chair": "Bà Lê Thị Hồng Nhung, Bộ trưởng"})
    assert "False người chủ trì “Lê Thị Hồng Nhung”" in f13(save, other)


def test_whoever_signs_an_invitation_need_not_be_at_the_meeting(save: Save) -> None:
    assert f13(save, invitation(), LETTER).startswith("True")


def test_an_invitation_without_day_or_chair_gives_nothing_to_compare(save: Save) -> None:
    bare = invitation(starts_at=None, ends_at=None, chair="")
    assert f13(save, bare).startswith("True")


# --- both files say the same, whatever is in them ---

HOSTILE = (
    "{{ 7*7 }}", "{%p for x in y %}", "{_{ x }_}", "<w:p>&amp;</w:p>", "]]>", "#panic()[x]", "=cmd|' /C'!A0", "\"'",
)  # fmt: skip
DIRTY = "Phòng\x00 họp\x07 \u202eA\u2066\ufeff tầng\u200b hai"


def words_of_docx(data: bytes) -> list[str]:
    body = Document(BytesIO(data)).element.body
    return [
        word
        for paragraph in body.iter(qn("w:p"))
        for word in "".join(
            " " if part.tag == qn("w:br") else part.text or "" for part in paragraph.iter(qn("w:t"), qn("w:br"))
        ).split()
    ]


def words_of_pdf(data: bytes) -> list[str]:
    pages = [page.extract_text().split() for page in PdfReader(BytesIO(data)).pages]
    return [
        word
        for number, found in enumerate(pages, start=1)
        for word in (found if number == 1 else found[1:] if found[0] == str(number) else found[:-1])
    ]


@pytest.mark.parametrize(
    "sheet",
    [LETTER, lay_out_invitation(long_invitation(), 5, DAY), REPORT],
    ids=["letter", "long letter", "report"],
)
def test_pdf_and_docx_say_the_same_words_in_the_same_order(sheet: Sheet) -> None:
    assert words_of_pdf(render_pdf(sheet)) == words_of_docx(render_docx(sheet))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(hostile: str) -> None:
    letter = lay_out_invitation(invitation(chair=hostile, agenda=(hostile, "Báo cáo"), invitees=(hostile,)))
    table = report().sections[0].tables[0]
    dirty = table.model_copy(update={"rows": ((1, hostile, *table.rows[0][2:]),), "caption": hostile})
    section = report().sections[0].model_copy(update={"tables": (dirty,)})
    paper = lay_out_report(report(sections=(section,), addressees=(hostile,)))
    for sheet, times in ((letter, 3), (paper, 3)):
        wanted = "".join(hostile.split())
        for found in (words_of_docx(render_docx(sheet)), words_of_pdf(render_pdf(sheet))):
            assert "".join(found).count(wanted) >= times
            assert "49" not in "".join(found)


def test_control_and_direction_letters_never_reach_the_page() -> None:
    sheet = lay_out_invitation(invitation(places=(DIRTY,)))
    for found in (words_of_docx(render_docx(sheet)), words_of_pdf(render_pdf(sheet))):
        assert "Phòng họp A tầng hai" in " ".join(found)


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    assert render_docx(REPORT) == render_docx(lay_out_report(report(), 5, DAY))
    assert render_pdf(REPORT) == render_pdf(lay_out_report(report(), 5, DAY))
