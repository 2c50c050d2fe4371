"""Turns of speakers go in, RTTM lines come out (NIST Rich Transcription format, as pyannote.metrics reads it)."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from transcription.document import Segment, TranscriptDocument
from transcription.engines.contract import Turn as DiarizedTurn

Turn = tuple[float, float, str]
#: Two segments of one voice this close together are one turn.
JOIN_GAP_SECONDS = 0.5
#: No segment is longer than this, so an earlier one cannot reach into a turn.
LONGEST_LOOK_BACK_SECONDS = 120.0


def speaker_turns(document: TranscriptDocument) -> Iterator[Turn]:
    """Segments as (start, end, speaker), neighbours of one voice joined."""
    current: Turn | None = None
    for segment in sorted(document.spoken_segments, key=lambda item: item.start):
        if current and current[2] == segment.speaker and segment.start - current[1] <= JOIN_GAP_SECONDS:
            current = (current[0], max(current[1], segment.end), segment.speaker)
            continue
        if current:
            yield current
        current = (segment.start, segment.end, segment.speaker)
    if current:
        yield current


def named_turns(document: TranscriptDocument, turns: Sequence[DiarizedTurn]) -> Iterator[Turn]:
    """The diariser's turns under the names of the transcript: its bounds are sharper than those of words.

    A turn takes the name of the segments it overlaps most; one without words takes the name its voice has elsewhere,
    and a voice without any words is left out.
    """
    spoken = document.spoken_segments
    starts = [segment.start for segment in spoken]
    labels = [_overlapped(turn, spoken[: bisect_left(starts, turn.end)]) for turn in turns]
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for turn, label in zip(turns, labels, strict=True):
        if label:
            usual[turn.voice][label] += 1
    for turn, label in zip(turns, labels, strict=True):
        name = label or next((found for found, _count in usual[turn.voice].most_common(1)), "")
        if name:
            yield turn.start, turn.end, name


def _overlapped(turn: DiarizedTurn, segments: Sequence[Segment]) -> str:
    shares: Counter[str] = Counter()
    for segment in reversed(segments):
        if turn.start - segment.start > LONGEST_LOOK_BACK_SECONDS:
            break
        overlap = min(turn.end, segment.end) - max(turn.start, segment.start)
        if overlap > 0:
            shares[segment.speaker] += round(overlap * 1000)
    return next((name for name, _share in shares.most_common(1)), "")


def to_rttm(turns: Iterable[Turn], uri: str) -> str:
    """One SPEAKER line for each turn. Blanks separate fields in RTTM, so they become underscores in names."""
    file_id = _field(uri) or "recording"
    lines = [
        f"SPEAKER {file_id} 1 {start:.3f} {end - start:.3f} <NA> <NA> {_field(speaker) or '<NA>'} <NA> <NA>"
        for start, end, speaker in turns
        if end > start
    ]
    return "".join(line + "\n" for line in lines)


def _field(text: str) -> str:
    return "_".join(text.split())
