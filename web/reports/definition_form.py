"""The screen on which a form is defined: read from the browser into a definition and a plan, and shown again.

In: fields as typed, with repeated fields for indicators and constraints. Out: values for the service, which checks
them; only what cannot be read at all is refused here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

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
from orchestrator.reports.figures import FigureError, read_figure, show_figure
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.schedule import MOST_REMINDERS, Cadence, Schedule
from web.forms import read_id

MOST_ROWS = 200
INDICATOR_FIELDS = (
    *("code", "label", "unit", "kind", "required", "minimum", "maximum", "group", "formula", "choices", "nature"),
    *("totalled", "hint"),
)
CONSTRAINT_FIELDS = ("text", "scope", "binding")
#: The single fields with what stands in them at first.
TEXTS = {
    **{"code": "", "name": "", "addressee": "", "guidance": "", "active": "yes", "cadence": "daily", "weekday": "4"},
    **{"cut_off": "16:00", "days": "working", "covers": "this", "reminders": "15:00, 15:45", "shape": "figures"},
    **{"nil": "zero", "numbers_only": "no", "note_limit": "500", "leaders_a_day": "1", "people_a_day": "1"},
    **{"roster_days": "every", "signer_title": "", "signer_name": ""},
}
#: What a figure counts → (cumulative, within_period).
NATURES = {"standing": (False, False), "cumulative": (True, False), "period": (False, True)}


@dataclass(frozen=True)
class ReadForm:
    """Everything the screen says."""

    plan: FormPlan
    definition: FormDefinition


def read_form(form: "MultiDict[str, str]") -> ReadForm:
    """Raises Invalid with the field's name for what cannot be read."""
    return ReadForm(read_plan(form), read_definition(form))


def read_plan(form: "MultiDict[str, str]") -> FormPlan:
    """Name, rhythm and units. Raises Invalid."""
    cut_off = _time(form.get("cut_off", ""), "giờ chốt")
    return FormPlan(
        name=form.get("name", ""),
        unit_ids=_units(form.getlist("unit_ids")),
        schedule=Schedule(
            cadence=_word(form.get("cadence", ""), Cadence, "chu kỳ"),
            cut_off=cut_off,
            working_days_only=form.get("days", "working") == "working",
            weekday=_weekday(form.get("weekday", "4")),
            next_week=form.get("covers") == "next",
            reminder_minutes=_reminders(form.get("reminders", ""), cut_off),
        ),
        addressee=form.get("addressee", ""),
        signer_title=form.get("signer_title", ""),
        signer_name=form.get("signer_name", ""),
        active=form.get("active", "yes") == "yes",
    )


def read_definition(form: "MultiDict[str, str]") -> FormDefinition:
    """Indicators, constraints and the rest. Raises Invalid."""
    shape = _word(form.get("shape", "figures"), Shape, "loại biểu mẫu")
    common = {
        "shape": shape,
        "nil": _word(form.get("nil", "none"), NilMeaning, "báo không phát sinh"),
        "note_limit": _whole(form.get("note_limit", "500"), "độ dài ghi chú"),
        "guidance": form.get("guidance", "").strip(),
    }
    if shape is Shape.ROSTER:
        rules = RosterRules(
            leaders_a_day=_whole(form.get("leaders_a_day", "1"), "số lãnh đạo trực"),
            people_a_day=_whole(form.get("people_a_day", "1"), "số người trực"),
            every_day=form.get("roster_days", "every") == "every",
        )
        return FormDefinition(roster=rules, **common)
    return FormDefinition(
        indicators=tuple(_indicator(row) for row in _rows(form, "i_", INDICATOR_FIELDS) if row["code"] or row["label"]),
        constraints=tuple(
            Constraint(row["text"], _word(row["scope"], Scope, "phạm vi ràng buộc"), row["binding"] != "no")
            for row in _rows(form, "c_", CONSTRAINT_FIELDS)
            if row["text"]
        ),
        numbers_only=form.get("numbers_only") == "yes",
        **common,
    )


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of the screen, word for word."""

    text: dict[str, str]
    indicators: list[dict[str, str]]
    constraints: list[dict[str, str]]
    unit_ids: frozenset[str]


def typed_fields(form: "MultiDict[str, str]") -> Typed:
    """The fields as they were sent, so that nothing typed is lost when it is refused."""
    return Typed(
        text={name: form.get(name, default) for name, default in TEXTS.items()},
        indicators=_columns(form, "i_", INDICATOR_FIELDS)[:MOST_ROWS],
        constraints=_columns(form, "c_", CONSTRAINT_FIELDS)[:MOST_ROWS],
        unit_ids=frozenset(form.getlist("unit_ids")),
    )


def fields_of(code: str, plan: FormPlan, definition: FormDefinition) -> Typed:
    """A form that stands, as it would be typed."""
    schedule, rules = plan.schedule, definition.roster
    text = {
        "code": code,
        "name": plan.name,
        "addressee": plan.addressee,
        "signer_title": plan.signer_title,
        "signer_name": plan.signer_name,
        "active": "yes" if plan.active else "no",
        "cadence": schedule.cadence.value,
        "weekday": str(schedule.weekday),
        "cut_off": f"{schedule.cut_off:%H:%M}",
        "days": "working" if schedule.working_days_only else "every",
        "covers": "next" if schedule.next_week else "this",
        "reminders": _reminder_times(schedule),
        "shape": definition.shape.value,
        "nil": definition.nil.value,
        "numbers_only": "yes" if definition.numbers_only else "no",
        "note_limit": str(definition.note_limit),
        "guidance": definition.guidance,
        "leaders_a_day": str(rules.leaders_a_day),
        "people_a_day": str(rules.people_a_day),
        "roster_days": "every" if rules.every_day else "working",
    }
    constraints = [
        {"text": item.text, "scope": item.scope.value, "binding": "yes" if item.binding else "no"}
        for item in definition.constraints
    ]
    return Typed(text, _indicator_rows(definition), constraints, frozenset(str(unit) for unit in plan.unit_ids))


def _indicator_rows(definition: FormDefinition) -> list[dict[str, str]]:
    """Indicators as the screen's rows."""
    natures = {flags: name for name, flags in NATURES.items()}
    return [
        {
            **{name: getattr(item, name) for name in ("code", "label", "unit", "group", "formula", "hint")},
            "kind": item.kind.value,
            "required": "yes" if item.required else "no",
            "minimum": "" if item.minimum is None else show_figure(item.minimum),
            "maximum": "" if item.maximum is None else show_figure(item.maximum),
            "choices": "; ".join(item.choices),
            "nature": natures.get((item.cumulative, item.within_period), "standing"),
            "totalled": "yes" if item.totalled else "no",
        }
        for item in definition.indicators
    ]


