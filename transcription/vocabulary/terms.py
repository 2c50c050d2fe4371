"""Terms of a meeting as they are written go in, the syllables in which they are said come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.vietnamese.cardinals import DIGITS, ENDINGS
from core.vietnamese.readings import expand
from transcription.vocabulary.folding import bare, fold

FEWEST_SYLLABLES, MOST_SYLLABLES = 2, 14
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_VOWEL = re.compile(r"[aeiouy]")
_BRACKETS = re.compile(r"\([^)]*\)")
_SPLIT = re.compile(r"[\s,;:()\"“”–—-]+")
NUMBERS = frozenset({*DIGITS, *ENDINGS, "mười", "mươi"})
#: Of running text so many syllables in a row are looked for together.
SHORTEST_RUN, LONGEST_RUN = 2, 5


@dataclass(frozen=True, slots=True)
class Term:
    """A term and how it is said.

    Attributes:
        written: its parts as they are to be written; for part i of it `said[i]` are the syllables.
        syllables: all of them in order.
        distinct: places of syllables that tell it from its neighbours and must be heard as they are: numerals.
        is_running: a part of running text; syllables that were heard keep the spelling they have.
    """

    written: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]
    syllables: tuple[str, ...]
    distinct: frozenset[int]
    is_running: bool = False


@lru_cache(maxsize=8)
def prepared(terms: tuple[str, ...]) -> tuple[Term, ...]:
    """Terms that can be looked for by sound; an abbreviation without vowels or a symbol of a document cannot.

    A term that begins with a small letter is running text (a point of the agenda): nobody reads it out whole, so each
    few syllables of it in a row count for themselves.
    """
    found: dict[tuple[str, ...], Term] = {}
    for text in dict.fromkeys(part for term in terms for part in _alone(term)):
        whole = _term(text)
        if whole is None:
            continue
        for term in _runs(whole) if text[:1].islower() else (whole,):
            known = found.get(term.syllables)
            if known is None or (known.is_running and not term.is_running):
                found[term.syllables] = term
    return tuple(term for term in found.values() if len(term.syllables) <= MOST_SYLLABLES)


def _runs(whole: Term) -> Iterator[Term]:
    for length in range(SHORTEST_RUN, min(LONGEST_RUN, len(whole.written)) + 1):
        for start in range(len(whole.written) - length + 1):
            end = start + length
            yield _made(whole.written[start:end], whole.said[start:end], is_running=True)


def _alone(term: str) -> list[str]:
    """ "Thứ trưởng, Trưởng ban Ban Chỉ đạo" is said whole and in halves; what stands in brackets is not said."""
    plain = " ".join(_BRACKETS.sub(" ", term).split())
    return [plain, *(part.strip() for part in plain.split(",") if "," in plain)]


def _term(text: str) -> Term | None:
    if "/" in text:
        return None
    written = tuple(part for part in _SPLIT.split(text) if bare(part))
    said = tuple(_said(part) for part in written)
    if not all(said) or sum(map(len, said)) < FEWEST_SYLLABLES:
        return None
    return _made(written, said)


def _made(written: tuple[str, ...], said: tuple[tuple[str, ...], ...], *, is_running: bool = False) -> Term:
    syllables = tuple(syllable for part in said for syllable in part)
    distinct = frozenset(place for place, syllable in enumerate(syllables) if syllable in NUMBERS)
    return Term(written, said, syllables, distinct, is_running)


def _said(part: str) -> tuple[str, ...]:
    """The syllables of one written part; empty where nobody could say how it is read."""
    if part in _ROMAN:
        return tuple(expand(str(_ROMAN[part])) or ())
    number = expand(part)
    if number:
        return tuple(number)
    return (fold(part),) if _VOWEL.search(bare(part)) and not (part.isupper() and len(part) > 1) else ()
