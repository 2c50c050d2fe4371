"""Sound and speech regions go in, utterances come out, piece by piece.

Three steps that need not happen in one process: `plan_pieces` says what there is to hear, `hear` hears one piece,
`gather` puts the pieces together. `recognise` does all three in a row. Whoever heard a piece, the bytes are the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from transcription.engines.contract import Abilities, FloatArray, Piece, Recognizer, Utterance, Vocabulary
from transcription.engines.registry import Choice
from transcription.faults import ArtifactDamaged
from transcription.stages.detect_speech import SpeechMap
from transcription.stages.pieces import cut_pieces
from transcription.stages.sound import SoundFile
from transcription.vocabulary.put_right import put_right

Progress = Callable[[float], None]

#: Part of every fingerprint: raise it when engines or fusion change their output.
VERSION = 3


@dataclass(frozen=True, slots=True)
class PlannedPiece:
    """A piece that is to be heard.

    Attributes:
        sound_sha256: of the samples handed to the engine: nobody has to read the whole recording to trust a part of it.
        fingerprint: everything the result depends on, as one hash; pieces that share it have the same result.
        seconds: of speech in it; pauses do not count.
    """

    piece: Piece
    sound_sha256: str
    fingerprint: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """All utterances of a recording, who heard them, and why that engine was taken."""

    engine: str
    reason: str
    utterances: tuple[Utterance, ...]

    def to_json(self) -> dict[str, Any]:
        return {"engine": self.engine, "reason": self.reason, "utterances": [u.to_json() for u in self.utterances]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Recognition":
        return cls(data["engine"], data["reason"], tuple(Utterance.from_json(item) for item in data["utterances"]))


def plan_pieces(
    sound: SoundFile, speech: SpeechMap, engine: str, abilities: Abilities, vocabulary: Vocabulary
) -> Iterator[PlannedPiece]:
    """What there is to hear, in the order of the recording; one piece of sound is held at a time.

    Args:
        engine: name of the engine and of whatever else its results depend on (the model a site has configured).
    """
    terms = usable_terms(abilities, vocabulary)
    for piece in cut_pieces(speech.regions, abilities.longest_piece_seconds):
        _piece, samples = _with_lead(sound, piece, abilities)
        sound_sha256 = sound_hash(samples)
        seconds = sum(region.duration_seconds for region in piece.regions)
        yield PlannedPiece(piece, sound_sha256, fingerprint(piece, engine, terms, sound_sha256), seconds)


def hear(sound: SoundFile, planned: PlannedPiece, engine: Recognizer, vocabulary: Vocabulary) -> bytes:
    """The words of one piece, in the form in which they are kept.

    Raises:
        EngineFailed: the engine broke down.
        ArtifactDamaged: the sound is no longer what was planned.
    """
    piece, samples = _with_lead(sound, planned.piece, engine.abilities)
    if sound_hash(samples) != planned.sound_sha256:
        raise ArtifactDamaged(stage="normalise")
    found = engine.recognize(samples, piece, usable_terms(engine.abilities, vocabulary))
    return json.dumps([item.to_json() for item in found], ensure_ascii=False).encode()


def _with_lead(sound: SoundFile, piece: Piece, abilities: Abilities) -> tuple[Piece, FloatArray]:
    """The piece with as much sound before it as the engine wants and the recording has."""
    lead = round(min(abilities.context_seconds, piece.start), 3)
    return replace(piece, lead=lead), sound.read(piece.start - lead, piece.end)


def gather(engine: str, reason: str, contents: Iterable[bytes], vocabulary: Vocabulary) -> Recognition:
    """Kept pieces in the order of the recording → the recognition, with the vocabulary applied to its words."""
    utterances = (Utterance.from_json(item) for content in contents for item in json.loads(content))
    return Recognition(engine, reason, tuple(put_right(item, vocabulary.terms) for item in utterances))


def recognise(
    sound: SoundFile,
    speech: SpeechMap,
    engine: Recognizer,
    choice: Choice,
    vocabulary: Vocabulary,
    *,
    progress: Progress | None = None,
) -> Recognition:
    """Recognise every piece of the recording in this process.

    Args:
        progress: called with the share of speech that is done, 0..1.

    Raises:
        EngineFailed: a piece could not be recognised.
    """
    planned = list(plan_pieces(sound, speech, engine.name, engine.abilities, vocabulary))
    total = sum(item.seconds for item in planned) or 1.0
    done = 0.0
    contents: list[bytes] = []
    for item in planned:
        contents.append(hear(sound, item, engine, vocabulary))
        done += item.seconds
        if progress:
            progress(done / total)
    return gather(engine.name, choice.reason, contents, vocabulary)


def usable_terms(abilities: Abilities, vocabulary: Vocabulary) -> Vocabulary:
    """What the engine is told of the vocabulary: nothing, if it could do nothing with it.

    Then the pieces do not depend on it either, and other terms are applied to words that were heard long ago.
    """
    return vocabulary if abilities.vocabulary else Vocabulary()


def fingerprint(piece: Piece, engine: str, vocabulary: Vocabulary, sound_sha256: str) -> str:
    """What a piece's result depends on, as one hash."""
    value = [VERSION, sound_sha256, piece.to_json(), engine, list(vocabulary.terms)]
    return _sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def sound_hash(samples: FloatArray) -> str:
    """Of these very samples."""
    return _sha256(samples.tobytes())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
