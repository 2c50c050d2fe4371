"""The three layouts of a body (LANGUAGE §1.2): by topic, by unit, assessment and tasks.

In: extracted items of the one who concludes. Out: rows for the notice: single items, or a heading with the items under
it. No item is lost or doubled, whatever the layout.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from minutes.drafting.extraction import ExtractedItem
from minutes.language.procedure import statement_topic
from minutes.language.text import capitalised, key

Layout = Literal["topic", "unit", "assessment"]
#: What a notice says first: praise, decisions, what binds all, then the tasks in the order given.
_ORDER = {"commendation": 0, "decision": 1, "standing_duty": 2, "prohibition": 2, "responsibility": 2, "directive": 3}
_FEWEST_UNDER_A_HEADING = 2


@dataclass(frozen=True)
class Row:
    """One numbered place of the body: an item, or a heading with items; `of_unit` says that the heading is their
    subject."""

    items: tuple[ExtractedItem, ...]
    heading: str = ""
    of_unit: bool = False


def arranged(items: Sequence[ExtractedItem], layout: Layout, office: str = "") -> tuple[Row, ...]:
    """The rows of a body; `office` is the unit whose tracking of the tasks comes last when units are headings."""
    ordered = sorted(items, key=lambda item: _ORDER[item.kind])
    return _by_unit(ordered, office) if layout == "unit" else _by_topic(ordered)


def topic_of(item: ExtractedItem) -> str:
    """What the item is about, if it was said: "Về kinh phí"; empty otherwise."""
    topic = re.sub(r"\s+", " ", statement_topic(item.sentence)).strip(" ,:")
    return capitalised(topic)


def _by_topic(items: Iterable[ExtractedItem]) -> tuple[Row, ...]:
    """Items of one topic stand together where the first of them stood; a topic of one item needs no heading."""
    groups: dict[str, list[ExtractedItem]] = {}
    for index, item in enumerate(items):
        topic = topic_of(item)
        groups.setdefault(key(topic) if topic else f"\n{index}", []).append(item)
    rows = []
    for group in groups.values():
        heading = topic_of(group[0]) if len(group) >= _FEWEST_UNDER_A_HEADING else ""
        rows.append(Row(tuple(group), heading))
    return tuple(rows)


def _by_unit(items: Iterable[ExtractedItem], office: str) -> tuple[Row, ...]:
    """What binds nobody in particular, then the many, then units in the order named, the office last."""
    free: list[Row] = []
    many: dict[str, list[ExtractedItem]] = {}
    single: dict[str, list[ExtractedItem]] = {}
    for item in items:
        if not item.lead:
            free.append(Row((item,)))
        else:
            (many if item.collective else single).setdefault(", ".join(item.lead), []).append(item)
    last = {name: group for name, group in single.items() if office and key(name) == key(office)}
    ordered = [*many.items(), *((name, group) for name, group in single.items() if name not in last), *last.items()]
    return (*free, *(Row(tuple(group), name, of_unit=True) for name, group in ordered))
