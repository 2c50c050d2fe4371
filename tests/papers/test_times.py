"""Moments and numbers in the words of the office."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from papers.numbers import printed_cell
from papers.times import spoken_span, weekday


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 given in UTC; Hà Nội is seven hours ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_a_meeting_of_one_day_names_the_day_once() -> None:
    printed = "từ 08 giờ 30 đến 11 giờ 00, thứ Năm, ngày 26 tháng 11 năm 2026"
    assert spoken_span(at(26, 1, 30), at(26, 4)) == printed


def test_a_meeting_without_an_end_gives_its_beginning() -> None:
    assert spoken_span(datetime(2026, 2, 1, 1, 5, tzinfo=UTC)) == "08 giờ 05, Chủ nhật, ngày 01 tháng 02 năm 2026"


def test_a_meeting_over_midnight_in_hanoi_names_both_days() -> None:
    printed = spoken_span(at(26, 16), at(26, 18))
    assert printed == (
        "từ 23 giờ 00, thứ Năm, ngày 26 tháng 11 năm 2026 đến 01 giờ 00, thứ Sáu, ngày 27 tháng 11 năm 2026"
    )


def test_an_unknown_time_leaves_room_and_no_figure() -> None:
    assert not any(letter.isdigit() for letter in spoken_span(None))
    assert "giờ" in spoken_span(None)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        spoken_span(datetime(2026, 11, 26, 8))  # noqa: DTZ001  (the fault under test)


def test_the_seven_days() -> None:
    assert [weekday(date(2026, 11, day)) for day in range(23, 30)] == [
        "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1234, "-1.234"),
        (Decimal("1234.50"), "1.234,50"),
        (Decimal("0.5"), "0,5"),
        (Decimal("1E+3"), "1.000"),
        (None, ""),
        ("1,234.5 giữ nguyên", "1,234.5 giữ nguyên"),
    ],
)
def test_numbers_are_printed_the_vietnamese_way(value: int | Decimal | str | None, printed: str) -> None:
    assert printed_cell(value) == printed
