"""The reports of one period put together: a row per unit, totals, changes since the last period, what is missing.

In: a definition, what each unit reported, the totals of the period before. Out: `Compiled`, a frozen value that
screens, the spreadsheet and the paper are made from, so that they cannot differ. Pure.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from orchestrator.reports.definition import FormDefinition, Indicator, Kind, Scope, Shape
from orchestrator.reports.figures import show_change, show_figure
from orchestrator.reports.values import numbers_of, shown, stored
from orchestrator.reports.violations import broken


@dataclass(frozen=True)
class UnitReport:
    """What one unit has reported; `revision` is 0 and `values` None where it has not."""

    unit_id: str
    unit_code: str
    unit_name: str
    revision: int = 0
    values: Mapping[str, Any] | None = None
    is_nil: bool = False
    is_late: bool = False
    #: ISO moments in UTC.
    submitted_at: str = ""
    corrected_at: str = ""
    reason: str = ""
    author: str = ""
    note: str = ""

    @property
    def is_corrected(self) -> bool:
        return self.revision > 1

    @property
    def status(self) -> str:
        """`missing`, `late`, `in_time`."""
        if not self.revision:
            return "missing"
        return "late" if self.is_late else "in_time"


@dataclass(frozen=True)
class Before:
    """The period to compare with: its name and totals."""

    name: str
    totals: Mapping[str, str]


@dataclass(frozen=True)
class Compiled:
    """One compiled report. Totals and changes by indicator, as decimal text."""

    form_name: str
    period_name: str
    starts_on: str
    ends_on: str
    #: ISO moment in UTC.
    cut_off_at: str
    definition: FormDefinition
    rows: tuple[UnitReport, ...]
    totals: Mapping[str, str]
    before: Before | None
    changes: Mapping[str, str]
    checks: tuple[str, ...]
    addressee: str = ""
    signer_title: str = ""
    signer_name: str = ""

    @property
    def missing(self) -> tuple[UnitReport, ...]:
        return tuple(row for row in self.rows if row.status == "missing")

    @property
    def late(self) -> tuple[UnitReport, ...]:
        return tuple(row for row in self.rows if row.status == "late")

    @property
    def corrected(self) -> tuple[UnitReport, ...]:
        return tuple(row for row in self.rows if row.is_corrected)

    @property
    def reported(self) -> tuple[UnitReport, ...]:
        return tuple(row for row in self.rows if row.revision)

    def cell(self, item: Indicator, row: UnitReport) -> str:
        """What stands under an indicator in a unit's row."""
        return shown(item, (row.values or {}).get(item.code))

    def total(self, item: Indicator) -> str:
        """The total over units as shown; empty for what is not added up."""
        return show_figure(Decimal(self.totals[item.code])) if item.code in self.totals else ""

    def change(self, item: Indicator) -> str:
        """`+3` since the period before; empty where there is nothing to compare."""
        return show_change(Decimal(self.changes[item.code])) if item.code in self.changes else ""

    def before_total(self, item: Indicator) -> str:
        """The total of the period before as shown."""
        known = self.before.totals if self.before else {}
        return show_figure(Decimal(known[item.code])) if item.code in known else ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "definition": self.definition.to_json(),
            "rows": [{**asdict(row), "values": None if row.values is None else dict(row.values)} for row in self.rows],
            "totals": dict(self.totals),
            "changes": dict(self.changes),
            "before": {"name": self.before.name, "totals": dict(self.before.totals)} if self.before else None,
            "checks": list(self.checks),
        }

    @classmethod
    def from_json(cls, stored_content: Mapping[str, Any]) -> "Compiled":
        """Read back what `to_json` wrote."""
        before = stored_content["before"]
        return cls(
            **{name: stored_content[name] for name in _PLAIN},
            definition=FormDefinition.from_json(stored_content["definition"]),
            rows=tuple(UnitReport(**row) for row in stored_content["rows"]),
            totals=stored_content["totals"],
            changes=stored_content["changes"],
            before=Before(**before) if before else None,
            checks=tuple(stored_content["checks"]),
        )

    def sha256(self) -> str:
        """Of the whole content; two compilations of the same reports have the same."""
        said = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


_PLAIN = (
    *("form_name", "period_name", "starts_on", "ends_on", "cut_off_at"),
    *("addressee", "signer_title", "signer_name"),
)


def totals_of(definition: FormDefinition, rows: Sequence[UnitReport]) -> dict[str, Decimal]:
    """Sums over the units that have reported; an indicator nobody filled in has none."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        for code, number in numbers_of(definition, row.values or {}).items():
            if definition.by_code[code].totalled:
                sums[code] = sums.get(code, Decimal(0)) + number
    return sums


def put_together(
    definition: FormDefinition, rows: Sequence[UnitReport], before: Before | None, **head: str
) -> Compiled:
    """Make the compiled report. `head`: the texts that stand above and below it."""
    sums = totals_of(definition, rows)
    known = {code: Decimal(text) for code, text in (before.totals if before else {}).items()}
    changes = {code: number - known[code] for code, number in sums.items() if code in known}
    return Compiled(
        definition=definition,
        rows=tuple(rows),
        totals={code: str(stored(definition.by_code[code], number)) for code, number in sums.items()},
        before=before,
        changes={code: f"{number.normalize():f}" for code, number in changes.items()},
        checks=_checks(definition, rows, sums, changes),
        **head,
    )


def _checks(
    definition: FormDefinition,
    rows: Sequence[UnitReport],
    sums: Mapping[str, Decimal],
    changes: Mapping[str, Decimal],
) -> tuple[str, ...]:
    """What the office should look at: relations of the totals, relations that do not bind, counts that fell."""
    said = [f"Toàn bộ các đơn vị: {words}" for _, words in broken(definition, sums, scope=Scope.TOTAL)]
    for row in rows:
        if row.values is not None:
            numbers = numbers_of(definition, row.values)
            said += [f"{row.unit_name}: {words}" for _, words in broken(definition, numbers, scope=Scope.UNIT)]
    said += [
        f"“{item.label}” là số lũy kế nhưng giảm {show_figure(-changes[item.code])} so với kỳ trước: xem lại."
        for item in definition.figures
        if item.cumulative and changes.get(item.code, Decimal(0)) < 0
    ]
    return tuple(said)


def roster_rows(report: UnitReport) -> dict[str, list[Mapping[str, Any]]]:
    """People on duty by ISO day."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for item in (report.values or {}).get("roster", []):
        found.setdefault(item["day"], []).append(item)
    return found


def is_roster(definition: FormDefinition) -> bool:
    """Whether the form is a roster."""
    return definition.shape is Shape.ROSTER


def is_text(item: Indicator) -> bool:
    """Whether an indicator holds words."""
    return item.kind in (Kind.TEXT, Kind.CHOICE)
