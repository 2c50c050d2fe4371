"""Words that a recogniser wrote as others that sound alike: "phối hộp với" for "phối hợp với".

In: doubtful text only, the units that may be named. Out: the text with such words put right where the words beside them
make another reading far likelier, and a question that names each change. What is likely is known from how offices talk
(core/vietnamese/office_talk), from the names of the units and from the words that orders are given in. Numbers are
never put right here (heard_days.py reads them where only a number fits).

| heard | read | because |
|---|---|---|
| chủ chì, phối hợp | chủ trì, phối hợp | "chủ trì" is said in every meeting, "tr" and "ch" sound alike |
| Trung tâm Thông tinh | Trung tâm Thông tin | a unit of the directory |
| hai nà | hai là | how points are counted |
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from core.vietnamese.cardinals import DIGITS, ENDINGS, SCALES
from core.vietnamese.ngrams import Trigrams, likeliest_row
from core.vietnamese.office_talk import office_talk
from minutes.language import lexicon
from minutes.language.collective_words import NOUNS
from minutes.language.directory import Directory
from minutes.language.procedure_words import SPOKEN_PHRASES
from minutes.language.text import WORD, Replacement, Span, Text, fold

HEARD_AS = "Nghe “{said}”, hiểu là “{meant}”; cần nghe lại."
# The part of a day makes another hour of "bốn giờ".
_NUMBER_WORDS = frozenset(
    {*DIGITS, *ENDINGS, *SCALES, "mười", "mươi", "trăm", "nhất", "rưỡi", "linh", "lẻ", "sáng", "trưa", "chiều", "tối"}
)
_BEGINNINGS = (
    ("ngh", "ng"), ("tr", "ch"),
    ("ch", "ch"), ("gi", "d"), ("qu", "k"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("gh", "g"),
    ("s", "x"), ("l", "n"), ("r", "d"), ("v", "d"), ("c", "k"), ("q", "k"),
)  # fmt: skip
_ENDS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"), ("y", "i"), ("m", "n"))
_LETTERS_OF_WORD = 2
#: How often a word of doubtful text is the one that was said, and how often each other one that sounds like it.
AS_WRITTEN, AS_ANOTHER = log(0.98), log(0.018)
#: Of the model's opinion against those, and how many beginnings of a sentence are followed up.
WEIGHT, WIDTH = 0.7, 6
#: Names of units and the words of orders count as if they had been said so often.
TIMES_OF_UNITS, TIMES_OF_PHRASES = 5.0, 2.0


@dataclass(frozen=True)
class Heard:
    """The text as understood, and what to ask about the words that were changed; `places` are their origins, where
    they are kept."""

    text: Text
    questions: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()


def as_meant(text: Text, directory: Directory) -> Heard:
    """Put right words that sound like the ones their neighbours call for."""
    ears = _ears(tuple(unit.name for unit in directory.units))
    words = list(WORD.finditer(text.value))
    changes: list[Replacement] = []
    for first, last in _sentences(text.value, words):
        sentence = words[first:last]
        low = [word.group(0).lower() for word in sentence]
        for word, said, meant in zip(sentence, low, ears.meant(low), strict=True):
            if meant != said:
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


def _sentences(value: str, words: Sequence["re.Match[str]"]) -> Iterable[tuple[int, int]]:
    """First and last (exclusive) word of each sentence."""
    first = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or any(mark in ".;:!?" for mark in value[words[index - 1].end() : words[index].start()]):
            yield first, index
            first = index


@dataclass(frozen=True)
class _Ears:
    """What is known of how words follow each other, and its syllables by their sound."""

    model: Trigrams
    by_sound: Mapping[str, tuple[str, ...]]
    followers: Mapping[str, frozenset[str]]

    def meant(self, said: Sequence[str]) -> list[str]:
        """The words of a sentence as they were meant; as many as were said."""
        alike = [() if self._goes_with_both(said, index) else self._alike(word) for index, word in enumerate(said)]
        possible: list[dict[str, float]] = []
        for index, word in enumerate(said):
            before = (said[index - 1], *alike[index - 1]) if index else ()
            behind = (said[index + 1], *alike[index + 1]) if index + 1 < len(said) else ()
            options = {word: AS_WRITTEN}
            for other in alike[index]:
                if any(other in self._behind(one) for one in before) or not self._behind(other).isdisjoint(behind):
                    options[other] = AS_ANOTHER
            possible.append(options)
        return likeliest_row(possible, self.model, WEIGHT, WIDTH)

    def _goes_with_both(self, said: Sequence[str], index: int) -> bool:
        """Whether the word was seen behind the one before it and before the one behind it: then it stays."""
        if not 0 < index < len(said) - 1:
            return False
        return said[index] in self._behind(said[index - 1]) and said[index + 1] in self._behind(said[index])

    def _behind(self, word: str) -> frozenset[str]:
        return self.followers.get(word, frozenset())

    def _alike(self, word: str) -> tuple[str, ...]:
        if word in _NUMBER_WORDS or word.isdigit() or len(word) < _LETTERS_OF_WORD:
            return ()
        return tuple(other for other in self.by_sound.get(sound(word), ()) if other != word)


@lru_cache(maxsize=4)
def _ears(units: tuple[str, ...]) -> _Ears:
    model = _office().with_sentences((_syllables(name) for name in units), TIMES_OF_UNITS)
    by_sound: dict[str, list[str]] = defaultdict(list)
    for syllable in sorted(model.syllables - _NUMBER_WORDS):
        by_sound[sound(syllable)].append(syllable)
    followers: dict[str, set[str]] = defaultdict(set)
    for first, second in model.pairs():
        followers[first].add(second)
    return _Ears(
        model,
        {key: tuple(found) for key, found in by_sound.items()},
        {first: frozenset(found) for first, found in followers.items()},
    )


@lru_cache(maxsize=1)
def _office() -> Trigrams:
    lists = (lexicon.VERBS, lexicon.ADVERBS, lexicon.DUTY, lexicon.ASSIGNING, NOUNS, SPOKEN_PHRASES)
    phrases = (_syllables(phrase) for row in lists for phrase in row)
    return office_talk().with_sentences(phrases, TIMES_OF_PHRASES)


def _syllables(phrase: str) -> list[str]:
    return WORD.findall(phrase.lower())
