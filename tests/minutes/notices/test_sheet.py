"""What is printed, word for word: numbering of parts and items, end mark, recipients, blanks, lines of long names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.notices.content import NoticeContent, NoticeItem, Section
from minutes.notices.sheet import lay_out
from papers import form
from papers.body import roman
from papers.measure import balanced_lines, short_rule, text_width
from tests.minutes.samples import board_notice, notice


def test_parts_items_and_dashes_in_the_order_of_print() -> None:
    texts = [block.text for block in lay_out(notice()).blocks]
    assert texts[2] == "I. ĐÁNH GIÁ CHUNG"
    assert texts[3].startswith("Các đơn vị đã chủ động")
    assert texts[4] == "II. NHIỆM VỤ"
    assert texts[5].startswith("1. Trung tâm Thông tin chủ trì")
    assert texts[7] == "3. Văn phòng Bộ"
    assert texts[8].startswith("- Đôn đốc")
    assert [block.role for block in lay_out(notice()).blocks[7:9]] == ["heading", "dash"]


def test_items_go_on_counting_over_parts_without_heading_and_skip_empty_ones() -> None:
    sections = (
        Section(items=(NoticeItem(id="a", text="Một."), NoticeItem(id="b"))),
        Section(items=(NoticeItem(id="c", text="Hai."),)),
    )
    texts = [block.text for block in lay_out(notice(opening=(), sections=sections, closing="Hết")).blocks]
    assert texts == ["1. Một.", "2. Hai.", "Hết./."]


@pytest.mark.parametrize("closing", ["Để biết, thực hiện", "… thực hiện.", "… thực hiện./.", "… thực hiện ./. "])
def test_the_end_mark_stands_once_and_last(closing: str) -> None:
    sections = (Section(items=(NoticeItem(id="a", text="Giao Văn phòng Bộ tổng hợp./."),)),)
    text = " ".join(block.text for block in lay_out(notice(closing=closing, sections=sections)).blocks)
    assert text.count("./.") == 1
    assert text.endswith("thực hiện./.")


def test_without_a_closing_the_last_item_bears_the_end_mark() -> None:
    assert lay_out(notice(closing="")).blocks[-1].text.endswith("tại điểm cầu./.")


def test_an_empty_notice_has_no_body_and_no_end_mark() -> None:
    sheet = lay_out(NoticeContent())
    assert sheet.blocks == ()
    assert sheet.recipients == ()
    assert sheet.subject_rule_mm == 0


def test_recipients_get_dash_semicolon_and_a_full_stop_at_the_end() -> None:
    sheet = lay_out(notice(recipients=("- Như trên;", "Bộ trưởng.", "  ", "Lưu: VT, VP (05);")))
    assert sheet.recipients == ("- Như trên;", "- Bộ trưởng;", "- Lưu: VT, VP (05).")


def test_number_and_day_stay_blank_until_they_are_given() -> None:
    waiting, issued = lay_out(notice(), year=2026), lay_out(notice(), 7, date(2026, 2, 5))
    assert waiting.number.replace("\u00a0", "") == "Số:/TB-BM"
    assert text_width(waiting.number.split("/")[0].removeprefix("Số:"), 13) == pytest.approx(10, abs=1)
    assert waiting.place_and_date.replace("\u00a0", "") == "Hà Nội, ngàythángnăm 2026"
    assert (issued.number, issued.place_and_date) == ("Số: 07/TB-BM", "Hà Nội, ngày 05 tháng 02 năm 2026")


def test_a_place_that_may_not_be_shortened_fits_the_line() -> None:
    sheet = lay_out(board_notice(), 7, date(2026, 2, 5))
    room = form.TEXT_WIDTH_MM - sheet.place_left_mm
    assert text_width(sheet.place_and_date, 13, "italic") < room
    number_end = (form.LEFT_COLUMN_MM + text_width(sheet.number, 13)) / 2
    assert number_end < sheet.place_left_mm


def test_long_names_are_broken_evenly_and_their_rule_fits_every_reading() -> None:
    sheet = lay_out(board_notice())
    widths = [text_width(line, 12, "bold") for line in sheet.body_name.split("\n")]
    assert len(widths) > 1
    assert max(widths) <= form.LEFT_COLUMN_MM
    for width in (widths[-1], max(widths)):
        assert 1 / 3 <= sheet.body_rule_mm / width <= 1 / 2


def test_marks_and_open_points_are_for_drafts_only() -> None:
    content = notice(machine_made=True, to_check=("Họ tên người ký",))
    assert lay_out(content, draft=True).mark == form.MACHINE_MARK
    assert lay_out(content, draft=True, confirmed=True).mark == form.DRAFT_MARK
    assert lay_out(notice(), draft=True).mark == form.DRAFT_MARK
    issued = lay_out(content, 1, date(2026, 1, 1))
    assert (issued.mark, issued.to_check) == ("", ())


@given(st.lists(st.text(alphabet="abcđêộ", min_size=1, max_size=12), min_size=1, max_size=30))
def test_breaking_lines_loses_no_word_and_keeps_the_room(words: list[str]) -> None:
    text = " ".join(words)
    lines = balanced_lines(text, 14, "bold", 60)
    assert " ".join(lines) == text
    longest_word = max(text_width(word, 14, "bold") for word in words)
    assert all(text_width(line, 14, "bold") <= max(60, longest_word) + 0.01 for line in lines)
    assert short_rule(lines, 14, "bold") > 0


def test_the_motto_of_the_state_is_as_long_as_in_print() -> None:
    assert text_width(form.STATE_NAME, 12, "bold") == pytest.approx(88.3, abs=0.1)
    assert text_width(form.MOTTO, 13, "bold") == pytest.approx(56.1, abs=0.1)


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 38)] == ["I", "IV", "IX", "XIV", "XXXVIII"]
