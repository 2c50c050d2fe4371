"""A normalised recording goes in, what a drawing of it needs comes out: one loudness for each stretch of time."""

import wave
from pathlib import Path

import numpy as np

from transcription.engines.contract import SAMPLE_RATE
from transcription.faults import ArtifactDamaged

#: So many bytes stand for one second: two hours are 144,000.
PEAKS_PER_SECOND = 20
_SAMPLES = SAMPLE_RATE // PEAKS_PER_SECOND
_AT_ONCE = _SAMPLES * PEAKS_PER_SECOND * 60


def peaks_of(path: Path) -> bytes:
    """The highest amplitude of each twentieth of a second as one byte, 0 for silence, 255 for full scale.

    Raises ArtifactDamaged for anything but a WAV of 16 kHz, one channel, 16 bits.
    """
    parts = []
    try:
        with wave.open(str(path), "rb") as sound:
            if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) != (SAMPLE_RATE, 1, 2):
                raise ArtifactDamaged(stage="normalise")
            while content := sound.readframes(_AT_ONCE):
                parts.append(_highest(np.frombuffer(content[: len(content) // 2 * 2], dtype="<i2")))
    except (wave.Error, EOFError, OSError) as error:
        raise ArtifactDamaged(stage="normalise") from error
    return b"".join(parts)


def _highest(samples: "np.ndarray[tuple[int], np.dtype[np.int16]]") -> bytes:
    missing = -len(samples) % _SAMPLES
    rows = np.pad(samples, (0, missing)).reshape(-1, _SAMPLES)
    # In 32 bits: the lowest 16-bit number has no positive of its own.
    highest = np.maximum(rows.max(axis=1).astype(np.int32), -rows.min(axis=1).astype(np.int32))
    return bytes((highest >> 7).clip(0, 255).astype(np.uint8).tobytes())
