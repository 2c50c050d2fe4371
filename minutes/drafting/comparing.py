"""What a person changed in what the machine wrote: item by item, for the screen and for measuring.

In: two contents of one notice. Out: items kept, changed (and in what), taken out, added; the share of words that
stayed. Both texts are kept as revisions that nobody edits, so the comparison can be made again at any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from minutes.drafting.measure import likeness
from minutes.language.text import WORD, key
from minutes.notices.content import NoticeContent, NoticeItem

Change = Literal["kept", "changed", "removed", "added"]
Field = Literal["text", "kind", "lead", "coordinating", "deadline"]
_ENOUGH_ALIKE = 0.5


@dataclass(frozen=True)
class ItemChange:
    """One item before and after; `fields` says in what it was changed. One side is None if it was added or removed."""

    change: Change
    before: NoticeItem | None
    after: NoticeItem | None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All items, those of the machine in their order, then the added ones; `words_kept` between 0 and 1."""

    items: tuple[ItemChange, ...]
    words_kept: float

    def count(self, change: Change) -> int:
        """How many items went that way."""
        return sum(item.change == change for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """Counts and the fields changed, without any text: fit for a log of measurements."""
        fields = [name for item in self.items for name in item.fields]
        return {
            **{change: self.count(change) for change in ("kept", "changed", "removed", "added")},
            "fields": {name: fields.count(name) for name in dict.fromkeys(fields)},
            "words_kept": round(self.words_kept, 3),
        }


def compared(machine: NoticeContent, final: NoticeContent) -> Comparison:
    """Pair items by id, else by what they say, and tell what became of each."""
    before, after = _told(machine), _told(final)
    pairs = _pairs(before, after)
    taken = {id(item) for item in pairs.values()}
    changes = [_change(item, pairs.get(item.id)) for item in before]
    changes += [ItemChange("added", None, item) for item in after if id(item) not in taken]
    return Comparison(tuple(changes), _words_kept(before, after))


def _told(content: NoticeContent) -> list[NoticeItem]:
    return [item for item in content.items() if item.text]


def _pairs(before: Sequence[NoticeItem], after: Sequence[NoticeItem]) -> dict[str, NoticeItem]:
    by_id = {item.id: item for item in after}
    pairs = {item.id: by_id[item.id] for item in before if item.id in by_id}
    free = [item for item in after if item.id not in pairs]
    for item in before:
        if item.id in pairs or not free:
            continue
        best = max(free, key=lambda other: likeness(item.text, other.text))
        if likeness(item.text, best.text) >= _ENOUGH_ALIKE:
            pairs[item.id] = best
            free.remove(best)
    return pairs


def _change(before: NoticeItem, after: NoticeItem | None) -> ItemChange:
    if after is None:
        return ItemChange("removed", before, None)
    fields: list[Field] = []
    if " ".join(before.text.split()) != " ".join(after.text.split()):
        fields.append("text")
    if before.kind != after.kind:
        fields.append("kind")
    if _names(before.lead) != _names(after.lead):
        fields.append("lead")
    if _names(before.coordinating) != _names(after.coordinating):
        fields.append("coordinating")
    if _when(before) != _when(after):
        fields.append("deadline")
    return ItemChange("changed" if fields else "kept", before, after, tuple(fields))


def _names(names: Sequence[str]) -> set[str]:
    return {key(name) for name in names}


def _when(item: NoticeItem) -> tuple[str | None, str | None]:
    return (item.deadline.iso, item.deadline.rrule) if item.deadline else (None, None)


def _words_kept(before: Sequence[NoticeItem], after: Sequence[NoticeItem]) -> float:
    old = [word for item in before for word in WORD.findall(item.text)]
    new = [word for item in after for word in WORD.findall(item.text)]
    if not old:
        return 1.0 if not new else 0.0
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(old)
