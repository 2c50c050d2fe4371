"""When an endpoint is reminded. Pure: facts, timetable and the present → at most one reminder of each kind.

Those who have not answered are reminded on working days in the morning; those who come, some hours before. A moment
that was slept through (the service was down) is made up for as long as the next one has not come; several at once are
one. Nobody is reminded of what they were sent, or said, only after that moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from core.clock import VIETNAM, in_vietnam
from orchestrator.calendar.working_days import WorkingCalendar

#: When offices begin.
MORNING = time(8, 0)


class ReminderKind(StrEnum):
    """What a reminder asks for."""

    ANSWER = "answer"
    COME = "come"


@dataclass(frozen=True)
class Timetable:
    """How many working days, and how many hours, before the meeting."""

    unanswered_days: Sequence[int]
    coming_hours: Sequence[int]


@dataclass(frozen=True)
class Invited:
    """One endpoint as the rule needs it."""

    starts_at: datetime
    #: When the invitation was sent, or the answer given, whichever came last.
    informed_at: datetime
    is_answered: bool
    is_coming: bool


@dataclass(frozen=True)
class Reminder:
    """A reminder that is due: its kind and which of the timetable it is (`2` working days, `24` hours)."""

    kind: ReminderKind
    step: int
    due_at: datetime


def due_reminder(invited: Invited, timetable: Timetable, calendar: WorkingCalendar, now: datetime) -> Reminder | None:
    """The reminder whose moment has come last; None before the first one, and once the meeting has begun."""
    if now >= invited.starts_at or (invited.is_answered and not invited.is_coming):
        return None
    passed = [item for item in _moments(invited, timetable, calendar) if invited.informed_at < item.due_at <= now]
    return max(passed, key=lambda item: item.due_at, default=None)


def _moments(invited: Invited, timetable: Timetable, calendar: WorkingCalendar) -> Iterator[Reminder]:
    if invited.is_answered:
        for hours in timetable.coming_hours:
            yield Reminder(ReminderKind.COME, hours, invited.starts_at - timedelta(hours=hours))
        return
    day = in_vietnam(invited.starts_at).date()
    for days in timetable.unanswered_days:
        morning = datetime.combine(calendar.add_working_days(day, -days), MORNING, tzinfo=VIETNAM)
        yield Reminder(ReminderKind.ANSWER, days, morning)
