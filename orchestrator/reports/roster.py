"""The duty roster: who is on duty on which day, and at least one leader every day (seed 003: "tối thiểu 1 lãnh đạo
trực").

In: rows of day, person, leader or not. Out: rows that can be stored, or faults. Pure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.errors import Invalid
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.reports.definition import RosterRules
from orchestrator.reports.refusals import Fault
from orchestrator.words import checked_name

MOST_ROWS = 400


@dataclass(frozen=True)
class OnDuty:
    """One person on one day."""

    day: date
    name: str
    is_leader: bool

    def to_json(self) -> dict[str, Any]:
        """`{"day", "name", "is_leader"}`."""
        return {"day": self.day.isoformat(), "name": self.name, "is_leader": self.is_leader}


def roster_days(first: date, last: date, rules: RosterRules, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Days of a period on which somebody must be on duty."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if rules.every_day or calendar.is_working_day(day))


def read_roster(
    rows: Sequence[Mapping[str, Any]], days: Sequence[date], rules: RosterRules
) -> tuple[tuple[OnDuty, ...], tuple[Fault, ...]]:
    """Rows by day, leaders first. A row without a name is no row."""
    if len(rows) > MOST_ROWS:
        return (), (Fault("roster", f"Lịch trực có nhiều hơn {MOST_ROWS} dòng: hãy bỏ bớt."),)
    found: list[OnDuty] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping) or not set(row) <= {"day", "name", "is_leader"}:
            faults.append(Fault("roster", f"Dòng {number} của lịch trực không đúng mẫu: ngày, họ tên, lãnh đạo."))
            continue
        name = row.get("name") or ""
        if not isinstance(name, str) or not name.strip():
            if name and not isinstance(name, str):
                faults.append(Fault("roster", f"Dòng {number}: họ tên phải là chữ."))
            continue
        try:
            found.append(OnDuty(_day(row.get("day"), days), checked_name(name, "họ tên"), row.get("is_leader") is True))
        except Invalid as refusal:
            faults.append(Fault("roster", f"Dòng {number}: {refusal.sentence()}"))
    faults += _day_faults(found, days, rules)
    return tuple(sorted(found, key=lambda item: (item.day, not item.is_leader, item.name))), tuple(faults)


def _day(raw: Any, days: Sequence[date]) -> date:
    try:
        day = date.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise Invalid(field="ngày trực", reason="phải là một ngày, ví dụ 2026-04-13") from error
    if day not in days:
        raise Invalid(field="ngày trực", reason=f"{day:%d/%m/%Y} không phải ngày trực của kỳ này")
    return day


def _day_faults(found: Sequence[OnDuty], days: Sequence[date], rules: RosterRules) -> list[Fault]:
    people = Counter(item.day for item in found)
    leaders = Counter(item.day for item in found if item.is_leader)
    twice = Counter((item.day, item.name) for item in found)
    faults = [
        Fault(day.isoformat(), f"Ngày {day:%d/%m/%Y} ghi “{name}” {times} lần: hãy bỏ dòng thừa.")
        for (day, name), times in twice.items()
        if times > 1
    ]
    for day in days:
        if leaders[day] < rules.leaders_a_day:
            faults.append(
                Fault(
                    day.isoformat(),
                    f"Ngày {day:%d/%m/%Y} có {leaders[day]} lãnh đạo trực, cần ít nhất {rules.leaders_a_day}: hãy thêm "
                    "lãnh đạo trực.",
                )
            )
        elif people[day] < rules.people_a_day:
            faults.append(
                Fault(day.isoformat(), f"Ngày {day:%d/%m/%Y} có {people[day]} người trực, cần {rules.people_a_day}.")
            )
    return faults
