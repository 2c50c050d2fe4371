"""A transcript goes in, SubRip text comes out: numbered cues, a comma before the milliseconds, the speaker first."""

from transcription.document import TranscriptDocument
from transcription.exports.vtt import timestamp

#: A cue of no length is not shown by any player.
LEAST_SECONDS = 0.05


def to_srt(document: TranscriptDocument) -> str:
    """Cues in the order of the segments; what is set aside stays out. Lines end as Windows players expect."""
    blocks: list[str] = []
    for segment in document.spoken_segments:
        text = " ".join(segment.text.split())
        if not text:
            continue
        speaker = " ".join(segment.speaker.split())
        end = max(segment.end, segment.start + LEAST_SECONDS)
        times = f"{timestamp(segment.start)} --> {timestamp(end)}".replace(".", ",")
        # SubRip knows a few tags and no escapes: an opening bracket must not begin one.
        spoken = (f"{speaker}: {text}" if speaker else text).replace("<", "‹").replace(">", "›")
        blocks.append(f"{len(blocks) + 1}\r\n{times}\r\n{spoken}\r\n")
    return "\r\n".join(blocks)
