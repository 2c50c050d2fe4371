"""Counting working days: weekends, days off, weekend days worked in exchange."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.calendar.working_days import WEEKENDS_ONLY, WorkingCalendar

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
#: The swap of 2024: Monday 29/4 off, Saturday 4/5 worked.
SWAP = WorkingCalendar(
    off=frozenset({date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}), working=frozenset({date(2024, 5, 4)})
)


def test_three_working_days_from_a_tuesday() -> None:
    assert WEEKENDS_ONLY.add_working_days(date(2026, 5, 26), 3) == date(2026, 5, 29)


def test_the_weekend_does_not_count() -> None:
    assert WEEKENDS_ONLY.add_working_days(date(2026, 4, 10), 1) == date(2026, 4, 13)


def test_days_off_are_stepped_over_and_exchanged_days_count() -> None:
    assert SWAP.add_working_days(date(2024, 4, 26), 1) == date(2024, 5, 2)
    assert SWAP.add_working_days(date(2024, 4, 26), 3) == date(2024, 5, 4)
    assert SWAP.is_working_day(date(2024, 5, 4))
    assert not SWAP.is_working_day(date(2024, 5, 5))
    assert SWAP.working_days_between(date(2024, 4, 26), date(2024, 5, 5)) == 3


def test_counting_back_finds_the_last_day_for_an_invitation() -> None:
    assert SWAP.add_working_days(date(2024, 5, 6), -3) == date(2024, 5, 2)
    assert WEEKENDS_ONLY.add_working_days(date(2026, 4, 13), 0) == date(2026, 4, 13)


def test_nothing_lies_between_a_day_and_itself_or_an_earlier_one() -> None:
    assert WEEKENDS_ONLY.working_days_between(date(2026, 4, 8), date(2026, 4, 8)) == 0
    assert WEEKENDS_ONLY.working_days_between(date(2026, 4, 8), date(2026, 4, 1)) == 0


def test_a_day_is_not_both_off_and_worked() -> None:
    day = frozenset({date(2024, 5, 4)})
    with pytest.raises(ValueError, match="both"):
        WorkingCalendar(off=day, working=day)


def test_a_term_of_years_is_a_slip() -> None:
    with pytest.raises(ValueError, match="no deadline"):
        WEEKENDS_ONLY.add_working_days(date(2026, 4, 8), 5001)


@given(DAYS, st.integers(0, 60), st.sets(DAYS, max_size=20))
def test_just_so_many_working_days_lie_between(start: date, count: int, off: set[date]) -> None:
    calendar = WorkingCalendar(off=frozenset(off))
    end = calendar.add_working_days(start, count)
    assert calendar.working_days_between(start, end) == count
    assert count == 0 or calendar.is_working_day(end)


@given(DAYS, st.integers(1, 60))
def test_back_and_forth_ends_where_it_began(start: date, count: int) -> None:
    day = WEEKENDS_ONLY.add_working_days(start - timedelta(days=7), 1)
    assert WEEKENDS_ONLY.add_working_days(WEEKENDS_ONLY.add_working_days(day, count), -count) == day
