"""Words as they are written and slots as they were heard go in, one row of places in order of time comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from transcription.document import Word
from transcription.engines.contract import Slot
from transcription.vocabulary.folding import fold


@dataclass(frozen=True, slots=True)
class Place:
    """A slot and the position of the word that stands for it; None where silence won."""

    slot: Slot
    word: int | None


def lined_up(words: Sequence[Word], slots: Sequence[Slot]) -> list[Place]:
    """Every word at one place; a word without a slot stands for itself alone."""
    at = {_span(word): index for index, word in enumerate(words)}
    found = [Place(slot, at.get(_span(slot))) for slot in slots]
    found = [place for place in found if place.word is not None or not place.slot.text]
    known = {place.word for place in found}
    found += [
        Place(Slot(word.start, word.end, fold(word.text), ((fold(word.text), word.probability),)), index)
        for index, word in enumerate(words)
        if index not in known
    ]
    return sorted(found, key=lambda place: (place.slot.start, place.slot.end))


def _span(item: Word | Slot) -> tuple[float, float]:
    return round(item.start, 3), round(item.end, 3)
