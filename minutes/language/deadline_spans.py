"""Deadlines that name several months or quarters, half a month, or something that has no day yet.

| said at a meeting of 8 April 2026 | read as |
|---|---|
| trong tháng 6, 7 năm 2026; trong quý II và quý III năm 2026 | the end of the last one |
| trong nửa đầu tháng 6/2026 | the 15th |
| trước ngày 15 tháng (and no month was heard) | no day: the secretary is asked |
| trước mùa mưa bão; trước kỳ họp thứ 10; trong tuần đầu tháng 6; đầu tuần tới | no day: the secretary is asked |
"""

import re
from datetime import date

from minutes.language.calendar_words import (
    DAY_OF_MONTH,
    NO_MEETING_DATE,
    NO_SUCH_DAY,
    QUARTER,
    YEAR,
    first_after,
    named_day,
    next_month_end,
    quarter_number,
    year_of,
)
from minutes.language.deadline_dates import BEFORE
from minutes.language.deadline_periods import IN, later
from minutes.language.deadline_values import DeadlineKind, Example, Form, Reading, Today, form

APRIL = date(2026, 4, 8)
UNKNOWN_DAY = "Thời hạn “{said}” chưa rõ ngày, cần xác định ngày cụ thể."
MONTH_UNHEARD = "Thời hạn “{said} …” chưa rõ tháng nào; cần nghe lại{near}."
NEAREST = " (ngày {day} gần nhất sau cuộc họp là {date})"
_NUMBER_WORD = r"(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt)"
_ROMAN = r"(?:iv|iii|ii|i|[1-4])"
_AND = r"(?:\s*[,–-]\s*|_và_)"


def _last_month(match: re.Match[str], today: Today) -> Reading:
    return _end("in_month", match, next_month_end(int(match["month"]), year_of(match["year"], today), today))


def _last_quarter(match: re.Match[str], today: Today) -> Reading:
    month = quarter_number(match["quarter"]) * 3
    return _end("in_quarter", match, next_month_end(month, year_of(match["year"], today), today))


def _months(match: re.Match[str], today: Today) -> Reading:
    """The first day of the first month to the last of the last; the first may lie in the year before."""
    last = next_month_end(int(match["month"]), year_of(match["year"], today), today)
    first = int(match["first"])
    if last is None or not 1 <= first <= 12:
        return Reading("window", question=NO_MEETING_DATE.format(said=match.group(0)))
    begin = date(last.year - (1 if first > last.month else 0), first, 1)
    return Reading("window", f"{begin.isoformat()}/{last.isoformat()}")


def _by_year(match: re.Match[str], _today: Today) -> Reading:
    """ "trước năm 2027" is by the end of 2026."""
    return Reading("in_year", f"{int(match['by'] or int(match['year']) - 1)}-12-31")


def _half_month(match: re.Match[str], today: Today) -> Reading:
    end = next_month_end(int(match["month"]), year_of(match["year"], today), today)
    return _end("in_month", match, end.replace(day=15) if end and match["half"].lower() == "đầu" else end)


def _two_days(match: re.Match[str], today: Today) -> Reading:
    last, first = named_day(match, today), int(match["first"])
    if isinstance(last, str):
        return Reading("window", question=last)
    if not 1 <= first < last.day:
        return Reading("window", question=NO_SUCH_DAY.format(said=match.group(0)))
    return Reading("window", f"{last.replace(day=first).isoformat()}/{last.isoformat()}")


def _day_of_near_month(match: re.Match[str], today: Today) -> Reading:
    """ "trước ngày 20 tháng này", "trước 5 tháng sau"."""
    if today.day is None:
        return Reading("before_date", question=NO_MEETING_DATE.format(said=match.group(0)))
    month = later(today.day.replace(day=1), 0 if match["which"].lower() == "này" else 1, "tháng")
    try:
        return Reading("before_date", month.replace(day=int(match["day"])).isoformat())
    except ValueError:
        return Reading("before_date", question=NO_SUCH_DAY.format(said=match.group(0)))


def _from_now(match: re.Match[str], today: Today) -> Reading:
    """ "hai tuần nữa"."""
    if today.day is None:
        return Reading("days", question=NO_MEETING_DATE.format(said=match.group(0)))
    count = 1 if match["count"].lower() == "một" else int(match["count"])
    return Reading("days", later(today.day, count, match["unit"].lower()).isoformat())


def _end(kind: DeadlineKind, match: re.Match[str], day: date | None) -> Reading:
    if day is None:
        return Reading(kind, question=NO_MEETING_DATE.format(said=match.group(0)))
    return Reading(kind, day.isoformat())


