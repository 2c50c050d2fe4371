"""How often a series meets, in the reader's language: the room says it in Vietnamese, here it is said in English."""

from orchestrator.meetings.series.recurrence import WEEKDAYS, describe, read_rule
from web.languages.choice import reader_language
from web.languages.days import MONTHS
from web.templating import day
from web.words import weekday

_UNITS = {
    "DAILY": ("day", "days"),
    "WEEKLY": ("week", "weeks"),
    "MONTHLY": ("month", "months"),
    "YEARLY": ("year", "years"),
}
_ORDERS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}


def rule_words(text: str) -> str:
    """`Hằng tuần vào Thứ Hai`, `Every week on Monday`. Raises SeriesRuleInvalid for a rule that cannot be read."""
    return _in_english(text) if reader_language() == "en" else describe(text)


def _in_english(text: str) -> str:
    rule = read_rule(text)
    parts = dict(rule.parts)
    every = int(parts.get("INTERVAL", "1"))
    one, many = _UNITS[parts["FREQ"]]
    words = f"Every {one}" if every == 1 else f"Every {every} {many}"
    if "BYDAY" in parts:
        words += " on " + ", ".join(_day(code) for code in parts["BYDAY"].split(","))
    if "BYMONTHDAY" in parts:
        days = ("the last" if number == "-1" else number for number in parts["BYMONTHDAY"].split(","))
        words += " on day " + ", ".join(days)
    if "BYMONTH" in parts:
        words += " in " + ", ".join(MONTHS[int(number) - 1] for number in parts["BYMONTH"].split(","))
    if rule.count:
        words += f", {rule.count} session{'' if rule.count == 1 else 's'}"
    return words + (f", until {day(rule.until)}" if rule.until else "")


def _day(code: str) -> str:
    name = str(weekday(WEEKDAYS.index(code[-2:])))
    order = code[:-2].lstrip("+")
    return f"the {_ORDERS.get(order, f'{order}th')} {name}" if order else name
