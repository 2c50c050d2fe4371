"""Deadlines that name a week, month, quarter or year, or a number of days."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from minutes.language.calendar_words import (
    NO_MEETING_DATE,
    NO_SUCH_DAY,
    QUARTER,
    YEAR,
    month_end,
    next_month_end,
    quarter_number,
    year_of,
)
from minutes.language.deadline_values import DeadlineKind, Example, Form, Reading, Today, form

IN = (
    r"(?:(?:ngay_)?trong|vào|xong(?:_trong)?|(?:cho_|từ_nay_)?đến_(?:hết|cuối)|hết|(?:vào_|trong_|đến_)?cuối|(?:chậm|"
    r"muộn)_nhất(?:_là)?(?:_trong|_vào|_đến_hết|_đến)?(?:_cuối)?|trước_khi_(?:hết|kết_thúc)|"
    r"hoàn_thành(?:\s*:)?|(?:thời_)?(?:hạn|gian)(?:_hoàn_thành|_thực_hiện|_báo_cáo|_trình)?\s*:(?:_trong|_vào)?)"
)
BEFORE_PERIOD = r"(?:(?:(?:chậm|muộn)_nhất(?:_là)?_)?trước)"
DONE_MEETING = re.compile(r"họp|hội nghị|làm việc|hôm nay", re.IGNORECASE)
# "kể từ ngày nhận được, ngày ban hành Thông báo": nobody knows that day yet.
_RECEIVED = re.compile(r"(?<!\w)(?:nhận|ban hành|ký|có hiệu lực)(?!\w)", re.IGNORECASE)
# The day of the paper itself; a notice gets its own only when it is numbered, so its readers ask.
_OF_THIS_PAPER = re.compile(
    r"(?:ký|ban hành)\s+(?:Nghị quyết|Công điện|Công văn|Chỉ thị|[Vv]ăn bản)\s+này", re.IGNORECASE
)
# "kể từ ngày 12/01/2026": counted from a day that is known.
_NAMED_DAY = re.compile(r"(?<!\w)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?!\d)")
_DURATION = re.compile(r"trong\s+thời\s+gian", re.IGNORECASE)
APRIL = date(2026, 4, 8)


def _end_of(
    kind: DeadlineKind, end: Callable[[re.Match[str], Today], date | None]
) -> Callable[[re.Match[str], Today], Reading]:
    def read(match: re.Match[str], today: Today) -> Reading:
        day = end(match, today)
        if day is None:
            return Reading(kind, question=NO_MEETING_DATE.format(said=match.group(0)))
        return Reading(kind, day.isoformat())

    return read


def _month(match: re.Match[str], today: Today) -> date | None:
    return next_month_end(int(match["month"]), year_of(match["year"], today), today)


def _this_or_next_month(match: re.Match[str], today: Today) -> date | None:
    if today.day is None:
        return None
    end = month_end(today.day.year, today.day.month)
    return next_month_end((end + timedelta(days=1)).month, None, today) if match["next"] else end


def _quarter(match: re.Match[str], today: Today) -> date | None:
    month, year = quarter_number(match["quarter"]) * 3, year_of(match["year"], today)
    return next_month_end(month, year, today)


def _this_quarter(match: re.Match[str], today: Today) -> date | None:
    if today.day is None:
        return None
    month = (today.day.month - 1) // 3 * 3 + 3
    end = month_end(today.day.year, month)
    return next_month_end((end + timedelta(days=80)).month // 3 * 3, None, today) if match["next"] else end


def _day_before(
    end: Callable[[re.Match[str], Today], date | None], months: int
) -> Callable[[re.Match[str], Today], date | None]:
    """The last day before the period whose last day `end` gives and which is `months` long."""

    def before(match: re.Match[str], today: Today) -> date | None:
        last = end(match, today)
        if last is None:
            return None
        first_month = last.month - months + 1
        return date(last.year, first_month, 1) - timedelta(days=1)

    return before


def _from_month(match: re.Match[str], today: Today) -> Reading:
    """ "từ tháng 5": its first day."""
    end = _month(match, today)
    if end is None:
        return Reading("start", question=NO_MEETING_DATE.format(said=match.group(0)))
    return Reading("start", end.replace(day=1).isoformat())


def _half_year(match: re.Match[str], today: Today) -> date | None:
    year = year_of(match["year"], today) or (today.day.year if today.day else None)
    # Behind us, "6 tháng đầu năm" tells which things are meant: no year but this one can be.
    return next_month_end(6 if match["half"].lower() == "đầu" else 12, year, today)


def _year(match: re.Match[str], today: Today) -> date | None:
    said = match["year"]
    year = year_of(said, today) if said else (today.day.year if today.day else None)
    return date(year, 12, 31) if year else None


def _this_or_next_week(match: re.Match[str], today: Today) -> date | None:
    """Sunday of the meeting's week, or of the week after it."""
    if today.day is None:
        return None
    return today.day + timedelta(days=6 - today.day.weekday(), weeks=1 if match["next"] else 0)


