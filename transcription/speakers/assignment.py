"""Words and turns go in, one voice for each word comes out: by the word's middle, else the nearest turn."""

from bisect import bisect_right
from collections.abc import Sequence

from transcription.document import Word
from transcription.engines.contract import Turn

#: Label of words at whose time no voice was found.
NO_VOICE = ""
NEAREST_SECONDS = 0.5
#: A single word between words of another voice, without pauses around it, is an error of times, not an interjection.
ISLAND_PAUSE_SECONDS = 0.25


def assign_words(words: Sequence[Word], turns: Sequence[Turn]) -> list[tuple[Word, str]]:
    """Each word of one utterance with its voice. `turns` must be in order and not overlap.

    A word far from every turn follows its neighbours in the utterance; where no word has a voice, all get NO_VOICE.
    """
    voices: list[str | None] = [_voice_at((word.start + word.end) / 2, turns) for word in words]
    _fill_gaps(voices)
    _drown_islands(words, voices)
    return [(word, voice or NO_VOICE) for word, voice in zip(words, voices, strict=True)]


def overlaps(start: float, end: float, turns: Sequence[Turn]) -> float:
    """Share of a stretch in which two voices or more are heard at once."""
    if end <= start:
        return 0.0
    edges = sorted({start, end, *(x for turn in turns for x in (turn.start, turn.end) if start < x < end)})
    doubled = 0.0
    for left, right in zip(edges, edges[1:], strict=False):
        heard = {turn.voice for turn in turns if turn.start < right and turn.end > left}
        doubled += right - left if len(heard) > 1 else 0.0
    return doubled / (end - start)


def silence_between(left: float, right: float, turns: Sequence[Turn]) -> float:
    """The longest stretch without any turn between two moments; `turns` in order and not overlapping."""
    first = max(0, bisect_right(turns, left, key=lambda turn: turn.start) - 1)
    longest, end = 0.0, left
    for turn in turns[first:]:
        if turn.start >= right:
            break
        longest, end = max(longest, turn.start - end), max(end, turn.end)
    return max(longest, right - end)


def _voice_at(moment: float, turns: Sequence[Turn]) -> str | None:
    after = bisect_right(turns, moment, key=lambda turn: turn.start)
    near = [turn for turn in turns[max(0, after - 1) : after + 1] if _distance(moment, turn) <= NEAREST_SECONDS]
    return min(near, key=lambda turn: _distance(moment, turn)).voice if near else None


def _distance(moment: float, turn: Turn) -> float:
    return max(turn.start - moment, moment - turn.end, 0.0)


def _fill_gaps(voices: list[str | None]) -> None:
    """Words without a voice take the one before them, those at the beginning the one after."""
    for index in range(1, len(voices)):
        voices[index] = voices[index] or voices[index - 1]
    for index in range(len(voices) - 2, -1, -1):
        voices[index] = voices[index] or voices[index + 1]


def _drown_islands(words: Sequence[Word], voices: list[str | None]) -> None:
    for index in range(1, len(words) - 1):
        around = voices[index - 1]
        if around != voices[index + 1] or around == voices[index]:
            continue
        before = words[index].start - words[index - 1].end
        after = words[index + 1].start - words[index].end
        if max(before, after) < ISLAND_PAUSE_SECONDS:
            voices[index] = around
