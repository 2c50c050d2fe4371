"""Deadlines that name a day: before it, on it, from it, between two, or an hour of it."""

import re
from collections.abc import Callable
from datetime import date

from minutes.language.calendar_words import (
    CLOCK,
    DAY_OF_MONTH,
    NO_MEETING_DATE,
    NO_SUCH_DAY,
    at_time,
    clock_time,
    day_or_question,
    first_after,
    month_end,
    named_day,
)
from minutes.language.deadline_values import DeadlineKind, Example, Form, Reading, Today, form

# What stands before the day. "hạn" alone would read "hữu hạn", so it needs its colon or "chót".
BEFORE = r"""(?: (?:(?:chậm|muộn|trễ)_nhất|không_quá|không_(?:muộn|chậm)_hơn|không_để_(?:chậm_)?quá)
                 (?:_là)? (?:_đến(?:_hết)?)? (?:_vào|_trong)? (?:_trước)?
              | trước (?:_(?:(?:ngày|dịp)_)?(?:(?:nghỉ_)?(?:lễ|Tết)|Quốc_khánh|Giải_phóng_miền_Nam|Tết_Dương_lịch
                     |Quốc_tế_Lao_động|dịp)(?:_lễ|_ngày|\s*,)*(?=_(?:ngày_)?\d))?
              | (?:thời_)?hạn(?:_chót|_cuối|_hoàn_thành|_thực_hiện|_báo_cáo)?\s*(?::|_là) (?:\s*trước)?
                (?:\s*thứ_(?:hai|ba|tư|năm|sáu|bảy|[2-7])\s*,?(?=_ngày))?
              | (?:thời_)?hạn_(?:chót|cuối|hoàn_thành|thực_hiện|báo_cáo|trình|nộp)
              | thời_hạn(?=_(?:ngày_)?\d{1,2}\s*[/.-]\s*\d)
              | thời_gian(?:_hoàn_thành|_thực_hiện|_báo_cáo)?\s*:(?:\s*trước)?
              | (?<!quá\s)(?<!gia\s)(?<!thời\s)hạn | hoàn_thành\s*:(?:\s*trước)? | xong(?:_trước)? | hoàn_thành_(?=ngày)
              | hoàn_thành(?=_\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4})
              | (?:cho_)?đến(?:_hết)? | hết )"""
# "ngày 20/5 báo cáo Bộ trưởng": the day stands before what is handed over then.
HANDS_OVER = r"_(?:là_)?(?:phải_)?(?:báo_cáo|trình|gửi|nộp|xong|hoàn_thành|bàn_giao|(?<=phải\s)có)(?!\w)"
APRIL, MAY = date(2026, 4, 8), date(2026, 5, 4)


def _single_day(kind: DeadlineKind) -> Callable[[re.Match[str], Today], Reading]:
    def read(match: re.Match[str], today: Today) -> Reading:
        return day_or_question(named_day(match, today), Reading(kind))

    return read


def _day_without_month(match: re.Match[str], today: Today) -> Reading:
    """ "trước ngày 20": this month's, or the next month's if that is over."""
    said, day = match.group(0), int(match["day"])
    if today.day is None:
        return Reading("before_date", question=NO_MEETING_DATE.format(said=said))
    for month in (today.day.month, today.day.month % 12 + 1):
        found = first_after(month, day, today)
        if found and (found - today.day).days < 62:
            return Reading("before_date", found.isoformat())
    return Reading("before_date", question=NO_SUCH_DAY.format(said=said))


def _before_time(match: re.Match[str], today: Today) -> Reading:
    clock, day = clock_time(match), named_day(match, today)
    if not isinstance(day, str) and int(match["hour"]) == 24:
        return Reading("before_date", day.isoformat())
    if isinstance(day, str) or clock is None:
        return Reading("before_time", question=day if isinstance(day, str) else NO_SUCH_DAY.format(said=match.group(0)))
    return Reading("before_time", at_time(day, *clock))


