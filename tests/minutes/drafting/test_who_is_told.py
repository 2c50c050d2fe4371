"""Whom a task goes to when its own sentence does not begin with a name: families of real papers."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text
from minutes.drafting.extraction import ExtractedItem

DAY = date(2026, 5, 7)
OPENING = "Chủ tịch UBND tỉnh kết luận như sau:\n"


def read(text: str, *, opening: str = OPENING) -> tuple[ExtractedItem, ...]:
    return extract_text(opening + text, (), DAY).items


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("1. Đối với Sở Y tế, Chủ tịch UBND tỉnh yêu cầu khẩn trương mua thuốc.", "Sở Y tế"),
        ("1. Đối với hộ ông Lò Văn Ín: yêu cầu tự tháo dỡ công trình.", "Hộ ông Lò Văn Ín"),
        ("1. Ngân hàng Nhà nước Việt Nam được yêu cầu kiểm soát tín dụng.", "Ngân hàng Nhà nước Việt Nam"),
        ("1. Phó Thủ tướng Đinh Trọng Phú trực tiếp chỉ đạo, xử lý.", "Phó Thủ tướng Đinh Trọng Phú"),
        ("1. Phòng Kế hoạch tổng hợp hoàn thiện lịch trực.", "Phòng Kế hoạch tổng hợp"),
        ("1. Chi cục Quản lý hồ chứa miền Trung bố trí cán bộ.", "Chi cục Quản lý hồ chứa miền Trung"),
        ("1. Văn phòng HĐND và UBND phường tổng hợp kết quả.", "Văn phòng HĐND và UBND phường"),
        ("1. Trung tâm Kiểm định công trình xây dựng: tiếp tục đo đạc.", "Trung tâm Kiểm định công trình xây dựng"),
        ("1. Các tổ trưởng tổ dân phố lập danh sách các hộ.", "Các tổ trưởng tổ dân phố"),
        ("1. Kinh phí thì đồng ý, Phòng Tài chính ứng trước 20 triệu.", "Phòng Tài chính"),
    ],
)
def test_the_one_named_elsewhere_in_the_sentence_leads(line: str, lead: str) -> None:
    assert [item.lead for item in read(line) if item.kind == "directive"] == [(lead,)]


def test_a_coordinating_focal_unit_leads() -> None:
    [item] = read("1. Vụ Pháp chế là đầu mối, phối hợp với Văn phòng Bộ xây dựng kế hoạch.")
    assert (item.lead, item.coordinating) == (("Vụ Pháp chế",), ("Văn phòng Bộ",))


def test_fields_below_an_act_complete_it() -> None:
    [item] = read("1. Cập nhật bản đồ ngập lụt.\nĐơn vị chủ trì: Phòng An toàn đập.\nThời hạn: 31/8/2026.\n")
    assert item.lead == ("Phòng An toàn đập",)
    assert item.deadline is not None
    assert item.deadline.iso == "2026-08-31"
    assert not item.questions


def test_a_bullet_with_the_day_binds_its_neighbours() -> None:
    found = read(
        "1. Giao Ban QLDA:\n- Hoàn thiện hồ sơ.\n- Chỉ đạo nhà thầu.\n- Thời gian hoàn thành: trước ngày 31/5.\n"
    )
    assert [item.deadline and item.deadline.iso for item in found] == ["2026-05-31", "2026-05-31"]


def test_the_list_of_a_letter_is_for_its_one_receiver() -> None:
    letter = "Kính gửi: UBND các xã.\nChủ tịch UBND tỉnh có ý kiến chỉ đạo như sau:\n"
    [item] = read("1. Kiểm kê tài liệu tồn đọng.\n", opening=letter)
    assert item.lead == ("UBND các xã",)


def test_the_list_of_a_letter_to_several_asks_whose_task_it_is() -> None:
    letter = "Kính gửi:\n- Sở Y tế;\n- Sở Xây dựng.\nChủ tịch UBND tỉnh có ý kiến chỉ đạo như sau:\n"
    [item] = read("1. Kiểm kê tài liệu tồn đọng.\n", opening=letter)
    assert item.lead == ()
    assert item.questions


def test_those_told_in_the_opening_sentence_lead_what_names_nobody() -> None:
    opening = "Bộ Nội vụ đề nghị UBND các tỉnh khẩn trương thực hiện một số nội dung sau:\n"
    [item] = read("1. Bố trí kinh phí số hóa.\n", opening=opening)
    assert item.lead == ("UBND các tỉnh",)


@pytest.mark.parametrize(
    "line",
    [
        "1. Dự báo năm 2026, nhu cầu điện tăng 12%, nguy cơ thiếu điện là hiện hữu.",
        "1. Thứ trưởng phê bình Công ty Xây dựng số 12 đã chậm tiến độ.",
    ],
)
def test_what_is_only_told_is_no_item(line: str) -> None:
    assert read(line) == ()


def test_a_newspapers_headline_and_look_back_are_no_orders() -> None:
    report = (
        "Phó Thủ tướng yêu cầu tháo gỡ vướng mắc\n"
        "Phó Thủ tướng giao Bộ Tư pháp rà soát quy định.\n"
        "Trước đó, Chính phủ đã giao Bộ Tài chính nghiên cứu thuế.\n"
    )
    assert [item.lead for item in read(report, opening="")] == [("Bộ Tư pháp",)]
