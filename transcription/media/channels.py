"""What was measured on each channel goes in, how the channels become one comes out. Pure rules on numbers.

A dead channel must not halve the living one, a channel of hum must not cover the voice beside it, and two channels of
opposite polarity must not cancel each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

FRAME_SAMPLES = 800  # 50 ms at 16 kHz
FLOOR_DB = -90.0
#: As in ITU-R BS.1770-5 §5 (without its filter): frames below the absolute gate count for nothing, nor do those this
#: far below the mean of the others.
ABSOLUTE_GATE_DB, RELATIVE_GATE_DB = -70.0, 10.0
#: The loudest hundredth of all frames is left out where there are enough of them.
LEAST_FRAMES, KNOCK_PART = 40, 100
#: Nothing but the converter's own noise.
SILENT_PEAK = 0.002
#: So much softer than the loudest channel: nothing of its own.
DEAD_BELOW_DB = 40.0
#: Speech rises and falls by this much at least; hum and hiss by less than that.
SPEECH_RANGE_DB, STEADY_RANGE_DB = 12.0, 6.0
OPPOSITE = -0.6
CLIPPED = 0.999
#: A float file whose full scale is not 1 but that of whole numbers.
WRONG_SCALE_PEAK = 4.0


@dataclass(slots=True)
class ChannelSurvey:
    """Sums over one recording, block by block; `add` takes (channels, samples) float32."""

    count: int
    samples: int = 0
    peaks: NDArray[np.float64] = field(init=False)
    sums: NDArray[np.float64] = field(init=False)
    products: NDArray[np.float64] = field(init=False)
    levels: list[FloatArray] = field(default_factory=list)
    _rest: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        self.peaks, self.sums = np.zeros(self.count), np.zeros(self.count)
        self.products = np.zeros((self.count, self.count))
        self._rest = np.zeros((self.count, 0), dtype=np.float32)

    def add(self, block: FloatArray) -> None:
        self.samples += block.shape[1]
        self.peaks = np.maximum(self.peaks, np.abs(block).max(axis=1, initial=0.0))
        self.sums += block.sum(axis=1, dtype=np.float64)
        self.products += block.astype(np.float64) @ block.T.astype(np.float64)
        line = np.concatenate([self._rest, block], axis=1)
        whole = line.shape[1] - line.shape[1] % FRAME_SAMPLES
        self.levels.append(frame_levels(line[:, :whole]))
        self._rest = line[:, whole:]

    def lines(self) -> FloatArray:
        """Level of each 50 ms: (channels, frames)."""
        return np.concatenate(self.levels, axis=1) if self.levels else np.zeros((self.count, 0), dtype=np.float32)

    def mix(self, names: Sequence[str] = ()) -> "Mix":
        """How these channels become one; `names` as the container calls them ("FL", "LFE")."""
        if self.samples == 0:
            return Mix((1.0 / self.count,) * self.count, (0.0,) * self.count)
        offsets = self.sums / self.samples
        scale = 1.0 / float(self.peaks.max()) if self.peaks.max() > WRONG_SCALE_PEAK else 1.0
        signs = self._living(self.lines(), scale, names) * self._polarity()
        living = int(np.count_nonzero(signs))
        return Mix(tuple(float(sign) * scale / living for sign in signs), tuple(map(float, offsets)))

    def _living(self, loud: FloatArray, scale: float, names: Sequence[str]) -> NDArray[np.float64]:
        """1 for channels that are heard, 0 for the others; never all 0."""
        heard = np.ones(self.count)
        for index in range(self.count):
            if index < len(names) and names[index].startswith("LFE"):
                heard[index] = 0.0
        levels = [gated_level(line) for line in loud]
        ranges = [level_range(line) for line in loud]
        speaks = max(ranges, default=0.0) >= SPEECH_RANGE_DB
        for index in range(self.count):
            dead = self.peaks[index] * scale < SILENT_PEAK or levels[index] < max(levels) - DEAD_BELOW_DB
            if dead or (speaks and ranges[index] < STEADY_RANGE_DB):
                heard[index] = 0.0
        return heard if heard.any() else np.ones(self.count)

    def _polarity(self) -> NDArray[np.float64]:
        """-1 for channels that are the mirror of the strongest one."""
        means = self.sums / self.samples
        covariance = self.products / self.samples - np.outer(means, means)
        power = np.diag(covariance)
        strongest = int(np.argmax(power))
        spread = np.sqrt(np.maximum(power * power[strongest], 1e-20))
        return np.where(covariance[strongest] / spread < OPPOSITE, -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Mix:
    """Weight of each channel (0: left out, negative: turned round) and the constant that is taken off it first."""

    weights: tuple[float, ...]
    offsets: tuple[float, ...]

    def apply(self, block: FloatArray) -> FloatArray:
        """(channels, samples) → samples."""
        weights = np.array(self.weights, dtype=np.float32)
        constant = float(np.dot(self.weights, self.offsets))
        return weights @ block - np.float32(constant)

    @property
    def left_out(self) -> int:
        return sum(weight == 0.0 for weight in self.weights)

    @property
    def turned(self) -> int:
        return sum(weight < 0.0 for weight in self.weights)


def frame_levels(block: FloatArray) -> FloatArray:
    """dB (full scale 0) of each 50 ms: (channels, samples) → (channels, frames); a rest is left out."""
    count = block.shape[1] // FRAME_SAMPLES
    frames = block[:, : count * FRAME_SAMPLES].reshape(block.shape[0], count, FRAME_SAMPLES)
    power = np.square(frames, dtype=np.float64).mean(axis=2)
    return np.maximum(10.0 * np.log10(power + 1e-12), FLOOR_DB).astype(np.float32)


def gated_level(levels: FloatArray) -> float:
    """The level of what is loud, pauses left out, in dB; a slammed door is not what is loud."""
    heard = np.sort(levels[levels > ABSOLUTE_GATE_DB])
    if not len(heard):
        return FLOOR_DB
    if len(heard) >= LEAST_FRAMES:
        heard = heard[: len(heard) - -(-len(heard) // KNOCK_PART)]
    gate = _mean_db(heard) - RELATIVE_GATE_DB
    return _mean_db(heard[heard > gate])


def level_range(levels: FloatArray) -> float:
    """How far the loud moments are above the soft ones, in dB."""
    if not len(levels):
        return 0.0
    return float(np.percentile(levels, 95) - np.percentile(levels, 10))


def _mean_db(levels: FloatArray) -> float:
    return float(10.0 * np.log10(np.mean(10.0 ** (levels.astype(np.float64) / 10.0))))
