"""What quick reports look like over the API. A definition is typed strictly here and checked by the service."""

from dataclasses import fields
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from core.errors import Invalid
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
from orchestrator.reports.schedule import Cadence, Schedule
from web.api.shapes import In, Out

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


class FormOut(Out):
    """A form and what it asks."""

    id: UUID
    code: str
    name: str
    active: bool
    addressee: str
    version_number: int
    schedule: dict[str, Any]
    unit_ids: list[UUID]
    definition: dict[str, Any]


class FormsOut(Out):
    """Forms, those in use first."""

    items: list[FormOut]


class ScheduleIn(In):
    """When a form is due; times on a clock in Hà Nội."""

    cadence: Cadence = Cadence.DAILY
    cut_off: time = time(16, 0)
    working_days_only: bool = True
    weekday: int = Field(default=4, ge=0, le=6)
    next_week: bool = False
    reminder_minutes: list[int] = Field(default=[60, 15], max_length=5)

    def value(self) -> Schedule:
        """Raises Invalid."""
        plain = self.model_dump(mode="json") | {"cut_off": self.cut_off.strftime("%H:%M")}
        try:
            return Schedule.from_json(plain)
        except ValueError as error:
            raise Invalid(field="schedule", reason="giờ chốt, ngày trong tuần hoặc giờ nhắc không hợp lệ") from error


class FormIn(In):
    """A new form: from a `preset`, or with its own `definition`."""

    code: str
    name: str = ""
    unit_ids: list[UUID]
    preset: str | None = None
    definition: DefinitionIn | None = None
    schedule: ScheduleIn | None = None
    addressee: str = ""
    signer_title: str = ""
    signer_name: str = ""


class FormVersionIn(In):
    """What a form asks from now on."""

    definition: DefinitionIn


class FormPath(BaseModel):
    """Which form."""

    form_id: UUID


class CountsOut(Out):
    """Units of a period."""

    units: int
    reported: int
    late: int
    missing: int


class PeriodOut(Out):
    """One day or week of a form."""

    id: UUID
    form_id: UUID
    form_name: str
    starts_on: str
    ends_on: str
    opens_at: datetime
    cut_off_at: datetime
    state: str
    counts: CountsOut


class PeriodsOut(Out):
    """Periods, the newest cut-off first."""

    items: list[PeriodOut]


class LineOut(Out):
    """One unit on the board."""

    unit_id: UUID
    unit_code: str
    unit_name: str
    state: str
    submitted_at: datetime | None
    revision_count: int
    corrected_at: datetime | None
    is_nil: bool


class BoardOut(Out):
    """Who has reported and who has not."""

    period: PeriodOut
    lines: list[LineOut]


class PeriodPath(BaseModel):
    """Which period."""

    period_id: UUID


class ReportPath(PeriodPath):
    """Which unit's report."""

    unit_id: UUID


class PeriodsQuery(BaseModel):
    """Page of fifty, and one form only."""

    page: int = Field(default=1, ge=1, le=10_000)
    form_id: UUID | None = None


class ReportIn(In):
    """A report, or a correction with its reason; `base_number` is the revision it was made from (0: none yet)."""

    values: dict[str, Any] = {}
    note: str = ""
    nil: bool = False
    reason: str = ""
    base_number: int | None = Field(default=None, ge=0)


class ReportRevisionOut(Out):
    """What a unit reported."""

    id: UUID
    number: int
    values: dict[str, Any]
    note: str
    is_nil: bool
    is_late: bool
    reason: str
    submitted_at: datetime
    author_name: str


class RevisionsOut(Out):
    """Report and corrections, newest first."""

    items: list[ReportRevisionOut]


class CompilationOut(Out):
    """A compiled report."""

    id: UUID
    period_id: UUID
    number: int
    because: str
    compiled_at: datetime
    author_name: str
    sha256: str
    content: dict[str, Any]


class CompilationPath(BaseModel):
    """Which compiled revision."""

    compilation_id: UUID


class FilePath(CompilationPath):
    """Which file of it."""

    kind: Literal["xlsx", "docx", "pdf"]


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
