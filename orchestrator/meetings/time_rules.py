"""The rules of time as warnings: invitation and papers in time, on a day that is worked. Pure; nothing is refused.

In: when the meeting is, how urgent, the present, the working calendar. Out: warnings with the clause they rest on.
Source: Decision 45/2018/QĐ-TTg of 9/11/2018: invitation and papers at least three working days before the meeting,
except urgent ones (LANGUAGE §2.3; the paper's article is not among the sources and therefore not named).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.clock import in_vietnam
from core.messages import say
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.models import MeetingKind, Urgency

NOTICE_WORKING_DAYS = 3
DECISION_45 = "Quyết định số 45/2018/QĐ-TTg ngày 09/11/2018"
OWN_CALENDAR = "Lịch làm việc của cơ quan"


@dataclass(frozen=True)
class TimePlan:
    """What the rules need of a plan."""

    starts_at: datetime
    urgency: Urgency = Urgency.NORMAL
    kind: MeetingKind = MeetingKind.WEEKLY_BRIEFING

    @property
    def is_urgent(self) -> bool:
        """Urgent meetings are excepted from the three days."""
        return self.urgency is not Urgency.NORMAL or self.kind is MeetingKind.EXTRAORDINARY


@dataclass(frozen=True)
class Warning:  # noqa: A001  # the word the house uses; nothing here raises Python's own
    """One rule that the plan does not keep, and on what the rule rests."""

    code: str
    clause: str
    params: dict[str, str] = field(default_factory=dict)

    def sentence(self, locale: str = "") -> str:
        """What is wrong and what to do."""
        return say(self.code, locale, **self.params)

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the plan."""
        return {"code": self.code, "clause": self.clause, "params": self.params}


def from_json(stored: Iterable[dict[str, Any]]) -> tuple[Warning, ...]:
    """Warnings as kept with a plan."""
    return tuple(Warning(item["code"], item["clause"], dict(item["params"])) for item in stored)


def warnings(plan: TimePlan, now: datetime, calendar: WorkingCalendar) -> tuple[Warning, ...]:
    """Every rule of time that the plan does not keep; none for a meeting that was held already."""
    if plan.starts_at <= now:
        return ()
    found = [] if plan.is_urgent else _late(plan, now, calendar)
    return (*found, *_day_off(plan, calendar))


def last_day_for_notice(meeting_day: date, calendar: WorkingCalendar) -> date:
    """The last day on which an invitation is still three working days early."""
    on_working_day = calendar.is_working_day(meeting_day)
    return calendar.add_working_days(meeting_day, -NOTICE_WORKING_DAYS - (not on_working_day))


def _late(plan: TimePlan, now: datetime, calendar: WorkingCalendar) -> list[Warning]:
    today, meeting_day = in_vietnam(now).date(), in_vietnam(plan.starts_at).date()
    left = calendar.working_days_between(today, meeting_day)
    if left >= NOTICE_WORKING_DAYS:
        return []
    params = {
        "left": str(left),
        "latest": f"{last_day_for_notice(meeting_day, calendar):%d/%m/%Y}",
        "earliest": f"{calendar.add_working_days(today, NOTICE_WORKING_DAYS):%d/%m/%Y}",
    }
    return [Warning(code, DECISION_45, params) for code in ("time_invitation_late", "time_papers_late")]


def _day_off(plan: TimePlan, calendar: WorkingCalendar) -> list[Warning]:
    day = in_vietnam(plan.starts_at).date()
    if calendar.is_working_day(day):
        return []
    proposed = calendar.add_working_days(day, 1)
    return [Warning("time_day_off", OWN_CALENDAR, {"day": f"{day:%d/%m/%Y}", "proposed": f"{proposed:%d/%m/%Y}"})]
