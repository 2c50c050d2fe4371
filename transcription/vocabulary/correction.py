"""Words as heard and the terms of a meeting go in; words in which those terms are spelled right come out.

Conservative on purpose: a term is put in place of what was heard only where nearly every syllable is the same but for
tones and marks, which is where recognisers err most. Nothing is inserted, removed or moved: as many words, at the same
times. A replaced word stays doubtful, so that a reader can see where the machine has leaned on the plan of the
meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from transcription.document import Word
from transcription.vocabulary.folding import bare, fold

FEWEST_SYLLABLES = 3
MOST_SYLLABLES = 12
#: Of the syllables, so many may differ by one letter; all others must agree in every letter.
NEAR_SHARE = 0.25
#: Probability of a replaced word is at most this.
LEANED = 0.6

_EDGES = '.,;:?!…”")'


@dataclass(frozen=True, slots=True)
class _Term:
    written: tuple[str, ...]
    folded: tuple[str, ...]
    letters: tuple[str, ...]


def correct(words: Sequence[Word], terms: Sequence[str]) -> tuple[Word, ...]:
    """Spell the terms of the meeting as the plan writes them. Longer terms win; a word belongs to one term at most."""
    prepared = sorted(_prepared(terms), key=lambda term: len(term.written), reverse=True)
    heard = [bare(word.text) for word in words]
    found = list(words)
    taken = [False] * len(words)
    for term in prepared:
        length = len(term.written)
        for start in range(len(words) - length + 1):
            if any(taken[start : start + length]) or not _fits(heard[start : start + length], term.letters):
                continue
            if _crosses_sentence(words[start : start + length]):
                continue
            for offset in range(length):
                found[start + offset] = _spelled(words[start + offset], term.written[offset], term.folded[offset])
                taken[start + offset] = True
    return tuple(found)


def _prepared(terms: Sequence[str]) -> list[_Term]:
    found: list[_Term] = []
    for term in dict.fromkeys(terms):
        written = tuple(part for part in term.replace(",", " ").split() if bare(part))
        if FEWEST_SYLLABLES <= len(written) <= MOST_SYLLABLES:
            folded = tuple(fold(part) for part in written)
            found.append(_Term(written, folded, tuple(bare(part) for part in written)))
    return found


def _fits(heard: Sequence[str], letters: Sequence[str]) -> bool:
    near = 0
    for one, other in zip(heard, letters, strict=True):
        if one == other:
            continue
        if not one or Levenshtein.distance(one, other, score_cutoff=1) > 1:
            return False
        near += 1
    return near <= NEAR_SHARE * len(letters)


def _crosses_sentence(words: Sequence[Word]) -> bool:
    return any(word.text.endswith((".", "?", "!")) for word in words[:-1])


def _spelled(word: Word, written: str, folded: str) -> Word:
    trailing = word.text[len(word.text.rstrip(_EDGES)) :]
    if fold(word.text) == folded:
        return replace(word, text=written + trailing)
    return replace(word, text=written + trailing, probability=min(word.probability, LEANED))
