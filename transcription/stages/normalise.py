"""Any recording goes in, a 16 kHz mono WAV of even loudness comes out, with facts about the original.

Times stay those of the original. Only quiet recordings are raised, by one gain for the whole: the original is kept, and
what is loud enough is left as it is.
"""

import wave
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from transcription.media import SAMPLE_RATE, FloatArray, SoundReader

Progress = Callable[[float], None]

#: Peaks below this are raised to TARGET_PEAK, but by no more than MOST_GAIN: beyond that there is only noise to raise.
QUIET_PEAK = 0.25
TARGET_PEAK = 0.7
MOST_GAIN = 16.0
#: Nothing but the converter's own noise.
SILENT_PEAK = 0.002


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What was found while decoding; seconds, and amplitudes between 0 and 1 before the gain."""

    duration_seconds: float
    is_truncated: bool
    peak: float
    rms: float
    clipped_share: float
    gain: float
    media: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "SoundFacts":
        return cls(**data)


def normalise(source: Path, target: Path, progress: Progress | None = None) -> SoundFacts:
    """Decode `source` into `target`, in bounded memory. Raises the media faults of SoundReader."""
    peak, squares, clipped, samples = 0.0, 0.0, 0, 0
    with SoundReader(source) as reader, wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        for block in reader.blocks():
            loudness = np.abs(block)
            peak = max(peak, float(loudness.max(initial=0.0)))
            squares += float(np.square(block, dtype=np.float64).sum())
            clipped += int((loudness >= 0.999).sum())
            samples += len(block)
            out.writeframes(_sixteen_bits(block))
            if progress and reader.info.declared_seconds:
                progress(min(0.95, reader.decoded_seconds / reader.info.declared_seconds))
        info, truncated, seconds = reader.info, reader.truncated, reader.decoded_seconds
    gain = _gain(peak)
    if gain > 1.0:
        _amplify(target, gain)
    rms = (squares / samples) ** 0.5 if samples else 0.0
    return SoundFacts(
        round(seconds, 3),
        truncated,
        round(peak, 5),
        round(rms, 6),
        round(clipped / max(1, samples), 6),
        round(gain, 3),
        info.to_json(),
    )


def _gain(peak: float) -> float:
    if peak < SILENT_PEAK or peak >= QUIET_PEAK:
        return 1.0
    return min(MOST_GAIN, TARGET_PEAK / peak)


def _sixteen_bits(block: FloatArray) -> bytes:
    return np.clip(np.rint(block * 32767.0), -32768, 32767).astype("<i2").tobytes()


def _amplify(path: Path, gain: float) -> None:
    """Multiply the samples of a WAV in place; the header of 44 bytes stays."""
    samples = np.memmap(path, dtype="<i2", mode="r+", offset=44)
    for start in range(0, len(samples), SAMPLE_RATE * 60):
        part = samples[start : start + SAMPLE_RATE * 60]
        part[:] = np.clip(np.rint(part.astype(np.float32) * gain), -32768, 32767).astype("<i2")
    samples.flush()
