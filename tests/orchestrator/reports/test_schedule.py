"""Periods, cut-offs and reminders by the clock of Vietnam, at their exact limits."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.reports.schedule import (
    Cadence,
    Schedule,
    is_late,
    period_name,
    periods_between,
    reminder_due,
)
from tests.orchestrator.reports.conftest import at

PLAIN = WorkingCalendar()
CUT_OFF = at(16)


def test_four_in_the_afternoon_of_hanoi_is_nine_in_utc() -> None:
    (period,) = periods_between(Schedule(), date(2026, 4, 8), date(2026, 4, 8), PLAIN)
    assert period.cut_off_at == datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
    assert period.opens_at == datetime(2026, 4, 7, 17, 0, tzinfo=UTC)


def test_weekends_and_holidays_have_no_daily_report() -> None:
    calendar = WorkingCalendar(
        off=frozenset({date(2026, 4, 30), date(2026, 5, 1)}), working=frozenset({date(2026, 5, 9)})
    )
    days = [
        period.starts_on.day for period in periods_between(Schedule(), date(2026, 4, 29), date(2026, 5, 10), calendar)
    ]
    assert days == [29, 4, 5, 6, 7, 8, 9]


def test_every_day_means_every_day() -> None:
    schedule = Schedule(working_days_only=False)
    assert len(periods_between(schedule, date(2026, 4, 6), date(2026, 4, 12), PLAIN)) == 7


def test_a_weekly_report_is_due_on_friday_and_covers_its_week() -> None:
    schedule = Schedule(cadence=Cadence.WEEKLY)
    (period,) = periods_between(schedule, date(2026, 4, 8), date(2026, 4, 14), PLAIN)
    assert (period.starts_on, period.ends_on) == (date(2026, 4, 6), date(2026, 4, 12))
    assert period.cut_off_at == at(16, day=10)


def test_a_roster_is_due_before_the_week_it_is_for() -> None:
    schedule = Schedule(cadence=Cadence.WEEKLY, next_week=True)
    (period,) = periods_between(schedule, date(2026, 4, 6), date(2026, 4, 12), PLAIN)
    assert (period.starts_on, period.ends_on) == (date(2026, 4, 13), date(2026, 4, 19))
    assert (period.opens_at, period.cut_off_at) == (at(0, day=6), at(16, day=10))


def test_where_friday_is_off_thursday_counts_and_a_week_off_has_no_report() -> None:
    friday_off = WorkingCalendar(off=frozenset({date(2026, 4, 10)}))
    all_off = WorkingCalendar(off=frozenset(date(2026, 4, 6) + timedelta(days=n) for n in range(5)))
    week = (date(2026, 4, 6), date(2026, 4, 12))
    schedule = Schedule(cadence=Cadence.WEEKLY)
    assert periods_between(schedule, *week, friday_off)[0].cut_off_at == at(16, day=9)
    assert periods_between(schedule, *week, all_off) == ()


@pytest.mark.parametrize(
    ("moment", "late"),
    [(at(15, 59, 59), False), (CUT_OFF, False), (CUT_OFF + timedelta(microseconds=1), True), (at(17), True)],
)
def test_late_is_after_the_cut_off(moment: datetime, late: bool) -> None:
    assert is_late(moment, CUT_OFF) is late


@pytest.mark.parametrize(
    ("moment", "minutes"),
    [(at(14, 59, 59), None), (at(15), 60), (at(15, 44, 59), 60), (at(15, 45), 15), (at(15, 59, 59), 15), (at(16), None),
     (at(18), None)],
)  # fmt: skip
def test_reminders_have_their_time(moment: datetime, minutes: int | None) -> None:
    assert reminder_due(CUT_OFF, (60, 15), moment) == minutes


def test_no_reminders_where_none_are_wanted() -> None:
    assert reminder_due(CUT_OFF, (), at(15, 50)) is None


def test_a_schedule_survives_its_json() -> None:
    schedule = Schedule(Cadence.WEEKLY, time(11, 30), False, 2, True, (120, 30))
    assert Schedule.from_json(schedule.to_json()) == schedule


@pytest.mark.parametrize(
    "wrong",
    [{"weekday": 7}, {"reminder_minutes": [0]}, {"reminder_minutes": [1, 2, 3, 4, 5, 6]}, {"cut_off": "25:00"},
     {"cut_off": "16"}, {"cadence": "hourly"}],
)  # fmt: skip
def test_nonsense_schedules_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Schedule.from_json({**Schedule().to_json(), **wrong})


def test_periods_have_names() -> None:
    assert period_name(date(2026, 4, 8), date(2026, 4, 8)) == "ngày 08/04/2026"
    assert period_name(date(2026, 4, 6), date(2026, 4, 12)) == "tuần 06/04/2026 – 12/04/2026"