def _month_unheard(match: re.Match[str], today: Today) -> Reading:
    """ "trước ngày 15 tháng" and no month: the day stays open, for it may be of any month; the nearest one is named."""
    said = " ".join(match.group(0).split()[:-1] if match["stray"] else match.group(0).split())
    day = int(match["day"])
    nearest = min(filter(None, (first_after(month, day, today) for month in _next_two_months(today))), default=None)
    near = NEAREST.format(day=day, date=f"{nearest:%d/%m/%Y}") if nearest else ""
    return Reading("before_date", question=MONTH_UNHEARD.format(said=said, near=near))


def _next_two_months(today: Today) -> tuple[int, ...]:
    return (today.day.month, today.day.month % 12 + 1) if today.day else ()


def _no_such_day(match: re.Match[str], _today: Today) -> Reading:
    """Still in words: a day and month that exist have become figures before."""
    return Reading("before_date", question=NO_SUCH_DAY.format(said=match.group(0)))


def _unknown(match: re.Match[str], _today: Today) -> Reading:
    return Reading("vague", question=UNKNOWN_DAY.format(said=match.group(0)))


FORMS: tuple[Form, ...] = (
    form(
        "in_month",
        rf"(?:{IN}_)?(?:0?[2-9]_)?tháng_(?:\d{{1,2}}{_AND}(?:tháng_)?)+(?P<month>\d{{1,2}}){YEAR}(?!\s*[/-]\s*\d)",
        _last_month,
        Example("trong tháng 6, 7 năm 2026", APRIL, "2026-07-31"),
        Example("trong 02 tháng 6 và 7/2026", APRIL, "2026-07-31"),
    ),
    form(
        "in_quarter",
        rf"{IN}_quý_(?:{_ROMAN}{_AND}(?:quý_)?)+{QUARTER.removeprefix('quý_')}(?:{YEAR})?",
        _last_quarter,
        Example("trong quý II và quý III năm 2026", APRIL, "2026-09-30"),
        Example("trong Quý II-III/2026", APRIL, "2026-09-30"),
    ),
    form(
        "in_month",
        rf"(?:(?:trong|vào)_)?nửa_(?P<half>đầu|cuối)_tháng_(?P<month>\d{{1,2}})(?:{YEAR})?(?!\s*[/-]\s*\d)",
        _half_month,
        Example("trong nửa đầu tháng 6/2026", APRIL, "2026-06-15"),
        Example("nửa cuối tháng 6", APRIL, "2026-06-30"),
    ),
    form(
        "in_month",
        rf"{IN}_tháng_\d{{1,2}}{_AND}tháng_(?P<month>\d{{1,2}})(?:{YEAR})?(?!\s*[/-]\s*\d)",
        _last_month,
        Example("trong tháng 5, tháng 6", APRIL, "2026-06-30"),
    ),
    form(
        "window",
        rf"(?:kể_)?từ_(?:đầu_)?tháng_(?P<first>\d{{1,2}})_(?:đến|tới)_(?:hết_|cuối_)*tháng_(?P<month>\d{{1,2}})(?:{YEAR})?"
        r"(?!\s*[/-]\s*\d)",
        _months,
        Example("từ tháng 5 đến tháng 7/2026", APRIL, "2026-05-01/2026-07-31"),
        Example("từ tháng 11 đến hết tháng 02/2027", APRIL, "2026-11-01/2027-02-28"),
    ),
    form(
        "window",
        rf"(?:trong|vào)_hai_ngày_(?P<first>\d{{1,2}})(?:_và_(?:ngày_)?|\s*[,-]\s*){DAY_OF_MONTH}",
        _two_days,
        Example("trong hai ngày 21 và 22/3", APRIL, "2027-03-21/2027-03-22"),
        Example("trong hai ngày 21 và 22 tháng 5", APRIL, "2026-05-21/2026-05-22"),
    ),
    form(
        "in_year",
        r"(?<!từ\s)(?<!nay\s)trước_năm_(?P<year>\d{4})(?!_học|\s*[-–]\s*\d{4})|"
        r"đến_năm_(?P<by>\d{4})(?=_(?:phải_|cơ_bản_)*(?:hoàn_thành|xong)(?!\w))",
        _by_year,
        Example("hoàn thành trước năm 2027", APRIL, "2026-12-31"),
        Example("đến năm 2027 hoàn thành", APRIL, "2027-12-31"),
    ),
    form(
        "vague",
        r"(?:(?:trong|vào|từ)_)?(?:thượng|trung|hạ)_tuần_tháng_\d{1,2}(?:\s*/\s*\d{4}|_năm_\d{4})?|"
        r"(?:tại|trình_|vào_)(?:_)?(?:kỳ_họp|phiên_họp)_thứ_[\dIVXLC]+(?!\w)|trong_(?:vòng_)?\d{1,3}_giờ(?:_tới|_đồng_hồ)?(?!\w)",
        _unknown,
        Example("trong thượng tuần tháng 5", APRIL, None),
        Example("tại Kỳ họp thứ 12", APRIL, None),
        Example("trong vòng 24 giờ", APRIL, None),
    ),
    form(
        "vague",
        r"""(?:chậm_nhất_(?:là_)?)?trước_(?:khi_kết_thúc_)?(?:(?:thời_điểm_|thềm_)?(?:diễn_ra_|bắt_đầu_)?(?:mùa_(?:mưa(?:,?_bão|,?_lũ)?|lũ|bão|khô)|Tết(?:_Nguyên_đán)?|năm_học|
              kỳ_họp_thứ|khai_giảng|ngày_khai_giảng|Đại_hội|ngày_bầu_cử|kỳ_thi|kỳ_nghỉ|vụ_(?:mùa|đông|hè|xuân)))
              (?:_(?:mới|này|tới|năm|\d{4}|\d{1,2}(?![/\d])|của|Quốc_hội|khóa|[XVI]+))*(?:\s*[-–]\s*\d{4})?""",
        _unknown,
        Example("trước mùa mưa bão năm 2026", APRIL, None),
        Example("trước kỳ họp thứ 10", APRIL, None),
        Example("trước năm học mới", APRIL, None),
    ),
    form(
        "vague",
        r"""(?:(?:trong|vào)_)?(?:tuần_(?:đầu(?:_tiên)?|cuối(?:_cùng)?|thứ_(?:\d|nhất|hai|ba|tư|năm))_(?:của_)?tháng_
              (?:\d{1,2}|này|tới|sau)(?:\s*/\s*\d{4}|_năm_\d{4})?|\d{1,2}_ngày_(?:đầu|cuối)_tháng_\d{1,2}
              (?:\s*/\s*\d{4}|_năm_\d{4})?|(?:đầu|giữa)_tuần_(?:này|tới|sau))""",
        _unknown,
        Example("trong tuần thứ ba của tháng 5/2026", APRIL, None),
        Example("đầu tuần tới", APRIL, None),
        Example("trong 10 ngày đầu tháng 6/2026", APRIL, None),
    ),
    form(
        "vague",
        r"trước_ngày_\d{1,2}_(?:tháng_(?:cuối_quý|kế_tiếp|tiếp_theo|đầu_quý)|của_tháng_(?:cuối_quý|sau|kế_tiếp|tiếp_theo))"
        r"(?:_sau)?",
        _unknown,
        Example("trước ngày 20 tháng cuối quý", APRIL, None),
    ),
    form(
        "before_date",
        rf"{BEFORE}_(?:ngày_)?(?P<day>\d{{1,2}})_tháng_(?P<which>này|sau|tới)",
        _day_of_near_month,
        Example("trước ngày 20 tháng này", APRIL, "2026-04-20"),
        Example("trước 5 tháng sau", APRIL, "2026-05-05"),
    ),
    form(
        "before_date",
        rf"(?:{BEFORE}_)?ngày_(?P<day>\d{{1,2}})_tháng(?:_(?!này|sau|tới|cuối|đầu|kế|tiếp|\d)(?P<stray>[^\W\d_]{{1,7}}))?"
        r"(?=\s*(?:[.,;]|$))",
        _month_unheard,
        Example("trước ngày 15 tháng.", APRIL, None),
        Example("chậm nhất ngày 12 tháng trời", APRIL, None),
    ),
    form(
        "before_date",
        rf"{BEFORE}_ngày_(?:(?:{_NUMBER_WORD}|\d{{1,2}})_){{1,3}}tháng_{_NUMBER_WORD}(?:_{_NUMBER_WORD})?",
        _no_such_day,
        Example("trước ngày năm tháng mười ba", APRIL, None),
    ),
    form(
        "vague",
        rf"{BEFORE}_ngày_(?=(?:\w+_){{0,2}}{_NUMBER_WORD}_)(?:(?:{_NUMBER_WORD}|\d{{1,2}}|[^\W\d_]{{1,6}})_){{2,3}}tháng_\d{{1,2}}",
        _unknown,
        Example("chậm nhất là ngày một 1 tháng 9", APRIL, None),
    ),
    form(
        "days",
        r"(?P<count>\d{1,2}|một)_(?P<unit>ngày|tuần|tháng)_nữa",
        _from_now,
        Example("2 tuần nữa", APRIL, "2026-04-22"),
    ),
)
