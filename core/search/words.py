"""Words as the index keeps them and as people type them. Pure: text goes in, lexemes of PostgreSQL come out.

A word is kept as written and without its marks at one and the same place, so that one question finds both: a word
typed with marks finds only itself, one typed without finds all that look like it. Where the tone stands inside a
syllable (`hòa`, `hoà`) makes no difference.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'["“”]([^"“”]*)["“”]?')
#: Combining marks of the tones; they go to the end of the syllable, wherever they were written.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: More words than this nobody looks for; the rest would only make it slow.
MOST_WORDS = 12
LONGEST_WORD = 64
#: The last place that PostgreSQL counts inside a document.
_LAST_PLACE = 16_383
#: Spellings that are remembered: the language has about seven thousand syllables, most with a capital too.
_KNOWN_WORDS = 20_000


class Spelt(NamedTuple):
    """One word of a text: `written` with its marks, `plain` without, and where it stands (letters from the start)."""

    written: str
    plain: str
    start: int
    end: int


def spelt(text: str) -> list[Spelt]:
    """The words of a text in their order. The text must be NFC (`normal`), so that places are those of the reader."""
    return [Spelt(*_spellings(found[0]), *found.span()) for found in _WORD.finditer(text)]


def normal(text: str) -> str:
    """One line, NFC, white space single: how passages are kept and shown."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain(text: str) -> str:
    """Lower case without marks: `Đường sắt` → `duong sat`."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))


@lru_cache(maxsize=_KNOWN_WORDS)
def _spellings(word: str) -> tuple[str, str]:
    """Written and plain."""
    word = word[:LONGEST_WORD].lower()
    letters = unicodedata.normalize("NFD", word)
    shapes = "".join(letter for letter in letters if letter not in _TONES)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", shapes) + tones, plain(word)


@dataclass(frozen=True)
class Weighed:
    """A text with its weight in the order of hits: A is heaviest, D lightest."""

    text: str
    weight: str = "D"


def vector(labels: tuple[str, ...], *texts: Weighed) -> str:
    """The document as a literal of type `tsvector`.

    Args:
        labels: lexemes that no typed word can be (`#task`), without a place.
        texts: what is found, heaviest first; a phrase does not reach from one into the next.
    """
    places: dict[str, list[str]] = {}
    place = 0
    for text in texts:
        for word in spelt(normal(text.text)):
            place += 1
            for lexeme in {word.written, word.plain}:
                places.setdefault(lexeme, []).append(f"{min(place, _LAST_PLACE)}{text.weight}")
        place += 1
    said = [f"'{label}'" for label in labels]
    return " ".join([*said, *(f"'{lexeme}':{','.join(found[:255])}" for lexeme, found in places.items())])


@dataclass(frozen=True)
class Typed:
    """What somebody looks for: groups of words; the words of a group stand side by side, every group must be there."""

    groups: tuple[tuple[Spelt, ...], ...]

    @property
    def has_marks(self) -> bool:
        """Whether some word was typed with marks."""
        return any(word.written != word.plain for group in self.groups for word in group)

    @property
    def plain_words(self) -> str:
        """All of it without marks, for a comparison by letters."""
        return " ".join(word.plain for group in self.groups for word in group)

    def query(self, *, by_marks: bool) -> str:
        """As a literal of type `tsquery`; empty where nothing was typed. Without `by_marks` all marks are let go."""
        return " & ".join(
            "(" + " <-> ".join(f"'{word.written if by_marks else word.plain}'" for word in group) + ")"
            for group in self.groups
        )

    def lexemes(self, *, by_marks: bool) -> frozenset[str]:
        """The words by themselves, to mark them where they stand."""
        return frozenset(word.written if by_marks else word.plain for group in self.groups for word in group)


def typed(text: str) -> Typed:
    """Read a line as typed: words in any order, `"words in quotes"` side by side, `2047/TB-BCĐ` as one."""
    text = normal(text)
    groups: list[tuple[Spelt, ...]] = [tuple(spelt(quoted)) for quoted in _QUOTED.findall(text)]
    groups += [tuple(spelt(word)) for word in _QUOTED.sub(" ", text).split()]
    kept: list[tuple[Spelt, ...]] = []
    left = MOST_WORDS
    for group in groups:
        if group[:left]:
            kept.append(group[:left])
            left -= len(kept[-1])
    return Typed(tuple(dict.fromkeys(kept)))
