"""A transcript goes in, the bytes of `transcript.json` come out (UTF-8, the shape of the command line's contract)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from transcription.document import TranscriptDocument


def to_json_bytes(document: TranscriptDocument, voices: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The document; beside it, under `voices`, why each voice is called what it is (`NamedVoice.to_json`).

    Readers of the document pass over keys they do not know.
    """
    if not voices:
        return (document.dumps() + "\n").encode()
    told = {**document.to_json(), "voices": [dict(voice) for voice in voices]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
