"""What a form asks: indicators, groups, computed sums, constraints, meaning of "không phát sinh"; all of it data.

In: JSON as stored or as typed by a secretary (see `checking.py`). Out: frozen values. Pure.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from orchestrator.reports.linear import Linear, Relation, parse_linear, parse_relation


class Kind(StrEnum):
    """What an indicator holds."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"


NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})


class Shape(StrEnum):
    """A table of figures, or a duty roster by day and person."""

    FIGURES = "figures"
    ROSTER = "roster"


class NilMeaning(StrEnum):
    """What a nil report ("không phát sinh") says: it may not be given, all figures are 0, or they are the last ones."""

    NONE = "none"
    ZERO = "zero"
    SAME = "same"


class Scope(StrEnum):
    """Where a constraint must hold: in each unit's report, or in the total over all units."""

    UNIT = "unit"
    TOTAL = "total"


@dataclass(frozen=True)
class Indicator:
    """One line of the form. `minimum` and `maximum` bind figures; `formula` makes it a computed sum nobody types."""

    code: str
    label: str
    unit: str = ""
    kind: Kind = Kind.INTEGER
    required: bool = True
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    group: str = ""
    formula: str = ""
    #: Added up over units; a rate or a date is not.
    totalled: bool = True
    #: Counts from the beginning, so it cannot fall from one period to the next.
    cumulative: bool = False
    #: Counts what happened within the period only: 0 in a nil report, whatever the last one said.
    within_period: bool = False
    hint: str = ""

    @property
    def is_figure(self) -> bool:
        return self.kind in NUMBERS

    @property
    def is_computed(self) -> bool:
        return bool(self.formula)

    @cached_property
    def sum(self) -> Linear:
        """The computed sum. Raises LinearError where there is none."""
        return parse_linear(self.formula)


@dataclass(frozen=True)
class Constraint:
    """A relation between indicators; where it does not bind it is said beside the compiled report only."""

    text: str
    scope: Scope = Scope.UNIT
    binding: bool = True

    @cached_property
    def relation(self) -> Relation:
        return parse_relation(self.text)


@dataclass(frozen=True)
class RosterRules:
    """Who must be on duty every day: the papers want at least one leader."""

    leaders_a_day: int = 1
    people_a_day: int = 1
    #: Saturdays, Sundays and holidays too.
    every_day: bool = True


@dataclass(frozen=True)
class FormDefinition:
    """The whole form. `numbers_only` forms take no words but a short note, and no names in it."""

    shape: Shape = Shape.FIGURES
    indicators: tuple[Indicator, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    nil: NilMeaning = NilMeaning.ZERO
    numbers_only: bool = False
    note_limit: int = 500
    guidance: str = ""
    roster: RosterRules = field(default_factory=RosterRules)

    @cached_property
    def entered(self) -> tuple[Indicator, ...]:
        """Indicators that somebody fills in."""
        return tuple(item for item in self.indicators if not item.is_computed)

    @cached_property
    def figures(self) -> tuple[Indicator, ...]:
        """Indicators that are numbers, computed ones too."""
        return tuple(item for item in self.indicators if item.is_figure)

    @cached_property
    def by_code(self) -> dict[str, Indicator]:
        return {item.code: item for item in self.indicators}

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[Indicator, ...]], ...]:
        """Indicators under their headings, in order; those without a heading stand under an empty one."""
        found: dict[str, list[Indicator]] = {}
        for item in self.indicators:
            found.setdefault(item.group, []).append(item)
        return tuple((title, tuple(items)) for title, items in found.items())

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; decimals as text."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "FormDefinition":
        """Read back what `to_json` wrote."""
        return cls(
            shape=Shape(stored["shape"]),
            indicators=tuple(_indicator(item) for item in stored["indicators"]),
            constraints=tuple(
                Constraint(item["text"], Scope(item["scope"]), bool(item["binding"])) for item in stored["constraints"]
            ),
            nil=NilMeaning(stored["nil"]),
            numbers_only=bool(stored["numbers_only"]),
            note_limit=int(stored["note_limit"]),
            guidance=stored["guidance"],
            roster=RosterRules(**stored["roster"]),
        )


def _indicator(stored: Mapping[str, Any]) -> Indicator:
    return Indicator(
        **{
            **stored,
            "kind": Kind(stored["kind"]),
            "choices": tuple(stored["choices"]),
            "minimum": _decimal(stored["minimum"]),
            "maximum": _decimal(stored["maximum"]),
        }
    )


def _decimal(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value
