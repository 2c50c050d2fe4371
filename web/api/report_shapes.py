"""A form's definition as sent to the API: typed strictly here, checked as a whole by the service."""

from dataclasses import fields
from decimal import Decimal

from pydantic import Field

from orchestrator.reports.definition import (
    Constraint,
    FormDefinition,
    Indicator,
    Kind,
    NilMeaning,
    RosterRules,
    Scope,
    Shape,
)
from orchestrator.reports.figures import LARGEST
from web.api.shapes import In

MOST = 200


class IndicatorIn(In):
    """One line of a form."""

    code: str = Field(max_length=100)
    label: str = Field(max_length=1000)
    unit: str = Field(default="", max_length=1000)
    kind: Kind = Kind.INTEGER
    required: bool = True
    minimum: Decimal | None = Field(default=Decimal(0), ge=-LARGEST, le=LARGEST)
    maximum: Decimal | None = Field(default=None, ge=-LARGEST, le=LARGEST)
    choices: list[str] = Field(default=[], max_length=MOST)
    group: str = Field(default="", max_length=1000)
    formula: str = Field(default="", max_length=1000)
    totalled: bool = True
    cumulative: bool = False
    within_period: bool = False
    hint: str = Field(default="", max_length=1000)


class ConstraintIn(In):
    """A relation between indicators."""

    text: str = Field(max_length=1000)
    scope: Scope = Scope.UNIT
    binding: bool = True


class RosterIn(In):
    """Who must be on duty every day."""

    leaders_a_day: int = 1
    people_a_day: int = 1
    every_day: bool = True


class DefinitionIn(In):
    """A whole form."""

    shape: Shape = Shape.FIGURES
    indicators: list[IndicatorIn] = Field(default=[], max_length=MOST)
    constraints: list[ConstraintIn] = Field(default=[], max_length=MOST)
    nil: NilMeaning = NilMeaning.ZERO
    numbers_only: bool = False
    note_limit: int = 500
    guidance: str = Field(default="", max_length=1000)
    roster: RosterIn = RosterIn()


def definition_of(read: DefinitionIn) -> FormDefinition:
    """The value the service takes."""
    plain = {
        field.name: getattr(read, field.name)
        for field in fields(FormDefinition)
        if field.name not in ("indicators", "constraints", "roster")
    }
    return FormDefinition(
        **plain,
        indicators=tuple(
            Indicator(**{**item.model_dump(), "choices": tuple(item.choices)}) for item in read.indicators
        ),
        constraints=tuple(Constraint(**item.model_dump()) for item in read.constraints),
        roster=RosterRules(**read.roster.model_dump()),
    )
