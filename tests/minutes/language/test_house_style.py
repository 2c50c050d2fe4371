"""The spelling of the house and the capitals of annex II."""

import pytest

from minutes.language.house_style import HouseStyle


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Các đơn vị đảm bảo tiến độ.", "Các đơn vị bảo đảm tiến độ."),
        ("Đảm bảo an toàn, báo cáo hàng ngày.", "Bảo đảm an toàn, báo cáo hằng ngày."),
        ("Giao thứ trưởng Lò Thị Ánh chỉ đạo.", "Giao Thứ trưởng Lò Thị Ánh chỉ đạo."),
        ("thực hiện nghị quyết số 37/NQ-CP", "thực hiện Nghị quyết số 37/NQ-CP"),
        ("theo khoản 2 điều 15", "theo khoản 2 Điều 15"),
        ("phục vụ nhân dân, quản lý nhà nước", "phục vụ Nhân dân, quản lý Nhà nước"),
        ("ủy ban nhân dân xã", "ủy ban nhân dân xã"),
        ("báo cáo vào thứ sáu hằng tuần", "báo cáo vào thứ Sáu hằng tuần"),
        ("dịp Tết nguyên đán", "dịp tết Nguyên đán"),
        ("hàng hóa, điều hành", "hàng hóa, điều hành"),
    ],
)
def test_words_of_the_house(written: str, printed: str) -> None:
    assert HouseStyle().write(written) == printed


def test_the_other_spelling_may_be_chosen() -> None:
    style = HouseStyle(ensuring="đảm bảo", every="hàng")
    assert style.write("Bảo đảm báo cáo hằng quý") == "Đảm bảo báo cáo hàng quý"


def test_what_is_quoted_stays() -> None:
    assert HouseStyle().write("phong trào “Đảm bảo an toàn”, đảm bảo") == "phong trào “Đảm bảo an toàn”, bảo đảm"


def test_writing_twice_changes_nothing_more() -> None:
    once = HouseStyle().write("Thứ trưởng đảm bảo hàng tuần, điều 5, thứ hai tới")
    assert HouseStyle().write(once) == once
