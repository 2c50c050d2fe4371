"""The proposal against the lunar calendar of Vietnam and against what the government announced."""

from datetime import date, timedelta

import pytest

from orchestrator.calendar.public_holidays import DayKind, proposed_days, public_calendar_from, public_holiday_calendar
from orchestrator.calendar.working_days import WorkingCalendar

#: First day of the lunar year and Giỗ Tổ (10/3 lunar); in 2030 and 2007 Vietnam's Tết is a day before China's.
LUNAR = {
    2007: ("2007-02-17", "2007-04-26"),
    2020: ("2020-01-25", "2020-04-02"),
    2021: ("2021-02-12", "2021-04-21"),
    2022: ("2022-02-01", "2022-04-10"),
    2023: ("2023-01-22", "2023-04-29"),
    2024: ("2024-02-10", "2024-04-18"),
    2025: ("2025-01-29", "2025-04-07"),
    2026: ("2026-02-17", "2026-04-26"),
    2027: ("2027-02-06", "2027-04-16"),
    2028: ("2028-01-26", "2028-04-04"),
    2029: ("2029-02-13", "2029-04-23"),
    2030: ("2030-02-02", "2030-04-12"),
}
#: Weekdays without work by the yearly announcements for civil servants, first and last day of each stretch.
ANNOUNCED = {
    2020: ["01-01/01-01", "01-23/01-29", "04-02/04-02", "04-30/05-01", "09-02/09-02"],
    2021: ["01-01/01-01", "02-10/02-16", "04-21/04-21", "04-30/05-03", "09-02/09-03"],
    2022: ["01-03/01-03", "01-31/02-04", "04-11/04-11", "05-02/05-03", "09-01/09-02"],
    2023: ["01-02/01-02", "01-20/01-26", "05-01/05-03", "09-01/09-04"],
    2024: ["01-01/01-01", "02-08/02-14", "04-18/04-18", "04-29/05-01", "09-02/09-03"],
    2025: ["01-01/01-01", "01-27/01-31", "04-07/04-07", "04-30/05-02", "09-01/09-02"],
}


def weekdays_off(calendar: WorkingCalendar, year: int) -> set[date]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return {day for day in days if day.weekday() < 5 and not calendar.is_working_day(day)}


@pytest.mark.parametrize("year", LUNAR)
def test_lunar_days_are_those_of_vietnam(year: int) -> None:
    days = {day.name: day.day.isoformat() for day in proposed_days(year)}
    assert (days["Tết Nguyên Đán"], days["Ngày Giỗ Tổ Hùng Vương"]) == LUNAR[year]


@pytest.mark.parametrize("year", ANNOUNCED)
def test_the_proposal_is_what_was_announced(year: int) -> None:
    expected = set()
    for stretch in ANNOUNCED[year]:
        first, last = (date.fromisoformat(f"{year}-{day}") for day in stretch.split("/"))
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        expected |= {day for day in days if day.weekday() < 5}
    assert weekdays_off(public_holiday_calendar([year]), year) == expected


@pytest.mark.parametrize(
    ("year", "off", "worked"),
    [(2024, "2024-04-29", "2024-05-04"), (2025, "2025-05-02", "2025-04-26"), (2026, "2026-08-31", "2026-08-22")],
)
def test_swapped_days_bring_the_day_worked_in_exchange(year: int, off: str, worked: str) -> None:
    calendar = public_holiday_calendar([year])
    assert not calendar.is_working_day(date.fromisoformat(off))
    assert calendar.is_working_day(date.fromisoformat(worked))
    (exchanged,) = [day for day in proposed_days(year) if day.kind is DayKind.WORKING]
    assert exchanged.day == date.fromisoformat(worked)


def test_a_holiday_on_sunday_has_a_day_in_lieu_and_names_the_rule() -> None:
    days = {day.day: day for day in proposed_days(2026)}
    assert "Điều 112" in days[date(2026, 4, 26)].basis
    assert "Điều 111" in days[date(2026, 4, 27)].basis


@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_year_has_the_days_of_the_law(year: int) -> None:
    calendar = public_holiday_calendar([year])
    tet = next(day.day for day in proposed_days(year) if day.name.startswith("Tết Nguyên Đán"))
    # Five days of Tết, New Year, Giỗ Tổ, 30/4, 1/5, and two days of Quốc khánh (one before 2021), weekends made good.
    assert len(weekdays_off(calendar, year)) >= (10 if year > 2020 else 9)
    assert not any(calendar.is_working_day(tet + timedelta(days=number)) for number in range(-1, 4))


def test_years_out_of_reach_have_none_and_a_term_may_cross_new_year() -> None:
    assert proposed_days(1999) == proposed_days(2100) == ()
    assert public_calendar_from(date(2025, 12, 31)).add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 2)
