"""The stretch of a passage around what was found, in pieces, so that a page can mark the words and escape the rest.

Pure. In: a passage and the lexemes looked for. Out: pieces in their order, each marked or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.search.words import Spelt, spelt

#: Words that are shown of a passage, and how many of them stand before the first hit.
SHOWN_WORDS = 44
_BEFORE = 10
_DOTS = "…"


@dataclass(frozen=True)
class Piece:
    """A part of the text; `is_hit`: one of the words looked for."""

    text: str
    is_hit: bool = False


def excerpt(text: str, lexemes: frozenset[str], *, words: int = SHOWN_WORDS) -> tuple[Piece, ...]:
    """The best stretch of at most so many words; the beginning where nothing was found in it."""
    found = spelt(text)
    if not found:
        return (Piece(text),) if text else ()
    first, last = _stretch([_is_hit(word, lexemes) for word in found], words)
    start = 0 if first == 0 else found[first].start
    end = len(text) if last == len(found) - 1 else found[last].end
    pieces = list(_pieces(text, found[first : last + 1], lexemes, start, end))
    if start:
        pieces.insert(0, Piece(f"{_DOTS} "))
    if end < len(text):
        pieces.append(Piece(f" {_DOTS}"))
    return tuple(pieces)


def marked(text: str, lexemes: frozenset[str]) -> tuple[Piece, ...]:
    """The whole text with its hits; for titles."""
    return tuple(_pieces(text, spelt(text), lexemes, 0, len(text)))


def _is_hit(word: Spelt, lexemes: frozenset[str]) -> bool:
    return word.written in lexemes or word.plain in lexemes


def _stretch(hits: list[bool], words: int) -> tuple[int, int]:
    """First and last word of the stretch with the most hits; of equal ones the earliest."""
    if len(hits) <= words or not any(hits):
        return 0, min(words, len(hits)) - 1
    before = [0]
    for hit in hits:
        before.append(before[-1] + hit)
    starts = [max(0, min(place - _BEFORE, len(hits) - words)) for place, hit in enumerate(hits) if hit]
    best = max(starts, key=lambda start: (before[start + words] - before[start], -start))
    return best, best + words - 1


def _pieces(text: str, found: list[Spelt], lexemes: frozenset[str], start: int, end: int) -> Iterator[Piece]:
    """Words that stand beside each other and are all hits make one piece."""
    at = start
    run: tuple[int, int] | None = None
    for word in found:
        if not _is_hit(word, lexemes):
            continue
        if run is not None and not text[run[1] : word.start].strip():
            run = (run[0], word.end)
            continue
        if run is not None:
            yield Piece(text[run[0] : run[1]], is_hit=True)
            at = run[1]
        if at < word.start:
            yield Piece(text[at : word.start])
        run = (word.start, word.end)
    if run is not None:
        yield Piece(text[run[0] : run[1]], is_hit=True)
        at = run[1]
    if at < end:
        yield Piece(text[at:end])
