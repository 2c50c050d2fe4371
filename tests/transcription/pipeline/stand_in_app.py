"""A Celery application whose engines are stand-ins that take their time without needing the processor.

With it the scaling benchmark shows the sharing itself on any machine, whatever else that does:
`python -m benchmarks.scaling kill --application tests.transcription.pipeline.stand_in_app:celery`. A piece takes as
long as `STAND_IN_PACE` says: seconds for each second of speech, 0.02 where nothing is set.
"""

import os
import time

import numpy as np

from core.settings import load_settings
from tests.transcription.fakes import FakeDiarizer, FakeRecognizer
from transcription.engines.contract import FloatArray, Piece, Progress, Sound, Utterance, Vocabulary
from transcription.engines.pyannote_windows import Heard, window_starts
from transcription.engines.registry import Choice
from transcription.pipeline import diarisation, recognition
from web.composition import build_runtime

PACE = float(os.environ.get("STAND_IN_PACE", "0.02"))


class PatientRecognizer(FakeRecognizer):
    """Sleeps as long as hearing would take; pieces as long as those of the real engine."""

    def __init__(self) -> None:
        super().__init__()
        self.abilities = type(self.abilities)(
            languages=self.abilities.languages,
            word_times=True,
            confidence=True,
            punctuation=True,
            vocabulary=False,
            longest_piece_seconds=28.0,
        )

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        time.sleep(PACE * len(samples) / 16_000)
        return super().recognize(samples, piece, vocabulary)


class PatientDiarizer(FakeDiarizer):
    """Two voices that take turns every half minute of a stretch."""

    model = "stand-in"

    def hear(self, sound: Sound, progress: Progress | None = None) -> Heard:
        time.sleep(PACE * sound.duration_seconds / 2)
        starts = window_starts(sound.duration_seconds)
        activity = np.zeros((len(starts), 50, 3), dtype=bool)
        prints = np.zeros((len(starts), 3, 4), dtype=np.float32)
        for index, start in enumerate(starts):
            voice = int(start // 30) % 2
            activity[index, :, voice] = True
            prints[index, voice, voice] = 1.0
        return Heard(tuple(starts), activity, prints, activity.any(axis=1))


_recognizer, _diarizer = PatientRecognizer(), PatientDiarizer()
recognition.recognizer = lambda *_: _recognizer  # type: ignore[assignment]
diarisation.diarizer = lambda *_: _diarizer  # type: ignore[assignment]
recognition.prepare_engines = diarisation.prepare_engines = lambda *_: None  # type: ignore[assignment]
recognition.registry.choose = lambda *_: Choice("fake", "thử nghiệm")

celery = build_runtime(load_settings()).celery
