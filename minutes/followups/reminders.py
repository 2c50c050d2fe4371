"""When a task is reminded of by mail: before its due day, and after it until it is done. Pure.

Three and one working days before, so that something can still be done; the first working day after, and then every
fifth, so that nobody learns to overlook it.
"""

from datetime import date

from orchestrator.calendar.working_days import WorkingCalendar

BEFORE_WORKING_DAYS = (3, 1)
AFTER_EVERY_WORKING_DAYS = 5
#: From this hour in Hà Nội on.
FROM_HOUR = 8


def reminder_of(due_on: date, today: date, calendar: WorkingCalendar) -> str:
    """The reminder that belongs to today: `before-3`, `before-1`, `after-1`, `after-6`, …; empty where none does."""
    if not calendar.is_working_day(today):
        return ""
    if today <= due_on:
        left = calendar.working_days_between(today, due_on)
        return f"before-{left}" if left in BEFORE_WORKING_DAYS else ""
    gone = calendar.working_days_between(due_on, today)
    return f"after-{gone}" if gone >= 1 and (gone - 1) % AFTER_EVERY_WORKING_DAYS == 0 else ""
