"""The Vietnamese recogniser and Whisper together, behind the same contract as each alone."""

from dataclasses import replace

from transcription.engines.contract import (
    SAMPLE_RATE,
    VIETNAMESE,
    Abilities,
    EngineSettings,
    FloatArray,
    Piece,
    Recognizer,
    Utterance,
    Vocabulary,
)
from transcription.engines.fusion import fuse_utterances
from transcription.engines.viet_asr import VietASR

NAME = "viet-asr+whisper"
#: As the second ear Whisper decodes greedily: a wider beam costs a third more and changes no word of the result.
SECOND_BEAM = 1


class Fused:
    """viet-asr for the words, faster-whisper for spelling and doubt."""

    name = NAME
    abilities = Abilities(
        languages=frozenset({VIETNAMESE}),
        word_times=True,
        confidence=True,
        punctuation=True,
        vocabulary=False,  # see `recognize`
        longest_piece_seconds=28.0,  # of Whisper's window
        context_seconds=VietASR.abilities.context_seconds,
    )

    def __init__(self, settings: EngineSettings) -> None:
        from transcription.engines.faster_whisper import FasterWhisper

        self._first: Recognizer = VietASR(settings)
        self._second: Recognizer = FasterWhisper(settings, beam=SECOND_BEAM)

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        del vocabulary  # not among its abilities
        none = Vocabulary()
        first = self._first.recognize(samples, piece, none)
        # Whisper is asked without the meeting's terms: as a hint they make it repeat a name over unclear sound, with
        # high confidence. The terms are applied to the fused words instead, where the sound supports them.
        own = samples[round(piece.lead * SAMPLE_RATE) :]
        second = self._second.recognize(own, replace(piece, lead=0.0), none)
        return fuse_utterances(first, second)

    def close(self) -> None:
        self._first.close()
        self._second.close()
