"""How long since the meeting, against the five working days that Decision 45/2018/QĐ-TTg gives a conclusion notice.

Pure: dates, holidays and the present are arguments. Target by practice (LANGUAGE §2.3): one day when urgent, alarm on
the fourth working day, a breach once the fifth is over.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.clock import in_vietnam
from minutes.language.holidays import add_working_days, is_working_day

LIMIT_WORKING_DAYS = 5
ALARM_WORKING_DAYS = 4
URGENT_TARGET_WORKING_DAYS = 1
NO_HOLIDAYS: frozenset[date] = frozenset()


class ClockLevel(StrEnum):
    """How a secretary should read the clock."""

    ON_TIME = "on_time"
    LATE_FOR_URGENT = "late_for_urgent"
    ALARM = "alarm"
    BREACH = "breach"


@dataclass(frozen=True)
class NoticeClock:
    """Working days gone since the day of the meeting, and the last day allowed."""

    elapsed_working_days: int
    limit_working_days: int
    due_on: date
    level: ClockLevel


def working_days_after(start: date, end: date, holidays: frozenset[date] = NO_HOLIDAYS) -> int:
    """Working days after `start`, up to and with `end`; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), holidays) for n in range(1, days + 1))


def notice_clock(
    meeting_ended_at: datetime,
    stopped_at: datetime,
    *,
    urgent: bool = False,
    holidays: frozenset[date] = NO_HOLIDAYS,
) -> NoticeClock:
    """Read the clock.

    Args:
        meeting_ended_at: aware; the day in Vietnam counts.
        stopped_at: the present, or the moment of issue once there is one.
    """
    start, end = in_vietnam(meeting_ended_at).date(), in_vietnam(stopped_at).date()
    elapsed = working_days_after(start, end, holidays)
    return NoticeClock(
        elapsed_working_days=elapsed,
        limit_working_days=LIMIT_WORKING_DAYS,
        due_on=add_working_days(start, LIMIT_WORKING_DAYS, holidays),
        level=_level(elapsed, urgent=urgent),
    )


def _level(elapsed: int, *, urgent: bool) -> ClockLevel:
    if elapsed > LIMIT_WORKING_DAYS:
        return ClockLevel.BREACH
    if elapsed >= ALARM_WORKING_DAYS:
        return ClockLevel.ALARM
    if urgent and elapsed > URGENT_TARGET_WORKING_DAYS:
        return ClockLevel.LATE_FOR_URGENT
    return ClockLevel.ON_TIME
