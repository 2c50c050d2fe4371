"""Where in the sound each character of a transcript was said.

In: a transcript. Out: turns of one speaker as text whose origins are positions in one long string, and a function
from such positions to
seconds. Words carry their own times; a corrected word takes the time between its neighbours; a segment without words
gives its own span.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.language.text import Span, Text, join
from transcription.document import Flag, Segment, TranscriptDocument
from transcription.filters.judgement import DOUBTFUL_WORD

_FEWEST_WORDS_FOUND = 0.4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Turn:
    """What one speaker said without interruption.

    `breaks` are the places in `text` where a segment ends; `doubtful` that the recogniser was not sure of a part and
    nobody has confirmed it.
    """

    speaker: str
    text: Text
    breaks: tuple[int, ...]
    doubtful: bool = False


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
    runs: list[tuple[str, list[Text], list[bool]]] = []
    for segment in document.spoken_segments:
        if not segment.text.strip():
            continue
        text = Text.of(segment.text, len(starts))
        first, last = _times(segment)
        starts += first
        ends += last
        if not runs or runs[-1][0] != segment.speaker:
            runs.append((segment.speaker, [], []))
        runs[-1][1].append(text)
        runs[-1][2].append(_is_doubtful(segment))
    turns = tuple(_turn(speaker, parts, doubtful=any(doubts)) for speaker, parts, doubts in runs)
    return Timeline(turns, tuple(starts), tuple(ends))


def _is_doubtful(segment: Segment) -> bool:
    """One word that the recogniser was not sure of is enough: it may be "giao", or the month of a day."""
    if Flag.CORRECTED in segment.flags:
        return False
    return Flag.DOUBTFUL in segment.flags or any(word.probability < DOUBTFUL_WORD for word in segment.words)


def _turn(speaker: str, parts: Sequence[Text], *, doubtful: bool) -> Turn:
    breaks, length = [], 0
    for part in parts[:-1]:
        length += len(part) + 1
        breaks.append(length)
    return Turn(speaker, join(parts), tuple(breaks), doubtful)


def _times(segment: Segment) -> tuple[list[float], list[float]]:
    """Per character its word's seconds; the whole segment's where too few words are found in the text."""
    size = len(segment.text)
    starts: list[float | None] = [None] * size
    ends: list[float | None] = [None] * size
    position = found = 0
    for word in segment.words:
        spoken = word.text.strip(" .,;:!?")
        place = segment.text.lower().find(spoken.lower(), position, position + 60) if spoken else -1
        if place < 0:
            continue
        found += 1
        position = place + len(spoken)
        starts[place:position] = [word.start] * len(spoken)
        ends[place:position] = [word.end] * len(spoken)
    if not segment.words or found < len(_WORD.findall(segment.text)) * _FEWEST_WORDS_FOUND:
        return [segment.start] * size, [segment.end] * size
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
