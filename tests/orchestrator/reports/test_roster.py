"""The duty roster: at least one leader every day, nobody twice, no day outside the week."""

from datetime import date, timedelta
from typing import Any

import pytest

from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.reports.definition import RosterRules
from orchestrator.reports.roster import MOST_ROWS, read_roster, roster_days

MONDAY = date(2026, 4, 13)
RULES = RosterRules()
DAYS = roster_days(MONDAY, MONDAY + timedelta(days=6), RULES, WorkingCalendar())


def row(day: int = 0, name: str = "Phan Quốc Bảo", is_leader: Any = True) -> dict[str, Any]:
    return {"day": (MONDAY + timedelta(days=day)).isoformat(), "name": name, "is_leader": is_leader}


def week() -> list[dict[str, Any]]:
    return [row(day) for day in range(7)]


def test_a_week_with_a_leader_every_day_is_good() -> None:
    people, faults = read_roster([*week(), row(0, "Ỷ Thị Ngữ", False)], DAYS, RULES)
    assert faults == ()
    assert len(people) == 8
    assert [person.name for person in people[:2]] == ["Phan Quốc Bảo", "Ỷ Thị Ngữ"]


def test_a_day_without_a_leader_is_named() -> None:
    rows = [*week()[:6], row(6, "Ỷ Thị Ngữ", False)]
    (fault,) = read_roster(rows, DAYS, RULES)[1]
    assert fault.field == "2026-04-19"
    assert "có 0 lãnh đạo trực, cần ít nhất 1" in fault.sentence


def test_an_empty_roster_lacks_every_day() -> None:
    assert [fault.field for fault in read_roster([], DAYS, RULES)[1]] == [day.isoformat() for day in DAYS]


def test_only_true_makes_a_leader() -> None:
    assert read_roster([row(day, is_leader="false") for day in range(7)], DAYS, RULES)[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2026-04-20", "name": "Phan Quốc Bảo", "is_leader": True},
        {"day": "hôm nay", "name": "Phan Quốc Bảo", "is_leader": True},
        {"name": "Phan Quốc Bảo"},
        {"day": None, "name": "Phan Quốc Bảo"},
        {"day": "2026-04-13", "name": 7},
        {"day": "2026-04-13", "name": "x" * 300},
        {"day": "2026-04-13", "name": "chuông\x07"},
        {"day": "2026-04-13", "name": "A", "phone": "1"},
        "Phan Quốc Bảo",
        ["2026-04-13"],
    ],
)
def test_bad_rows_are_refused(wrong: Any) -> None:
    assert read_roster([*week(), wrong], DAYS, RULES)[1]


def test_somebody_twice_on_a_day_is_said() -> None:
    (fault,) = read_roster([*week(), row(0)], DAYS, RULES)[1]
    assert "ghi “Phan Quốc Bảo” 2 lần" in fault.sentence


def test_rows_without_a_name_are_no_rows() -> None:
    assert read_roster([*week(), row(0, "  ")], DAYS, RULES)[1] == ()


def test_a_flood_of_rows_is_refused() -> None:
    assert read_roster([row()] * (MOST_ROWS + 1), DAYS, RULES)[1]


def test_where_weekends_are_free_they_need_nobody() -> None:
    rules = RosterRules(every_day=False)
    days = roster_days(MONDAY, MONDAY + timedelta(days=6), rules, WorkingCalendar(off=frozenset({MONDAY})))
    assert [day.day for day in days] == [14, 15, 16, 17]