def empty_row() -> dict[str, str]:
    """A new indicator: a whole number of people from 0."""
    return {name: "" for name in INDICATOR_FIELDS} | {
        "kind": "integer", "required": "yes", "minimum": "0", "nature": "standing", "totalled": "yes", "unit": "người",
    }  # fmt: skip


def _reminder_times(schedule: Schedule) -> str:
    """`15:00, 15:45`."""
    cut_off = schedule.cut_off.hour * 60 + schedule.cut_off.minute
    moments = [(cut_off - minutes) % (24 * 60) for minutes in schedule.reminder_minutes]
    return ", ".join(f"{moment // 60:02d}:{moment % 60:02d}" for moment in moments)


def _rows(form: "MultiDict[str, str]", prefix: str, names: Sequence[str]) -> list[dict[str, str]]:
    rows = _columns(form, prefix, names)
    if len(rows) > MOST_ROWS:
        raise Invalid(field="biểu mẫu", reason=f"có nhiều hơn {MOST_ROWS} dòng")
    return rows


def _columns(form: "MultiDict[str, str]", prefix: str, names: Sequence[str]) -> list[dict[str, str]]:
    columns = {name: form.getlist(f"{prefix}{name}") for name in names}
    count = max((len(values) for values in columns.values()), default=0)
    return [
        {name: values[at].strip() if at < len(values) else "" for name, values in columns.items()}
        for at in range(count)
    ]


def _indicator(row: dict[str, str]) -> Indicator:
    cumulative, within_period = NATURES.get(row["nature"], (False, False))
    name = row["label"] or row["code"]
    kind = _word(row["kind"], Kind, f"kiểu của “{name}”")
    is_figure = kind in (Kind.INTEGER, Kind.DECIMAL)
    return Indicator(
        code=row["code"],
        label=row["label"],
        unit=row["unit"],
        kind=kind,
        required=row["required"] != "no",
        minimum=_bound(row["minimum"], f"giá trị nhỏ nhất của “{name}”") if is_figure else None,
        maximum=_bound(row["maximum"], f"giá trị lớn nhất của “{name}”") if is_figure else None,
        choices=tuple(choice.strip() for choice in row["choices"].split(";") if choice.strip()),
        group=row["group"],
        formula=row["formula"],
        totalled=row["totalled"] != "no",
        cumulative=cumulative,
        within_period=within_period,
        hint=row["hint"],
    )


def _bound(typed: str, field: str) -> Decimal | None:
    try:
        return read_figure(typed, whole=False) if typed else None
    except FigureError as error:
        raise Invalid(field=field, reason=str(error)) from error


def _whole(typed: str, field: str) -> int:
    try:
        return int(read_figure(typed, whole=True))
    except FigureError as error:
        raise Invalid(field=field, reason=str(error)) from error


def _units(values: Sequence[str]) -> tuple[UUID, ...]:
    return tuple(unit_id for value in values if (unit_id := read_id(value, "đơn vị")) is not None)


def _word(value: str, kind: Any, field: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise Invalid(field=field, reason="chưa chọn") from error


def _weekday(typed: str) -> int:
    if typed not in ("0", "1", "2", "3", "4", "5", "6"):
        raise Invalid(field="ngày trong tuần", reason="chưa chọn")
    return int(typed)


def _time(typed: str, field: str) -> time:
    try:
        return time.fromisoformat(typed.strip()).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError as error:
        raise Invalid(field=field, reason="chưa nhập giờ, ví dụ 16:00") from error


def _reminders(typed: str, cut_off: time) -> tuple[int, ...]:
    """Times of the day of the cut-off → minutes before it."""
    end = cut_off.hour * 60 + cut_off.minute
    found = []
    for part in typed.replace(";", ",").split(","):
        if part.strip():
            at = _time(part, "giờ nhắc")
            found.append(end - at.hour * 60 - at.minute)
    if any(minutes < 1 for minutes in found):
        raise Invalid(field="giờ nhắc", reason="phải trước giờ chốt, ví dụ 15:00, 15:45")
    if len(set(found)) > MOST_REMINDERS:
        raise Invalid(field="giờ nhắc", reason=f"nhiều hơn {MOST_REMINDERS} lần")
    return tuple(sorted(set(found), reverse=True))
