"""Sound of one utterance goes in, the print of its voice comes out, to tell people behind one microphone apart.

The network takes a second and a gigabyte to load, so it is loaded when the first shared microphone speaks.
"""

import numpy as np

from transcription.engines.contract import SAMPLE_RATE, EngineSettings
from transcription.live.frames import Samples
from transcription.speakers.prints.embedding import SHORTEST_SECONDS, VoiceEmbedder


class Prints:
    """The network of the diarisation pipeline, once in a process."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._embedder: VoiceEmbedder | None = None

    def of(self, samples: Samples) -> tuple[str, tuple[float, ...]]:
        """(model, print); an empty print where the utterance is too short. Raises StageFault."""
        if len(samples) < SHORTEST_SECONDS * SAMPLE_RATE:
            return "", ()
        if self._embedder is None:
            self._embedder = VoiceEmbedder(self._settings)
        return self._embedder.model, self._embedder.embed([samples.astype(np.float32) / 32768.0])
