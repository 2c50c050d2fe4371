"""Spoken Vietnamese numbers, days, hours and document numbers to figures (inverse text normalisation).

In: text as a recogniser or a hasty typist writes it ("trước ngày mười lăm tháng tư"). Out: which stretches of it are
written with figures ("15", "4"), or the text with them. What was written with figures before stays as it is.
"""

from collections.abc import Callable, Sequence

from core.vietnamese.amounts import AMOUNT_RULES
from core.vietnamese.calendar_words import CALENDAR_RULES
from core.vietnamese.spoken_words import Change, Hit, Words
from core.vietnamese.symbols import SYMBOL_RULES

Rule = Callable[[Words, int], Hit | None]

_ALL: Sequence[Rule] = (*SYMBOL_RULES, *CALENDAR_RULES, *AMOUNT_RULES)


def figure_changes(value: str, *, amounts: bool = True) -> tuple[Change, ...]:
    """Stretches to be rewritten, in order, none overlapping another; each covers whole words.

    Args:
        value: composed (NFC) text.
        amounts: False where only days, months, years, quarters and hours are to change, because what is written
            already keeps its own words.
    """
    words = Words.of(value)
    rules = _ALL if amounts else CALENDAR_RULES
    found: list[Change] = []
    index = 0
    while index < len(words.low):
        hit = next((hit for rule in rules if (hit := rule(words, index)) is not None), None)
        if hit is None:
            index += 1
            continue
        change = Change(words.starts[hit.first], words.ends[hit.after - 1], hit.written)
        # A rule that keeps a stretch as it was said changes nothing, and no other rule looks into it.
        if value[change.start : change.end] != change.new:
            found.append(change)
        index = hit.after
    return tuple(found)


def to_figures(value: str) -> str:
    """The text with figures.

    >>> to_figures("trước ngày mười lăm tháng tư")
    'trước ngày 15 tháng 4'
    """
    parts: list[str] = []
    position = 0
    for change in figure_changes(value):
        parts += [value[position : change.start], change.new]
        position = change.end
    return "".join([*parts, value[position:]])
