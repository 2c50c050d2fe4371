"""How far an extraction is from the gold answers, said honestly.

In: an extraction and gold tasks (`unit`, `coordinating`, `task`, `deadline`, `recurring`). Out: counts of what was found, missed and too
many, and of the right leads, coordinating units and deadlines among the found.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minutes.drafting.extraction import ExtractedItem, Extraction
from minutes.language.deadline_recurring import BYDAY
from minutes.language.text import key

_ENOUGH_ALIKE = 0.5
_FREQUENCIES = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "quarterly": "MONTHLY;INTERVAL=3", "yearly": "YEARLY"}
_WEEKDAYS = dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), BYDAY, strict=True))


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
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "wanted": self.wanted, "drafted": self.drafted, "found": self.found, "lead": self.lead, "coordinating": self.coordinating,
            "deadline": self.deadline, "precision": round(self.precision, 3), "recall": round(self.recall, 3), "f1": round(self.f1, 3),
        }  # fmt: skip


def compare(extraction: Extraction, gold_tasks: Sequence[Mapping[str, Any]]) -> DirectiveScores:
    """Pair directives with gold tasks by likeness of their actions, best pairs first, then count."""
    directives = extraction.directives
    pairs = matched(directives, gold_tasks)
    return DirectiveScores(
        wanted=len(gold_tasks),
        drafted=len(directives),
        found=len(pairs),
        lead=sum(_same_units(item.lead, _names(gold["unit"])) for item, gold in pairs),
        coordinating=sum(_same_units(item.coordinating, gold.get("coordinating") or ()) for item, gold in pairs),
        deadline=sum(same_deadline(item, gold) for item, gold in pairs),
    )


def matched(directives: Sequence[ExtractedItem], gold_tasks: Sequence[Mapping[str, Any]]) -> list[tuple[ExtractedItem, Mapping[str, Any]]]:
    """Pairs of directive and gold task that say the same thing."""
    scored = sorted(
        ((_likeness(item.action, str(gold["task"])) + 0.01 * _same_units(item.lead, _names(gold["unit"])), i, g) for i, item in enumerate(directives) for g, gold in enumerate(gold_tasks)),
        reverse=True,
    )
    pairs, used_items, used_gold = [], set(), set()
    for likeness, i, g in scored:
        if likeness >= _ENOUGH_ALIKE and i not in used_items and g not in used_gold:
            used_items.add(i)
            used_gold.add(g)
            pairs.append((directives[i], gold_tasks[g]))
    return pairs


def same_deadline(item: ExtractedItem, gold: Mapping[str, Any]) -> bool:
    """The same day, or the same recurrence with the same cut-off; neither may have one if the other has none."""
    iso = item.deadline.iso if item.deadline else None
    rule = item.deadline.rrule if item.deadline else None
    wanted = gold.get("rrule") or (recurrence(str(gold["recurring"])) if gold.get("recurring") else None)
    return iso == gold.get("deadline") and rule == wanted


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


def _likeness(left: str, right: str) -> float:
    """Share of words in common (Dice)."""
    one, other = set(key(left).split()), set(key(right).split())
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
