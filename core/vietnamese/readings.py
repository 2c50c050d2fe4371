"""Figures go in, the syllables in which Vietnamese says them come out.

Up to twelve digits, groups of three with dots, a decimal comma, a percent sign: what recognisers and typists write.
"""

import re

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")
_NUMBER = re.compile(r"(?P<whole>\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})(?:,(?P<places>\d{1,6}))?(?P<percent>%)?")
#: Several spoken forms of one digit or unit; the first is what `spoken` writes.
_VARIANTS = {
    "mốt": "một",
    "lăm": "năm",
    "nhăm": "năm",
    "tư": "bốn",
    "lẻ": "linh",
    "ngàn": "nghìn",
    "mươi": "mười",
    "tỉ": "tỷ",
    "bẩy": "bảy",
}


def spoken(number: int) -> list[str]:
    """15 → mười lăm; 2026 → hai nghìn không trăm hai mươi sáu. Raises ValueError outside 0..10¹²−1."""
    if not 0 <= number < 10**12:
        raise ValueError(number)
    if number == 0:
        return ["không"]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words: list[str] = []
    for position in reversed(range(len(groups))):
        if groups[position]:
            words += _group(groups[position], leading=position == len(groups) - 1)
            words += [_GROUPS[position]] if position else []
    return words


def _group(value: int, *, leading: bool) -> list[str]:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or not leading else []
    if tens == 0:
        if ones:
            words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 5:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones:
        words.append(_DIGITS[ones])
    return words


def expand(word: str) -> list[str] | None:
    """A written number as syllables ("3,5%" → ba phẩy năm phần trăm), or None where the word is no such number."""
    match = _NUMBER.fullmatch(word)
    if not match:
        return None
    places = [_DIGITS[int(digit)] for digit in match["places"] or ""]
    said = spoken(int(match["whole"].replace(".", "")))
    return said + (["phẩy", *places] if places else []) + (["phần", "trăm"] if match["percent"] else [])


def canonical(syllable: str) -> str:
    """One form for all ways to say a digit, so that `lăm` meets `năm`."""
    return _VARIANTS.get(syllable, syllable)
