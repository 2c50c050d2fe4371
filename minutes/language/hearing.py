"""Words that a recogniser wrote as others that sound alike: "phối hộp với" for "phối hợp với".

In: doubtful text only, the units that may be named. Out: the text with such words put right where the words beside them
leave one reading, and a question that names each change. Numbers are never put right here (heard_days.py reads them
where only a number fits).

| heard | read | because |
|---|---|---|
| chủ chì, phối hợp | chủ trì, phối hợp | "chủ trì" is a phrase of office, "tr" and "ch" sound alike |
| Trung tâm Thông tinh | Trung tâm Thông tin | a unit of the directory |
| hai nà | hai là | how points are counted |
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from core.vietnamese.cardinals import DIGITS, ENDINGS, SCALES
from minutes.language import lexicon
from minutes.language.collectives import NOUNS
from minutes.language.directory import Directory
from minutes.language.procedure_words import SPOKEN_PHRASES
from minutes.language.scanning import phrases
from minutes.language.text import WORD, Replacement, Span, Text, fold

HEARD_AS = "Nghe “{said}”, hiểu là “{meant}”; cần nghe lại."
_NUMBER_WORDS = frozenset({*DIGITS, *ENDINGS, *SCALES, "mười", "mươi", "trăm", "nhất", "rưỡi", "linh", "lẻ"})
# Heard right more often than not: "ghi vào thông báo" is no "giao thông".
_SMALL_WORDS = frozenset(
    phrases(
        """
        vào | và | về | với | từ | tới | trong | trước | sau | trên | dưới | khi | nếu | thì | mà | của | cho | được |
        không
        """
    )
)
_BEGINNINGS = (
    ("ngh", "ng"), ("tr", "ch"),
    ("ch", "ch"), ("gi", "d"), ("qu", "k"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("gh", "g"),
    ("s", "x"), ("l", "n"), ("r", "d"), ("v", "d"), ("c", "k"), ("q", "k"),
)  # fmt: skip
_ENDS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"), ("y", "i"), ("m", "n"))
_LETTERS_OF_WORD = 2


@dataclass(frozen=True)
class Heard:
    """The text as understood, and what to ask about the words that were changed; `places` are their origins, where
    they are kept."""

    text: Text
    questions: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()


def as_meant(text: Text, directory: Directory) -> Heard:
    """Put right single words that sound like the one their neighbours call for.

    A word is left alone if it goes with the word before or behind it as it stands, if it is a number, or if several
    words would fit.
    """
    phrases = _phrases_of(tuple(unit.name for unit in directory.units))
    words = list(WORD.finditer(text.value))
    low = [word.group(0).lower() for word in words]
    changes: list[Replacement] = []
    for index, word in enumerate(words):
        before = low[index - 1] if index and not _stop_between(text.value, words[index - 1], word) else ""
        follows = index + 1 < len(low) and not _stop_between(text.value, word, words[index + 1])
        behind = low[index + 1] if follows else ""
        meant = _meant(low[index], before, behind, phrases)
        if meant is not None:
            low[index] = meant
            shown = meant.capitalize() if word.group(0)[0].isupper() else meant
            changes.append(Replacement(word.start(), word.end(), shown))
    questions = tuple(
        HEARD_AS.format(said=text.value[change.start : change.end], meant=change.new) for change in changes
    )
    return Heard(text.replaced(changes), questions)


def sound(syllable: str) -> str:
    """What syllables that sound alike have in common: no tone, one letter for beginnings and endings often mixed up."""
    plain = fold(syllable)
    for written, heard in _BEGINNINGS:
        if plain.startswith(written) and len(plain) > len(written):
            plain = heard + plain[len(written) :]
            break
    for written, heard in _ENDS:
        if plain.endswith(written) and len(plain) > len(written) + 1:
            return plain[: -len(written)] + heard
    return plain


def _stop_between(value: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Does a sentence end between two words?"""
    return any(mark in ".;:!?" for mark in value[left.end() : right.start()])


def _meant(word: str, before: str, behind: str, phrases: "_Phrases") -> str | None:
    if word in _NUMBER_WORDS or word in _SMALL_WORDS or word.isdigit() or len(word) < _LETTERS_OF_WORD:
        return None
    if (before, word) in phrases.pairs or (word, behind) in phrases.pairs:
        return None
    fitting = {
        *phrases.behind.get((before, sound(word)), ()),
        *phrases.before.get((sound(word), behind), ()),
    }
    fitting -= _NUMBER_WORDS
    return fitting.pop() if len(fitting) == 1 else None


@dataclass(frozen=True)
class _Phrases:
    """Neighbouring syllables of fixed phrases; which second follows a first by sound, which first precedes a second."""

    pairs: frozenset[tuple[str, str]]
    behind: Mapping[tuple[str, str], frozenset[str]]
    before: Mapping[tuple[str, str], frozenset[str]]


@lru_cache(maxsize=16)
def _phrases_of(units: tuple[str, ...]) -> _Phrases:
    pairs = set(_common_pairs())
    pairs |= {pair for name in units for pair in pairwise(_syllables(name))}
    behind: dict[tuple[str, str], set[str]] = defaultdict(set)
    before: dict[tuple[str, str], set[str]] = defaultdict(set)
    for first, second in pairs:
        behind[(first, sound(second))].add(second)
        before[(sound(first), second)].add(first)
    return _Phrases(frozenset(pairs), _frozen(behind), _frozen(before))


@lru_cache(maxsize=1)
def _common_pairs() -> frozenset[tuple[str, str]]:
    lists = (lexicon.VERBS, lexicon.ADVERBS, lexicon.DUTY, lexicon.ASSIGNING, NOUNS, SPOKEN_PHRASES)
    pairs = {pair for row in lists for phrase in row for pair in pairwise(_syllables(phrase))}
    digits = {*DIGITS, "mười"}
    pairs |= {(digit, frame) for digit in digits for frame in ("tháng", "giờ", "là", "ngày", "năm", "mươi")}
    pairs |= {(ending, "tháng") for ending in ENDINGS}
    pairs |= {(frame, digit) for digit in digits for frame in ("ngày", "tháng", "quý", "thứ", "mười", "mùng", "mồng")}
    return frozenset(pairs)


def _syllables(phrase: str) -> Iterable[str]:
    return WORD.findall(phrase.lower())


def _frozen(found: Mapping[tuple[str, str], set[str]]) -> dict[tuple[str, str], frozenset[str]]:
    return {place: frozenset(words) for place, words in found.items()}
