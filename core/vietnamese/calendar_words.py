"""Days, months, years, quarters and hours as they are said, written with figures.

In: words and a place among them. Out: what is written there, or None. "Sáu tháng một lần" is no first month, "quý vị"
no quarter.
"""

from collections.abc import Sequence

from core.vietnamese.cardinals import HALF, Number, digit_row
from core.vietnamese.spoken_words import Hit, Words

TEN = 10
_LONGEST_MONTH = 31
_FIRST_TEN_DAYS = frozenset({"mồng", "mùng", "mồ"})


def day(words: Words, index: int) -> Hit | None:
    """ngày mười lăm tháng tư; mồng năm tháng mười; mùng năm hằng tháng; trước ngày hai mươi.

    Also a day that no calendar has.
    """
    start = index + 1 if words.low[index] in _FIRST_TEN_DAYS else index
    if start >= len(words.low):
        return None
    introduced = start > index or words.low[index - 1 : index] == ("ngày",)
    number = words.number(start)
    # "mười năm tháng tư" is how recognisers hear "mười lăm tháng tư".
    if introduced and words.phrase(start)[:3] == ["mười", "năm", "tháng"]:
        number = Number(15, 2)
    if number is None or not number.value:
        return None
    month_follows = words.word(start + number.length) == "tháng" and _month_value(words, start + number.length + 1)
    if number.value > _LONGEST_MONTH:
        # "ngày ba mươi hai tháng tư" is no 2 April: it is written as said, for whoever reads it to ask.
        return Hit(index, start + number.length, str(number.value)) if month_follows else None
    if not (
        month_follows
        or (introduced and _range_follows(words, start + number.length))
        or (introduced and (number.length > 1 or start > index or number.value == TEN))
    ):
        return None
    end = start + number.length
    return Hit(index, end, f"{_day_word(words, index, end)}{number.value}")


def _day_word(words: Words, index: int, end: int) -> str:
    """ "Mùng năm hằng tháng báo cáo": a day, though the word is not said; the first of Tết keeps its own."""
    if words.low[index] not in _FIRST_TEN_DAYS or words.low[index - 1 : index] == ("ngày",):
        return ""
    return "mùng " if words.word(end) == "tết" else "ngày "


def _range_follows(words: Words, index: int) -> bool:
    """Does the last day of a stretch follow with its month: "(từ ngày sáu) đến ngày tám tháng tư"?"""
    if words.word(index) not in {"đến", "tới", "và"}:
        return False
    place = index + 1
    while words.word(place) in {"hết", "ngày"}:
        place += 1
    last = words.further(place)
    if last is None or not 1 <= last.value <= _LONGEST_MONTH or words.word(place + last.length) != "tháng":
        return False
    return _month_value(words, place + last.length + 1) is not None


def month(words: Words, index: int) -> Hit | None:
    """tháng tư; tháng mười hai; not: sáu tháng một lần."""
    if words.low[index - 1 : index] != ("tháng",) or not words.word(index):
        return None
    number = _month_value(words, index)
    return Hit(index, index + number.length, str(number.value)) if number else None


def _month_value(words: Words, index: int) -> Number | None:
    number = words.number(index)
    if number is None or not 1 <= number.value <= 12 or words.word(index + number.length) == "lần":
        return None
    return number


def year(words: Words, index: int) -> Hit | None:
    """năm hai nghìn không trăm hai mươi sáu; năm hai không hai sáu."""
    if words.low[index - 1 : index] != ("năm",):
        return None
    length, value = year_value(words.phrase(index), words.number(index))
    return Hit(index, index + length, str(value)) if length else None


def year_value(phrase: Sequence[str], number: Number | None) -> tuple[int, int]:
    """(words taken, year) of a phrase that begins with a year of the last or this century; (0, 0) else."""
    row = digit_row(phrase)
    if len(row) == 4 and row[:2] in {"19", "20"}:
        return 4, int(row)
    if number and 1900 <= number.value <= 2100:
        return number.length, number.value
    return 0, 0


def quarter(words: Words, index: int) -> Hit | None:
    """quý hai."""
    if words.low[index - 1 : index] != ("quý",):
        return None
    number = words.number(index)
    fits = number is not None and number.length == 1 and 1 <= number.value <= 4
    return Hit(index, index + 1, str(number.value)) if number and fits else None


def hour(words: Words, index: int) -> Hit | None:
    """mười sáu giờ; tám giờ ba mươi; bốn giờ rưỡi chiều (still 4 o'clock here: the reading is the deadline's
    business)."""
    number = words.number(index)
    if number is None or number.value > 24 or words.word(index + number.length) != "giờ":
        return None
    after = index + number.length + 1
    if words.word(after) == HALF:
        return Hit(index, after + 1, f"{number.value} giờ 30")
    minutes = words.further(after)
    if minutes and minutes.value < 60 and (minutes.length > 1 or words.word(after + minutes.length) == "phút"):
        return Hit(index, after + minutes.length, f"{number.value} giờ {minutes.value:02d}")
    return Hit(index, after, f"{number.value} giờ")


CALENDAR_RULES = (day, month, year, quarter, hour)
