"""Corrections carried over to a later run of the same sound: its voices, the words and names that people gave.

In: what the machine first wrote, what people made of it, and the text of another run, perhaps with another number of
speakers. Out: the other run's text in which nothing that a person wrote is lost. Pure functions; seconds of one sound.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.transcripts.retiming import retime

#: A voice takes the name that people gave to more than this share of what it says.
SAME_VOICE_SHARE = 0.5
#: Fewer words between two of another voice are an edge that was placed a little differently, not a speaker.
LEAST_WORDS = 2


def carried(
    machine: TranscriptDocument, corrected: TranscriptDocument, fresh: TranscriptDocument
) -> TranscriptDocument:
    """`fresh` with everything that people did to `machine` on the way to `corrected`."""
    before = {line.id: line for line in machine.segments}
    kept = [line for line in corrected.segments if _is_persons(line, before.get(line.id))]
    renamed = _given_names(before, corrected, fresh)
    named = [replace(line, speaker=renamed.get(line.speaker, line.speaker)) for line in fresh.segments]
    voices = [line for line in named if not line.is_set_aside]
    persons = [part for line in kept for part in _by_voice(line, before.get(line.id), voices)]
    spans = [(line.start, line.end) for line in kept]
    others = [part for line in named for part in _outside(line, spans)]
    lines = sorted([*persons, *others], key=lambda line: (line.start, line.end))
    return fresh.with_segments(_with_own_ids(lines))


def has_corrections(machine: TranscriptDocument, corrected: TranscriptDocument) -> bool:
    """Whether there is anything to carry."""
    before = {line.id: line for line in machine.segments}
    return any(
        _is_persons(line, before.get(line.id)) or before[line.id].speaker != line.speaker for line in corrected.segments
    )


def _is_persons(line: Segment, first: Segment | None) -> bool:
    """Whether a person has written, confirmed, split or joined the line; a name alone is carried with its voice."""
    if Flag.CORRECTED in line.flags or first is None:
        return True
    return (line.text, line.start, line.end) != (first.text, first.start, first.end)


def _given_names(
    before: dict[str, Segment], corrected: TranscriptDocument, fresh: TranscriptDocument
) -> dict[str, str]:
    """Speaker of the fresh run → the name people gave to that voice."""
    by_person = [line for line in corrected.segments if line.id in before and before[line.id].speaker != line.speaker]
    shares: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for line in fresh.spoken_segments:
        total[line.speaker] += round(1000 * line.duration_seconds)
        for other in by_person:
            overlap = min(line.end, other.end) - max(line.start, other.start)
            if overlap > 0:
                shares[line.speaker][other.speaker] += round(1000 * overlap)
    best = {speaker: names.most_common(1)[0] for speaker, names in shares.items()}
    return {speaker: name for speaker, (name, time) in best.items() if time > SAME_VOICE_SHARE * total[speaker]}


def _by_voice(line: Segment, first: Segment | None, voices: Sequence[Segment]) -> Iterator[Segment]:
    """A person's line, cut where the fresh run hears another voice; never where a person said who speaks."""
    if first is None or first.speaker != line.speaker or not line.words or not voices:
        yield line
        return
    words = line.words
    if len(words) != len(line.text.split()):
        words = retime(words, line.text, line.start, line.end)
    groups = _smoothed(
        [(speaker, list(part)) for speaker, part in groupby(words, lambda word: _voice_at(word, voices))]
    )
    start = line.start
    for place, (speaker, part) in enumerate(groups):
        is_last = place + 1 == len(groups)
        end = line.end if is_last else (part[-1].end + groups[place + 1][1][0].start) / 2
        text = " ".join(word.text for word in part)
        yield replace(line, start=start, end=end, speaker=speaker, text=text, words=tuple(part))
        start = end


def _voice_at(word: Word, voices: Sequence[Segment]) -> str:
    middle = (word.start + word.end) / 2
    place = max(0, bisect_right(voices, middle, key=lambda line: line.start) - 1)
    near = voices[max(0, place - 1) : place + 2]
    return min(near, key=lambda line: max(line.start - middle, middle - line.end, 0.0)).speaker


def _smoothed(groups: list[tuple[str, list[Word]]]) -> list[tuple[str, list[Word]]]:
    found: list[tuple[str, list[Word]]] = []
    for speaker, words in groups:
        if found and (len(words) < LEAST_WORDS or found[-1][0] == speaker or len(found[-1][1]) < LEAST_WORDS):
            known, earlier = found[-1]
            found[-1] = (speaker if len(earlier) < LEAST_WORDS else known, [*earlier, *words])
        else:
            found.append((speaker, list(words)))
    return found


def _outside(line: Segment, spans: Sequence[tuple[float, float]]) -> Iterator[Segment]:
    """What is left of a fresh line beside the lines that people wrote."""
    touching = [(start, end) for start, end in spans if start < line.end and line.start < end]
    if not touching:
        yield line
        return
    words = line.words or retime((), line.text, line.start, line.end)
    for is_free, part in groupby(words, lambda word: _is_free(word, line, touching)):
        left = tuple(part)
        if is_free:
            text = " ".join(word.text for word in left)
            yield replace(line, start=left[0].start, end=left[-1].end, text=text, words=left)


def _is_free(word: Word, line: Segment, spans: Sequence[tuple[float, float]]) -> bool:
    # Some recognisers let the last words reach beyond their line: they belong to it all the same.
    middle = min(max((word.start + word.end) / 2, line.start), line.end)
    return not any(start <= middle <= end for start, end in spans)


def _with_own_ids(lines: Sequence[Segment]) -> Iterator[Segment]:
    """Lines of two runs may bear one id: the first keeps it."""
    used: set[str] = set()
    for line in lines:
        name, number = line.id, 1
        while name in used:
            number += 1
            name = f"{line.id}-{number}"
        used.add(name)
        yield line if name == line.id else replace(line, id=name)
