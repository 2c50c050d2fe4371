"""How far an extraction is from the gold answers, said honestly.

In: an extraction and gold tasks (`unit`, `coordinating`, `task`, `deadline`, `recurring`). Out: counts of what was
found, missed and too
many, and of the right leads, coordinating units and deadlines among the found.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minutes.drafting.extraction import Extraction
from minutes.language.deadline_recurring import BYDAY
from minutes.language.text import key

Directive = Mapping[str, Any]

_ENOUGH_ALIKE = 0.5
_FREQUENCIES = {
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "MONTHLY;INTERVAL=3",
    "yearly": "YEARLY",
}
_WEEKDAYS = dict(
    zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), BYDAY, strict=True)
)


@dataclass(frozen=True)
class DirectiveScores:
    """`wanted` gold tasks, `drafted` directives, `found` pairs; the others count right answers among the pairs."""

    wanted: int
    drafted: int
    found: int
    lead: int
    coordinating: int
    deadline: int

    @property
    def precision(self) -> float:
        """Share of drafted directives that are gold tasks; 1 if nothing was drafted."""
        return self.found / self.drafted if self.drafted else 1.0

    @property
    def recall(self) -> float:
        """Share of gold tasks that were found; 1 if there was nothing to find."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )

    def to_json(self) -> dict[str, Any]:
        """All counts and the three shares, rounded."""
        return {
            "wanted": self.wanted,
            "drafted": self.drafted,
            "found": self.found,
            "lead": self.lead,
            "coordinating": self.coordinating,
            "deadline": self.deadline,
            "precision": round(self.precision, 3),
            "recall": round(self.recall, 3),
            "f1": round(self.f1, 3),
        }


def compare(drafted: Extraction | Sequence[Directive], gold_tasks: Sequence[Mapping[str, Any]]) -> DirectiveScores:
    """Pair directives with gold tasks by likeness of their actions, best pairs first, then count.

    `drafted` is an extraction, or directives as JSON (of `to_json`, or of the API); entries of another `kind` are
    left out.
    """
    rows = [item.to_json() for item in drafted.items] if isinstance(drafted, Extraction) else drafted
    directives = [row for row in rows if row.get("kind", "directive") == "directive"]
    pairs = matched(directives, gold_tasks)
    return DirectiveScores(
        wanted=len(gold_tasks),
        drafted=len(directives),
        found=len(pairs),
        lead=sum(_same_units(item["lead"], _names(gold["unit"])) for item, gold in pairs),
        coordinating=sum(_same_units(item["coordinating"], gold.get("coordinating") or ()) for item, gold in pairs),
        deadline=sum(same_deadline(item, gold) for item, gold in pairs),
    )


def matched(
    directives: Sequence[Directive], gold_tasks: Sequence[Mapping[str, Any]]
) -> list[tuple[Directive, Mapping[str, Any]]]:
    """Pairs of directive and gold task that say the same thing; of equal likeness the right lead decides."""
    scored = [
        (likeness(item["action"], str(gold["task"])), _same_units(item["lead"], _names(gold["unit"])), -i, -g)
        for i, item in enumerate(directives)
        for g, gold in enumerate(gold_tasks)
    ]
    pairs: list[tuple[Directive, Mapping[str, Any]]] = []
    used_items: set[int] = set()
    used_gold: set[int] = set()
    for alike, _same, i, g in sorted(scored, reverse=True):
        if alike >= _ENOUGH_ALIKE and i not in used_items and g not in used_gold:
            used_items.add(i)
            used_gold.add(g)
            pairs.append((directives[-i], gold_tasks[-g]))
    return pairs


def same_deadline(item: Directive, gold: Mapping[str, Any]) -> bool:
    """The same day, or the same recurrence with the same cut-off; neither may have one if the other has none."""
    stated = item.get("deadline") or {}
    wanted = gold.get("rrule") or (recurrence(str(gold["recurring"])) if gold.get("recurring") else None)
    return stated.get("iso") == gold.get("deadline") and stated.get("rrule") == wanted


def recurrence(words: str) -> str:
    """The RRULE of "daily 16:00" or "weekly Friday afternoon" as the gold answers write it."""
    parts = words.lower().split()
    rule = f"FREQ={_FREQUENCIES[parts[0]]}"
    rule += "".join(f";BYDAY={_WEEKDAYS[part]}" for part in parts if part in _WEEKDAYS)
    clock = re.search(r"(\d{1,2}):(\d{2})", words)
    return rule + (f";BYHOUR={int(clock.group(1))};BYMINUTE={int(clock.group(2))}" if clock else "")


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else tuple(value)


def _same_units(left: Iterable[str], right: Iterable[str]) -> bool:
    return {key(name) for name in left} == {key(name) for name in right}


def likeness(left: str, right: str) -> float:
    """Share of words that two actions have in common (Dice), between 0 and 1."""
    one, other = set(key(left).split()), set(key(right).split())
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
