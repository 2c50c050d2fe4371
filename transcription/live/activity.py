"""Is anybody speaking right now? Sound of one track goes in bit by bit, one probability for each 32 ms comes out.

The network is the one of `engines.voice_activity` (silero VAD v6), which takes a whole recording; here its memory is
kept from one bit to the next. What is too quiet to be speech never reaches the network: a muted track costs nothing.
"""

from typing import Any, Protocol

import numpy as np

from transcription import offline
from transcription.engines.contract import FloatArray
from transcription.engines.voice_activity import FRAME_SAMPLES
from transcription.stages.detect_speech import SILENCE_RMS

_CONTEXT_SAMPLES = 64
_MEMORY_SHAPE = (1, 1, 128)


class Activity(Protocol):
    """One track's voice activity."""

    def probabilities(self, frames: FloatArray) -> FloatArray:
        """One value 0..1 for each row of (n, FRAME_SAMPLES), which follow what came before."""
        ...

    def forget(self) -> None:
        """What comes next has nothing to do with what came before."""
        ...


class VoiceNetwork:
    """The network, loaded once in a process, and tracks that share it."""

    def __init__(self) -> None:
        offline.seal()
        from faster_whisper.vad import get_vad_model

        self._session: Any = get_vad_model().session

    def track(self) -> "TrackActivity":
        """The activity of one more track."""
        return TrackActivity(self._session)


class TrackActivity:
    """One track at the shared network, with a memory of its own."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.forget()

    def forget(self) -> None:
        self._h = np.zeros(_MEMORY_SHAPE, dtype=np.float32)
        self._c = np.zeros(_MEMORY_SHAPE, dtype=np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, dtype=np.float32)
        self._fresh = True

    def probabilities(self, frames: FloatArray) -> FloatArray:
        if not len(frames):
            return np.zeros(0, dtype=np.float32)
        if float(np.sqrt(np.mean(np.square(frames), axis=1)).max()) < SILENCE_RMS:
            # Silence makes the network forget anyway; so it need not be told.
            if not self._fresh:
                self.forget()
            return np.zeros(len(frames), dtype=np.float32)
        self._fresh = False
        before = np.vstack([self._context, frames[:-1, -_CONTEXT_SAMPLES:]])
        told, self._h, self._c = self._session.run(
            None, {"input": np.hstack([before, frames]).astype(np.float32), "h": self._h, "c": self._c}
        )
        self._context = frames[-1, -_CONTEXT_SAMPLES:].copy()
        return np.asarray(told, dtype=np.float32).reshape(-1)


def in_frames(samples: FloatArray) -> FloatArray:
    """Whole frames as rows; the rest is the caller's to keep."""
    count = len(samples) // FRAME_SAMPLES
    return samples[: count * FRAME_SAMPLES].reshape(count, FRAME_SAMPLES)
