"""Documents that a sentence names by number and symbol.

In: a sentence and, for a meeting, its list of documents. Out: references as they are to be printed. A number that was
only spoken
("công văn 1904") stands if exactly one document of the meeting bears it; otherwise it is a question, never a guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.language.numbers import to_figures
from minutes.language.scanning import phrases
from minutes.language.text import fold

TYPES = phrases(
    """
    Nghị quyết | Nghị định | Quyết định | Chỉ thị | Thông tư liên tịch | Thông tư | Kế hoạch | Công văn |
    Công điện | Thông báo | Tờ trình | Báo cáo | Kết luận | Chương trình | Đề án | Hướng dẫn | Giấy mời |
    Văn bản | Luật | Quy chế | Quy định | Pháp lệnh
    """
)
#: How the letters of a symbol are called when read aloud.
LETTER_NAMES = {
    "a": "A",
    "bê": "B",
    "bờ": "B",
    "xê": "C",
    "cờ": "C",
    "dê": "D",
    "dờ": "D",
    "đê": "Đ",
    "đờ": "Đ",
    "e": "E",
    "ép": "F",
    "gờ": "G",
    "giê": "G",
    "hát": "H",
    "i": "I",
    "ca": "K",
    "ka": "K",
    "lờ": "L",
    "en": "N",
    "nờ": "N",
    "em": "M",
    "mờ": "M",
    "o": "O",
    "pê": "P",
    "pờ": "P",
    "quy": "Q",
    "cu": "Q",
    "rờ": "R",
    "ét": "S",
    "sờ": "S",
    "tê": "T",
    "tờ": "T",
    "u": "U",
    "vê": "V",
    "vờ": "V",
    "ích": "X",
}
_TYPE_LETTERS = {
    "CT": "CT",
    "KH": "KH",
    "NQ": "NQ",
    "QĐ": "QĐ",
    "CĐ": "CĐ",
    "CV": "CV",
    "TB": "TB",
    "BC": "BC",
    "NĐ": "NĐ",
    "TT": "TT",
    "TTR": "TTr",
    "KL": "KL",
}
_BODIES = {
    "TTG": "TTg",
    "CP": "CP",
    "UBND": "UBND",
    "HĐND": "HĐND",
    "BNV": "BNV",
    "BTC": "BTC",
    "BYT": "BYT",
    "VPCP": "VPCP",
    "QH": "QH",
    "TW": "TW",
}
_TYPE = "|".join(sorted((re.escape(name) for name in TYPES), key=len, reverse=True))
_SYMBOL = r"\d{1,5}(?:/\d{4})?[/-][A-ZĐ][\wĐđ.-]*(?:/[\wĐđ.-]+)?"
_WRITTEN = re.compile(
    rf"(?:(?<!\w)(?P<type>{_TYPE})\s+(?:số\s+)?|(?<!\w)số\s+)(?P<symbol>{_SYMBOL})"
    r"(?:,?\s+ngày\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(
    rf"(?<!\w)(?P<type>{_TYPE})\s+(?:số\s+)?(?P<number>\d{{1,5}})(?![\w/]|-\w|\s*(?:%|tháng))", re.IGNORECASE
)
_SPELLED = re.compile(
    r"(?<!\w)số\s+(?P<number>\d{1,5})\s+(?P<letters>(?:(?:"
    + "|".join(sorted(LETTER_NAMES, key=len, reverse=True))
    + r")\s+){1,8}(?:"
    + "|".join(sorted(LETTER_NAMES, key=len, reverse=True))
    + r"))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class KnownDocument:
    """A document on the meeting's list."""

    symbol: str
    title: str = ""


@dataclass(frozen=True)
class References:
    """What a sentence cites, and questions about numbers that cannot be confirmed."""

    found: tuple[str, ...]
    questions: tuple[str, ...] = ()


def find_references(text: str, documents: Sequence[KnownDocument] = ()) -> References:
    """Cited documents in reading order.

    >>> find_references("theo Kế hoạch số 1458/KH-BNV ngày 20/3/2020 của Bộ").found
    ('Kế hoạch số 1458/KH-BNV ngày 20/3/2020',)
    """
    hits = [(match.start(), _tidy(match.group(0))) for match in _WRITTEN.finditer(text)]
    questions: list[str] = []
    for match in _ONLY_NUMBER.finditer(text):
        fitting = [document for document in documents if document.symbol.split("/")[0].split("-")[0] == match["number"]]
        if len(fitting) == 1:
            hits.append((match.start(), f"{match['type'].capitalize()} số {fitting[0].symbol}"))
        else:
            questions.append(
                f"Số văn bản “{match.group(0)}” chưa có trong danh mục tài liệu của cuộc họp [cần xác minh]."
            )
    return References(tuple(dict.fromkeys(name for _place, name in sorted(hits))), tuple(dict.fromkeys(questions)))


def spelled_symbols(text: str) -> str:
    """Symbols read letter by letter as they are written; unknown rows of letters stay as they were said.

    >>> spelled_symbols("kế hoạch số 45 ca hát u bê en dê của tỉnh")
    'kế hoạch số 45/KH-UBND của tỉnh'
    """
    return _SPELLED.sub(lambda match: _symbol(match) or match.group(0), text)


def spoken_references(text: str) -> str:
    """Figures and symbols of a spoken sentence."""
    return spelled_symbols(to_figures(text))


def _symbol(match: re.Match[str]) -> str | None:
    letters = "".join(LETTER_NAMES[word.lower()] for word in match["letters"].split())
    for length in (3, 2):
        kind, body = _TYPE_LETTERS.get(letters[:length]), _BODIES.get(letters[length:].upper())
        if kind and body:
            return f"số {match['number']}/{kind}-{body}"
    return None


def _tidy(said: str) -> str:
    words = " ".join(said.replace(" ,", ",").split())
    return words if fold(words).startswith("so ") else words[:1].upper() + words[1:]
