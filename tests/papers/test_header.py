"""Numbers and dates: the examples of the decree."""

from datetime import date

import pytest

from papers import header


@pytest.mark.parametrize(("number", "printed"), [(1, "01"), (9, "09"), (10, "10"), (99, "99"), (2047, "2047")])
def test_numbers_below_ten_get_a_nought(number: int, printed: str) -> None:
    assert header.format_number(number) == printed
    assert header.number_line(number, "TB-BCĐ") == f"Số: {printed}/TB-BCĐ"


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_number_below_one(number: int) -> None:
    with pytest.raises(ValueError, match="start at 1"):
        header.symbol(number, "TB-BM")


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2020, 2, 28), "ngày 28 tháng 02 năm 2020"),
        (date(2020, 3, 9), "ngày 09 tháng 3 năm 2020"),
        (date(2020, 9, 30), "ngày 30 tháng 9 năm 2020"),
        (date(2020, 10, 1), "ngày 01 tháng 10 năm 2020"),
        (date(2020, 12, 11), "ngày 11 tháng 12 năm 2020"),
    ],
)
def test_days_and_months_are_printed_by_the_rule(day: date, printed: str) -> None:
    assert header.date_line("Hà Nội", day) == f"Hà Nội, {printed}"


def test_a_place_nobody_has_given_leaves_no_lonely_comma() -> None:
    assert header.date_line("", date(2026, 4, 9)) == "ngày 09 tháng 4 năm 2026"
    assert header.date_line("", None, year=2026).startswith("ngày")


def test_a_symbol_has_no_space_and_a_blank_one_keeps_its_room() -> None:
    assert " " not in header.symbol(5, "TB-BCĐ")
    blank = header.number_line(None, "TB-BCĐ")
    assert blank.startswith("Số:\u00a0")
    assert blank.endswith("/TB-BCĐ")
    assert not any(letter.isdigit() for letter in blank)
