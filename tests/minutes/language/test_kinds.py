"""What an item is, by its words."""

import pytest

from minutes.language.deadline_values import Deadline
from minutes.language.kinds import kind_of, kind_of_statement

BY_FRIDAY = Deadline("trước thứ Sáu", "2026-04-10", "before_date")
SOON = Deadline("khẩn trương", None, "none")


@pytest.mark.parametrize(
    ("predicate", "collective", "kind"),
    [
        ("không được tổ chức các chuyến đi công tác", True, "prohibition"),
        ("nghiêm cấm sử dụng ngân sách", False, "prohibition"),
        ("phải chịu trách nhiệm trước Bộ trưởng", True, "responsibility"),
        ("xây dựng kế hoạch bồi dưỡng", False, "directive"),
        ("gửi báo cáo nhanh", True, "directive"),
        ("bám sát các kịch bản ứng phó", True, "standing_duty"),
        ("tiếp tục thực hiện nghiêm kỷ luật", True, "standing_duty"),
        ("nghiêm túc thực hiện, báo cáo kết quả", True, "directive"),
    ],
)
def test_kinds_of_what_units_do(predicate: str, collective: bool, kind: str) -> None:
    assert kind_of(predicate, deadline=None, collective=collective, explicit=False) == kind


def test_a_day_makes_a_task_of_a_duty() -> None:
    assert kind_of("quán triệt chỉ thị", deadline=BY_FRIDAY, collective=True, explicit=False) == "directive"


def test_urgency_alone_does_not() -> None:
    assert kind_of("quán triệt chỉ thị", deadline=SOON, collective=True, explicit=False) == "standing_duty"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Cơ bản thống nhất với báo cáo của Văn phòng Bộ.", "decision"),
        ("Đồng ý về chủ trương.", "decision"),
        ("Biểu dương các đơn vị đã hoàn thành sớm.", "commendation"),
        ("Không được lùi tiến độ.", "prohibition"),
        ("Tình hình còn phức tạp.", None),
    ],
)
def test_kinds_of_statements(sentence: str, kind: str | None) -> None:
    assert kind_of_statement(sentence) == kind
