"""Reading a sentence from left to right: the small tool all grammar rules are written with.

A rule takes a `Cursor`, tries its words in the order the language has them, and either moves the cursor behind what
it read or
leaves it where it was. Words are compared without regard to case; diacritics count.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_GAP = re.compile(r"\s*")


class Cursor:
    """A position in `text`; spaces before a word are skipped."""

    def __init__(self, text: str, position: int = 0, end: int | None = None) -> None:
        self.text = text
        self.end = len(text) if end is None else end
        self.position = position

    def at_end(self) -> bool:
        """Is nothing left but spaces?"""
        return not self.text[self.position : self.end].strip()

    def rest(self) -> str:
        """What has not been read."""
        return self.text[self.position : self.end]

    def take(self, phrase: str) -> bool:
        """Read `phrase` (one or several words) if it comes next as whole words."""
        return self.take_pattern(_phrase(phrase)) is not None

    def take_any(self, words: Iterable[str]) -> str | None:
        """Read the longest of `words` that comes next; None if none does."""
        match = self.take_pattern(_alternatives(tuple(words)))
        return match.group(0) if match else None

    def take_pattern(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Read what `pattern` matches right here."""
        start = self._skip_gap()
        match = pattern.match(self.text, start, self.end)
        if match is None or match.end() == match.start():
            return None
        self.position = match.end()
        return match

    def sees_any(self, words: Iterable[str]) -> bool:
        """Does one of `words` come next? Nothing is read."""
        before = self.position
        found = self.take_any(words) is not None
        self.position = before
        return found

    def take_marks(self, marks: str = ",") -> bool:
        """Read one punctuation mark out of `marks`."""
        start = self._skip_gap()
        if start < self.end and self.text[start] in marks:
            self.position = start + 1
            return True
        return False

    def peek_word(self) -> str:
        """The next word, or an empty string."""
        match = re.compile(r"\w+").match(self.text, self._skip_gap(), self.end)
        return match.group(0) if match else ""

    def _skip_gap(self) -> int:
        match = _GAP.match(self.text, self.position, self.end)
        return match.end() if match else self.position


def words_pattern(words: Iterable[str]) -> str:
    """A pattern source for whole words: any of `words`, the longest first, spaces as wide as they come."""
    ordered = sorted(words, key=len, reverse=True)
    body = "|".join(_spaced(phrase) for phrase in ordered)
    return rf"(?<!\w)(?:{body})(?!\w)"


def _spaced(phrase: str) -> str:
    """Spaces as wide as they come; a hyphen is also a dash, with spaces or without ("Lao động-Thương binh")."""
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return words.replace(r"\s+\-\s+", r"\s*[-–]\s*")


def phrases(listed: str) -> tuple[str, ...]:
    """The phrases of a list written as text, with `|` between them."""
    return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in listed.split("|") if phrase.strip()))


@lru_cache(maxsize=512)
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(words_pattern(words), re.IGNORECASE)


@lru_cache(maxsize=512)
def _phrase(phrase: str) -> re.Pattern[str]:
    return re.compile(words_pattern([phrase]), re.IGNORECASE)
