"""Precision, recall and F1 of what was understood, counted over all samples of a part.

In: extractions and gold items. Out: `Tally`s. An item is found when a gold item of the part says the same act (half of
the words in common, see minutes/drafting/measure.py). What is not found counts against everything that hangs on it:
its lead, its coordinating units and its deadline are misses too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutes.drafting.measure import likeness
from minutes.language.text import key

Item = Mapping[str, Any]
ENOUGH_ALIKE = 0.5
MEASURES = ("found", "lead", "coordinating", "deadline", "kind")
_HEADS_IT = re.compile(
    r"^(?:bo truong|thong doc|tong thanh tra|chu tich|giam doc|tong giam doc|cuc truong|vu truong|chi cuc truong|"
    r"vien truong|hieu truong|truong|chanh)\s+(?=(?:bo|ngan hang|thanh tra|ubnd|uy ban|so|trung tam|benh vien|tong|cuc|"
    r"vu|chi|vien|truong|thue|thong ke|cong an|cong ty|van phong|phong|ban|bao hiem)\s)"
)
_SAME_NAME = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("bao hiem xa hoi", "bhxh"))


@dataclass
class Tally:
    """`right` answers, out of `given` ones, of `wanted` ones."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, right: int, given: int, wanted: int) -> None:
        """Count one more."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """1 if nothing was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """1 if nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """One tally per measure, and what must never happen: directives without evidence, figures nobody said."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    by_sound: Tally = field(default_factory=Tally)
    without_evidence: int = 0
    invented: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Per measure p, r, f1 in thousandths, and the counts behind them."""
        rows = {
            name: {
                "p": round(tally.precision, 3),
                "r": round(tally.recall, 3),
                "f1": round(tally.f1, 3),
                "n": [tally.right, tally.given, tally.wanted],
            }
            for name, tally in self.tallies.items()
        }
        if self.by_sound.given:
            rows["deadline_by_sound"] = {"n": [self.by_sound.right, self.by_sound.given]}
        return rows | {"without_evidence": self.without_evidence, "invented": len(self.invented)}


def count(scores: Scores, items: Sequence[Item], gold: Sequence[Item], *, all_kinds: bool) -> None:
    """Add one sample. Without `all_kinds` the gold lists directives only, and kinds are not measured."""
    directives = [item for item in items if item["kind"] == "directive"]
    wanted = [item for item in gold if item["kind"] == "directive"]
    pairs = paired(directives, wanted)
    tallies = scores.tallies
    tallies["found"].add(len(pairs), len(directives), len(wanted))
    tallies["lead"].add(sum(same_units(a["lead"], b["lead"]) for a, b in pairs), len(directives), len(wanted))
    tallies["coordinating"].add(
        sum(len(units(a["coordinating"]) & units(b["coordinating"])) for a, b in pairs),
        sum(len(units(item["coordinating"])) for item in directives),
        sum(len(units(item["coordinating"])) for item in wanted),
    )
    tallies["deadline"].add(
        sum(_when(a) == _when(b) != (None, None) for a, b in pairs),
        sum(_when(item) != (None, None) for item in directives),
        sum(_when(item) != (None, None) for item in wanted),
    )
    scores.by_sound.add(sum(_when(a) == _when(b) for a, b in pairs if _by_sound(a)), sum(map(_by_sound, directives)), 0)
    if all_kinds:
        every = paired(items, gold)
        tallies["kind"].add(sum(a["kind"] == b["kind"] for a, b in every), len(items), len(gold))


def paired(items: Sequence[Item], gold: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Items and gold items that say the same act; the best pairs first, of equal ones those with the right lead."""
    scored = sorted(
        (
            (likeness(item["action"], wanted["action"]), same_units(item["lead"], wanted["lead"]), -i, -g)
            for i, item in enumerate(items)
            for g, wanted in enumerate(gold)
        ),
        reverse=True,
    )
    pairs: list[tuple[Item, Item]] = []
    used_items: set[int] = set()
    used_gold: set[int] = set()
    for alike, _lead, i, g in scored:
        if alike >= ENOUGH_ALIKE and i not in used_items and g not in used_gold:
            used_items.add(i)
            used_gold.add(g)
            pairs.append((items[-i], gold[-g]))
    return pairs


def same_units(left: Iterable[str], right: Iterable[str]) -> bool:
    """The same set of names, whatever the case, the punctuation and "UBND"."""
    return units(left) == units(right)


def units(names: Iterable[str]) -> set[str]:
    """Names as they are compared."""
    return {_plain(name) for name in names}


def _plain(name: str) -> str:
    """The office that heads a unit stands for the unit: what is given to "Giám đốc Sở Y tế" is a task of "Sở Y tế"."""
    plain = _HEADS_IT.sub("", key(name))
    for long, short in _SAME_NAME:
        plain = plain.replace(long, short)
    return plain


def _by_sound(item: Item) -> bool:
    """Does the deadline hang on a word that was read by its sound, with a question for the secretary?"""
    return _when(item) != (None, None) and any(question.startswith("Nghe “") for question in item.get("questions", ()))


def _when(item: Item) -> tuple[str | None, str | None]:
    deadline = item.get("deadline") or {}
    return deadline.get("iso"), deadline.get("rrule")
