"""What both Whisper engines share: the line of hints, and the cleaning of a decoder's words."""

import re
from collections.abc import Iterable

from transcription.document import Word
from transcription.engines.contract import Vocabulary

#: Whisper keeps 224 tokens of a prompt; Vietnamese names take about two tokens for each syllable.
LONGEST_TERMS_CHARACTERS = 350

_SPECIAL = re.compile(r"<\|[^|]*\|>")


def hint(vocabulary: Vocabulary) -> str:
    """The terms as one line that fits into the prompt window; earlier terms matter most."""
    chosen: list[str] = []
    length = 0
    for term in vocabulary.terms:
        length += len(term) + 2
        if length > LONGEST_TERMS_CHARACTERS:
            break
        chosen.append(term)
    return ", ".join(chosen)


def clean(text: str) -> str:
    """Special tokens sometimes leak into the text ("Lan<|vi|>")."""
    return " ".join(_SPECIAL.sub(" ", text).split())


def words_of(items: Iterable[tuple[float, float, str, float]], offset: float) -> tuple[Word, ...]:
    """(start, end, text, probability) of a decoder → words; pieces of a word without a blank before them are joined."""
    words: list[Word] = []
    for start, end, raw, probability in items:
        text = clean(raw)
        if not text:
            continue
        start, end, probability = float(offset + start), float(offset + max(start, end)), float(probability)
        if words and not raw.startswith(" "):
            last = words.pop()
            words.append(Word(last.start, end, last.text + text, min(last.probability, probability)))
        else:
            words.append(Word(start, end, text, probability))
    return tuple(words)
