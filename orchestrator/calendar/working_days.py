"""Counting working days.

In: days off and weekend days worked in exchange. Out: whether a day is worked, the n-th working day, how many lie
between. Pure. Counting begins with the day after, as in "trong thời hạn 03 ngày làm việc kể từ ngày kết thúc cuộc họp"
(Civil Code 91/2015/QH13, art. 147.2: the first day is not counted).
"""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)
#: More than any deadline of an office; a larger number is a slip of the pen, not a term.
MOST_WORKING_DAYS = 5000


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, without the days `off`, with the weekend days `working` (làm bù).

    Raises:
        ValueError: a day is both off and worked.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if both := self.off & self.working:
            raise ValueError(f"both off and worked: {min(both)}")

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day.

        >>> WorkingCalendar(off=frozenset({date(2026, 9, 2)})).is_working_day(date(2026, 9, 2))
        False
        """
        return day in self.working or (day.weekday() < SATURDAY and day not in self.off)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it where `count` is negative; `day` itself is not counted.

        Raises:
            ValueError: more than 5,000 days.

        >>> WorkingCalendar().add_working_days(date(2026, 5, 26), 3)
        datetime.date(2026, 5, 29)
        >>> WorkingCalendar().add_working_days(date(2026, 6, 1), -1)
        datetime.date(2026, 5, 29)
        """
        if abs(count) > MOST_WORKING_DAYS:
            raise ValueError(f"{count} working days is no deadline")
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and with `end`; 0 where `end` is not later.

        >>> WorkingCalendar().working_days_between(date(2026, 5, 29), date(2026, 6, 2))
        2
        """
        return sum(self.is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


#: Weekends only; for readers that know neither a place nor a year.
WEEKENDS_ONLY = WorkingCalendar()
