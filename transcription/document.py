"""The transcript as a value: words and segments go in, the JSON of the command line comes out, and back again.

Times are seconds from the start of the recording. Nothing here is edited in place: a change makes a new document.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

JSON_DECIMALS = 3


class Flag(StrEnum):
    """What a reader should know about a segment before trusting it."""

    DOUBTFUL = "doubtful"  # the recognisers disagree, or the only one was unsure
    PHANTOM = "phantom"  # a sentence recognisers are known to invent where nobody speaks
    REPEATED = "repeated"  # the same words over and over, a decoder running in a circle
    OVERLAP = "overlap"  # somebody else speaks at the same time
    CORRECTED = "corrected"  # a person has confirmed or changed the text


#: Flags of segments that must not be read as something that was said.
SET_ASIDE = frozenset({Flag.PHANTOM, Flag.REPEATED})


class DocumentInvalid(ValueError):
    """The JSON is not a transcript: a field is missing, has the wrong type, or times run backwards."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word as written, with its probability between 0 and 1."""

    start: float
    end: float
    text: str
    probability: float = 1.0

    def to_json(self) -> dict[str, Any]:
        return {
            "start": round(self.start, JSON_DECIMALS),
            "end": round(self.end, JSON_DECIMALS),
            "text": self.text,
            "probability": round(self.probability, JSON_DECIMALS),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Word":
        start, end = _span(data, "word")
        return cls(start, end, _text(data, "text"), float(data.get("probability", 1.0)))


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one voice. `id` is stable: a correction keeps it, and so does its time span."""

    id: str
    start: float
    end: float
    speaker: str
    text: str
    flags: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def duration_seconds(self) -> float:
        return self.end - self.start

    @property
    def is_set_aside(self) -> bool:
        """True where the text is shown to the secretary but must never be taken for speech."""
        return any(flag in SET_ASIDE for flag in self.flags)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "start": round(self.start, JSON_DECIMALS),
            "end": round(self.end, JSON_DECIMALS),
            "speaker": self.speaker,
            "text": self.text,
            "flags": list(self.flags),
            "words": [word.to_json() for word in self.words],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], position: int = 0) -> "Segment":
        """Read one segment; one without an id (a file of another tool) is named after its position."""
        start, end = _span(data, "segment")
        return cls(
            id=str(data.get("id") or segment_id(position)),
            start=start,
            end=end,
            speaker=_text(data, "speaker"),
            text=_text(data, "text"),
            flags=tuple(str(flag) for flag in data.get("flags") or ()),
            words=tuple(Word.from_json(word) for word in data.get("words") or ()),
        )


@dataclass(frozen=True, slots=True)
class TranscriptDocument:
    """A whole transcript. No segments means that no speech was found, which is a result and not an error."""

    engine: str
    duration_seconds: float
    segments: tuple[Segment, ...] = field(default_factory=tuple)

    @property
    def has_speech(self) -> bool:
        return any(segment.text and not segment.is_set_aside for segment in self.segments)

    @property
    def spoken_segments(self) -> tuple[Segment, ...]:
        """The segments a reader may rely on as speech: everything that is not set aside."""
        return tuple(segment for segment in self.segments if not segment.is_set_aside)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Speakers in the order in which they are first heard."""
        return tuple(dict.fromkeys(segment.speaker for segment in self.spoken_segments))

    @property
    def text(self) -> str:
        return "\n".join(segment.text for segment in self.spoken_segments)

    def find(self, identifier: str) -> Segment | None:
        return next((segment for segment in self.segments if segment.id == identifier), None)

    def with_segments(self, segments: Iterable[Segment]) -> "TranscriptDocument":
        return replace(self, segments=tuple(segments))

    def to_json(self) -> dict[str, Any]:
        return {
            "engine": self.engine,
            "duration_seconds": round(self.duration_seconds, JSON_DECIMALS),
            "segments": [segment.to_json() for segment in self.segments],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "TranscriptDocument":
        """Read what `to_json` wrote, or the same shape from another tool.

        Raises DocumentInvalid with the name of the offending field.
        """
        if not isinstance(data, Mapping) or not isinstance(data.get("segments"), list):
            raise DocumentInvalid("segments")
        try:
            segments = tuple(Segment.from_json(item, position) for position, item in enumerate(data["segments"], 1))
            duration = float(data.get("duration_seconds") or max((item.end for item in segments), default=0.0))
        except (TypeError, AttributeError) as error:
            raise DocumentInvalid("segments") from error
        if len({segment.id for segment in segments}) != len(segments):
            raise DocumentInvalid("segments.id")
        return cls(str(data.get("engine", "")), duration, segments)

    @classmethod
    def loads(cls, text: str | bytes) -> "TranscriptDocument":
        try:
            return cls.from_json(json.loads(text))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise DocumentInvalid("json") from error

    def dumps(self) -> str:
        return json.dumps(self.to_json(), ensure_ascii=False, indent=1)


def segment_id(position: int) -> str:
    """The id of the machine's segment number `position`, counted from 1."""
    return f"s{position:04d}"


def _span(data: Mapping[str, Any], what: str) -> tuple[float, float]:
    try:
        start, end = float(data["start"]), float(data["end"])
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentInvalid(f"{what}.start") from error
    if not 0 <= start <= end:  # also false for NaN
        raise DocumentInvalid(f"{what}.end")
    return start, end


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise DocumentInvalid(key)
    return value
