"""Deadlines measured from the day of the meeting: tomorrow, Friday next week, the next meeting."""

import re
from datetime import date, timedelta

from minutes.language.calendar_words import (
    CLOCK,
    NO_MEETING_DATE,
    NO_SUCH_DAY,
    WEEKDAY,
    at_time,
    clock_time,
    weekday_in,
    weekday_number,
)
from minutes.language.deadline_values import DeadlineKind, Example, Form, Reading, Today, form

BEFORE = (
    r"(?:(?:(?:chậm|muộn)_nhất(?:_là)?_)?(?:trước|vào|lúc)|(?:chậm|muộn)_nhất(?:_là)?|(?:ngay_)?trong|"
    r"xong(?:_trước)?|ngay|đến(?:_hết)?)"
)
DAY_WORD = (
    r"(?P<dayword>(?:(?:ngày_)?hôm_nay|(?:chiều|sáng|tối|đêm|trưa)_(?:nay|mai)|ngày_mai|ngày_kia|mai)"
    r"(?!_(?:chúng|họp|ta|tôi)))"
)
WEEK = r"(?P<week>tuần_(?:này|tới|sau)|này|tới|sau)"
WEEKDAY_OF = rf"(?:(?:sáng|chiều|tối)_)?{WEEKDAY}(?:_{WEEK})?(?!\s*,?\s*(?:hàng|hằng|mỗi))"
# What stands behind a bare day that is a deadline: "sáng mai trình tôi", "thứ hai tuần tới đưa tôi ký".
THEN_DUE = (
    r"(?=_(?:là_)?(?:phải_)?(?:trình|gửi|báo_cáo|nộp|xong|hoàn_thành|bàn_giao|"
    r"đưa_(?:tôi|em|anh|chị))(?!\w)|_là_phải_có(?!\w))"
)
THURSDAY, TUESDAY = date(2020, 4, 9), date(2021, 5, 4)


def _day_word(match: re.Match[str], today: Today) -> Reading:
    if today.day is None:
        return Reading("on_date", question=NO_MEETING_DATE.format(said=match.group(0)))
    kind: DeadlineKind = (
        "before_date" if match.group(0).lower().startswith(("trước", "chậm", "muộn", "đến", "xong")) else "on_date"
    )
    return Reading(kind, _shifted(match["dayword"], today.day).isoformat())


def _shifted(word: str, day: date) -> date:
    last = word.lower().split()[-1]
    return day + timedelta(days={"mai": 1, "kia": 2}.get(last, 0))


def _weekday(match: re.Match[str], today: Today) -> Reading:
    kind: DeadlineKind = (
        "before_date" if match.group(0).lower().startswith(("trước", "chậm", "muộn", "đến", "xong")) else "on_date"
    )
    return _named_weekday(match, today, kind)


def _bare_weekday(match: re.Match[str], today: Today) -> Reading | None:
    """ "thứ Năm này phải có", "sáng thứ Sáu báo cáo": no preposition; "thứ Hai báo cáo" may be a second point."""
    return _named_weekday(match, today, "on_date") if match["part"] or match["week"] else None


def _start_weekday(match: re.Match[str], today: Today) -> Reading:
    return _named_weekday(match, today, "start")


def _named_weekday(match: re.Match[str], today: Today, kind: DeadlineKind) -> Reading:
    if today.day is None:
        return Reading(kind, question=NO_MEETING_DATE.format(said=match.group(0)))
    return Reading(kind, _weekday_day(match, today.day).isoformat())


def _weekday_day(match: re.Match[str], day: date) -> date:
    """ "thứ Sáu tới" is the next Friday; "thứ Sáu tuần tới" the one of the following week."""
    number, week = weekday_number(match["weekday"]), " ".join((match["week"] or "").lower().split())
    if week.startswith("tuần"):
        return weekday_in(day, number, 0 if week == "tuần này" else 1)
    return day + timedelta(days=(number - day.weekday()) % 7 or (7 if week in {"tới", "sau"} else 0))


def _time_of_day(match: re.Match[str], today: Today) -> Reading:
    said, clock = match.group(0), clock_time(match)
    if clock is None or today.day is None:
        template = NO_SUCH_DAY if clock is None else NO_MEETING_DATE
        return Reading("before_time", question=template.format(said=said))
    day = _shifted(match["dayword"], today.day) if match["dayword"] else _weekday_day(match, today.day)
    hour, minute = clock
    if (match["dayword"] or "").lower().startswith(("chiều", "tối")) and hour < 12:
        hour += 12
    return Reading("before_time", at_time(day, hour, minute))


def _after_meeting(_match: re.Match[str], today: Today) -> Reading:
    """ "ngay sau cuộc họp" says when to begin, not when to be done."""
    return Reading("start", today.day.isoformat() if today.day else None)


def _next_meeting(_match: re.Match[str], _today: Today) -> Reading:
    return Reading("next_meeting")


def _no_date(_match: re.Match[str], _today: Today) -> Reading:
    return Reading("none")


