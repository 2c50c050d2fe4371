"""Sound goes in, log mel energies come out, as Kaldi computes them (0.97 emphasis, povey window, no dither).

Shape: (frames, 80), one frame of 25 ms every 10 ms, as the acoustic model of the Vietnamese recogniser was trained on.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription.engines.contract import SAMPLE_RATE, FloatArray

BANDS = 80
FRAME_SAMPLES = 400
STEP_SAMPLES = 160
_FFT = 512
_LOWEST_HZ = 20.0
_EMPHASIS = 0.97
_EPSILON = float(np.finfo(np.float32).eps)
#: Frames transformed at once: memory stays even for long stretches.
_BLOCK = 3_000


def features(samples: FloatArray) -> FloatArray:
    """Log mel energies of 16 kHz mono sound within ±1; sound shorter than a frame has none."""
    count = frame_count(len(samples))
    found = np.zeros((count, BANDS), dtype=np.float32)
    if not count:
        return found
    # Kaldi's models expect the range of 16-bit samples.
    frames = np.lib.stride_tricks.sliding_window_view(samples * np.float32(32768), FRAME_SAMPLES)[::STEP_SAMPLES]
    for start in range(0, count, _BLOCK):
        found[start : start + _BLOCK] = _log_mel(frames[start : start + _BLOCK])
    return found


def frame_count(sample_count: int) -> int:
    """Whole frames in so many samples."""
    return max(0, 1 + (sample_count - FRAME_SAMPLES) // STEP_SAMPLES)


def _log_mel(frames: NDArray[np.float32]) -> FloatArray:
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectrum = np.abs(np.fft.rfft((frames - _EMPHASIS * before) * _window(), _FFT)) ** 2
    energies = np.maximum(spectrum.astype(np.float32) @ _mel_bank(), _EPSILON)
    return np.log(energies).astype(np.float32)


@lru_cache(maxsize=1)
def _window() -> NDArray[np.float32]:
    angle = 2 * np.pi * np.arange(FRAME_SAMPLES) / (FRAME_SAMPLES - 1)
    return ((0.5 - 0.5 * np.cos(angle)) ** 0.85).astype(np.float32)


@lru_cache(maxsize=1)
def _mel_bank() -> NDArray[np.float32]:
    """(257, 80): triangles even on the mel scale."""
    edges = np.linspace(_mel(np.array(_LOWEST_HZ)), _mel(np.array(SAMPLE_RATE / 2)), BANDS + 2)
    bins = _mel(np.arange(_FFT // 2) * (SAMPLE_RATE / _FFT))[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    bank = np.maximum(0.0, np.minimum(rising, falling))
    return np.concatenate([bank, np.zeros((1, BANDS))]).astype(np.float32)


def _mel(hertz: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(1127.0 * np.log(1.0 + hertz / 700.0))
