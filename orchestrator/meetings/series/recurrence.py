"""The rule of recurrence: an RRULE text (RFC 5545) → the days it gives. Pure; days are those of Việt Nam.

Only what an office needs is understood: daily, weekly, monthly, yearly with BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS. Rules
below a day, rules with their own start or zone, and rules that would give meetings without number are refused in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from types import MappingProxyType

from dateutil.rrule import rrulestr

from core.clock import in_vietnam
from orchestrator.meetings.refusals import SeriesEmpty, SeriesEndless, SeriesRuleInvalid, SeriesTooLong

#: Weekly meetings for two years, with some to spare.
MOST_OCCURRENCES = 120
LONGEST_HORIZON = timedelta(days=2 * 366)
LONGEST_TEXT = 300

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL"})
_FREQUENCIES: Mapping[str, str] = MappingProxyType(
    {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
)
_SUB_DAILY = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})


@dataclass(frozen=True)
class Rule:
    """A rule that was read: its parts without COUNT and UNTIL, and these two apart."""

    parts: tuple[tuple[str, str], ...]
    count: int | None = None
    until: date | None = None

    @property
    def text(self) -> str:
        """The rule as stored, in one spelling."""
        ends = [("COUNT", str(self.count))] if self.count else []
        ends += [("UNTIL", f"{self.until:%Y%m%d}")] if self.until else []
        return ";".join(f"{key}={value}" for key, value in [*self.parts, *ends])

    @property
    def is_endless(self) -> bool:
        """Whether it gives days for ever."""
        return self.count is None and self.until is None


def read_rule(text: str) -> Rule:
    """Read an RRULE, with or without `RRULE:` before it.

    Raises:
        SeriesRuleInvalid: with the reason in Vietnamese. SeriesTooLong: a COUNT beyond what a series may have.
    """
    if len(text) > LONGEST_TEXT:
        raise SeriesRuleInvalid(rule=f"{text[:40]}…", reason=f"dài quá {LONGEST_TEXT} ký tự")
    parts = _parts(text)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if count is not None and until is not None:
        raise _invalid(text, "chỉ được dùng một trong hai phần COUNT và UNTIL")
    rule = Rule(tuple(parts.items()), _count(text, count), _until(text, until))
    if rule.count is not None and rule.count > MOST_OCCURRENCES:
        raise SeriesTooLong(most=MOST_OCCURRENCES)
    _check(text, rule)
    return rule


def last_day(rule: Rule, first_on: date, through: date | None) -> date:
    """Up to which day meetings are made. Raises SeriesEndless where neither the rule nor the caller says."""
    furthest = first_on + LONGEST_HORIZON
    if through is None and rule.is_endless:
        raise SeriesEndless(days=LONGEST_HORIZON.days)
    if through is not None and (through > furthest or through < first_on):
        raise SeriesEndless(days=LONGEST_HORIZON.days)
    return min(day for day in (through, rule.until, furthest) if day is not None)


def days_of(rule: Rule, first_on: date, through: date, *, after: date | None = None) -> tuple[date, ...]:
    """The days of a rule from its first day to `through`, both included; only those after `after` where given.

    Raises:
        SeriesTooLong: more than a series may have at once. SeriesEmpty: none at all.
    """
    begin = datetime.combine(first_on, time.min)
    until = min(through, rule.until) if rule.until else through
    parts = ";".join(f"{key}={value}" for key, value in rule.parts)
    # UNTIL is always given, so that a rule that never comes true (30 February) ends as well.
    found = rrulestr(f"{parts};UNTIL={until:%Y%m%d}T235959", dtstart=begin)
    most = min(rule.count or MOST_OCCURRENCES + 1, MOST_OCCURRENCES + 1)
    # Counted from the first day of the series: COUNT means the whole series, whatever was made of it already.
    reach = islice(found, rule.count) if rule.count else found
    days = tuple(islice((day.date() for day in reach if after is None or day.date() > after), most))
    if len(days) > MOST_OCCURRENCES:
        raise SeriesTooLong(most=MOST_OCCURRENCES)
    if not days:
        raise SeriesEmpty(first=f"{after or first_on:%d/%m/%Y}", last=f"{through:%d/%m/%Y}")
    return days


#: What the simple form offers; the first day tells the rest.
PATTERNS = ("weekly", "fortnightly", "monthly_weekday", "monthly_day", "quarterly", "working_days")


def rule_for(pattern: str, first_on: date) -> str:
    """The rule of a simple pattern that begins on this day. Raises SeriesRuleInvalid for an unknown pattern."""
    day = WEEKDAYS[first_on.weekday()]
    # The fifth Monday does not exist in every month: it is meant as the last one.
    nth = (first_on.day - 1) // 7 + 1
    ordinal = nth if nth < 5 else -1
    match pattern:
        case "weekly":
            return f"FREQ=WEEKLY;BYDAY={day}"
        case "fortnightly":
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}"
        case "monthly_weekday":
            return f"FREQ=MONTHLY;BYDAY={ordinal}{day}"
        case "monthly_day":
            return f"FREQ=MONTHLY;BYMONTHDAY={first_on.day}"
        case "quarterly":
            return f"FREQ=MONTHLY;INTERVAL=3;BYDAY={ordinal}{day}"
        case "working_days":
            return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    raise _invalid(pattern, "không có trong danh sách kiểu lặp")


def describe(text: str) -> str:
    """The rule in words: `Hằng tuần vào Thứ Hai`, `2 tháng một lần vào ngày 5`; the rule itself where words fail."""
    rule = read_rule(text)
    parts = dict(rule.parts)
    every = int(parts.get("INTERVAL", "1"))
    unit = _FREQUENCIES[parts["FREQ"]]
    words = f"Hằng {unit}" if every == 1 else f"{every} {unit} một lần"
    if "BYDAY" in parts:
        words += " vào " + ", ".join(_day_words(code) for code in parts["BYDAY"].split(","))
    if "BYMONTHDAY" in parts:
        words += " vào ngày " + parts["BYMONTHDAY"].replace("-1", "cuối tháng").replace(",", ", ")
    if "BYMONTH" in parts:
        words += " của tháng " + parts["BYMONTH"].replace(",", ", ")
    if rule.count:
        words += f", {rule.count} phiên"
    return words + (f", đến {rule.until:%d/%m/%Y}" if rule.until else "")


def _parts(text: str) -> dict[str, str]:
    plain = text.strip().upper().removeprefix("RRULE:").strip(";")
    if not plain:
        raise _invalid(text, "còn để trống")
    found: dict[str, str] = {}
    for piece in plain.split(";"):
        key, equals, value = (part.strip() for part in piece.partition("="))
        if not equals or not value:
            raise _invalid(text, f"phần “{piece[:40]}” phải có dạng TÊN=GIÁ TRỊ")
        if key not in _PARTS:
            raise _invalid(text, f"không dùng phần “{key[:40]}”; giờ họp và ngày đầu nhập ở ô riêng")
        if key in found:
            raise _invalid(text, f"phần “{key}” có hai lần")
        found[key] = value
    return found


def _check(text: str, rule: Rule) -> None:
    parts = dict(rule.parts)
    frequency = parts.get("FREQ", "")
    if frequency in _SUB_DAILY:
        raise _invalid(text, "không lặp dưới một ngày; hãy dùng DAILY, WEEKLY, MONTHLY hoặc YEARLY")
    if frequency not in _FREQUENCIES:
        raise _invalid(text, "thiếu FREQ, một trong DAILY, WEEKLY, MONTHLY, YEARLY")
    interval = parts.get("INTERVAL", "1")
    if not interval.isascii() or not interval.isdigit() or not 1 <= int(interval) <= 120:
        raise _invalid(text, "INTERVAL phải là số từ 1 đến 120")
    try:
        rrulestr(";".join(f"{key}={value}" for key, value in rule.parts), dtstart=datetime(2024, 1, 1))  # noqa: DTZ001
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise _invalid(text, "có phần viết sai, ví dụ BYDAY chỉ nhận MO TU WE TH FR SA SU") from error


def _count(text: str, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise _invalid(text, "COUNT phải là số phiên, từ 1 trở lên")
    return int(value)


def _until(text: str, value: str | None) -> date | None:
    """The last day in Việt Nam: `20260630`, or a moment in UTC (`…Z`) or on the clock here."""
    if value is None:
        return None
    for form in ("%Y%m%d", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"):
        try:
            read = datetime.strptime(value, form)  # noqa: DTZ007
        except ValueError:
            continue
        return in_vietnam(read.replace(tzinfo=UTC)).date() if form.endswith("Z") else read.date()
    raise _invalid(text, "UNTIL phải là ngày dạng 20260630")


def _day_words(code: str) -> str:
    name = _DAY_NAMES[WEEKDAYS.index(code[-2:])]
    order = code[:-2].lstrip("+")
    if not order:
        return name
    return f"{name} cuối cùng" if order == "-1" else f"{name} lần thứ {order}"


def _invalid(text: str, reason: str) -> SeriesRuleInvalid:
    return SeriesRuleInvalid(rule=text[:80], reason=reason)
