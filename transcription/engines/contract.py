"""What every engine promises: declared abilities, plain values in and out, times in seconds of the whole recording."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from transcription.document import Word

FloatArray = NDArray[np.float32]
Progress = Callable[[float], None]

SAMPLE_RATE = 16_000
VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine can do. The stages ask this instead of knowing engines by name."""

    languages: frozenset[str]
    word_times: bool  # words come with measured times; otherwise they are spread over the speech
    confidence: bool  # word probabilities mean something
    punctuation: bool  # capitals, punctuation and figures are written
    vocabulary: bool  # given terms raise their chance of being heard
    longest_piece_seconds: float
    streaming: bool = False
    context_seconds: float = 0.0  # sound before a piece that helps to hear its beginning


@dataclass(frozen=True, slots=True)
class SpeechRegion:
    """A stretch in which somebody speaks, in seconds of the recording."""

    start: float
    end: float

    @property
    def duration_seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the recording that is recognised in one go: bounded by pauses, with the speech inside it.

    `lead` is how many seconds of sound before `start` are handed over with it; no word of theirs is wanted.
    """

    index: int
    start: float
    end: float
    regions: tuple[SpeechRegion, ...]
    lead: float = 0.0

    def to_json(self) -> dict[str, Any]:
        regions = [[region.start, region.end] for region in self.regions]
        return {"index": self.index, "start": self.start, "end": self.end, "regions": regions}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Piece":
        regions = tuple(SpeechRegion(float(start), float(end)) for start, end in data["regions"])
        return cls(int(data["index"]), float(data["start"]), float(data["end"]), regions)


@dataclass(frozen=True, slots=True)
class Quality:
    """The numbers a decoder gives about its own text; None where it has none."""

    average_log_probability: float | None = None
    no_speech_probability: float | None = None
    compression_ratio: float | None = None
    agreement: float | None = None  # share of words on which two recognisers agree

    def to_json(self) -> dict[str, float | None]:
        return {
            "average_log_probability": _rounded(self.average_log_probability),
            "no_speech_probability": _rounded(self.no_speech_probability),
            "compression_ratio": _rounded(self.compression_ratio),
            "agreement": _rounded(self.agreement),
        }


@dataclass(frozen=True, slots=True)
class Slot:
    """A place at which one syllable was heard, and what else it may have been.

    Attributes:
        text: the syllable of the best path; empty where silence won narrowly.
        heard: syllables with their probabilities, the best path's own first, then the likeliest.
        second: what another recogniser heard at this place, folded; empty where it heard nothing or was not asked.
    """

    start: float
    end: float
    text: str
    heard: tuple[tuple[str, float], ...]
    second: str = ""

    def to_json(self) -> list[Any]:
        heard = [[syllable, round(probability, 4)] for syllable, probability in self.heard]
        return [round(self.start, 3), round(self.end, 3), self.text, heard, self.second]

    @classmethod
    def from_json(cls, data: list[Any]) -> "Slot":
        start, end, text, heard, second = data
        told = tuple((str(syllable), float(probability)) for syllable, probability in heard)
        return cls(float(start), float(end), str(text), told, str(second))


@dataclass(frozen=True, slots=True)
class Utterance:
    """A run of recognised words with the decoder's own numbers, before speakers are known.

    `slots` is what the words were chosen from, where the engine can tell; terms of the meeting are looked for in it.
    """

    start: float
    end: float
    words: tuple[Word, ...]
    quality: Quality = field(default_factory=Quality)
    slots: tuple[Slot, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def to_json(self) -> dict[str, Any]:
        return {
            "start": round(self.start, 3),
            "end": round(self.end, 3),
            "words": [word.to_json() for word in self.words],
            "quality": self.quality.to_json(),
            **({"slots": [slot.to_json() for slot in self.slots]} if self.slots else {}),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Utterance":
        words = tuple(Word.from_json(word) for word in data["words"])
        slots = tuple(Slot.from_json(slot) for slot in data.get("slots", ()))
        return cls(float(data["start"]), float(data["end"]), words, Quality(**data.get("quality", {})), slots)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms that may be said: names of people and units, abbreviations, the agenda."""

    terms: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> "Vocabulary":
        """One term on each line; blank lines and lines that begin with # are skipped, repetitions too."""
        lines = (" ".join(line.split()) for line in text.splitlines())
        return cls(tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#"))))


class Recognizer(Protocol):
    """A recogniser. One instance lives in one process and is reused for every piece."""

    name: str
    abilities: Abilities

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        """Words of one piece.

        Args:
            samples: the piece's sound, 16 kHz mono float32; `samples[0]` is second `piece.start - piece.lead`.
            piece: its place in the recording and the speech in it.
            vocabulary: used where `abilities.vocabulary` says so.

        Raises:
            EngineFailed: the engine broke down.
        """
        ...

    def close(self) -> None:
        """Give memory and processes back."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One voice speaks from start to end; `voice` is a label without meaning, stable within a recording."""

    start: float
    end: float
    voice: str


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who speaks when.

    `turns` may overlap; `exclusive` never does (the voice a listener would name at each moment).
    `embeddings` are voice prints by label, of the model whose hash is in `model`.
    """

    turns: tuple[Turn, ...]
    exclusive: tuple[Turn, ...]
    embeddings: dict[str, tuple[float, ...]] = field(default_factory=dict)
    model: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "turns": [[round(turn.start, 3), round(turn.end, 3), turn.voice] for turn in self.turns],
            "exclusive": [[round(turn.start, 3), round(turn.end, 3), turn.voice] for turn in self.exclusive],
            "embeddings": {voice: [round(x, 5) for x in vector] for voice, vector in self.embeddings.items()},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Diarization":
        return cls(
            tuple(Turn(float(start), float(end), str(voice)) for start, end, voice in data["turns"]),
            tuple(Turn(float(start), float(end), str(voice)) for start, end, voice in data["exclusive"]),
            {voice: tuple(vector) for voice, vector in data.get("embeddings", {}).items()},
            str(data.get("model", "")),
        )


@dataclass(frozen=True, slots=True)
class SpeakerBounds:
    """How many voices there may be; None leaves it to the engine.

    `expected` is how many people are known to be there: more voices than that need to differ more than others do.
    """

    minimum: int | None = None
    maximum: int | None = None
    expected: int | None = None


class Sound(Protocol):
    """A recording of which any stretch can be read (`stages.sound.SoundFile`): nobody holds more than a piece of it."""

    @property
    def duration_seconds(self) -> float: ...

    def read(self, start_seconds: float, end_seconds: float) -> FloatArray:
        """Samples of a stretch, 16 kHz mono float32; what lies outside the recording is left out."""
        ...

    def blocks(self) -> Iterator[FloatArray]:
        """The whole recording, a part at a time."""
        ...


class Diarizer(Protocol):
    """Tells voices apart. One instance lives in one process."""

    name: str

    def diarize(self, sound: Sound, bounds: SpeakerBounds, progress: Progress | None = None) -> Diarization:
        """Turns of a whole recording, read part by part. Raises EngineFailed."""
        ...


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What engines need to be made.

    Attributes:
        weights_directory: where `transcription.weights` assembles the offline weights.
        whisper_model: a CTranslate2 folder or an openai-whisper `.pt` chosen by the site; empty for the offline base.
        pyannote_model: a local pipeline folder or a hub name (needs the token); empty for the offline pipeline.
        threads: threads for each engine.
    """

    weights_directory: Path
    whisper_model: str = ""
    pyannote_model: str = ""
    pyannote_token: str = ""
    threads: int = 2


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
