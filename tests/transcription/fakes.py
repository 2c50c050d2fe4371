"""Stand-ins for engines: they answer at once and count how often they were asked."""

from transcription.document import Word
from transcription.engines.contract import (
    Abilities,
    Diarization,
    FloatArray,
    Piece,
    Progress,
    Quality,
    Sound,
    SpeakerBounds,
    Turn,
    Utterance,
    Vocabulary,
)


class FakeRecognizer:
    """Hears one word in each speech region, named after its piece."""

    name = "fake"
    abilities = Abilities(
        languages=frozenset({"vi"}),
        word_times=True,
        confidence=True,
        punctuation=True,
        vocabulary=False,
        longest_piece_seconds=5.0,
    )

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.break_at: int | None = None

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        if self.break_at is not None and len(self.asked) >= self.break_at:
            raise KeyboardInterrupt
        self.asked.append(piece.index)
        word = Word(piece.start, piece.end, f"đoạn{piece.index}", 0.9)
        return (Utterance(piece.start, piece.end, (word,), Quality(-0.2, 0.01, 1.0)),)

    def close(self) -> None:
        pass


class FakeDiarizer:
    """One voice for the whole recording."""

    name = "fake"

    def diarize(self, sound: Sound, bounds: SpeakerBounds, progress: Progress | None = None) -> Diarization:
        turns = (Turn(0.0, sound.duration_seconds, "V1"),)
        return Diarization(turns, turns, {"V1": (1.0,)}, "fake")
