"""Words as heard and what else each may have been go in; the row that Vietnamese offices would say comes out.

A recogniser that hears syllable by syllable errs most in tones: "thuế" and "thuê" are nearly the same sound, but only
one of them stands in "cơ quan thuế". Of what the network held possible at each place that row is taken which is
likeliest by sound and by neighbourhood together.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from transcription.document import Word
from transcription.engines.contract import Slot
from transcription.vocabulary.correction import CERTAIN, LEANED
from transcription.vocabulary.folding import fold
from core.vietnamese.ngrams import Trigrams, likeliest_row
from transcription.vocabulary.places import Place, lined_up
from transcription.vocabulary.sounds import likeness
from transcription.vocabulary.terms import NUMBERS

WEIGHT = 0.5
LEAST = 1e-3
SECOND = 0.2
MOST = 6


def rescore(words: Sequence[Word], slots: Sequence[Slot], model: Trigrams) -> tuple[Word, ...]:
    places = [place for place in lined_up(words, slots) if place.word is not None]
    best = _best_row([_possible(place, words) for place in places], model)
    found = list(words)
    for place, syllable in zip(places, best, strict=True):
        if place.word is not None and syllable != place.slot.text and syllable != fold(words[place.word].text):
            found[place.word] = _written(words[place.word], syllable)
    return tuple(found)


def _possible(place: Place, words: Sequence[Word]) -> dict[str, float]:
    """Syllables and the logarithm of how well the sound bears them; at least what was written."""
    slot = place.slot
    assert place.word is not None
    written = fold(words[place.word].text)
    if written != slot.text or slot.text in NUMBERS or not slot.heard or slot.heard[0][1] >= CERTAIN:
        return {written: 0.0}
    found = {text: p for text, p in slot.heard if text and p >= LEAST and text not in NUMBERS}
    if slot.second and slot.second not in NUMBERS and (slot.second in found or likeness(slot.second, slot.text) > 0):
        found[slot.second] = found.get(slot.second, 0.0) + SECOND
    best = sorted(found.items(), key=lambda item: -item[1])[:MOST]
    return {text: log(p) for text, p in best}


def _best_row(possible: Sequence[dict[str, float]], model: Trigrams) -> list[str]:
    # Viterbi over the last two syllables.
    rows: dict[tuple[str, str], tuple[float, list[str]]] = {(BEGINNING, BEGINNING): (0.0, [])}
    for options in possible:
        following: dict[tuple[str, str], tuple[float, list[str]]] = {}
        for (first, second), (score, row) in rows.items():
            for syllable, sound in options.items():
                total = score + sound + WEIGHT * model.log_probability(first, second, syllable)
                key = (second, syllable)
                if key not in following or total > following[key][0]:
                    following[key] = (total, [*row, syllable])
        rows = following
    return max(rows.values(), key=lambda item: item[0])[1] if rows else []


def _written(word: Word, syllable: str) -> Word:
    text = word.text
    trailing = text[len(text.rstrip('.,;:?!…”")')) :]
    new = syllable.capitalize() if text[:1].isupper() else syllable
    return replace(word, text=new + trailing, probability=min(word.probability, LEANED))
