"""Where in the sound each character of a transcript was said.

In: a transcript. Out: turns of one speaker as text whose origins are positions in one long string, and a function
from such positions to seconds. Words carry their own times; a corrected word takes the time between its neighbours; a
segment without words gives its own span.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.language.text import Span, Text, join
from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.filters.judgement import DOUBTFUL_WORD

#: A word below this was hardly heard: what hangs on it is asked about, even where it is read as it stands.
FAINT_WORD = 0.15
_FEWEST_WORDS_FOUND = 0.4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Turn:
    """What one speaker said without interruption.

    `breaks` are the places in `text` where a segment ends; `doubtful` that the recogniser was not sure of a part and
    nobody has confirmed it. `faint` are the origins of single words that were hardly heard.
    """

    speaker: str
    text: Text
    breaks: tuple[int, ...]
    doubtful: bool = False
    faint: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """Turns in order, and per character of the whole transcript its seconds."""

    turns: tuple[Turn, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]

    def seconds(self, place: Span) -> Span:
        """Seconds of a stretch of characters (origins of a turn's text)."""
        first, last = int(place.start), max(int(place.start), int(place.end) - 1)
        return Span(min(self.starts[first : last + 1]), max(self.ends[first : last + 1]))


def timeline_of(document: TranscriptDocument) -> Timeline:
    """Lay out every spoken segment; phantoms and repetitions are left out."""
    starts: list[float] = []
    ends: list[float] = []
    runs: list[tuple[str, list[Text], list[bool], list[Span]]] = []
    for segment in document.spoken_segments:
        if not segment.text.strip():
            continue
        begin = len(starts)
        words = _places(segment)
        first, last = _times(segment, words)
        starts += first
        ends += last
        if not runs or runs[-1][0] != segment.speaker:
            runs.append((segment.speaker, [], [], []))
        _speaker, parts, doubts, faint = runs[-1]
        parts.append(Text.of(segment.text, begin))
        doubts.append(_is_doubtful(segment))
        faint += [Span(begin + place, begin + end) for word, place, end in words if _is_faint(segment, word)]
    turns = tuple(_turn(speaker, parts, any(doubts), tuple(faint)) for speaker, parts, doubts, faint in runs)
    return Timeline(turns, tuple(starts), tuple(ends))


def _is_doubtful(segment: Segment) -> bool:
    """One word that the recogniser was not sure of is enough: it may be "giao", or the month of a day."""
    if Flag.CORRECTED in segment.flags:
        return False
    return Flag.DOUBTFUL in segment.flags or any(word.probability < DOUBTFUL_WORD for word in segment.words)


def _is_faint(segment: Segment, word: Word) -> bool:
    return Flag.CORRECTED not in segment.flags and word.probability < FAINT_WORD


def _turn(speaker: str, parts: Sequence[Text], doubtful: bool, faint: tuple[Span, ...]) -> Turn:
    breaks, length = [], 0
    for part in parts[:-1]:
        length += len(part) + 1
        breaks.append(length)
    return Turn(speaker, join(parts), tuple(breaks), doubtful, faint)


def _places(segment: Segment) -> list[tuple[Word, int, int]]:
    """The words of a segment that are found in its text, with where they begin and end there."""
    found: list[tuple[Word, int, int]] = []
    position = 0
    for word in segment.words:
        spoken = word.text.strip(" .,;:!?")
        place = segment.text.lower().find(spoken.lower(), position, position + 60) if spoken else -1
        if place >= 0:
            position = place + len(spoken)
            found.append((word, place, position))
    return found


def _times(segment: Segment, words: Sequence[tuple[Word, int, int]]) -> tuple[list[float], list[float]]:
    """Per character its word's seconds; the whole segment's where too few words are found in the text."""
    size = len(segment.text)
    if not segment.words or len(words) < len(_WORD.findall(segment.text)) * _FEWEST_WORDS_FOUND:
        return [segment.start] * size, [segment.end] * size
    starts: list[float | None] = [None] * size
    ends: list[float | None] = [None] * size
    for word, place, end in words:
        starts[place:end] = [word.start] * (end - place)
        ends[place:end] = [word.end] * (end - place)
    return _filled_left(starts, segment.start), _filled_right(ends, segment.end)


def _filled_left(values: list[float | None], first: float) -> list[float]:
    """A gap begins where the word before it began."""
    filled: list[float] = []
    for value in values:
        filled.append(value if value is not None else (filled[-1] if filled else first))
    return filled


def _filled_right(values: list[float | None], last: float) -> list[float]:
    """A gap ends where the word behind it ends."""
    return _filled_left(values[::-1], last)[::-1]
