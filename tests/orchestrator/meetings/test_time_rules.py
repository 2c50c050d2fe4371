"""The rules of time: three working days before, by the calendar of the office, and never for what is urgent."""

from datetime import UTC, date, datetime

import pytest

from core.clock import VIETNAM
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.time_rules import TimePlan, from_json, last_day_for_notice, warnings

#: Wednesday 8 April 2026, 14:00 in Hà Nội.
NOW = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)
CALENDAR = WorkingCalendar(off=frozenset({date(2026, 4, 30), date(2026, 5, 1)}), working=frozenset({date(2026, 4, 11)}))


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def codes(day: date, **changes: object) -> list[str]:
    return [item.code for item in warnings(TimePlan(at(day), **changes), NOW, CALENDAR)]  # type: ignore[arg-type]


def test_three_working_days_are_enough_and_two_are_not() -> None:
    # Thursday, Friday, and the Saturday that is worked in exchange.
    assert codes(date(2026, 4, 11)) == []
    assert codes(date(2026, 4, 10)) == ["time_invitation_late", "time_papers_late"]


def test_the_clause_the_days_left_and_what_to_do_are_said() -> None:
    invitation, _papers = warnings(TimePlan(at(date(2026, 4, 9))), NOW, CALENDAR)
    assert invitation.clause == "Quyết định số 45/2018/QĐ-TTg ngày 09/11/2018"
    sentence = invitation.sentence()
    for part in ("03 ngày làm việc", "còn 1 ngày làm việc", "11/04/2026", "06/04/2026"):
        assert part in sentence


@pytest.mark.parametrize(
    "urgent",
    [
        {"urgency": Urgency.URGENT},
        {"urgency": Urgency.VERY_URGENT},
        {"urgency": Urgency.EXPRESS},
        {"kind": MeetingKind.EXTRAORDINARY},
    ],
)
def test_urgent_meetings_are_excepted(urgent: dict[str, object]) -> None:
    assert codes(date(2026, 4, 9), **urgent) == []


def test_a_day_off_is_named_with_the_next_working_day_even_for_urgent_meetings() -> None:
    (off,) = warnings(TimePlan(at(date(2026, 4, 30)), Urgency.EXPRESS), NOW, CALENDAR)
    assert off.code == "time_day_off"
    assert "04/05/2026" in off.sentence()
    assert codes(date(2026, 4, 11)) == [], "the Saturday is worked"
    assert codes(date(2026, 4, 18)) == ["time_day_off"]


def test_what_was_held_already_is_not_warned_about() -> None:
    assert codes(date(2026, 4, 5)) == []


@pytest.mark.parametrize("day", [date(2026, 4, 16), date(2026, 4, 18), date(2026, 5, 4), date(2026, 5, 2)])
def test_the_last_day_for_notice_leaves_exactly_three(day: date) -> None:
    last = last_day_for_notice(day, CALENDAR)
    assert CALENDAR.working_days_between(last, day) == 3


def test_warnings_are_kept_and_read_again() -> None:
    found = warnings(TimePlan(at(date(2026, 4, 9))), NOW, CALENDAR)
    assert from_json([item.to_json() for item in found]) == found
