"""Moments as papers of the office say them: `14 giờ 00, thứ Ba, ngày 16 tháng 6 năm 2026`. Pure."""

from datetime import date, datetime

from core.clock import in_vietnam
from papers.header import DAY_BLANK, spoken_date

#: Annex II: days of the week written in words have a capital.
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """`thứ Ba`, `Chủ nhật`."""
    return _WEEKDAYS[day.weekday()]


def spoken_hour(moment: datetime) -> str:
    """`08 giờ 30` on a wall clock in Hà Nội. Raises ValueError for a moment without zone."""
    local = in_vietnam(moment)
    return f"{local:%H} giờ {local:%M}"


def spoken_day(moment: datetime) -> str:
    """`thứ Ba, ngày 16 tháng 6 năm 2026`."""
    day = in_vietnam(moment).date()
    return f"{weekday(day)}, {spoken_date(day)}"


def spoken_span(start: datetime | None, end: datetime | None = None) -> str:
    """From when to when; the day once where it is the same, blanks to fill in where nothing is known."""
    if start is None:
        return f"{DAY_BLANK}giờ{DAY_BLANK}, ngày{DAY_BLANK}tháng{DAY_BLANK}năm{DAY_BLANK}"
    if end is None:
        return f"{spoken_hour(start)}, {spoken_day(start)}"
    if in_vietnam(start).date() == in_vietnam(end).date():
        return f"từ {spoken_hour(start)} đến {spoken_hour(end)}, {spoken_day(start)}"
    return f"từ {spoken_hour(start)}, {spoken_day(start)} đến {spoken_hour(end)}, {spoken_day(end)}"
