"""Which periods there are and when each is due; which reminders; what is late. Days and times of Vietnam.

In: a schedule, days, a calendar of working days. Out: periods with their moments in UTC. Pure: the clock is an
argument.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from core.clock import VIETNAM, in_vietnam
from orchestrator.calendar.working_days import WorkingCalendar

#: "Trước 16h00 hàng ngày" (Notice 2047/TB-BCĐ of 11/5/2021).
CUT_OFF = time(16, 0)
#: Minutes before the cut-off: 15:00 and 15:45.
REMINDERS = (60, 15)
MOST_REMINDERS = 5


class Cadence(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Schedule:
    """When a form is due. `weekday` (Monday is 0) and `next_week` count for weekly forms only; with `next_week` the
    period that is reported on is the week after the cut-off, as for a roster."""

    cadence: Cadence = Cadence.DAILY
    cut_off: time = CUT_OFF
    working_days_only: bool = True
    weekday: int = 4
    next_week: bool = False
    reminder_minutes: tuple[int, ...] = REMINDERS

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "cadence": self.cadence.value,
            "cut_off": self.cut_off.strftime("%H:%M"),
            "working_days_only": self.working_days_only,
            "weekday": self.weekday,
            "next_week": self.next_week,
            "reminder_minutes": list(self.reminder_minutes),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Schedule":
        """Read back what `to_json` wrote. Raises ValueError, KeyError, TypeError on anything else."""
        hour, minute = str(stored["cut_off"]).split(":")
        schedule = cls(
            cadence=Cadence(stored["cadence"]),
            cut_off=time(int(hour), int(minute)),
            working_days_only=bool(stored["working_days_only"]),
            weekday=int(stored["weekday"]),
            next_week=bool(stored["next_week"]),
            reminder_minutes=tuple(sorted({int(item) for item in stored["reminder_minutes"]}, reverse=True)),
        )
        if not 0 <= schedule.weekday <= 6 or len(schedule.reminder_minutes) > MOST_REMINDERS:
            raise ValueError("weekday or number of reminders out of range")
        if any(not 1 <= minutes <= 24 * 60 for minutes in schedule.reminder_minutes):
            raise ValueError("reminder out of range")
        return schedule


@dataclass(frozen=True)
class PlannedPeriod:
    """The days reported on, when reports are taken, and the cut-off; the moments in UTC."""

    starts_on: date
    ends_on: date
    opens_at: datetime
    cut_off_at: datetime


def periods_between(
    schedule: Schedule, first: date, last: date, calendar: WorkingCalendar
) -> tuple[PlannedPeriod, ...]:
    """Periods whose cut-off falls on one of these days, in order."""
    if schedule.cadence is Cadence.DAILY:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(
            PlannedPeriod(day, day, _moment(day, time(0)), _moment(day, schedule.cut_off))
            for day in days
            if not schedule.working_days_only or calendar.is_working_day(day)
        )
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        due = _weekly_due_day(schedule, monday, calendar)
        if due is not None and first <= due <= last:
            start = monday + timedelta(days=7 if schedule.next_week else 0)
            cut_off = _moment(due, schedule.cut_off)
            found.append(PlannedPeriod(start, start + timedelta(days=6), _moment(monday, time(0)), cut_off))
        monday += timedelta(days=7)
    return tuple(found)


def _weekly_due_day(schedule: Schedule, monday: date, calendar: WorkingCalendar) -> date | None:
    """The weekday of the schedule; where that is a holiday, the last working day of the week before it; None in a week
    without any."""
    for back in range(schedule.weekday + 1):
        day = monday + timedelta(days=schedule.weekday - back)
        if not schedule.working_days_only or calendar.is_working_day(day):
            return day
    return None


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=VIETNAM).astimezone(UTC)


def is_late(submitted_at: datetime, cut_off_at: datetime) -> bool:
    """After the cut-off; a report at the very moment is in time."""
    return submitted_at > cut_off_at


def reminder_due(cut_off_at: datetime, reminder_minutes: Sequence[int], now: datetime) -> int | None:
    """Which reminder (minutes before the cut-off) belongs to this moment; None before the first and after the last.

    Only the newest: where the worker stood still at 15:00 and wakes at 15:50, one reminder goes out, not two.
    """
    if now >= cut_off_at:
        return None
    passed = [minutes for minutes in reminder_minutes if now >= cut_off_at - timedelta(minutes=minutes)]
    return min(passed, default=None)


def period_name(starts_on: date, ends_on: date) -> str:
    """`ngày 08/04/2026`, `tuần 06/04/2026 – 12/04/2026`."""
    if starts_on == ends_on:
        return f"ngày {starts_on:%d/%m/%Y}"
    return f"tuần {starts_on:%d/%m/%Y} – {ends_on:%d/%m/%Y}"


def day_in_vietnam(moment: datetime) -> date:
    """The calendar day on a wall clock in Hà Nội."""
    return in_vietnam(moment).date()
