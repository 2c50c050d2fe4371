"""Spoken Vietnamese numbers, dates and hours to figures.

In: text as a recogniser writes it ("trước ngày mười lăm tháng tư"). Out: the same text with figures ("trước ngày 15
tháng 4"), every
new character pointing at the words it was said with. A single small number stays a word unless a counted noun
follows: "một số",
"phần mềm một cửa" and "thứ hai" are no figures.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minutes.language.cardinals import STARTS_NUMBER, Number, cardinal, digit_row, figure
from minutes.language.text import Replacement, Text

COUNTED = frozenset(
    [
        "điểm",
        "đơn",
        "vị",
        "người",
        "cán",
        "bộ",
        "công",
        "chức",
        "viên",
        "lao",
        "động",
        "văn",
        "bản",
        "ngày",
        "tuần",
        "tháng",
        "năm",
        "lần",
        "phút",
        "giây",
        "giờ",
        "nhiệm",
        "vụ",
        "nội",
        "dung",
        "vấn",
        "đề",
        "trang",
        "hồ",
        "sơ",
        "thủ",
        "tục",
        "huyện",
        "xã",
        "tỉnh",
        "máy",
        "bộ",
        "phòng",
        "trung",
        "tâm",
        "dự",
        "án",
        "đề",
        "án",
        "báo",
        "cáo",
        "nhóm",
        "tổ",
        "bước",
        "loại",
        "trường",
        "hợp",
        "kế",
        "hoạch",
        "buổi",
        "kỳ",
        "đợt",
        "đồng",
    ]
)
TEN = 10
LONGEST_NUMBER_WORDS = 16
_BEFORE_NO_FIGURE = frozenset({"thứ", "phó", "một"})
_TOKEN = re.compile(r"\w+", re.UNICODE)
_GAP_INSIDE = re.compile(r"[\s-]*")


@dataclass(frozen=True)
class _Words:
    """The words of a text, lower case, with their places; `together(i)` tells whether i and i+1 stand in one phrase."""

    text: str
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def word(self, index: int) -> str:
        return self.low[index] if 0 <= index < len(self.low) and self._joined(index) else ""

    def _joined(self, index: int) -> bool:
        return index == 0 or _GAP_INSIDE.fullmatch(self.text, self.ends[index - 1], self.starts[index]) is not None

    def phrase(self, index: int) -> list[str]:
        """The words from `index` on up to the next punctuation mark."""
        stop = index + 1
        while stop < min(len(self.low), index + LONGEST_NUMBER_WORDS) and self._joined(stop):
            stop += 1
        return list(self.low[index:stop])


Rule = Callable[[_Words, int], tuple[int, int, str] | None]


def spoken_to_figures(text: Text, *, amounts: bool = True) -> Text:
    """Write spoken numbers as figures, keeping the origin of every character.

    With `amounts=False` only days, months, quarters and hours change: what is written already keeps its own words.

    >>> spoken_to_figures(Text.of("trước ngày mười lăm tháng tư")).value
    'trước ngày 15 tháng 4'
    """
    words = _words(text.value)
    rules = (*_CALENDAR_RULES, *_AMOUNT_RULES) if amounts else _CALENDAR_RULES
    changes: list[Replacement] = []
    index = 0
    while index < len(words.low):
        found = next((hit for rule in rules if (hit := rule(words, index)) is not None), None)
        if found is None:
            index += 1
            continue
        first, after, written = found
        changes.append(Replacement(words.starts[first], words.ends[after - 1], written))
        index = after
    return text.replaced(changes)


def to_figures(value: str) -> str:
    """`spoken_to_figures` for a plain string."""
    return spoken_to_figures(Text.of(value)).value


def _words(value: str) -> _Words:
    matches = list(_TOKEN.finditer(value))
    return _Words(
        value,
        tuple(match.group(0).lower() for match in matches),
        tuple(match.start() for match in matches),
        tuple(match.end() for match in matches),
    )


def _number_at(words: _Words, index: int) -> Number | None:
    if index >= len(words.low) or words.low[index] not in STARTS_NUMBER:
        return None
    return cardinal(words.phrase(index))


def _day(words: _Words, index: int) -> tuple[int, int, str] | None:
    """ngày mười lăm tháng tư; mồng năm tháng mười; trước ngày hai mươi."""
    start = index + 1 if words.low[index] in {"mồng", "mùng", "mồ"} else index
    if start >= len(words.low):
        return None
    introduced = start > index or words.low[index - 1 : index] == ("ngày",)
    number = _number_at(words, start)
    # "mười năm tháng tư" is how recognisers hear "mười lăm tháng tư".
    if (
        introduced
        and words.low[start] == "mười"
        and words.phrase(start)[:3:2] == ["mười", "tháng"]
        and words.phrase(start)[1] == "năm"
    ):
        number = Number(15, 2)
    if number is None or not 1 <= number.value <= 31:
        return None
    month_follows = words.word(start + number.length) == "tháng" and _month_value(words, start + number.length + 1)
    if not (month_follows or (introduced and (number.length > 1 or start > index or number.value == TEN))):
        return None
    return index, start + number.length, str(number.value)


def _month(words: _Words, index: int) -> tuple[int, int, str] | None:
    """tháng tư; tháng mười hai; not: sáu tháng một lần."""
    if words.low[index - 1 : index] != ("tháng",) or not words.word(index):
        return None
    number = _month_value(words, index)
    return (index, index + number.length, str(number.value)) if number else None


def _month_value(words: _Words, index: int) -> Number | None:
    number = _number_at(words, index)
    if number is None or not 1 <= number.value <= 12 or words.word(index + number.length) == "lần":
        return None
    return number


def _year(words: _Words, index: int) -> tuple[int, int, str] | None:
    """năm hai nghìn không trăm hai mươi sáu; năm hai không hai sáu."""
    if words.low[index - 1 : index] != ("năm",):
        return None
    number = _number_at(words, index) or Number(0, 0)
    row = digit_row(words.phrase(index))
    if row and len(row) == 4 and row[:2] in {"19", "20"}:
        return index, index + 4, row
    return (index, index + number.length, str(number.value)) if 1900 <= number.value <= 2100 else None


def _quarter(words: _Words, index: int) -> tuple[int, int, str] | None:
    """quý hai."""
    if words.low[index - 1 : index] != ("quý",):
        return None
    number = _number_at(words, index)
    return (index, index + 1, str(number.value)) if number and number.length == 1 and 1 <= number.value <= 4 else None


def _hour(words: _Words, index: int) -> tuple[int, int, str] | None:
    """mười sáu giờ; tám giờ ba mươi; bốn giờ rưỡi chiều (still 4 o'clock here: the reading is the deadline's
    business)."""
    number = _number_at(words, index)
    if number is None or number.value > 24 or words.word(index + number.length) != "giờ":
        return None
    after = index + number.length + 1
    if words.word(after) == "rưỡi":
        return index, after + 1, f"{number.value} giờ 30"
    minutes = _number_at(words, after) if words.word(after) else None
    if minutes and minutes.value < 60 and (minutes.length > 1 or words.word(after + minutes.length) == "phút"):
        return index, after + minutes.length, f"{number.value} giờ {minutes.value:02d}"
    return index, after, f"{number.value} giờ"


def _percent(words: _Words, index: int) -> tuple[int, int, str] | None:
    """ba mươi phần trăm."""
    number = _number_at(words, index)
    if number is None:
        return None
    after = index + number.length
    if (words.word(after), words.word(after + 1)) != ("phần", "trăm"):
        return None
    return index, after + 2, f"{figure(number, words.phrase(index))}%"


def _decimal(words: _Words, index: int) -> tuple[int, int, str] | None:
    """một phẩy hai triệu."""
    whole = _number_at(words, index)
    if whole is None or words.word(index + whole.length) != "phẩy":
        return None
    row = digit_row(words.phrase(index + whole.length + 1))
    after = index + whole.length + 1 + len(row)
    return (index, after, f"{figure(whole, words.phrase(index))},{row}") if row else None


def _document_digits(words: _Words, index: int) -> tuple[int, int, str] | None:
    """công văn (số) một chín không bốn."""
    before = words.low[max(0, index - 2) : index]
    if before[-1:] != ("số",) and before != ("công", "văn"):
        return None
    row = digit_row(words.phrase(index))
    return (index, index + len(row), row) if row and len(row) > 1 else None


def _counted(words: _Words, index: int) -> tuple[int, int, str] | None:
    """một trăm hai mươi sáu người; hai cán bộ; not: một số, thứ hai."""
    number = _number_at(words, index)
    if (
        number is None
        or words.low[index] == "không"
        or words.low[index - 1 : index] in {(w,) for w in _BEFORE_NO_FIGURE}
    ):
        return None
    single = number.length == 1
    if single and (number.value < 2 or words.word(index + 1) not in COUNTED or words.low[index] in {"tư", "năm"}):
        return None
    return index, index + number.length, figure(number, words.phrase(index))


_CALENDAR_RULES: Sequence[Rule] = (_day, _month, _year, _quarter, _hour)
_AMOUNT_RULES: Sequence[Rule] = (_decimal, _percent, _document_digits, _counted)
