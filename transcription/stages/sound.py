"""The normalised sound: a WAV of 16 kHz mono 16-bit goes in, any stretch of it comes out as float32."""

import math
import wave
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from transcription.engines.contract import SAMPLE_RATE, FloatArray
from transcription.faults import ArtifactDamaged

_BLOCK_SECONDS = 30


class SoundFile:
    """Random access to a normalised recording, as a context manager. Raises ArtifactDamaged for any other file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._wave = wave.open(str(self._path), "rb")
        except (wave.Error, EOFError, OSError) as error:
            raise ArtifactDamaged(stage="normalise") from error
        if (self._wave.getframerate(), self._wave.getnchannels(), self._wave.getsampwidth()) != (SAMPLE_RATE, 1, 2):
            self._wave.close()
            raise ArtifactDamaged(stage="normalise")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wave.close()

    @property
    def duration_seconds(self) -> float:
        return self._wave.getnframes() / SAMPLE_RATE

    def read(self, start_seconds: float, end_seconds: float) -> FloatArray:
        """Samples of a stretch; what lies outside the recording is left out."""
        first = min(max(0, round(start_seconds * SAMPLE_RATE)), self._wave.getnframes())
        last = min(max(first, round(end_seconds * SAMPLE_RATE)), self._wave.getnframes())
        self._wave.setpos(first)
        return _floats(self._wave.readframes(last - first))

    def blocks(self, start_seconds: float = 0.0, end_seconds: float = math.inf) -> Iterator[FloatArray]:
        """The whole recording or a stretch of it, half a minute at a time."""
        end = min(end_seconds, self.duration_seconds)
        while start_seconds < end:
            yield self.read(start_seconds, min(start_seconds + _BLOCK_SECONDS, end))
            start_seconds += _BLOCK_SECONDS


def _floats(content: bytes) -> FloatArray:
    return np.frombuffer(content, dtype="<i2").astype(np.float32) / 32768.0
