"""Written notices: where conclusions begin and end, what inherits, which day counts."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text
from minutes.drafting.written import EMPTY_TEXT, NOTHING_FOUND, date_of_text

HEAD = "Sau khi nghe báo cáo của Văn phòng Bộ, Thứ trưởng Bàn Văn Sơn kết luận như sau:\n"
DAY = date(2026, 4, 8)


def leads(text: str) -> list[tuple[str, ...]]:
    return [item.lead for item in extract_text(text, (), DAY).items]


def test_nothing_behind_the_end_mark_is_read() -> None:
    text = f"{HEAD}1. Sở Y tế kiểm tra.\n2. Sở Nội vụ rà soát./.\nTin khác\nBộ yêu cầu các đơn vị báo cáo."
    assert leads(text) == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_bullets_inherit_from_the_heading_above_and_not_from_the_one_before() -> None:
    text = f"{HEAD}1. Sở Y tế\n- Kiểm tra;\n2. Giao Sở Nội vụ:\n- Rà soát;\n- Báo cáo."
    assert leads(text) == [("Sở Y tế",), ("Sở Nội vụ",), ("Sở Nội vụ",)]


def test_items_without_subject_belong_to_those_the_list_is_addressed_to() -> None:
    text = (
        "Bộ trưởng Lò Thị Ánh kết luận như sau:\nTình hình còn phức tạp.\n"
        "Yêu cầu thủ trưởng các đơn vị khẩn trương thực hiện các công việc trọng tâm sau đây:\n"
        "1. Kiểm tra phòng họp.\n2. Sở Y tế hướng dẫn."
    )
    assert leads(text) == [("Thủ trưởng các đơn vị",), ("Sở Y tế",)]


def test_a_topic_heading_assigns_nothing_to_what_follows() -> None:
    text = f"{HEAD}1. Sở Y tế kiểm tra.\n2. Về công tác tuyên truyền\n- Sở Nội vụ rà soát."
    assert leads(text) == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_without_a_lead_there_is_a_question_and_no_lead() -> None:
    (item,) = extract_text(f"{HEAD}1. Khẩn trương rà soát hồ sơ.", (), DAY).items
    assert item.lead == ()
    assert any("Chưa rõ đơn vị" in question for question in item.questions)


def test_prose_orders_need_somebody_who_gives_them() -> None:
    told = "Phó Thủ tướng Nông Quốc Đạt yêu cầu Bộ Tài chính báo cáo trước ngày 20/4/2026."
    assert leads(told) == [("Bộ Tài chính",)]
    assert leads("Sở Tài chính báo cáo kết quả thu ngân sách quý I.") == []


@pytest.mark.parametrize("text", ["", "   \n\n  "])
def test_an_empty_document_says_so(text: str) -> None:
    assert extract_text(text).reason == EMPTY_TEXT


def test_a_document_without_conclusions_says_so() -> None:
    assert extract_text("Trời hôm nay đẹp.").reason == NOTHING_FOUND


def test_opening_facts_are_those_of_the_text() -> None:
    opening = extract_text(
        "THÔNG BÁO\nKết luận của Thứ trưởng Bàn Văn Sơn tại cuộc họp về chuyển đổi số\n"
        "Sau khi nghe báo cáo của Cục Hạ tầng và ý kiến của các đại biểu, Thứ trưởng Bàn Văn Sơn kết luận như sau:\n"
        "1. Cục Hạ tầng đo kiểm."
    ).opening
    assert opening.chaired_by == "Thứ trưởng Bàn Văn Sơn"
    assert opening.reported_by == ("Cục Hạ tầng",)
    assert opening.spoke == ("các đại biểu",)
    assert opening.meeting == "cuộc họp về chuyển đổi số"


def test_the_day_of_the_meeting_comes_before_the_day_of_issue() -> None:
    text = "Ngày 11/5/2026, Sở ban hành Thông báo. Ngày 10/5/2026, Giám đốc chủ trì cuộc họp."
    assert date_of_text(text) == date(2026, 5, 10)
    assert date_of_text("Hà Nội, ngày 08 tháng 4 năm 2026") == date(2026, 4, 8)
    assert date_of_text("Ngày 31/02/2026, họp.") is None


def test_the_date_of_the_text_gives_the_year_of_its_deadlines() -> None:
    text = f"Ngày 10/5/2026, Thứ trưởng Bàn Văn Sơn chủ trì cuộc họp.\n{HEAD}1. Sở Y tế báo cáo trước ngày 20/5."
    (item,) = extract_text(text).items
    assert item.deadline is not None
    assert item.deadline.iso == "2026-05-20"


def test_two_deadlines_are_a_question() -> None:
    text = f"{HEAD}1. Sở Y tế lấy ý kiến trước ngày 15/4/2026, trình Bộ trước ngày 30/4/2026."
    (item,) = extract_text(text, (), DAY).items
    assert item.deadline is not None
    assert item.deadline.iso == "2026-04-30"
    assert any("nhiều thời hạn" in question for question in item.questions)


def test_old_spelling_and_decomposed_letters_are_read() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", f"{HEAD}1. Uỷ ban nhân dân tỉnh Lào Cai rà soát.")
    assert leads(text) == [("Ủy ban nhân dân tỉnh Lào Cai",)]


@pytest.mark.parametrize("word", ["giao ", "hằng ngày ", "các đơn vị, ", "yêu cầu Bộ ", "a"])
def test_hostile_text_without_marks_takes_time_in_proportion(word: str) -> None:
    from time import process_time

    began = process_time()
    extract_text(f"{HEAD}1. {word * (20_000 // len(word))}", (), DAY)
    assert process_time() - began < 10


def test_a_comma_behind_a_deadline_stays() -> None:
    text = f"{HEAD}1. Sở Y tế theo dõi việc giải ngân, định kỳ hằng tháng báo cáo Bộ."
    (item,) = extract_text(text, (), DAY).items
    assert item.action == "Theo dõi việc giải ngân, báo cáo Bộ"
