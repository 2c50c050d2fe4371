"""Working days are Monday to Friday without the holidays given."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language.holidays import add_working_days, fixed_holidays, is_working_day


def test_three_working_days_from_a_tuesday() -> None:
    assert add_working_days(date(2026, 5, 26), 3) == date(2026, 5, 29)


def test_the_weekend_does_not_count() -> None:
    assert add_working_days(date(2026, 4, 10), 1) == date(2026, 4, 13)


def test_holidays_do_not_count() -> None:
    holidays = fixed_holidays([2026])
    assert add_working_days(date(2026, 4, 29), 1, holidays) == date(2026, 5, 4)
    assert not is_working_day(date(2026, 9, 2), holidays)


def test_a_deadline_lies_ahead() -> None:
    with pytest.raises(ValueError, match="ahead"):
        add_working_days(date(2026, 4, 8), -1)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_just_so_many_working_days_lie_between(start: date, count: int) -> None:
    end = add_working_days(start, count)
    days = [date.fromordinal(number) for number in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert sum(is_working_day(day) for day in days) == count
