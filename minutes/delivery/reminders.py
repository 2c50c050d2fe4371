"""When a unit is reminded that it has not acknowledged a notice: so many working days after it was sent. Pure.

In: days, the steps of the setting, the working calendar. Out: whether a reminder belongs to today. What was missed
while the service stood still is made up for once, not once for each step.
"""

from collections.abc import Sequence
from datetime import date

from orchestrator.calendar.working_days import WorkingCalendar

#: From this hour in Hà Nội on.
FROM_HOUR = 8


def is_due(
    sent_on: date, reminded_on: date | None, today: date, steps: Sequence[int], calendar: WorkingCalendar
) -> bool:
    """Whether a unit that has not acknowledged is to be reminded today.

    Args:
        reminded_on: day of its newest reminder, None before the first.
        steps: working days after the sending at which a reminder goes out.
    """
    if not calendar.is_working_day(today):
        return False
    reached = _reached(sent_on, today, steps, calendar)
    return reached > (_reached(sent_on, reminded_on, steps, calendar) if reminded_on else 0)


def _reached(sent_on: date, day: date, steps: Sequence[int], calendar: WorkingCalendar) -> int:
    gone = calendar.working_days_between(sent_on, day)
    return sum(gone >= step for step in steps)
