"""Sound and speech regions go in, utterances come out, piece by piece; a finished piece is never done again."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from transcription.engines.contract import Piece, Recognizer, Utterance, Vocabulary
from transcription.engines.registry import Choice
from transcription.stages.detect_speech import SpeechMap
from transcription.stages.pieces import cut_pieces
from transcription.stages.sound import SoundFile
from transcription.vocabulary.correction import correct

Progress = Callable[[float], None]

#: Part of every fingerprint: raise it when engines or fusion change their output.
VERSION = 1


class PieceShelf(Protocol):
    """Where finished pieces are kept between attempts."""

    def get(self, fingerprint: str) -> bytes | None:
        """What was put under this fingerprint, or None."""
        ...

    def put(self, fingerprint: str, content: bytes) -> None:
        """Keep a finished piece."""
        ...


class NoShelf:
    """Keeps nothing: one process, one run."""

    def get(self, fingerprint: str) -> bytes | None:
        del fingerprint
        return None

    def put(self, fingerprint: str, content: bytes) -> None:
        del fingerprint, content


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


def recognise(
    sound: SoundFile,
    speech: SpeechMap,
    engine: Recognizer,
    choice: Choice,
    vocabulary: Vocabulary,
    *,
    sound_sha256: str = "",
    shelf: PieceShelf | None = None,
    progress: Progress | None = None,
) -> Recognition:
    """Recognise every piece of the recording.

    Args:
        sound_sha256: names the sound in the fingerprints of finished pieces.
        shelf: where finished pieces are looked up and kept.
        progress: called with the share of speech that is done, 0..1.

    Raises:
        EngineFailed: a piece could not be recognised; the pieces before it are on the shelf.
    """
    keep = shelf or NoShelf()
    pieces = cut_pieces(speech.regions, engine.abilities.longest_piece_seconds)
    total = sum(piece.end - piece.start for piece in pieces) or 1.0
    done = 0.0
    utterances: list[Utterance] = []
    for piece in pieces:
        mark = fingerprint(piece, engine.name, vocabulary, sound_sha256)
        content = keep.get(mark)
        if content is None:
            found = engine.recognize(sound.read(piece.start, piece.end), piece, vocabulary)
            content = json.dumps([item.to_json() for item in found], ensure_ascii=False).encode()
            keep.put(mark, content)
        # Read back from the stored form in both cases: a broken run and an unbroken one give the same bytes.
        utterances += [Utterance.from_json(item) for item in json.loads(content)]
        done += piece.end - piece.start
        if progress:
            progress(done / total)
    corrected = (replace(item, words=correct(item.words, vocabulary.terms)) for item in utterances)
    return Recognition(engine.name, choice.reason, tuple(corrected))


def fingerprint(piece: Piece, engine: str, vocabulary: Vocabulary, sound_sha256: str) -> str:
    """What a piece's result depends on, as one hash."""
    value = [VERSION, sound_sha256, piece.to_json(), engine, list(vocabulary.terms)]
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
