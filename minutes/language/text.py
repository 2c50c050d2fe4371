"""Text that remembers where each of its characters came from.

In: any string, in any Unicode form. Out: composed (NFC), evenly spaced text whose every character carries the span of
the original it
stands for, so that evidence found after rewriting ("mười lăm tháng tư" to "15 tháng 4") still points into what was
received.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_LETTERS_WITHOUT_DECOMPOSITION = {"đ": "d", "Đ": "D"}
_ODD_SPACES = {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " ", "\ufeff": " ", "\u200b": " "}
# "uỷ ban", "hoà", "thuý" in the old placement of the tone mark; "quý", "hoàn" are no such case.
_OLD_TONES = re.compile(r"(?<![qQ])([uU][ỳýỷỹỵ]|[oO][àáảãạèéẻẽẹ])(?!\w)", re.IGNORECASE)
_TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"

WORD = re.compile(r"\w+", re.UNICODE)
#: Capital letters of Vietnamese for use inside a character class; a range such as "À-Ỹ" would let small letters in.
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"


@dataclass(frozen=True)
class Span:
    """A stretch of the source: character offsets for text, seconds for sound; `end` is exclusive."""

    start: float
    end: float


@dataclass(frozen=True)
class Replacement:
    """`start` to `end` (exclusive) of a text is to read `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Text:
    """`value`, and for character i of it the original characters `starts[i]` to `ends[i]`."""

    value: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, raw: str, offset: int = 0) -> "Text":
        """Compose `raw` character by character; every odd space becomes a plain one. `offset` is where `raw` stands
        in the original."""
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _clusters(raw):
            composed = unicodedata.normalize("NFC", raw[start:end])
            for character in composed:
                characters.append(_ODD_SPACES.get(character, character))
                starts.append(start + offset)
                ends.append(end + offset)
        return cls("".join(characters), tuple(starts), tuple(ends)).modern_tones()

    def modern_tones(self) -> "Text":
        """Write "uỷ", "hoà" as "ủy", "hòa", so that one unit has one spelling."""
        value = _OLD_TONES.sub(lambda match: _move_tone(match.group(1)), self.value)
        return Text(value, self.starts, self.ends)

    def __len__(self) -> int:
        return len(self.value)

    def cut(self, start: int, end: int) -> "Text":
        """Characters `start` to `end` with their origins."""
        return Text(self.value[start:end], self.starts[start:end], self.ends[start:end])

    def origin(self, start: int, end: int) -> Span:
        """The span of the original that characters `start` to `end` (exclusive) stand for.

        Raises:
            ValueError: the stretch is empty.
        """
        if not 0 <= start < end <= len(self.value):
            raise ValueError("an empty stretch of text has no origin")
        return Span(self.starts[start], self.ends[end - 1])

    def replaced(self, replacements: Iterable[Replacement]) -> "Text":
        """The text with the given stretches rewritten; they must not overlap. A new character stands for its whole
        stretch."""
        value: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for change in sorted(replacements, key=lambda item: item.start):
            value.append(self.value[position : change.start])
            starts.extend(self.starts[position : change.start])
            ends.extend(self.ends[position : change.start])
            if change.new and change.end > change.start:
                value.append(change.new)
                starts.extend([self.starts[change.start]] * len(change.new))
                ends.extend([self.ends[change.end - 1]] * len(change.new))
            position = change.end
        value.append(self.value[position:])
        starts.extend(self.starts[position:])
        ends.extend(self.ends[position:])
        return Text("".join(value), tuple(starts), tuple(ends))

    @cached_property
    def folded(self) -> str:
        """Lower case without diacritics, one character for one."""
        return fold(self.value)


def join(parts: Sequence[Text], separator: str = " ") -> Text:
    """Several texts as one; the separator stands for nothing but the end of what precedes it."""
    value: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for part in parts:
        if value and ends:
            value.append(separator)
            starts.extend([ends[-1]] * len(separator))
            ends.extend([ends[-1]] * len(separator))
        value.append(part.value)
        starts.extend(part.starts)
        ends.extend(part.ends)
    return Text("".join(value), tuple(starts), tuple(ends))


def fold(value: str) -> str:
    """Lower case and without diacritics; as long as the composed `value`."""
    return "".join(_plain(character) for character in value)


def key(value: str) -> str:
    """What two writings of one name have in common: folded words, one space between, no punctuation."""
    return " ".join(WORD.findall(fold(unicodedata.normalize("NFC", value))))


def squeeze(value: str) -> str:
    """One space where there were several, none before a comma or full stop."""
    return re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s+", " ", value)).strip()


def capitalised(value: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return value[:1].upper() + value[1:]


def _plain(character: str) -> str:
    letter = _LETTERS_WITHOUT_DECOMPOSITION.get(character)
    if letter is None:
        letter = unicodedata.normalize("NFD", character)[0]
    lowered = letter.lower()
    return lowered if len(lowered) == 1 else letter


def _clusters(raw: str) -> Iterable[tuple[int, int]]:
    start = 0
    for position in range(1, len(raw) + 1):
        if position == len(raw) or not unicodedata.combining(raw[position]):
            yield start, position
            start = position


def _move_tone(pair: str) -> str:
    tone = next((mark for mark in unicodedata.normalize("NFD", pair[1]) if mark in _TONE_MARKS), "")
    bare = "".join(mark for mark in unicodedata.normalize("NFD", pair[1]) if mark not in _TONE_MARKS)
    return unicodedata.normalize("NFC", pair[0] + tone) + unicodedata.normalize("NFC", bare)
