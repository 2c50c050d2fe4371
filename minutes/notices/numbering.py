"""Numbers, symbols and dates as Decree 30/2020, annex I prints them, and which series a document counts in.

Pure: plain values in, strings out. The counting itself happens under a row lock in `series.py`.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol

#: No-break spaces that leave about 10 mm at 13 pt for a number, and 7 mm for a day or month, that the registrar adds
#: (practice: a leader signs the page before it has a number; annex I II.3c, art. 15).
NUMBER_BLANK = "\u00a0" * 9
DAY_BLANK = "\u00a0" * 6

ANY = "*"
_TYPE_CODE = re.compile(r"[^-/]+")
_BOARD_WORDS = ("ban chỉ đạo", "hội đồng", "tổ công tác", "ủy ban quốc gia", "ban tổ chức", "ban soạn thảo")


def format_number(number: int) -> str:
    """At least two digits (II.3c: numbers below 10 get a 0). Raises ValueError below 1."""
    if number < 1:
        raise ValueError("document numbers start at 1")
    return f"{number:02d}"


def symbol(number: int, suffix: str) -> str:
    """Number and symbol without any space: `05/TB-BCĐ`."""
    return f"{format_number(number)}/{suffix}"


def number_line(number: int | None, suffix: str) -> str:
    """`Số: 05/TB-BCĐ`; without a number, room for it: `Số:          /TB-BCĐ`."""
    return f"Số: {symbol(number, suffix)}" if number is not None else f"Số:{NUMBER_BLANK}/{suffix}"


def date_line(place: str, issued_on: date | None, *, year: int | None = None) -> str:
    """`Hà Nội, ngày 05 tháng 01 năm 2020`: days below 10 and months 1 and 2 get a 0, months 3–9 do not (II.4b).

    Without a date, day and month stay blank for the registrar; `year` is filled in where the context gives it.
    """
    before = f"{place}, " if place else ""
    if issued_on is None:
        return f"{before}ngày{DAY_BLANK}tháng{DAY_BLANK}năm {year if year is not None else DAY_BLANK}".rstrip(" ")
    return f"{before}{spoken_date(issued_on)}"


def spoken_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2020` by the same rule."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def type_code(suffix: str) -> str:
    """The type letters of a symbol: `TB` of `TB-BCĐ`."""
    found = _TYPE_CODE.match(suffix.strip())
    return found.group().strip() if found else ANY


class SeriesRule(Protocol):
    """A row of the configuration: documents of this body and type count in this series; `*` fits every one."""

    body: str
    document_type: str
    series_key: str


def series_key(rules: Iterable[SeriesRule], *, body: str, suffix: str) -> str:
    """The series a document counts in: the most exact rule wins, body before type.

    Without a rule every body counts each type by itself, so that a leading board never shares the numbers of the
    agency (II.3a). A shared register, as some ministries keep, is one rule: body `*`, type `*`.
    """
    wanted_body, wanted_type = _folded(body), type_code(suffix)
    fitting = [
        rule
        for rule in rules
        if rule.body in (ANY,) or _folded(rule.body) == wanted_body
        if rule.document_type in (ANY, wanted_type)
    ]
    if not fitting:
        return f"{wanted_body}|{wanted_type}"
    return max(fitting, key=lambda rule: (rule.body != ANY, rule.document_type != ANY)).series_key


def is_board(body: str) -> bool:
    """Whether a body is a leading board, council or task force, which needs a series of its own (II.3a)."""
    return _folded(body).startswith(_BOARD_WORDS)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
