"""Spoken Vietnamese numbers, dates and hours to figures, in text that remembers its origin.

In: text as a recogniser writes it ("trước ngày mười lăm tháng tư"). Out: the same text with figures ("trước ngày 15
tháng 4"), every new character pointing at the words it was said with. The rules are `core.vietnamese.figures`.
"""

from core.vietnamese.figures import figure_changes
from minutes.language.text import Replacement, Text


def spoken_to_figures(text: Text, *, amounts: bool = True) -> Text:
    """Write spoken numbers as figures, keeping the origin of every character.

    With `amounts=False` only days, months, quarters and hours change: what is written already keeps its own words.

    >>> spoken_to_figures(Text.of("trước ngày mười lăm tháng tư")).value
    'trước ngày 15 tháng 4'
    """
    changes = figure_changes(text.value, amounts=amounts)
    return text.replaced(Replacement(change.start, change.end, change.new) for change in changes)


def to_figures(value: str) -> str:
    """`spoken_to_figures` for a plain string."""
    return spoken_to_figures(Text.of(value)).value
