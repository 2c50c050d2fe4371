"""Turns of speakers go in, RTTM lines come out (NIST Rich Transcription format, as pyannote.metrics reads it)."""

from collections.abc import Iterable, Iterator

from transcription.document import TranscriptDocument

Turn = tuple[float, float, str]
#: Two segments of one voice this close together are one turn.
JOIN_GAP_SECONDS = 0.5


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
