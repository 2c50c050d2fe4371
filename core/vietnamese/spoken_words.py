"""The words of a text as the rules of this package see them: lower case, with their places and the phrase they are in.

In: a string. Out: `Words`, and `Change`s, which say what a stretch of that string is to read.
"""

import re
from dataclasses import dataclass

from core.vietnamese.cardinals import STARTS_NUMBER, Number, cardinal

LONGEST_NUMBER_WORDS = 24
_TOKEN = re.compile(r"\w+", re.UNICODE)
_GAP_INSIDE = re.compile(r"[\s-]*")


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` (exclusive) are to read `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Hit:
    """A rule's finding: words `first` to `after` (exclusive) are written so."""

    first: int
    after: int
    written: str


@dataclass(frozen=True)
class Words:
    """The words of a text with their places; a phrase ends at each punctuation mark."""

    text: str
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        """Split a string; `text` should be composed (NFC)."""
        matches = list(_TOKEN.finditer(text))
        return cls(
            text,
            tuple(match.group(0).lower() for match in matches),
            tuple(match.start() for match in matches),
            tuple(match.end() for match in matches),
        )

    def word(self, index: int) -> str:
        """The word at `index` if it stands in one phrase with the word before it, else nothing."""
        return self.low[index] if 0 <= index < len(self.low) and self._joined(index) else ""

    def before(self, index: int, back: int = 1) -> str:
        """The word `back` places before `index` if nothing but blanks stands between, else nothing."""
        if index - back < 0 or not all(self._joined(place) for place in range(index - back + 1, index + 1)):
            return ""
        return self.low[index - back]

    def phrase(self, index: int) -> list[str]:
        """The words from `index` on up to the next punctuation mark."""
        stop = index + 1
        while stop < min(len(self.low), index + LONGEST_NUMBER_WORDS) and self._joined(stop):
            stop += 1
        return list(self.low[index:stop])

    def number(self, index: int) -> Number | None:
        """The number said from `index` on."""
        if not 0 <= index < len(self.low) or self.low[index] not in STARTS_NUMBER:
            return None
        return cardinal(self.phrase(index))

    def further(self, index: int) -> Number | None:
        """The number at `index`, which must stand in one phrase with the word before it."""
        return self.number(index) if self.word(index) else None

    def _joined(self, index: int) -> bool:
        return index == 0 or _GAP_INSIDE.fullmatch(self.text, self.ends[index - 1], self.starts[index]) is not None


def phrase_words(words: str) -> frozenset[str]:
    """The words of a table written as one line."""
    return frozenset(words.split())
