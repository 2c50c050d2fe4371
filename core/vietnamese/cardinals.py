"""Vietnamese number words: their value and how the figure is written.

In: lower-case words from the start of a number. Out: value and how many words it took, or None.
"""

from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9,
}  # fmt: skip
# Only behind a ten: "hai mươi mốt", "hai mốt", "mười lăm".
ENDINGS = {"mốt": 1, "lăm": 5, "nhăm": 5}
SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
ZERO_FILLERS = frozenset({"linh", "lẻ"})
HALF = "rưỡi"

#: The words a number can begin with.
STARTS_NUMBER = frozenset({*DIGITS, "mười"})

#: "Năm" behind a thousand is the word for year ("hai nghìn năm"), so it never shortens "năm trăm".
_SHORTENED = {word: value for word, value in DIGITS.items() if value and word != "năm"}
_CONTINUES = frozenset({"trăm", "mươi", "mười", "chục", "phẩy", "phần", *SCALES, *ENDINGS})


@dataclass(frozen=True)
class Number:
    """A value and the number of words it was said with."""

    value: int
    length: int


def cardinal(words: Sequence[str]) -> Number | None:
    """The number that `words` begin with.

    >>> cardinal("ba nghìn hai trăm năm mươi hồ sơ".split())
    Number(value=3250, length=6)
    >>> cardinal("hai triệu rưỡi".split())
    Number(value=2500000, length=3)
    """
    total = 0
    position = 0
    last_scale = 10**12
    while (group := _below_thousand(words[position:], inner=position > 0)) is not None:
        after = position + group.length
        scale = SCALES.get(words[after], 0) if after < len(words) else 0
        if scale == 0 or scale >= last_scale:
            return _finished(words, total, position, group, last_scale)
        total += group.value * scale
        last_scale = scale
        position = after + 1
    if not position:
        return None
    if position < len(words) and words[position] == HALF:
        return Number(total + last_scale // 2, position + 1)
    return Number(total, position)


def _finished(words: Sequence[str], total: int, position: int, group: Number, last_scale: int) -> Number:
    """The number when `group` is not followed by a smaller scale."""
    if not position:
        return Number(group.value, group.length)
    if group.length > 1:
        return Number(total + group.value, position + group.length)
    # "ba triệu hai" is 3.2 million: a lone digit behind a scale counts tenths of it.
    following = words[position + 1] if position + 1 < len(words) else ""
    if words[position] in _SHORTENED and following not in _CONTINUES:
        return Number(total + group.value * last_scale // 10, position + 1)
    return Number(total, position)


def digit_row(words: Sequence[str]) -> str:
    """Digits said one by one ("một chín không bốn" to "1904"); empty if the words do not begin so."""
    row = ""
    for word in words:
        if word not in DIGITS:
            break
        row += str(DIGITS[word])
    return row


def figure(number: Number, words: Sequence[str]) -> str:
    """How the number is written: dots between thousands, "180 triệu" for a round amount, "2,5 triệu" for a half."""
    said = list(words[: number.length])
    scale = next((word for word in reversed(said) if word in SCALES), "")
    behind = said[len(said) - said[::-1].index(scale) :] if scale else []
    if scale and SCALES[scale] > 1_000 and len(behind) <= 1:
        whole, rest = divmod(number.value, SCALES[scale])
        tenths, odd = divmod(rest, SCALES[scale] // 10)
        if not odd:
            return f"{_dotted(whole)}{f',{tenths}' if tenths else ''} {scale}"
    return _dotted(number.value)


def _dotted(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _below_thousand(words: Sequence[str], *, inner: bool) -> Number | None:
    if len(words) > 1 and words[1] == "trăm" and words[0] in DIGITS and (inner or words[0] != "không"):
        hundreds = DIGITS[words[0]] * 100
        if len(words) > 3 and words[2] in ZERO_FILLERS and words[3] in DIGITS:
            return Number(hundreds + DIGITS[words[3]], 4)
        rest = _behind_hundred(words[2:])
        return Number(hundreds + rest.value, 2 + rest.length)
    if inner and len(words) > 1 and words[0] in ZERO_FILLERS and words[1] in DIGITS:
        return Number(DIGITS[words[1]], 2)
    return _below_hundred(words)


def _behind_hundred(words: Sequence[str]) -> Number:
    """Tens and ones behind a hundred; a lone digit counts tens there ("một trăm hai" is 120), since 102 has "linh"."""
    rest = _below_hundred(words)
    if rest is None or not rest.value:
        return Number(0, 0)
    if rest.length > 1 or rest.value >= 10:
        return rest
    following = words[1] if len(words) > 1 else ""
    return Number(rest.value * 10, 1) if words[0] in _SHORTENED and following not in _CONTINUES else Number(0, 0)


def _below_hundred(words: Sequence[str]) -> Number | None:
    if not words:
        return None
    first, second = words[0], words[1] if len(words) > 1 else ""
    third = words[2] if len(words) > 2 else ""
    if first == "mười":
        one = _ones(second)
        return Number(10 + one, 2) if one else Number(10, 1)
    if first not in DIGITS:
        return None
    if second in {"mươi", "mười"} and DIGITS[first] > 1:
        one = _ones(third, after_ten=True)
        return Number(DIGITS[first] * 10 + one, 3) if one else Number(DIGITS[first] * 10, 2)
    if second in ENDINGS and DIGITS[first] > 1:
        return Number(DIGITS[first] * 10 + ENDINGS[second], 2)
    return Number(DIGITS[first], 1)


def _ones(word: str, *, after_ten: bool = False) -> int:
    """The last digit behind a ten; "năm" there is the word for year unless written "lăm"."""
    if word in ENDINGS:
        return ENDINGS[word] if after_ten or word != "mốt" else 0
    if word in {"năm", "không"} or (word == "tư" and not after_ten):
        return 0
    return DIGITS.get(word, 0)
