"""The fields of a unit's form: read from the browser, shown again, and described to the script that adds up."""

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from orchestrator.reports.definition import FormDefinition, Kind, Scope, Shape
from orchestrator.reports.figures import show_figure
from orchestrator.reports.linear import Linear
from orchestrator.reports.values import shown

#: Names of the fields that hold figures; the rest of the name is the indicator's code.
PREFIX = "v_"
ROSTER_NAME, ROSTER_LEADER = "roster_name_", "roster_leader_"


def raw_values(form: "MultiDict[str, str]") -> dict[str, Any]:
    """Everything typed into the indicators, as it was typed."""
    return {name[len(PREFIX) :]: value for name, value in form.items() if name.startswith(PREFIX)}


def roster_rows(form: "MultiDict[str, str]") -> list[dict[str, Any]]:
    """Rows of the roster: each day has repeated fields for the name and for leader or not."""
    rows: list[dict[str, Any]] = []
    for key in form:
        if not key.startswith(ROSTER_NAME):
            continue
        day = key[len(ROSTER_NAME) :]
        names, leaders = form.getlist(key), form.getlist(f"{ROSTER_LEADER}{day}")
        leaders += ["no"] * (len(names) - len(leaders))
        rows += [
            {"day": day, "name": name, "is_leader": leader == "yes"}
            for name, leader in zip(names, leaders, strict=False)
            if name.strip()
        ]
    return rows


def typed_of(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as they would be typed."""
    if definition.shape is Shape.ROSTER:
        return {"roster": values.get("roster", [])}
    return {
        item.code: str(values[item.code]) if item.kind is Kind.DATE else shown(item, values[item.code])
        for item in definition.indicators
        if values.get(item.code) is not None
    }


def figures_script(definition: FormDefinition) -> str:
    """JSON for `report_form.js`: which fields are numbers, which are sums, what must hold between them."""
    return json.dumps(
        {
            "whole": {item.code: item.kind is Kind.INTEGER for item in definition.figures},
            "sums": [
                {"code": item.code, "terms": item.sum.to_json()} for item in definition.figures if item.is_computed
            ],
            "relations": [
                {
                    "left": constraint.relation.left.to_json(),
                    "sign": constraint.relation.sign,
                    "right": constraint.relation.right.to_json(),
                }
                for constraint in definition.constraints
                if constraint.scope is Scope.UNIT
            ],
        }
    )


def relation_words(definition: FormDefinition) -> list[str]:
    """Each relation of one unit in labels: `Tổng số = Đã hoàn thành + Đang thực hiện`; the order of the script's."""
    signs = {"<=": "≤", ">=": "≥"}
    relations = [item.relation for item in definition.constraints if item.scope is Scope.UNIT]
    return [
        f"{_side(definition, item.left)} {signs.get(item.sign, item.sign)} {_side(definition, item.right)}"
        for item in relations
    ]


def _side(definition: FormDefinition, side: Linear) -> str:
    words = ""
    for place, term in enumerate(side.terms):
        size = show_figure(abs(term.factor))
        label = definition.by_code[term.code].label if term.code else size
        joint = "- " if term.factor < 0 else "+ " if place else ""
        words += f"{' ' if place else ''}{joint}{label if not term.code or size == '1' else f'{size} × {label}'}"
    return words
