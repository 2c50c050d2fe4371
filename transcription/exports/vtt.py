"""A transcript goes in, WebVTT text comes out (W3C WebVTT 1: voice tags, one cue for each segment)."""

from transcription.document import TranscriptDocument

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
NO_SPEECH_NOTE = "NOTE Không phát hiện tiếng nói trong bản ghi."


def timestamp(seconds: float) -> str:
    """Seconds as `HH:MM:SS.mmm`; hours grow beyond two digits where needed."""
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    whole, fraction = divmod(rest, 1000)
    return f"{hours:02d}:{minutes:02d}:{whole:02d}.{fraction:03d}"


def to_vtt(document: TranscriptDocument) -> str:
    """Cues in the order of the segments. What is set aside stays out: captions must show only what was said."""
    blocks = ["WEBVTT"]
    if not document.has_speech:
        blocks.append(NO_SPEECH_NOTE)
    for segment in document.spoken_segments:
        text = " ".join(segment.text.split()).translate(_ESCAPES)
        if not text:
            continue
        voice = " ".join(segment.speaker.split()).translate(_ESCAPES)
        # A cue of no length is not shown by any player.
        end = max(segment.end, segment.start + 0.05)
        spoken = f"<v {voice}>{text}" if voice else text
        blocks.append(f"{segment.id}\n{timestamp(segment.start)} --> {timestamp(end)}\n{spoken}")
    return "\n\n".join(blocks) + "\n"
