"""A broken constraint said as a sentence that names the numbers: `Tổng số 134 khác 88 + 45 = 133: xem lại …`. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from orchestrator.reports.definition import Constraint, FormDefinition, Scope
from orchestrator.reports.figures import show_figure
from orchestrator.reports.linear import Linear, Relation

_WORDS = {"=": "khác", "<=": "lớn hơn", "<": "không nhỏ hơn", ">=": "nhỏ hơn", ">": "không lớn hơn"}


def broken(
    definition: FormDefinition, values: Mapping[str, Decimal], *, scope: Scope, binding: bool | None = None
) -> tuple[tuple[Constraint, str], ...]:
    """Constraints of this scope that do not hold, each with its sentence.

    A constraint over an indicator without a value is not judged. `binding` picks those that bind, those that do not, or
    (None) all.
    """
    return tuple(
        (constraint, sentence(constraint.relation, values, definition))
        for constraint in definition.constraints
        if constraint.scope is scope and binding in (None, constraint.binding)
        if _can_be_judged(constraint.relation, values) and not constraint.relation.holds(values)
    )


def sentence(relation: Relation, values: Mapping[str, Decimal], definition: FormDefinition) -> str:
    """The words for a relation that does not hold."""
    labels = ", ".join(f"“{definition.by_code[code].label}”" for code in relation.codes)
    left, right = (_side(side, values, definition) for side in (relation.left, relation.right))
    return f"{left} {_WORDS[relation.sign]} {right}: xem lại {labels}."


def computed(definition: FormDefinition, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """All figures with the computed sums filled in; a sum over a missing figure stays missing."""
    known = dict(values)
    waiting = {item.code: item.sum for item in definition.indicators if item.is_computed}
    while True:
        ready = [code for code, total in waiting.items() if all(part in known for part in total.codes)]
        if not ready:
            return known
        for code in ready:
            known[code] = waiting.pop(code).value(known)


def _can_be_judged(relation: Relation, values: Mapping[str, Decimal]) -> bool:
    return all(code in values for code in relation.codes)


def _side(side: Linear, values: Mapping[str, Decimal], definition: FormDefinition) -> str:
    only = side.terms[0]
    if len(side.terms) == 1 and only.factor == 1:
        value = values[only.code] if only.code else only.factor
        return f"{definition.by_code[only.code].label} {show_figure(value)}" if only.code else show_figure(value)
    if len(side.terms) == 1 and not only.code:
        return show_figure(only.factor)
    return f"{''.join(_parts(side, values))} = {show_figure(side.value(values))}"


def _parts(side: Linear, values: Mapping[str, Decimal]) -> Iterable[str]:
    for place, term in enumerate(side.terms):
        mark = "-" if term.factor < 0 else "+"
        joint = ("- " if term.factor < 0 else "") if place == 0 else f" {mark} "
        size = abs(term.factor)
        value = values.get(term.code, Decimal(0))
        shown = f"({show_figure(value)})" if value < 0 else show_figure(value)
        if not term.code:
            yield f"{joint}{show_figure(size)}"
        else:
            yield f"{joint}{shown}" if size == 1 else f"{joint}{show_figure(size)} × {shown}"
