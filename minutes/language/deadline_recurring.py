"""Deadlines that come back: every day before 16:00, every Friday, quarterly.

Such a deadline is a row of parts in free order ("Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu", "chiều thứ Sáu
hằng tuần"); one of
them names the period. Out: an RRULE of RFC 5545 with the cut-off as BYHOUR and BYMINUTE; parts of a day ("chiều")
stay in the raw words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.vietnamese.cardinals import DIGITS
from minutes.language.calendar_words import CLOCK, WEEKDAY, clock_time, weekday_number
from minutes.language.deadline_values import Deadline, Example, FoundDeadline, Today, form

PERIODS = {
    "ngày": "FREQ=DAILY", "tuần": "FREQ=WEEKLY", "tháng": "FREQ=MONTHLY", "quý": "FREQ=MONTHLY;INTERVAL=3",
    "năm": "FREQ=YEARLY",
}  # fmt: skip
INTERVALS = {"giờ": "HOURLY", "ngày": "DAILY", "tuần": "WEEKLY", "tháng": "MONTHLY", "năm": "YEARLY"}
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_PERIOD = (
    r"(?:(?:theo_)?định_kỳ_)?(?:(?:hàng|hằng|mỗi|từng)_(?P<period>ngày|tuần|tháng|quý|năm)"
    r"(?:(?:\s*,\s*|_và_)(?:hàng|hằng)_(?:tuần|tháng|quý|năm))*(?:_(?:ít_nhất_|tối_thiểu_)?(?:\d{1,2}|một)_lần)?|"
    r"(?P<following>của_tháng_(?:kế_tiếp|tiếp_theo|liền_kề|sau_liền_kề))|"
    r"của_(?P<each>tuần|tháng)(?!_(?:này|tới|sau|trước|qua|đầu|cuối|kế|\d))|"
    r"(?<!\d\s)(?<!hai\s)(?<!ba\s)(?<!sáu\s)(?P<once>ngày|tuần|tháng|quý|năm)_(?:một|hai|ba|[1-3])_lần|"
    r"(?P<weekly>mỗi)(?=_(?:(?:sáng|chiều)_)?(?:thứ_(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ_nhật))|"
    r"(?:ít_nhất|tối_thiểu|định_kỳ)_(?:0?1|một)_lần\s*(?:/|trong|mỗi|trên)\s*(?:(?:0?1|một)_)?"
    r"(?P<times>ngày|tuần|tháng|quý|năm)|"
    r"định_kỳ_(?P<steps>\d{1,2}|hai|ba|bốn|sáu)_(?P<units>ngày|tuần|tháng|năm)(?:_và_h[àằ]ng_năm)?|"
    r"(?P<step>\d{1,2}|hai|ba|bốn|sáu)_(?P<unit>giờ|ngày|tuần|tháng|năm)(?:_một_lần|_1_lần|\s*/\s*(?:1_)?lần|_/_lần))"
)
_PREPOSITION = r"(?:(?:chậm|muộn)_nhất(?:_là)?(?:_trước|_vào)?|trước|vào|lúc|trong|của)"

MONTHLY = "Thời hạn “{said}” được hiểu là hằng tháng; cần xác nhận."
_NAMED_WEEKDAY = r"(?:thứ_(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ_nhật)"
_LATER_WEEKDAY = rf"(?P<laterday>{_NAMED_WEEKDAY})(?:\s*(?:,|và|hoặc)\s*(?:ngày_)?(?P<lastday>{_NAMED_WEEKDAY}))?"
# "trước 6 giờ và 17 giờ hằng ngày": twice a day, at full hours.
_EARLIER = r"(?P<earlier>\d{1,2})\s*(?:giờ|h)(?:\s*00)?(?:_sáng)?\s*(?:,|và|với)\s*(?:trước_|lúc_)?"


@dataclass(frozen=True)
class _Part:
    name: str
    match: re.Match[str]


_PARTS = {
    "period": form("recurring", rf"(?:(?:vào|của)_)?{_PERIOD}", lambda _m, _t: None).pattern,
    "cutoff": form("recurring", rf"(?:{_PREPOSITION}_)?(?:lúc_)?(?:{_EARLIER})?{CLOCK}", lambda _m, _t: None).pattern,
    "weekday": form(
        "recurring",
        rf"(?:{_PREPOSITION}_)?(?:các_)?(?:(?:sáng|chiều|tối)_)?{WEEKDAY}(?:\s*(?:,|và|hoặc)\s*(?:ngày_)?{_LATER_WEEKDAY})?",
        lambda _m, _t: None,
    ).pattern,
    "monthday": form(
        "recurring",
        rf"(?:{_PREPOSITION}_)?(?:ngày_(?:m[ùồ]ng_)?|m[ùồ]ng_)(?P<monthday>\d{{1,2}})(?:\s*,\s*(?:ngày_)?(?P<between>\d{{1,2}}))?"
        rf"(?:_và_(?:ngày_)?(?P<second>\d{{1,2}}))?(?!\s*[/.-]\s*\d|_tháng_\d)"
        r"(?P<lastmonth>_(?:của_)?tháng_cuối_quý)?",
        lambda _m, _t: None,
    ).pattern,
    # "trước ngày 15/12 hằng năm": only beside a year that recurs.
    "yearday": form(
        "recurring",
        rf"(?:{_PREPOSITION}_)?(?:ngày_)?(?P<day>\d{{1,2}})(?:\s*/\s*|_tháng_)(?P<month>\d{{1,2}})"
        r"(?:_và_(?:ngày_)?(?P=day)(?:\s*/\s*|_tháng_)(?P<later>\d{1,2}))?(?!\d|\s*/\s*\d|_năm_\d)",
        lambda _m, _t: None,
    ).pattern,
}
_FURTHEST_LOOK_BACK = 160
_BETWEEN = re.compile(r"\s*[,(]?\s*(?:và\s+)?")
# A regular thing, not a time to do something by: "công việc hàng ngày".
_HABIT_BEFORE = re.compile(
    r"(?:công việc|hoạt động|sinh hoạt|đời sống|chế độ|giao ban|cuộc họp|nhiệm vụ|thường xuyên|kế hoạch|chương trình|"
    r"chỉ tiêu|bản tin|kinh phí|dự toán|thu nhập|doanh thu|lịch|kinh tế\s*-\s*xã hội|ngân sách(?: nhà nước)?|"
    r"(?:\d{1,2}|ba|năm|mười) năm(?:\s*,| và)?)\s*$",
    re.IGNORECASE,
)
_PLAIN_ALLOWED_BEFORE = re.compile(
    r"(?:^|[,;:.(]\s*|(?<!\w)(?:báo cáo|tổng hợp|gửi|cập nhật|đôn đốc|công khai|công bố|kiểm tra|rà soát|họp|giao ban|"
    r"đánh giá|thống kê|kiểm điểm|tổ chức|theo dõi|nộp|kiểm kê|đối chiếu|thông báo|thực hiện)[^,;.]*)\s*$",
    re.IGNORECASE,
)

# "báo cáo tiến độ hằng tuần về Bộ": between what is reported and to whom.
_REPORTS_BEFORE = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|tổng hợp|cập nhật|công khai|thống kê|thông báo)(?:\s+\w+){0,5}\s*$", re.IGNORECASE
)
# "Cục Thú y hằng ngày gửi báo cáo nhanh …": what comes back is what is handed over.
_THEN_REPORTS = re.compile(
    r"\s+(?:phải\s+)?(?:báo cáo|gửi|tổng hợp|cập nhật|nộp|công bố|công khai|"
    r"(?:trực tiếp\s+|đi\s+)?kiểm tra|đôn đốc|rà soát)(?!\w)",
    re.IGNORECASE,
)
_TO_SOMEBODY = re.compile(r"\s+(?:về|cho|gửi|với|đến|tới|để)(?!\w)", re.IGNORECASE)

EXAMPLES = (
    Example("trước 16h00 hàng ngày", date(2026, 4, 8), rrule="FREQ=DAILY;BYHOUR=16;BYMINUTE=0"),
    Example("trước 16 giờ hằng ngày", date(2026, 4, 8), rrule="FREQ=DAILY;BYHOUR=16;BYMINUTE=0"),
    Example(
        "Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu",
        date(2026, 4, 8),
        rrule="FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0",
    ),
    Example("vào thứ sáu hằng tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=FR"),
    Example("vào chiều thứ Sáu hằng tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=FR"),
    Example("định kỳ hằng quý", date(2026, 4, 8), rrule="FREQ=MONTHLY;INTERVAL=3"),
    Example("trước ngày 25 hằng tháng", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=25"),
    Example("ngày 2 lần, 7 giờ sáng và 4 giờ chiều", date(2026, 4, 8), rrule="FREQ=DAILY;BYHOUR=7,16;BYMINUTE=0"),
    Example("trước ngày mùng 5 hằng tháng", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=5"),
    Example("mùng 5 hằng tháng", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=5"),
    Example("vào ngày 10, 20 và 30 hằng tháng", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=10,20,30"),
    Example("thứ Hai và thứ Năm hằng tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=MO,TH"),
    Example("vào các tối thứ sáu, thứ bảy, chủ nhật hằng tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=FR,SA,SU"),
    Example("trước ngày 10/6 và ngày 10/12 hằng năm", date(2026, 4, 8), rrule="FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10"),
    Example("trước ngày 15 và ngày 30 hằng tháng", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=15,30"),
    Example("định kỳ 6 tháng và hằng năm", date(2026, 4, 8), rrule="FREQ=MONTHLY;INTERVAL=6"),
    Example("định kỳ 6 tháng một lần", date(2026, 4, 8), rrule="FREQ=MONTHLY;INTERVAL=6"),
    Example("định kỳ hàng tháng, hàng quý", date(2026, 4, 8), rrule="FREQ=MONTHLY"),
    Example("vào thứ Bảy hoặc Chủ nhật hằng tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=SA,SU"),
    Example("mỗi thứ hai", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=MO"),
    Example("mỗi tuần một lần", date(2026, 4, 8), rrule="FREQ=WEEKLY"),
    Example("6 giờ một lần", date(2026, 4, 8), rrule="FREQ=HOURLY;INTERVAL=6"),
    Example("ít nhất 01 lần/tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY"),
    Example(
        "trước 15h00 các ngày thứ Năm hằng tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=TH;BYHOUR=15;BYMINUTE=0"
    ),
    Example("trước 6 giờ và 17 giờ hằng ngày", date(2026, 4, 8), rrule="FREQ=DAILY;BYHOUR=6,17;BYMINUTE=0"),
    Example("trước ngày 03 của tháng kế tiếp", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=3"),
    Example("trước ngày 15/12 hằng năm", date(2026, 4, 8), rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    Example("định kỳ hằng năm, trước ngày 31 tháng 3", date(2026, 4, 8), rrule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    Example(
        "định kỳ hằng quý, trước ngày 20 của tháng cuối quý",
        date(2026, 4, 8),
        rrule="FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
    ),
    Example("định kỳ hai tuần một lần", date(2026, 4, 8), rrule="FREQ=WEEKLY;INTERVAL=2"),
    Example("trước ngày 25 của tháng", date(2026, 4, 8), rrule="FREQ=MONTHLY;BYMONTHDAY=25"),
    Example("vào thứ Sáu của tuần", date(2026, 4, 8), rrule="FREQ=WEEKLY;BYDAY=FR"),
    Example("tháng một lần", date(2026, 4, 8), rrule="FREQ=MONTHLY"),
    Example("trước 4 giờ chiều hằng ngày", date(2026, 4, 8), rrule="FREQ=DAILY;BYHOUR=16;BYMINUTE=0"),
)


def find_recurring(text: str, _today: Today) -> Iterator[FoundDeadline]:
    """Every recurring deadline of a sentence, from left to right."""
    position = 0
    while (row := _row_from(text, position)) is not None:
        start, end = row[0].match.start(), row[-1].match.end()
        position = end
        if _is_habit(text, row, start, end):
            continue
        row = _with_hour_at_the_end(text, row, end)
        raw = " … ".join(_pieces(text, row))
        following = any(part.match.groupdict().get("following") for part in row)
        question = MONTHLY.format(said=raw) if following else None
        yield FoundDeadline(Deadline(_without_preposition(raw), None, "recurring", _rule(row)), start, end, question)


def _row_from(text: str, position: int) -> list[_Part] | None:
    """The first row of neighbouring parts at or behind `position` that contains a period."""
    start = position
    while True:
        first = _next_part(text, start, anywhere=True)
        if first is None:
            return None
        row = [first]
        while (part := _neighbour(text, row)) is not None:
            row.append(part)
        if any(part.name == "period" for part in row):
            return row
        start = row[0].match.end()


def _neighbour(text: str, row: list[_Part]) -> _Part | None:
    """The part right behind the row, if it is of a kind the row does not have yet."""
    gap = _BETWEEN.match(text, row[-1].match.end())
    part = _next_part(text, gap.end() if gap else row[-1].match.end())
    if part is None or part.name in {known.name for known in row}:
        return None
    if part.name == "weekday" and any(_is_daily(known) for known in row):
        # "hằng ngày, thứ bảy, chủ nhật cũng gửi": every day as it is.
        return None
    return part if "yearday" not in {part.name, row[-1].name} or _is_yearly(part) or _is_yearly(row[-1]) else None


def _is_yearly(part: _Part) -> bool:
    return part.name == "period" and (part.match["period"] or "").lower() == "năm"


def _is_daily(part: _Part) -> bool:
    return part.name == "period" and (part.match["period"] or "").lower() == "ngày"


def _next_part(text: str, position: int, *, anywhere: bool = False) -> _Part | None:
    if anywhere:
        hits = [_Part(name, match) for name, pattern in _PARTS.items() if (match := pattern.search(text, position))]
    else:
        hits = [_Part(name, match) for name, pattern in _PARTS.items() if (match := pattern.match(text, position))]
    return min(hits, key=lambda part: (part.match.start(), -part.match.end()), default=None)


def _is_habit(text: str, row: list[_Part], start: int, end: int) -> bool:
    """A lone "hằng ngày" inside a noun ("công việc hàng ngày") or in the middle of a clause is no deadline."""
    period = row[0].match.groupdict()
    if len(row) > 1 or "định kỳ" in row[0].match.group(0).lower():
        return False
    if any(period.get(group) for group in ("step", "steps", "times", "once")):
        return False
    if row[0].match.group(0).lower().endswith("lần"):
        return False
    if period.get("each"):
        return True
    before, after = text[max(0, start - _FURTHEST_LOOK_BACK) : start], text[end : end + 2].lstrip()
    if _HABIT_BEFORE.search(before):
        return True
    stands_apart = not before.strip() or before.rstrip().endswith((",", ";", ":", "-"))
    closes = not after or after[0] in ",;.:)"
    told = _REPORTS_BEFORE.search(before) is not None and _TO_SOMEBODY.match(text, end) is not None
    reported = _THEN_REPORTS.match(text, end) is not None
    return not (stands_apart or told or reported or (closes and _PLAIN_ALLOWED_BEFORE.search(before)))


def _with_hour_at_the_end(text: str, row: list[_Part], end: int) -> list[_Part]:
    """ "Hàng ngày Văn phòng báo cáo nhanh vào 16 giờ": the cut-off stands apart from the period."""
    if any(part.name == "cutoff" for part in row):
        return row
    late = _PARTS["cutoff"].search(text, end)
    if late and not text[late.end() : late.end() + 20].strip(" .;") and ";" not in text[end : late.start()]:
        return [*row, _Part("cutoff", late)]
    return row


def _pieces(text: str, row: list[_Part]) -> Iterator[str]:
    start, end = row[0].match.start(), row[0].match.end()
    for part in row[1:]:
        if part.match.start() - end > 8:
            yield text[start:end]
            start = part.match.start()
        end = part.match.end()
    yield text[start:end]


def _without_preposition(raw: str) -> str:
    return re.sub(r"^vào\s+", "", raw.strip(), flags=re.IGNORECASE)


def _rule(row: list[_Part]) -> str:
    parts = {part.name: part.match for part in row}
    period, period_part = parts["period"], next(part for part in row if part.name == "period")
    if period["weekly"] or period["following"]:
        rule = PERIODS["tuần" if period["weekly"] else "tháng"]
    elif name := next((period[group] for group in ("period", "times", "each", "once") if period[group]), None):
        rule = PERIODS[name.lower()]
    else:
        unit, step = period["unit"] or period["units"], period["step"] or period["steps"]
        rule = f"FREQ={INTERVALS[unit.lower()]};INTERVAL={DIGITS.get(step.lower()) or int(step)}"
    if "weekday" in parts:
        named = parts["weekday"].group("weekday", "laterday", "lastday")
        rule += f";BYDAY={','.join(BYDAY[weekday_number(day)] for day in named if day)}"
    if "yearday" in parts and _is_yearly(period_part):
        months = [int(month) for month in (parts["yearday"]["month"], parts["yearday"]["later"]) if month]
        rule += f";BYMONTH={','.join(map(str, months))};BYMONTHDAY={int(parts['yearday']['day'])}"
    if "monthday" in parts and parts["monthday"]["lastmonth"]:
        rule = "FREQ=YEARLY;BYMONTH=3,6,9,12"
    if "monthday" in parts and 1 <= int(parts["monthday"]["monthday"]) <= 31:
        days = [int(day) for day in parts["monthday"].group("monthday", "between", "second") if day]
        rule += f";BYMONTHDAY={','.join(map(str, days))}"
    clock = clock_time(parts["cutoff"]) if "cutoff" in parts else None
    if clock is None:
        return rule
    earlier = parts["cutoff"]["earlier"]
    hours = f"{int(earlier)},{clock[0]}" if earlier and clock[1] == 0 and int(earlier) < clock[0] else f"{clock[0]}"
    return f"{rule};BYHOUR={hours};BYMINUTE={clock[1]}"
