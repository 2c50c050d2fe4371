"""Sums and relations between indicators, written as people write them: `tong = hoan_thanh + dang_cach_ly`.

In: a line of text. Out: a value that can be evaluated over numbers and said back in Vietnamese. The language is linear
and closed: numbers, indicator codes, `+`, `-`, `×`, and one of `= <= < >= >`; nothing in it can be executed. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LONGEST = 500
MOST_TERMS = 60

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,12}(?:[.,][0-9]{1,4})?)|(?P<code>[A-Za-z][A-Za-z0-9_]{0,39})|(?P<sign><=|>=|[=<>≤≥+*×·−-]))"
)
_SAME = {"≤": "<=", "≥": ">=", "·": "*", "×": "*", "−": "-"}
RELATIONS = ("=", "<=", "<", ">=", ">")


class LinearError(ValueError):
    """The text is not of this language; the message is a Vietnamese phrase that says where and why."""


@dataclass(frozen=True)
class Term:
    """A number times an indicator; a plain number where `code` is empty."""

    factor: Decimal
    code: str = ""


@dataclass(frozen=True)
class Linear:
    """A sum of terms in the order they were written."""

    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the indicators it names, each once."""
        return tuple(dict.fromkeys(term.code for term in self.terms if term.code))

    def value(self, values: Mapping[str, Decimal]) -> Decimal:
        """The sum. Raises KeyError where an indicator has no value."""
        return sum((term.factor * (values[term.code] if term.code else 1) for term in self.terms), Decimal(0))

    def to_json(self) -> list[list[Any]]:
        """`[[factor, code], …]` for the script of the form."""
        return [[float(term.factor), term.code] for term in self.terms]


@dataclass(frozen=True)
class Relation:
    """Two sums and what must hold between them."""

    left: Linear
    sign: str
    right: Linear

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the indicators it names, each once."""
        return tuple(dict.fromkeys((*self.left.codes, *self.right.codes)))

    def holds(self, values: Mapping[str, Decimal]) -> bool:
        """Whether it is so. Raises KeyError where an indicator has no value."""
        left, right = self.left.value(values), self.right.value(values)
        return {
            "=": left == right,
            "<=": left <= right,
            "<": left < right,
            ">=": left >= right,
            ">": left > right,
        }[self.sign]


def parse_linear(text: str) -> Linear:
    """Read a sum such as `f1 + f2 + 2 * f3`. Raises LinearError."""
    return _linear(_tokens(text), text)


def parse_relation(text: str) -> Relation:
    """Read a relation such as `tong = a + b` or `a <= b`. Raises LinearError."""
    tokens = _tokens(text)
    places = [place for place, (_, token) in enumerate(tokens) if token in RELATIONS]
    if len(places) != 1:
        raise LinearError("cần đúng một dấu so sánh: =, <=, <, >= hoặc >")
    return Relation(_linear(tokens[: places[0]], text), tokens[places[0]][1], _linear(tokens[places[0] + 1 :], text))


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > LONGEST:
        raise LinearError(f"dài quá {LONGEST} ký tự")
    return list(_scan(text.rstrip()))


def _scan(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise LinearError(f"không hiểu “{text[place:].strip()[:20]}”")
        kind = found.lastgroup or ""
        token = found.group(kind)
        yield kind, _SAME.get(token, token.lower())
        place = found.end()


def _linear(tokens: list[tuple[str, str]], text: str) -> Linear:
    terms: list[Term] = []
    rest = list(tokens)
    while rest:
        negative = False
        if terms and rest[0][1] not in ("+", "-"):
            raise LinearError(f"thiếu dấu + hoặc - trước “{rest[0][1]}”")
        if rest[0][1] in ("+", "-"):
            negative = rest.pop(0)[1] == "-"
        term, rest = _term(rest)
        terms.append(Term(-term.factor if negative else term.factor, term.code))
        if len(terms) > MOST_TERMS:
            raise LinearError(f"nhiều hơn {MOST_TERMS} số hạng")
    if not terms:
        raise LinearError(f"thiếu một vế trong “{text.strip()[:60]}”" if text.strip() else "còn để trống")
    return Linear(tuple(terms))


def _term(tokens: list[tuple[str, str]]) -> tuple[Term, list[tuple[str, str]]]:
    if not tokens or tokens[0][0] == "sign":
        raise LinearError("thiếu số hoặc mã chỉ tiêu")
    kind, token = tokens[0]
    rest = tokens[1:]
    if kind == "code":
        return Term(Decimal(1), token), rest
    factor = Decimal(token.replace(",", "."))
    if rest and rest[0][1] == "*":
        if len(rest) < 2 or rest[1][0] != "code":
            raise LinearError("sau dấu × phải là mã chỉ tiêu")
        return Term(factor, rest[1][1]), rest[2:]
    return Term(factor), rest