def _counted_days(match: re.Match[str], today: Today) -> Reading | None:
    """Counted only from the meeting; from any other event ("kể từ ngày nhận được văn bản") the day is not known yet.
    How long something lasts ("trong thời gian 60 ngày") is no deadline."""
    kind: DeadlineKind = "working_days" if match["working"] else "days"
    event, said = match["event"] or "", match.group(0)
    named = _NAMED_DAY.search(event)
    if not event and _DURATION.match(said):
        return None
    if (
        event
        and not named
        and not _OF_THIS_PAPER.search(event)
        and (not DONE_MEETING.search(event) or _RECEIVED.search(event))
    ):
        return Reading(kind, question=f"Thời hạn “{said}” tính từ một sự kiện chưa biết ngày.")
    if today.day is None:
        return Reading(kind, question=NO_MEETING_DATE.format(said=said))
    count = {"một": 1, "năm": 5}.get(match["count"].lower()) or int(match["count"])
    first = _day_of(named, today.day) if named else today.day
    if first is None:
        return Reading(kind, question=NO_SUCH_DAY.format(said=said))
    day = later(first, count, match["unit"].lower())
    if match["working"]:
        day = today.calendar.add_working_days(first, count)
    question = None if event else f"Thời hạn “{said}” không nói tính từ ngày nào; tạm tính từ ngày họp."
    return Reading(kind, day.isoformat(), question=question)


def _day_of(named: re.Match[str], today: date) -> date | None:
    """The day named by its figures, in this year unless it says another; None if there is no such day."""
    try:
        return date(int(named["year"] or today.year), int(named["month"]), int(named["day"]))
    except ValueError:
        return None


