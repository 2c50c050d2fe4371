"""The invitation letter: the lines of form 1.7 in their order, room where nothing is known, nothing made up."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from papers import form
from papers.checks import check_file
from papers.docx import render_docx
from papers.invitation import InvitationContent, lay_out_invitation
from papers.pdf import render_pdf
from tests.papers.conftest import Save
from tests.papers.samples import invitation, long_invitation

DAY = date(2026, 11, 22)


def lines(content: InvitationContent) -> list[str]:
    return [block.text for block in lay_out_invitation(content, 5, DAY).blocks]


def test_the_lines_of_the_form_stand_in_their_order() -> None:
    labels = ("Bộ Mẫu trân trọng kính mời:", "Tới dự", "Nội dung:", "Chủ trì:", "Thời gian:", "Địa điểm:")
    printed = lines(invitation())
    found = [next(at for at, line in enumerate(printed) if line.startswith(label)) for label in labels]
    assert found == sorted(found)
    assert found[0] == 0
    sheet = lay_out_invitation(invitation(), 5, DAY)
    assert (sheet.title, sheet.number) == ("GIẤY MỜI", "Số: 05/GM-BM")


def test_one_guest_stands_on_the_line_and_several_below_it() -> None:
    assert lines(invitation())[0] == "Bộ Mẫu trân trọng kính mời: Đại diện lãnh đạo Trung tâm Thông tin."
    several = lines(invitation(inviter="Bộ trưởng Bộ Mẫu", invitees=("Vụ Pháp chế", "  ", "Văn phòng Bộ;")))
    assert several[:3] == ["Bộ trưởng Bộ Mẫu trân trọng kính mời:", "- Vụ Pháp chế;", "- Văn phòng Bộ."]


def test_the_time_is_said_in_words() -> None:
    assert "Thời gian: từ 08 giờ 30 đến 11 giờ 00, thứ Năm, ngày 26 tháng 11 năm 2026." in lines(invitation())


def test_the_end_mark_stands_once_and_never_behind_an_address() -> None:
    ends_with_link = invitation(notes=(), contact="", link="https://hop.bomau.example/join/a1")
    for content in (invitation(), long_invitation(), ends_with_link, invitation(contact="vanthu@bomau.example")):
        printed = lines(content)
        assert " ".join(printed).count("./.") == 1
        assert printed[-1].endswith("./.")
    assert "Đường dẫn vào họp trực tuyến: https://hop.bomau.example/join/a1" in lines(ends_with_link)
    assert lines(ends_with_link)[-1] == "Trân trọng kính mời./."


def test_an_empty_invitation_leaves_room_to_write_and_says_nothing() -> None:
    printed = lines(InvitationContent())
    assert printed[0] == f"{form.DOTS} trân trọng kính mời: {form.DOTS}"
    assert printed[1] == f"Tới dự {form.DOTS}"
    assert not any(letter.isdigit() for letter in "".join(printed))
    sheet = lay_out_invitation(InvitationContent())
    assert sheet.number.replace("\u00a0", "") == "Số:/GM"
    assert render_pdf(sheet).startswith(b"%PDF")
    assert render_docx(sheet).startswith(b"PK")


def test_a_draft_is_marked_and_lists_what_is_open() -> None:
    content = invitation(to_check=("Địa điểm",))
    draft, issued = lay_out_invitation(content, year=2026, draft=True), lay_out_invitation(content, 5, DAY)
    assert (draft.mark, draft.to_check) == (form.DRAFT_MARK, ("Địa điểm",))
    assert draft.place_and_date.endswith("năm 2026")
    assert (issued.mark, issued.to_check) == ("", ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": datetime(2026, 11, 26, 1, 30, tzinfo=UTC)},
        {"starts_at": datetime(2026, 11, 26, 8, 30)},  # noqa: DTZ001  (a moment without zone is the fault)
        {"agenda": ("Báo cáo",) * 301},
        {"subject": "x" * 501},
        {"signature": "x"},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        invitation(**wrong)


def test_content_survives_json_with_the_same_hash() -> None:
    content = long_invitation()
    again = InvitationContent.from_json(content.to_json())
    assert again == content
    assert again.sha256() == content.sha256()


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("content", [invitation(), long_invitation()], ids=["short", "long"])
@pytest.mark.parametrize("issued", [True, False])
def test_what_we_render_passes_every_check(save: Save, kind: str, content: InvitationContent, issued: bool) -> None:
    sheet = lay_out_invitation(content, *((5, DAY) if issued else ()), draft=not issued)
    results = check_file(save(render_docx(sheet) if kind == "docx" else render_pdf(sheet), f"gm.{kind}"))
    assert [result.line() for result in results if result.ok is False] == []
    assert {result.code for result in results if result.ok is None} <= {"F10", "F14"}
