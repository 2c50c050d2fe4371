"""The public holidays of a year, as a proposal: the Prime Minister decides on Tết, Quốc khánh and swapped days anew.

In: a year. Out: days off with their names and the rule they come from, weekend days worked in exchange. Pure. The law
is Labour Code 45/2019/QH14, art. 112 (which days) and art. 111.3 (a day in lieu where one falls on the weekly rest).
Lunar days are those of Vietnam's calendar, reckoned for UTC+7 (Decision 121-CP of 1967), which differs from China's in
some years. Both come from the package `holidays`; the tests hold its answers against the announcements of 2020 to 2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import holidays

from orchestrator.calendar.working_days import WorkingCalendar

#: The lunar tables reach further; an office plans no further.
FIRST_YEAR, LAST_YEAR = 2000, 2099
ARTICLE_112 = "Bộ luật Lao động 2019, Điều 112"
ARTICLE_111 = "Bộ luật Lao động 2019, Điều 111 khoản 3"
CULTURE_DAY_BASIS = "Nghị quyết số 80-NQ/TW"
SWAP_BASIS = "Thông báo hoán đổi ngày làm việc"
SWAPPED_WORKING_DAY = "Làm bù ngày nghỉ hoán đổi"
_IN_LIEU, _SWAPPED, _CULTURE_DAY = "nghỉ bù", "thay cho ngày", "Văn hóa"


class DayKind(StrEnum):
    """A day off, or a weekend day that is worked in exchange for one (làm bù)."""

    OFF = "off"
    WORKING = "working"


@dataclass(frozen=True, order=True)
class ProposedDay:
    """One day of the proposal; `basis` names the rule."""

    day: date
    name: str
    kind: DayKind = DayKind.OFF
    basis: str = ARTICLE_112


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def proposed_days(year: int) -> tuple[ProposedDay, ...]:
    """The proposal for one year, by day; empty outside 2000 to 2099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    known = holidays.country_holidays("VN", years=[year], language="vi", expand=False)
    off = [ProposedDay(day, name, DayKind.OFF, _basis(name)) for day, name in known.items() if day.year == year]
    exchanged = [
        ProposedDay(day, SWAPPED_WORKING_DAY, DayKind.WORKING, SWAP_BASIS)
        for day in _exchanged_days()
        if day.year == year
    ]
    return tuple(sorted(off + exchanged))


def public_holiday_calendar(years: Iterable[int]) -> WorkingCalendar:
    """The calendar of an office that has decided nothing of its own."""
    days = [day for year in years for day in proposed_days(year)]
    return WorkingCalendar(
        off=frozenset(day.day for day in days if day.kind is DayKind.OFF),
        working=frozenset(day.day for day in days if day.kind is DayKind.WORKING),
    )


def public_calendar_from(day: date) -> WorkingCalendar:
    """The public holidays that terms beginning on this day may meet: its year and the three after it."""
    return public_holiday_calendar(range(day.year, day.year + 4))


@lru_cache(maxsize=1)
def _exchanged_days() -> frozenset[date]:
    """Weekend days worked by announcement; asked for all years at once, for some lie in the year before or after."""
    known = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi", expand=False)
    return frozenset(known.weekend_workdays)


def _basis(name: str) -> str:
    if _SWAPPED in name:
        return SWAP_BASIS
    if _IN_LIEU in name:
        return ARTICLE_111
    return CULTURE_DAY_BASIS if _CULTURE_DAY in name else ARTICLE_112
