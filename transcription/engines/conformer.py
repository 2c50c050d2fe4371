"""Stretches of sound go in, for every 40 ms of each the log probability of every token comes out.

The graph is a streaming conformer with a CTC output: it sees 0.43 s at a time and remembers 1.6 s. Several stretches
go through it side by side, which costs little more than half as much as one after the other.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from transcription import faults, offline
from transcription.engines.conformer_weights import ConformerWeights
from transcription.engines.contract import SAMPLE_RATE, FloatArray
from transcription.engines.fbank import BANDS, STEP_SAMPLES, features

NAME = "viet-asr"
#: Frames of sound the graph takes at once, by how many it moves on, and how many outputs it gives for them.
CHUNK_FRAMES, STRIDE_FRAMES, CHUNK_OUTPUTS = 43, 40, 10
OUTPUT_SECONDS = STRIDE_FRAMES * STEP_SAMPLES / SAMPLE_RATE / CHUNK_OUTPUTS
#: Without silence after it the last word is lost.
TRAILING_SILENCE_SECONDS = 0.6
#: More at once cost more for each: the caches no longer fit the processor's memory.
SIDE_BY_SIDE = 8
_CACHES = {"att_cache": (12, 4, 40, 224), "cnn_cache": (12, 448, 30)}
#: A graphics card before the processor, where onnxruntime was built for one.
_PROVIDERS = ("CUDAExecutionProvider", "CPUExecutionProvider")


class Conformer:
    """The network, loaded once in a process; not for several threads at once."""

    def __init__(self, weights: ConformerWeights, *, threads: int = 1) -> None:
        offline.seal()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        there = set(onnxruntime.get_available_providers())
        providers = [name for name in _PROVIDERS if name in there]
        self._session: Any = onnxruntime.InferenceSession(weights.model, options, providers=providers)

    def listen(self, stretches: Sequence[FloatArray]) -> list[FloatArray]:
        """Natural logarithms of probabilities, (outputs, tokens) for each stretch, silence after its end included.

        Raises:
            EngineFailed: the graph could not be run.
        """
        order = sorted(range(len(stretches)), key=lambda index: len(stretches[index]), reverse=True)
        found: dict[int, FloatArray] = {}
        for first in range(0, len(order), SIDE_BY_SIDE):
            together = order[first : first + SIDE_BY_SIDE]
            heard = self._side_by_side([features(_with_silence(stretches[index])) for index in together])
            found.update(zip(together, heard, strict=True))
        return [found[index] for index in range(len(stretches))]

    def _side_by_side(self, sounds: Sequence[FloatArray]) -> list[FloatArray]:
        """Longest first: those that have ended drop off the end of the batch."""
        counts = [_chunks(len(sound)) for sound in sounds]
        caches = {name: np.zeros((len(sounds), *shape), np.float32) for name, shape in _CACHES.items()}
        heard: list[list[FloatArray]] = [[] for _ in sounds]
        for number in range(counts[0] if counts else 0):
            open_ones = sum(count > number for count in counts)
            chunk = np.stack([_cut(sound, number) for sound in sounds[:open_ones]])
            output, caches = self._run(chunk, number, {name: cache[:open_ones] for name, cache in caches.items()})
            for row in range(open_ones):
                heard[row].append(output[row])
        return [np.concatenate(parts) for parts in heard]

    def _run(
        self, chunk: FloatArray, number: int, caches: dict[str, FloatArray]
    ) -> tuple[FloatArray, dict[str, FloatArray]]:
        offset = np.full((len(chunk), 1), number * CHUNK_OUTPUTS, dtype=np.int64)
        try:
            output, attention, convolution = self._session.run(
                ["output", "r_att_cache", "r_cnn_cache"], {"chunk": chunk, "offset": offset, **caches}
            )
        except RuntimeError as error:
            raise faults.EngineFailed(name=NAME) from error
        return output, {"att_cache": attention, "cnn_cache": convolution}

    def stream(self) -> "ConformerStream":
        """Sound that is still being spoken."""
        return ConformerStream(self)

    def step(
        self, frames: FloatArray, number: int, caches: dict[str, FloatArray]
    ) -> tuple[FloatArray, dict[str, FloatArray]]:
        """One chunk of one stream."""
        output, caches = self._run(frames[None], number, caches)
        return output[0], caches


class ConformerStream:
    """One voice that is heard while it speaks: sound in, outputs as soon as a chunk is whole."""

    def __init__(self, network: Conformer) -> None:
        self._network = network
        self._rest = np.zeros(0, dtype=np.float32)
        self._number = 0
        self._caches = {name: np.zeros((1, *shape), np.float32) for name, shape in _CACHES.items()}

    def add(self, samples: FloatArray) -> Iterator[FloatArray]:
        """Outputs of every chunk that became whole, (10, tokens) each. Raises EngineFailed."""
        self._rest = np.concatenate([self._rest, samples])
        needed = (CHUNK_FRAMES - 1) * STEP_SAMPLES + 400
        while len(self._rest) >= needed:
            frames = features(self._rest[:needed])
            output, self._caches = self._network.step(frames, self._number, self._caches)
            self._rest = self._rest[STRIDE_FRAMES * STEP_SAMPLES :]
            self._number += 1
            yield output

    def finish(self) -> Iterator[FloatArray]:
        """Outputs for what is left, with the silence that brings out the last word."""
        yield from self.add(np.zeros(round((TRAILING_SILENCE_SECONDS + 0.4) * SAMPLE_RATE), dtype=np.float32))


def _with_silence(samples: FloatArray) -> FloatArray:
    silence = np.zeros(round(TRAILING_SILENCE_SECONDS * SAMPLE_RATE), dtype=np.float32)
    return np.concatenate([samples.astype(np.float32, copy=False), silence])


def _chunks(frame_total: int) -> int:
    return max(1, -(-(frame_total - (CHUNK_FRAMES - STRIDE_FRAMES)) // STRIDE_FRAMES))


def _cut(sound: FloatArray, number: int) -> FloatArray:
    part = sound[number * STRIDE_FRAMES : number * STRIDE_FRAMES + CHUNK_FRAMES]
    if len(part) == CHUNK_FRAMES:
        return part
    # Frames behind the end look like those of silence.
    return np.concatenate([part, np.full((CHUNK_FRAMES - len(part), BANDS), _SILENCE, dtype=np.float32)])


_SILENCE = float(np.log(np.finfo(np.float32).eps))