def _window(match: re.Match[str], today: Today) -> Reading:
    """The first day may leave out month and year; it then has those of the last."""
    last = named_day(match, today)
    if isinstance(last, str):
        return Reading("window", question=last)
    year, month, day = last.year, int(match["firstmonth"] or last.month), int(match["firstday"])
    if match["firstyear"]:
        year = int(match["firstyear"])
    elif month > last.month:
        year -= 1
    if not (1 <= month <= 12 and 1 <= day <= month_end(year, month).day):
        return Reading("window", question=NO_SUCH_DAY.format(said=match.group(0)))
    first = date(year, month, day)
    if first > last:
        return Reading("window", question=f"Khoảng thời gian “{match.group(0)}” kết thúc trước khi bắt đầu.")
    return Reading("window", f"{first.isoformat()}/{last.isoformat()}")


FORMS: tuple[Form, ...] = (
    form(
        "window",
        rf"""(?:trong_thời_gian_)?(?:kể_)?từ_(?:ngày_)?(?P<firstday>\d{{1,2}})
             (?:(?:\s*[/.-]\s*|_tháng_)(?P<firstmonth>\d{{1,2}})(?:(?:\s*[/.-]\s*|_năm_)(?P<firstyear>\d{{4}}))?)?
             (?:_(?:đến|tới)_(?:hết_)?(?:ngày_)?|\s*[-–]\s*){DAY_OF_MONTH}""",
        _window,
        Example("từ ngày 10/5/2026 đến hết ngày 14/5/2026", APRIL, "2026-05-10/2026-05-14"),
        Example("từ ngày 10 đến ngày 14 tháng 5", APRIL, "2026-05-10/2026-05-14"),
        Example("từ ngày 20/12 đến ngày 05/01/2027", APRIL, "2026-12-20/2027-01-05"),
        Example("từ ngày 10 - 14/5/2026", APRIL, "2026-05-10/2026-05-14"),
    ),
    form(
        "before_time",
        rf"(?:{BEFORE}_(?:lúc_)?|vào_(?:lúc_)?|lúc_){CLOCK}\s*,?\s*(?:của_)?(?:sáng_|"
        rf"chiều_|trưa_)?(?:ngày_(?:thứ_\w+_)?|(?=\d{{1,2}}\s*/\s*\d{{1,2}}\s*/)){DAY_OF_MONTH}",
        _before_time,
        Example("trước 10h sáng 25/6/2026", APRIL, "2026-06-25T10:00:00+07:00"),
        Example("trước 15h00 ngày 15/6/2026", APRIL, "2026-06-15T15:00:00+07:00"),
        Example("trước 08 giờ 00 ngày 22/6/2026", APRIL, "2026-06-22T08:00:00+07:00"),
        Example("chậm nhất 4 giờ chiều ngày 22 tháng 6", APRIL, "2026-06-22T16:00:00+07:00"),
        Example("trước 25 giờ ngày 22/6/2026", APRIL, None),
        Example("trước 24h00 ngày 22/6/2026", APRIL, "2026-06-22", kind="before_date"),
    ),
    form(
        "before_date",
        rf"{BEFORE}_(?:ngày_)?{DAY_OF_MONTH}",
        _single_day("before_date"),
        Example("trước ngày 31/12/2026", APRIL, "2026-12-31"),
        Example("trước ngày 10 tháng 5 năm 2026", APRIL, "2026-05-10"),
        Example("trước ngày 20 tháng Tư", APRIL, "2026-04-20"),
        Example("trước ngày 30-8-2018", date(2018, 7, 1), "2018-08-30"),
        Example("trước ngày 15/1", date(2018, 1, 9), "2018-01-15"),
        Example("trước ngày 15/1", date(2017, 12, 9), "2018-01-15"),
        Example("chậm nhất ngày 12 tháng 4", APRIL, "2026-04-12"),
        Example("chậm nhất là ngày 12/4", APRIL, "2026-04-12"),
        Example("đến hết ngày 14 tháng 5", MAY, "2026-05-14"),
        Example("Hạn hoàn thành: 20/5/2026", MAY, "2026-05-20"),
        Example("thời gian hoàn thành: 15/5/2026", MAY, "2026-05-15"),
        Example("chậm nhất trong ngày 07/5/2026", MAY, "2026-05-07"),
        Example("chậm nhất đến ngày 30/6/2026", MAY, "2026-06-30"),
        Example("không chậm hơn ngày 30/6/2026", MAY, "2026-06-30"),
        Example("hạn 26/5", MAY, "2026-05-26"),
        Example("thời hạn 26/5", MAY, "2026-05-26"),
        Example("Thời hạn: thứ Tư, ngày 27/5", MAY, "2026-05-27"),
        Example("trước ngày Quốc khánh 02/9", MAY, "2026-09-02"),
        Example("trước dịp nghỉ lễ 30/4", APRIL, "2026-04-30"),
        Example("Hạn hoàn thành 30/5/2026", MAY, "2026-05-30"),
        Example("trước dịp 02/9", MAY, "2026-09-02"),
        Example("trước ngày 31/4/2026", APRIL, None),
        Example("trước ngày 29/2", APRIL, "2028-02-29"),
    ),
    form(
        "before_date",
        rf"{BEFORE}_(?:ngày_)?thứ_\w+\s*\(\s*(?:ngày_)?{DAY_OF_MONTH}\s*\)",
        _single_day("before_date"),
        Example("chậm nhất thứ Năm (18/6)", MAY, "2026-06-18"),
    ),
    form(
        "before_date",
        rf"{BEFORE}_ngày_(?P<day>\d{{1,2}})(?!\s*[/.-]\s*\d|\s*h|_giờ|_làm|_tháng|\s*,?_hàng|_hằng|_của|_mỗi|"
        r"_và_ngày_\d{1,2}_h[àằ]ng|_và_\d{1,2}_h[àằ]ng)",
        _day_without_month,
        Example("trước ngày 20", APRIL, "2026-04-20"),
        Example("trước ngày 5", APRIL, "2026-05-05"),
        Example("trước ngày 32", APRIL, None),
    ),
    form(
        "on_date",
        rf"(?:(?:vào|trong|ngay_trong)_ngày|(?:vào_|nhân_|đúng_)?dịp|(?:vào|trong)_(?:các|\d{{1,2}})_ngày"
        rf"_(?:\d{{1,2}}(?:\s*[,-]\s*|_và_))+(?=\d))\s*{DAY_OF_MONTH}",
        _single_day("on_date"),
        Example("vào ngày 25/5/2026", MAY, "2026-05-25"),
        Example("vào dịp 02/9/2026", MAY, "2026-09-02"),
        Example("trong các ngày 10, 11/5/2026", MAY, "2026-05-11"),
    ),
    form(
        "on_date",
        rf"(?<=,\s)dự_kiến(?:_vào|_trong)?_(?:ngày_)?{DAY_OF_MONTH}(?=\s*(?:[.;]|$))",
        _single_day("on_date"),
        Example("họp báo, dự kiến ngày 21/8/2026", MAY, "2026-08-21"),
        Example("họp báo, dự kiến vào ngày 21 tháng 8", MAY, "2026-08-21"),
    ),
    form(
        "on_date",
        rf"ngày_{DAY_OF_MONTH}(?=\s*(?:[.;)]|$)|{HANDS_OVER})",
        _single_day("on_date"),
        Example("ngày 25/5/2026", MAY, "2026-05-25"),
        Example("ngày 20/5 báo cáo Bộ trưởng", MAY, "2026-05-20"),
        Example("ngày 20/5 là phải xong", MAY, "2026-05-20"),
        Example("ngày 22 tháng 5 là phải có", MAY, "2026-05-22"),
    ),
    form(
        "on_date",
        rf"(?<=,\s){DAY_OF_MONTH}(?=_là_phải_(?:xong|có))",
        _single_day("on_date"),
        Example("đổ rọ đá, 25 tháng 9 là phải xong", MAY, "2026-09-25"),
    ),
    form(
        "start",
        rf"(?:(?:bắt_đầu|kể)_)?từ_ngày_{DAY_OF_MONTH}(?!\s*(?:đến|tới))",
        _single_day("start"),
        Example("từ ngày 15 tháng 10", date(2021, 9, 28), "2021-10-15"),
        Example("kể từ ngày 01/7/2026", MAY, "2026-07-01"),
    ),
)
