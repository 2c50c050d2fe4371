"""How the house writes: the spelling it has chosen, capitals of Decree 30/2020 (annex II), nothing inside quotes.

In: written Vietnamese of a machine or of a person. Out: the same words in the house's spelling. LANGUAGE §1.5: both
"bảo đảm" and "đảm bảo", "hằng" and "hàng" occur in good papers, so the choice is a setting and never called an error.

| written | printed | rule |
|---|---|---|
| đảm bảo tiến độ | bảo đảm tiến độ | spelling of the house |
| hàng ngày | hằng ngày | spelling of the house |
| thứ trưởng Lò Thị Ánh | Thứ trưởng Lò Thị Ánh | annex II, IV.2: an office before a name |
| nghị quyết số 37/NQ-CP | Nghị quyết số 37/NQ-CP | annex II, V.7: the kind of one named paper |
| khoản 2 điều 15 | khoản 2 Điều 15 | annex II, V.8: Phần, Chương, Mục, Điều of a named paper |
| nhân dân, nhà nước | Nhân dân, Nhà nước | annex II, V.1 |
| thứ sáu hằng tuần | thứ Sáu hằng tuần | annex II, V.9 |
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from minutes.language.references import TYPES
from minutes.language.text import UPPER

Ensuring = Literal["bảo đảm", "đảm bảo"]
Every = Literal["hằng", "hàng"]
_PERIODS = r"(?=\s+(?:ngày|tuần|tháng|quý|năm)(?!\w))"
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_OFFICES = (
    "phó thủ tướng|thủ tướng|bộ trưởng|thứ trưởng|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|cục trưởng|vụ trưởng|"
    "chánh văn phòng|chánh thanh tra|viện trưởng|hiệu trưởng|trưởng ban|bí thư"
)
_OFFICE_AND_NAME = re.compile(rf"(?<!\w)(?:{_OFFICES})(?=\s+[{UPPER}]\w*\s+[{UPPER}])")
_KIND_AND_NUMBER = re.compile(rf"(?<!\w)(?:{'|'.join(TYPES).lower()})(?=\s+(?:liên tịch\s+)?số\s+\d)")
_PART = re.compile(r"(?<!\w)(?:điều|chương|mục|phần|tiểu mục)(?=\s+(?:\d+|[IVX]+)(?!\w))")
_ALWAYS = re.compile(r"(?<!\w)(?:(?<!ủy ban )(?<!hội đồng )nhân dân(?! tệ)|nhà nước)(?!\w)")
_WEEKDAY = re.compile(r"(?<!\w)thứ\s+(hai|ba|tư|năm|sáu|bảy)(?=\s+(?:hằng|hàng|tuần|tới|này|sau|ngày)(?!\w)|[,.;)]|$)")
_TET = re.compile(r"(?<!\w)tết\s+nguyên\s+đán(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class HouseStyle:
    """What the house has chosen."""

    ensuring: Ensuring = "bảo đảm"
    every: Every = "hằng"

    def write(self, value: str) -> str:
        """`value` in the spelling of the house; what stands in quotes is somebody's own words and stays."""
        pieces: list[str] = []
        position = 0
        for quoted in _QUOTED.finditer(value):
            pieces += [self._plain(value[position : quoted.start()]), quoted.group(0)]
            position = quoted.end()
        return "".join([*pieces, self._plain(value[position:])])

    def _plain(self, value: str) -> str:
        value = re.sub(r"(?<!\w)(?:bảo đảm|đảm bảo)(?!\w)", _like(self.ensuring), value, flags=re.IGNORECASE)
        value = re.sub(rf"(?<!\w)(?:hằng|hàng){_PERIODS}", _like(self.every), value, flags=re.IGNORECASE)
        return capitals(value)


def capitals(value: str) -> str:
    """Capitals that annex II asks for and that speech does not have."""
    for pattern in (_OFFICE_AND_NAME, _KIND_AND_NUMBER, _PART, _ALWAYS):
        value = pattern.sub(lambda match: match.group(0)[:1].upper() + match.group(0)[1:], value)
    value = _WEEKDAY.sub(lambda match: f"thứ {match.group(1).capitalize()}", value)
    return _TET.sub("tết Nguyên đán", value)


def _like(word: str) -> Callable[[re.Match[str]], str]:
    """`word` with a capital where the replaced one had it."""
    return lambda match: word[:1].upper() + word[1:] if match.group(0)[:1].isupper() else word
