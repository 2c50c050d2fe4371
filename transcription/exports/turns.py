"""A transcript goes in, what each speaker said without a break comes out: the text as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from transcription.document import TranscriptDocument

#: A speech of many minutes keeps a time to find one's way by.
LONGEST_SECONDS = 120.0


@dataclass(frozen=True)
class Speech:
    """One stretch of one speaker; seconds from the start of the recording."""

    start: float
    speaker: str
    text: str


def speeches(document: TranscriptDocument) -> Iterator[Speech]:
    """Neighbouring lines of one speaker joined, in order; what is set aside and empty lines stay out."""
    start, speaker, said = 0.0, "", list[str]()
    for segment in document.spoken_segments:
        text = " ".join(segment.text.split())
        if not text:
            continue
        if said and (segment.speaker != speaker or segment.end - start > LONGEST_SECONDS):
            yield Speech(start, speaker, " ".join(said))
            said = []
        if not said:
            start, speaker = segment.start, segment.speaker
        said.append(text)
    if said:
        yield Speech(start, speaker, " ".join(said))


def clock(seconds: float) -> str:
    """`1:02:03` or `02:03`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"
