"""One order whose parts end with days of their own: several tasks, and where it stays one."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text

OPENED = "Bộ trưởng kết luận như sau:\n"


def tasks(order: str) -> list[tuple[str, str | None]]:
    items = extract_text(f"{OPENED}1. {order}\n", (), date(2026, 6, 10)).items
    assert {item.lead for item in items} == {("Sở Xây dựng",)}
    return [(item.action, item.deadline.iso if item.deadline else None) for item in items]


def test_a_part_behind_its_own_day_is_a_task_of_its_own() -> None:
    assert tasks("Sở Xây dựng rà soát quy hoạch, hoàn thành trước ngày 30/6; xây dựng kế hoạch kiểm tra.") == [
        ("Rà soát quy hoạch", "2026-06-30"),
        ("Xây dựng kế hoạch kiểm tra", None),
    ]
    assert tasks("Sở Xây dựng rà soát quy hoạch trước ngày 30/6; hướng dẫn các xã lập đồ án trước ngày 15/7.") == [
        ("Rà soát quy hoạch", "2026-06-30"),
        ("Hướng dẫn các xã lập đồ án", "2026-07-15"),
    ]


def test_each_part_has_its_own_helpers() -> None:
    order = (
        "Sở Xây dựng chủ trì, phối hợp với Sở Tài chính rà soát giá đất trước ngày 30/6; phối hợp với Công an tỉnh "
        "kiểm tra các bãi đỗ xe."
    )
    items = extract_text(f"{OPENED}1. {order}\n", (), date(2026, 6, 10)).items
    assert [item.coordinating for item in items] == [("Sở Tài chính",), ("Công an tỉnh",)]


@pytest.mark.parametrize(
    "order",
    [
        "Sở Xây dựng lập báo cáo, gửi góp ý trước ngày 05/7; hoàn chỉnh, trình UBND tỉnh chậm nhất ngày 12/7.",
        "Sở Xây dựng lập kế hoạch; tổ chức kiểm tra các công trình trước ngày 12/7.",
        "Sở Xây dựng nộp hồ sơ trước ngày 12/7; đồng gửi Văn phòng để theo dõi.",
    ],
)
def test_stages_of_one_matter_stay_one_task(order: str) -> None:
    ((_action, day),) = tasks(order)
    assert day == "2026-07-12"
