"""What a heading hands down, and where it ends."""

from datetime import date

from minutes.drafting.extract import extract_text

HEAD = "Phó Thủ tướng kết luận như sau:\n\n"


def _items(body: str) -> list[tuple[tuple[str, ...], str | None]]:
    found = extract_text(HEAD + body, meeting_date=date(2026, 5, 4)).items
    return [(item.lead, item.deadline.iso if item.deadline else None) for item in found]


def test_a_heading_without_number_ends_with_the_point_it_stands_in() -> None:
    body = """1. Về học phí

Giao Sở Tài chính:

- Rà soát mức thu, báo cáo trước ngày 20/5/2026.

2. Về nhà ở

a) Lập danh mục dự án chậm tiến độ.
"""
    assert _items(body) == [(("Sở Tài chính",), "2026-05-20"), ((), None)]


def test_the_day_of_a_heading_binds_those_below_that_name_none() -> None:
    body = """1. Các nhiệm vụ chậm tiến độ phải hoàn thành dứt điểm trong tháng 7/2026, gồm:
a) Bộ Tài chính: ban hành thông tư về giá.
b) Bộ Xây dựng: công bố định mức trước ngày 15/6/2026.
2. Bộ Tư pháp thẩm định hồ sơ.
"""
    assert [day for _lead, day in _items(body)] == ["2026-07-31", "2026-06-15", None]


def test_what_a_list_is_for_is_no_day_of_its_points() -> None:
    body = """1. Để hoàn thành mục tiêu trong năm 2026, yêu cầu các bộ thực hiện:
a) Bộ Tài chính: ban hành thông tư về giá.
"""
    assert _items(body)[0][1] is None