FORMS: tuple[Form, ...] = (
    form(
        "before_time",
        rf"{BEFORE}_{CLOCK}\s*,?\s*(?:ngày_)?(?:{DAY_WORD}|{WEEKDAY_OF})",
        _time_of_day,
        Example("trước 17 giờ chiều nay", THURSDAY, "2020-04-09T17:00:00+07:00"),
        Example("trước 10 giờ sáng mai", THURSDAY, "2020-04-10T10:00:00+07:00"),
        Example("trước 16h00 thứ Sáu tuần này", THURSDAY, "2020-04-10T16:00:00+07:00"),
    ),
    form(
        "on_date",
        rf"{BEFORE}_{DAY_WORD}",
        _day_word,
        Example("trong ngày mai", TUESDAY, "2021-05-05"),
        Example("ngay trong chiều nay", TUESDAY, "2021-05-04"),
        Example("trước ngày mai", TUESDAY, "2021-05-05", kind="before_date"),
    ),
    form(
        "on_date",
        rf"{DAY_WORD}{THEN_DUE}",
        _day_word,
        Example("chiều mai trình tôi", TUESDAY, "2021-05-05"),
        Example("sáng mai là phải có trên bàn tôi", TUESDAY, "2021-05-05"),
    ),
    form(
        "on_date",
        r"(?:(?:vào|trước|ngay)_)?(?:đầu|cuối)_giờ_(?P<dayword>(?:ngày_)?(?:(?:chiều|sáng)_(?:nay|mai)|hôm_nay|mai))",
        _day_word,
        Example("đầu giờ sáng mai", TUESDAY, "2021-05-05"),
    ),
    form(
        "start",
        rf"(?:bắt_đầu_)?từ_{WEEKDAY_OF}(?!_đến)",
        _start_weekday,
        Example("bắt đầu từ thứ Hai tuần tới", TUESDAY, "2021-05-10"),
    ),
    form(
        "on_date",
        rf"{BEFORE}_{WEEKDAY_OF}",
        _weekday,
        Example("trước thứ Sáu tuần này", THURSDAY, "2020-04-10", kind="before_date"),
        Example("chậm nhất thứ Tư tuần sau", THURSDAY, "2020-04-15", kind="before_date"),
        Example("vào thứ Năm tới", THURSDAY, "2020-04-16"),
    ),
    form(
        "on_date",
        rf"(?P<part>(?:sáng|chiều|tối)_)?{WEEKDAY}(?:_{WEEK})?(?=_(?:phải|đưa_tôi|là_phải|trình|gửi|báo_cáo|nộp|xong|hoàn_thành|bàn_giao|"
        r"cho_tôi)(?!\w))",
        _bare_weekday,
        Example("thứ Năm này phải có", THURSDAY, "2020-04-09"),
        Example("sáng thứ Sáu báo cáo tôi", THURSDAY, "2020-04-10"),
    ),
    form(
        "on_date",
        rf"(?:(?<=^)|(?<=[.;:)]\s)|(?<=-\s))(?P<part>(?:sáng|chiều|tối)_)?{WEEKDAY}_(?P<week>tuần_(?:này|tới|sau)|này|tới|sau)(?=\s*,)",
        _bare_weekday,
    ),
    form(
        "start",
        r"ngay_sau_(?:khi_kết_thúc_)?(?:cuộc|buổi|phiên)_họp(?:_này|_hôm_nay)?",
        _after_meeting,
        Example("ngay sau cuộc họp", TUESDAY, "2021-05-04"),
    ),
    form(
        "next_meeting",
        r"(?:báo_cáo_)?(?:tại|trước|vào|trong|đến)_(?:cuộc_họp|phiên_họp|kỳ_họp|buổi_họp|hội_nghị|buổi|phiên|"
        r"họp|giao_ban)(?:_giao_ban)?(?:_(?!ngày)\w+){0,5}?_(?:tiếp_theo|tới|sau|kế_tiếp|lần_sau|gần_nhất|"
        r"thường_lệ|giữa_năm|cuối_năm|"
        r"tháng_\d{1,2}(?:/\d{4}|_năm_\d{4})?)",
        _next_meeting,
        Example("tại cuộc họp giao ban thường kỳ tiếp theo", TUESDAY, None),
        Example("tại phiên họp tới", TUESDAY, None),
        Example("tại giao ban tuần sau", TUESDAY, None),
        Example("tại phiên họp thường kỳ tháng 8", TUESDAY, None),
        Example("tại kỳ họp thường lệ", TUESDAY, None),
    ),
    form(
        "none",
        r"trong_thời_gian_(?:sớm|ngắn|nhanh)_nhất|càng_sớm_càng_tốt|(?:trong_thời_gian|thời_gian)_tới|"
        r"theo_(?:đúng_)?(?:kế_hoạch|tiến_độ)(?:_đề_ra|_được_duyệt)?(?=\s*[.,;)]|\s*$)",
        _no_date,
        Example("trong thời gian sớm nhất", TUESDAY, None),
    ),
)

#: Words that press without setting a day (LANGUAGE §1.4): they stay in the action.
URGENCY = ("khẩn trương", "sớm", "kịp thời", "ngay", "thường xuyên", "nhanh chóng")