def later(day: date, count: int, unit: str) -> date:
    """`count` days, weeks or months later; of a shorter month the last day."""
    if unit != "tháng":
        return day + timedelta(days=count * (7 if unit == "tuần" else 1))
    place = day.month - 1 + count
    end = month_end(day.year + place // 12, place % 12 + 1)
    return end.replace(day=min(day.day, end.day))


def _ask(kind: DeadlineKind) -> Callable[[re.Match[str], Today], Reading]:
    def read(match: re.Match[str], _today: Today) -> Reading:
        return Reading(kind, question=f"Thời hạn “{match.group(0)}” chưa rõ ngày, cần hỏi lại người chủ trì.")

    return read


FORMS: tuple[Form, ...] = (
    form(
        "vague",
        rf"(?:{IN}_)?(?:cuối_|đầu_|giữa_)?{QUARTER}\s*,?\s*(?:và_|"
        rf"hoặc_)?đầu_quý_\w+(?:{YEAR.replace('year', 'later')})?",
        _ask("vague"),
        Example("cuối quý I, đầu quý II năm nay", APRIL, None),
    ),
    form(
        "vague",
        r"(?:(?:trong|vào|từ)_)?(?:đầu|giữa|khoảng)_(?:tháng|quý|năm)_(?:\d{1,2}|iv|iii|ii|i|này|tới|sau|"
        r"nay)(?:\s*/\s*\d{4}|_năm_(?:\d{4}|nay))?",
        _ask("vague"),
        Example("vào giữa tháng 5", APRIL, None),
        Example("đầu quý III/2026", APRIL, None),
    ),
    form(
        "start",
        rf"(?:bắt_đầu_|kể_)?từ_(?:đầu_)?tháng_(?P<month>\d{{1,2}})(?:{YEAR})?(?!\s*[/-]\s*\d|_(?:đến|tới))",
        _from_month,
        Example("từ tháng 5", APRIL, "2026-05-01"),
        Example("bắt đầu từ tháng 1/2027", APRIL, "2027-01-01"),
        Example("từ tháng 2", APRIL, "2027-02-01"),
    ),
    form(
        "vague",
        r"(?:(?:chậm_nhất_|ít_nhất_|tối_thiểu_)?(?:là_)?\d{1,2}_ngày(?:_làm_việc)?_trước_(?:khi_|ngày_)?"
        r"(?:cuộc_họp|phiên_họp|hội_nghị|họp|diễn_ra|khai_mạc|tổ_chức)"
        r"|trước_(?:ngày_họp|cuộc_họp|phiên_họp|hội_nghị)_(?:ít_nhất_|tối_thiểu_)?\d{1,2}_ngày(?:_làm_việc)?)",
        _ask("vague"),
        Example("chậm nhất 2 ngày trước cuộc họp", APRIL, None),
        Example("trước ngày họp 05 ngày làm việc", APRIL, None),
    ),
    form(
        "before_month",
        rf"{BEFORE_PERIOD}_tháng_(?P<month>\d{{1,2}})(?:{YEAR})?",
        _end_of("before_month", _day_before(_month, 1)),
        Example("chậm nhất trước tháng 6/2018", date(2018, 3, 1), "2018-05-31"),
        Example("trước tháng 1", APRIL, "2026-12-31"),
    ),
    form(
        "before_quarter",
        rf"{BEFORE_PERIOD}_{QUARTER}(?:{YEAR})?",
        _end_of("before_quarter", _day_before(_quarter, 3)),
        Example("trước quý III/2026", APRIL, "2026-06-30"),
    ),
    form(
        "in_month",
        rf"{IN}_tháng_(?P<month>\d{{1,2}})(?:{YEAR})?(?!\s*[/-]\s*\d)",
        _end_of("in_month", _month),
        Example("trong tháng 12/2018", date(2018, 3, 1), "2018-12-31"),
        Example("trong tháng 9 năm 2026", APRIL, "2026-09-30"),
        Example("trong tháng 6", APRIL, "2026-06-30"),
        Example("trong tháng 2", APRIL, "2027-02-28"),
        Example("cuối tháng 5", APRIL, "2026-05-31"),
        Example("hoàn thành tháng 6/2026", APRIL, "2026-06-30"),
        Example("trong tháng 5-2026", APRIL, "2026-05-31"),
        Example("Thời gian hoàn thành: Tháng 6/2026", APRIL, "2026-06-30"),
    ),
    form(
        "in_month",
        rf"(?:{IN}_tháng_(?:này|(?P<next>tới|sau))|(?:vào_|trong_|đến_)?cuối_tháng(?:_này)?|(?:trong|hết)_tháng"
        r"(?!_\d|_(?:giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp|thứ|đầu|cuối)(?!\w)))",
        _end_of("in_month", _this_or_next_month),
        Example("vào cuối tháng", date(2021, 5, 4), "2021-05-31"),
        Example("trong tháng này", APRIL, "2026-04-30"),
        Example("phải xong trong tháng", APRIL, "2026-04-30"),
        Example("trong tháng tới", date(2026, 12, 8), "2027-01-31"),
    ),
    form(
        "in_half_year",
        rf"{IN}_0?6_tháng_(?P<half>đầu|cuối)(?:_năm)?(?:{YEAR})?",
        _end_of("in_half_year", _half_year),
        Example("trong 06 tháng đầu năm 2026", APRIL, "2026-06-30"),
        Example("trong 6 tháng cuối năm 2026", APRIL, "2026-12-31"),
    ),
    form(
        "in_quarter",
        rf"(?:{IN}_|(?<=;\s)|(?<=\()){QUARTER}(?:{YEAR})?",
        _end_of("in_quarter", _quarter),
        Example("trong quý IV/2018", date(2018, 3, 1), "2018-12-31"),
        Example("trong Quý III/2019", date(2019, 3, 1), "2019-09-30"),
        Example("vào Quý 3 năm 2018", date(2018, 3, 1), "2018-09-30"),
        Example("trong quý I", date(2026, 11, 8), "2027-03-31"),
    ),
    form(
        "in_quarter",
        rf"{IN}_quý_(?:này|(?P<next>tới|sau))",
        _end_of("in_quarter", _this_quarter),
        Example("trong quý này", APRIL, "2026-06-30"),
        Example("trong quý tới", APRIL, "2026-09-30"),
    ),
    form(
        "in_year",
        rf"(?:(?:{IN}|mục_tiêu)_(?:trong_)?năm_(?P<year>\d{{4}}|nay|sau|tới)|(?:vào_|(?:từ_nay_)?đến_)?cuối_năm|"
        rf"(?:từ_nay_)?(?:đến_)?hết_năm|trong_năm(?!_\d))(?!_học|\s*[-–]\s*\d{{4}})",
        _end_of("in_year", _year),
        Example("vào năm 2021", date(2020, 11, 3), "2021-12-31"),
        Example("mục tiêu năm 2019", date(2018, 11, 3), "2019-12-31"),
        Example("trong năm nay", APRIL, "2026-12-31"),
        Example("cuối năm", APRIL, "2026-12-31"),
    ),
    form(
        "in_week",
        rf"(?:(?:{IN}_|đến_)?tuần_(?:này|(?P<next>tới|sau))|(?:trước_|vào_)?cuối_tuần|(?:ngay_)?trong_tuần"
        r"(?!_(?:thứ|đầu|cuối|qua|trước|vừa|tới|sau|này)))",
        _end_of("in_week", _this_or_next_week),
        Example("trong tuần này", date(2020, 4, 9), "2020-04-12"),
        Example("trong tuần tới", date(2020, 4, 9), "2020-04-19"),
        Example("ngay trong tuần", date(2020, 4, 9), "2020-04-12"),
    ),
    form(
        "working_days",
        r"""(?:trong(?:_thời_hạn|_vòng|_thời_gian)?|
              (?:thời_)?hạn(?:_hoàn_thành|_thực_hiện)?\s*(?::|_là)\s*(?:trong_)?|(?:chậm|muộn)_nhất(?:_là)?(?:_sau|_trong)?|không_quá|sau(?=_\d{1,3}_[^,.;]{0,40}_từ_))_(?P<count>\d{1,3}|một|năm(?=_ngày_làm_việc))_(?:\(\w+(?:_\w+)?\)_)?
            (?P<unit>ngày|tuần|tháng)(?!_(?:đầu|cuối|này|sau(?!_(?:cuộc_họp|hội_nghị|ngày_họp))|nay|\d))(?P<working>_làm_việc)?(?:_tới|_kế_tiếp)?
            (?:\s*,?\s*(?:(?:kể|tính)_)?(?:từ|sau)_(?!nay)(?P<event>(?:ngày_|khi_|thời_điểm_|ngày_có_)?[^,.;:\n]{2,60}?)(?=\s*(?:[,.;:)\n]|$|_phải_|_Văn_phòng_)))?""",
        _counted_days,
        Example("trong thời hạn 03 ngày làm việc kể từ ngày kết thúc cuộc họp", date(2026, 5, 26), "2026-05-29"),
        Example("trong vòng 10 ngày kể từ hôm nay", APRIL, "2026-04-18", kind="days"),
        Example("chậm nhất sau 05 ngày làm việc kể từ ngày họp", APRIL, "2026-04-15"),
        Example("trong thời hạn 05 ngày làm việc kể từ ngày 12/5/2026", APRIL, "2026-05-19"),
        Example("chậm nhất 3 ngày sau cuộc họp", APRIL, "2026-04-11", kind="days"),
        Example("sau 15 ngày kể từ ngày họp", APRIL, "2026-04-23", kind="days"),
        Example("trong 05 ngày làm việc kể từ ngày nhận được văn bản", APRIL, None),
        Example("trong 03 ngày làm việc kể từ ngày ban hành Thông báo này", APRIL, None),
        Example("trong thời hạn 15 ngày kể từ ngày ban hành Nghị quyết này", APRIL, "2026-04-23", kind="days"),
        Example("Thời hạn: 10 ngày làm việc kể từ ngày kết thúc buổi làm việc", date(2026, 6, 2), "2026-06-16"),
        Example("trong vòng năm ngày làm việc", APRIL, "2026-04-15"),
        Example("trong vòng 01 tháng", APRIL, "2026-05-08", kind="days"),
        Example("trong vòng 15 ngày kể từ ngày nhận được Thông báo", APRIL, None, kind="days"),
    ),
)
