"""Words as heard and what else each may have been go in; the row that is likeliest to be said comes out.

A recogniser that hears syllable by syllable errs most in tones: "thuế" and "thuê" are nearly the same sound, but only
one of them stands in "cơ quan thuế". Of what the network held possible at each place that row is taken which is
likeliest by sound and by neighbourhood together (lattice rescoring; Ortmanns, Ney and Aubert, "A word graph algorithm
for large vocabulary continuous speech recognition", Computer Speech and Language 11, 1997). Nothing is put in or left
out, a numeral is neither taken away nor written, and a changed word stays doubtful.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import log

from core.vietnamese.ngrams import Trigrams, likeliest_row
from core.vietnamese.office_talk import office_talk, sentences
from transcription.document import Word
from transcription.engines.contract import Slot
from transcription.vocabulary.correction import CERTAIN, LEANED
from transcription.vocabulary.folding import bare, capital_as, fold, marks_behind
from transcription.vocabulary.places import Place, lined_up
from transcription.vocabulary.sounds import likeness
from transcription.vocabulary.terms import NUMBERS

#: What the neighbourhood's opinion weighs against the sound's, and how many beginnings of a sentence are followed up.
WEIGHT, WIDTH = 0.8, 30
#: Probability that a syllable gains if the second recogniser heard it.
SECOND = 0.1
#: What the plan of the meeting names counts as if it had been said so often.
TIMES_OF_TERMS = 2.0

# One vowel, whatever stands around it; a word with more ("logic") is foreign, and no row of syllables tells of it.
_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]*")


def rescore(words: Sequence[Word], slots: Sequence[Slot], terms: tuple[str, ...]) -> tuple[Word, ...]:
    """Words of one utterance by what was heard at each place and what is said in offices.

    Args:
        slots: what the words were chosen from; words without one, and words written since, stay as they are.
        terms: of the meeting.
    """
    places = [place for place in lined_up(words, slots) if place.word is not None]
    meant = likeliest_row([_possible(place, words) for place in places], _model(terms), WEIGHT, WIDTH)
    found = list(words)
    for place, syllable in zip(places, meant, strict=True):
        if place.word is not None and syllable != fold(words[place.word].text):
            found[place.word] = _written(words[place.word], syllable)
    return tuple(found)


@lru_cache(maxsize=4)
def _model(terms: tuple[str, ...]) -> Trigrams:
    return office_talk().with_sentences((row for term in terms for row in sentences(term)), TIMES_OF_TERMS)


def _possible(place: Place, words: Sequence[Word]) -> dict[str, float]:
    """Syllables and the logarithm of how well the sound bears each; the written one alone where nothing is open."""
    slot = place.slot
    written = fold(words[place.word].text) if place.word is not None else slot.text
    is_open = written == slot.text and slot.text not in NUMBERS and slot.heard[0][1] < CERTAIN
    if not is_open or _SYLLABLE.fullmatch(bare(slot.text)) is None:
        return {written: 0.0}
    found = {text: p for text, p in slot.heard if text and p > 0 and text not in NUMBERS}
    second = slot.second
    if second and second not in NUMBERS and (second in found or likeness(second, slot.text) > 0):
        found[second] = found.get(second, 0.0) + SECOND
    return {text: log(p) for text, p in found.items()} or {written: 0.0}


def _written(word: Word, syllable: str) -> Word:
    """Capital and marks stay."""
    new = capital_as(word.text, syllable) + marks_behind(word.text)
    return replace(word, text=new, probability=min(word.probability, LEANED))
