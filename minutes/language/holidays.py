"""Working days: Monday to Friday without the holidays given.

In: a day, a number, a set of holidays (each year's are fixed by the government, so they are data, not a rule). Out: a
day.
Counting begins with the day after, as in "trong thời hạn 03 ngày làm việc kể từ ngày kết thúc cuộc họp".
"""

from collections.abc import Iterable, Set
from datetime import date, timedelta

#: Days off that fall on the same day of the solar calendar every year (Labour Code 2019, art. 112): month, day.
FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))


def fixed_holidays(years: Iterable[int]) -> frozenset[date]:
    """The holidays of the solar calendar; Tết, Giỗ Tổ and days off in lieu must be added from the year's
    announcement."""
    return frozenset(date(year, month, day) for year in years for month, day in FIXED_HOLIDAYS)


def is_working_day(day: date, holidays: Set[date] = frozenset()) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(start: date, count: int, holidays: Set[date] = frozenset()) -> date:
    """The `count`-th working day after `start`; `start` itself is not counted.

    >>> add_working_days(date(2026, 5, 26), 3)
    datetime.date(2026, 5, 29)
    """
    if count < 0:
        raise ValueError("a deadline lies ahead")
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day
