"""Which series of numbers a document counts in (Decree 30/2020, art. 15; annex I, II.3a).

Pure: plain values in, strings out. The counting itself happens under a row lock in `series.py`; how a number is
written is in `papers/header.py`.
"""

import re
from collections.abc import Iterable
from typing import Protocol

ANY = "*"
_TYPE_CODE = re.compile(r"[^-/]+")
_BOARD_WORDS = ("ban chỉ đạo", "hội đồng", "tổ công tác", "ủy ban quốc gia", "ban tổ chức", "ban soạn thảo")


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
