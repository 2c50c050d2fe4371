"""How long since the meeting, against the five working days that Decision 45/2018/QĐ-TTg gives a conclusion notice.

Pure: dates, the working calendar and the present are arguments. Target by practice (LANGUAGE §2.3): one day when
urgent, alarm on the fourth working day, a breach once the fifth is over.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.clock import in_vietnam
from orchestrator.calendar.working_days import WEEKENDS_ONLY, WorkingCalendar

LIMIT_WORKING_DAYS = 5
ALARM_WORKING_DAYS = 4
URGENT_TARGET_WORKING_DAYS = 1


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


def notice_clock(
    meeting_ended_at: datetime,
    stopped_at: datetime,
    *,
    urgent: bool = False,
    calendar: WorkingCalendar = WEEKENDS_ONLY,
) -> NoticeClock:
    """Read the clock.

    Args:
        meeting_ended_at: aware; the day in Vietnam counts.
        stopped_at: the present, or the moment of issue once there is one.
    """
    start, end = in_vietnam(meeting_ended_at).date(), in_vietnam(stopped_at).date()
    elapsed = calendar.working_days_between(start, end)
    return NoticeClock(
        elapsed_working_days=elapsed,
        limit_working_days=LIMIT_WORKING_DAYS,
        due_on=calendar.add_working_days(start, LIMIT_WORKING_DAYS),
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
