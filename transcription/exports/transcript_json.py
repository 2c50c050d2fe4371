"""A transcript goes in, the bytes of `transcript.json` come out (UTF-8, the shape of the command line's contract)."""

from transcription.document import TranscriptDocument


def to_json_bytes(document: TranscriptDocument) -> bytes:
    return (document.dumps() + "\n").encode()
