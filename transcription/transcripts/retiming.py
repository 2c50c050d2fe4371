"""Times for typed words: a correction changes what was said, never when.

In: the words as heard with their times, and the text as typed. Out: the typed words, each with a time between the start
and the end of its line. Words that stayed keep the times they were heard at; words in between share what is left.
"""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from transcription.document import Word

#: What a person has typed is certain.
TYPED_PROBABILITY = 1.0


def retime(heard: Sequence[Word], text: str, start: float, end: float) -> tuple[Word, ...]:
    """The words of `text` within [start, end] seconds, timed by the heard words they match."""
    typed = text.split()
    anchors = _anchors(heard, typed, start, end)
    words: list[Word] = []
    position = 0
    while position < len(typed):
        anchor = anchors.get(position)
        if anchor is not None:
            words.append(Word(anchor.start, anchor.end, typed[position], anchor.probability))
            position += 1
            continue
        last = position
        while last < len(typed) and last not in anchors:
            last += 1
        until = anchors[last].start if last < len(typed) else end
        words += _share(typed[position:last], words[-1].end if words else start, until)
        position = last
    return tuple(words)


def _anchors(heard: Sequence[Word], typed: Sequence[str], start: float, end: float) -> dict[int, Word]:
    """Place in the typed text → heard word that it equals, in order, clipped to the line."""
    matcher = SequenceMatcher(None, [_folded(word.text) for word in heard], [_folded(word) for word in typed], False)
    found: dict[int, Word] = {}
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            word = heard[block.a + offset]
            if start <= word.start and word.end <= end:
                found[block.b + offset] = word
    return found


def _share(typed: Sequence[str], start: float, end: float) -> list[Word]:
    """Words between two known times, each as long as its letters ask for."""
    span, letters = max(0.0, end - start), sum(len(word) for word in typed)
    words, at = [], start
    for word in typed:
        until = at + span * len(word) / letters
        words.append(Word(at, max(at, min(until, end)), word, TYPED_PROBABILITY))
        at = until
    return words


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFC", word).lower()
    return "".join(letter for letter in letters if letter.isalnum())
