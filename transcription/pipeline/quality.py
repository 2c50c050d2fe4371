"""A finished document, its voices and facts of its sound go in, quality numbers of the machine's text come out."""

from collections.abc import Mapping, Sequence
from typing import Any

from transcription.document import SET_ASIDE, Flag, TranscriptDocument
from transcription.filters.judgement import DOUBTFUL_WORD


def quality_of(
    document: TranscriptDocument, voices: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """How far the text can be trusted, as plain JSON.

    Args:
        voices: names with their evidence, as `NamedVoice.to_json()`.
        facts: of the sound, as `SoundFacts.to_json()`.
    """
    words = [word for segment in document.spoken_segments for word in segment.words]
    return {
        "result": "speech" if document.has_speech else "no_speech",
        "engine": document.engine,
        "words": len(words),
        "mean_probability": round(sum(word.probability for word in words) / len(words), 3) if words else None,
        "doubtful_words": sum(word.probability < DOUBTFUL_WORD for word in words),
        "doubtful_segments": sum(Flag.DOUBTFUL in segment.flags for segment in document.segments),
        "phantoms": sum(bool(SET_ASIDE & set(segment.flags)) for segment in document.segments),
        "is_truncated": bool(facts.get("is_truncated")),
        "voices": [dict(voice) for voice in voices],
    }
