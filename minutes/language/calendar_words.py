"""Days, months, quarters and hours as notices name them, and which year is meant when none is said.

In: pattern fragments (in the writing of `deadline_values.form`: "_" is a gap, layout is free) and the groups they
matched. Out: days.
A missing year is the first such day on or after the day of the meeting (LANGUAGE §1.4).
"""

import calendar
import re
from datetime import date, timedelta

from minutes.language.deadline_values import Reading, Today

DAY_OF_MONTH = r"""
    (?P<day>\d{1,2}) (?:
        \s*[/.-]\s*(?P<month>\d{1,2}) (?: \s*[/.-]\s*(?P<year>\d{4}) )?
      | _tháng_(?P<monthword>\d{1,2}|tư(?!\w)) (?: \s*(?:,\s*)?(?:năm_|/\s*)(?P<yearword>\d{4}|nay|sau|tới) )?
    )
"""
YEAR = r"(?:\s*[/.-]\s*|_năm_|_)(?P<year>\d{4}|nay|sau|tới)"
CLOCK = (
    r"(?P<hour>\d{1,2}) (?: \s*(?:h|g|:)\s*(?P<minute>\d{2})?(?:['’]|_phút)? "
    r"| \s*giờ(?:_(?P<minuteword>\d{1,2})(?:_phút)?)? ) "
    r"(?:_(?P<part>sáng|trưa|chiều|tối))?"
)
WEEKDAY = r"(?:ngày_)?(?P<weekday>thứ_(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ_nhật)"
QUARTER = r"quý_(?P<quarter>iv|iii|ii|i|[1-4])"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "7": 5, "nhật": 6,
}  # fmt: skip

NO_MEETING_DATE = "Chưa biết ngày họp nên chưa xác định được năm của thời hạn “{said}”."
NO_SUCH_DAY = "Ngày nêu trong thời hạn “{said}” không có trên lịch."


def weekday_number(said: str) -> int:
    """0 for Monday, from "thứ Hai", "thứ 2" or "Chủ nhật"."""
    return WEEKDAYS[said.lower().split()[-1]]


def named_day(match: re.Match[str], today: Today) -> date | str:
    """The day that the groups of `DAY_OF_MONTH` name, or a question why there is none."""
    said = match.group(0).strip()
    groups = match.groupdict()
    spoken = (groups["month"] or groups["monthword"]).lower()
    month = 4 if spoken == "tư" else int(spoken)
    year = year_of(groups.get("year") or groups.get("yearword"), today)
    if year is None and today.day is None:
        return NO_MEETING_DATE.format(said=said)
    day = int(groups["day"])
    if year is not None:
        return _day(year, month, day) or NO_SUCH_DAY.format(said=said)
    return first_after(month, day, today) or NO_SUCH_DAY.format(said=said)


def first_after(month: int, day: int, today: Today) -> date | None:
    """The first such day not before the meeting; four years are tried for 29 February, None if there is no such day."""
    if today.day is None:
        return None
    candidates = (_day(today.day.year + step, month, day) for step in range(9 if (month, day) == (2, 29) else 2))
    return next((candidate for candidate in candidates if candidate and candidate >= today.day), None)


def year_of(said: str | None, today: Today) -> int | None:
    """A year in figures, or "nay" and "sau" seen from the meeting."""
    if said is None:
        return None
    if said.isdigit():
        return int(said)
    return None if today.day is None else today.day.year + (0 if said.lower() == "nay" else 1)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def next_month_end(month: int, year: int | None, today: Today) -> date | None:
    """The last day of the named month; without a year, the first such month that is not over at the meeting."""
    if not 1 <= month <= 12:
        return None
    if year is not None:
        return month_end(year, month)
    if today.day is None:
        return None
    end = month_end(today.day.year, month)
    return end if end >= today.day else month_end(today.day.year + 1, month)


def quarter_number(said: str) -> int:
    """1 to 4 from Roman or Arabic writing."""
    return ROMAN.get(said.lower(), 0) or int(said)


def clock_time(match: re.Match[str]) -> tuple[int, int] | None:
    """Hour and minute of the groups of `CLOCK`; "4 giờ chiều" is 16:00. None if no clock shows it."""
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups.get("minute") or groups.get("minuteword") or 0)
    if (groups.get("part") or "").lower() in {"chiều", "tối"} and hour < 12:
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else None


def at_time(day: date, hour: int, minute: int) -> str:
    """Local time of Vietnam, which has had +07:00 without summer time since 1975."""
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}:00+07:00"


def weekday_in(today: date, weekday: int, weeks_ahead: int) -> date:
    """That weekday of the meeting's week (Monday first) or `weeks_ahead` later."""
    return today - timedelta(days=today.weekday()) + timedelta(days=weekday, weeks=weeks_ahead)


def day_or_question(found: date | str, reading: Reading) -> Reading:
    """`reading` with the day, or with the question and no day."""
    if isinstance(found, str):
        return Reading(reading.kind, question=found)
    return Reading(reading.kind, found.isoformat(), question=reading.question)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
