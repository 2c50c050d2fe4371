"""Where does anybody speak? Sound goes in block by block, one probability for each 32 ms comes out, then regions.

The network is silero VAD v6 from the faster-whisper wheel. It is fed in blocks so that six hours of sound never lie in
memory at once; the probabilities of six hours take 3 MB. Turning probabilities into regions is a pure rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from transcription import offline
from transcription.engines.contract import SAMPLE_RATE, FloatArray, SpeechRegion

FRAME_SAMPLES = 512
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE
_BLOCK_SAMPLES = FRAME_SAMPLES * 1875  # one minute
_FRAMES_OF_AN_HOUR = 1875 * 60


@dataclass(frozen=True, slots=True)
class VoiceActivityOptions:
    """Thresholds of the rule; seconds and probabilities.

    Attributes:
        enter: a frame above it starts a region.
        leave: frames below it, for `shortest_pause_seconds`, end it.
        shortest_speech_seconds: shorter regions are clicks and coughs.
        padding_seconds: added on both sides, since soft beginnings and ends stay below the threshold.
    """

    enter: float = 0.5
    leave: float = 0.35
    shortest_pause_seconds: float = 0.35
    shortest_speech_seconds: float = 0.2
    padding_seconds: float = 0.2


class VoiceActivity:
    """The network, loaded once."""

    name = "silero-vad-v6"

    def __init__(self) -> None:
        offline.seal()
        from faster_whisper.vad import get_vad_model

        self._model = get_vad_model()

    def probabilities(self, blocks: Iterable[FloatArray]) -> FloatArray:
        """One value 0..1 for each 512 samples of the joined blocks."""
        # One array that grows by doubling: small ones, kept after each block, could lie between the network's large
        # buffers and keep them from being used again.
        found, count = np.zeros(_FRAMES_OF_AN_HOUR, dtype=np.float32), 0
        for block in _even_blocks(blocks):
            frames = len(block) // FRAME_SAMPLES
            if count + frames > len(found):
                found = np.concatenate([found, np.zeros_like(found)])
            found[count : count + frames] = self._model(block).reshape(-1)
            count += frames
        return found[:count].copy()


def speech_regions(
    probabilities: FloatArray, duration_seconds: float, options: VoiceActivityOptions | None = None
) -> tuple[SpeechRegion, ...]:
    """Hysteresis over the probabilities, then padding without letting neighbours overlap."""
    options = options or VoiceActivityOptions()
    pause_frames = round(options.shortest_pause_seconds / FRAME_SECONDS)
    spans: list[tuple[int, int]] = []
    start: int | None = None
    quiet = 0
    for index, value in enumerate(probabilities):
        if start is None:
            if value >= options.enter:
                start, quiet = index, 0
        elif value >= options.leave:
            quiet = 0
        else:
            quiet += 1
            if quiet >= pause_frames:
                spans.append((start, index + 1 - quiet))
                start = None
    if start is not None:
        spans.append((start, len(probabilities) - quiet))
    seconds = [(first * FRAME_SECONDS, last * FRAME_SECONDS) for first, last in spans]
    kept = [(first, last) for first, last in seconds if last - first >= options.shortest_speech_seconds]
    return _padded(kept, duration_seconds, options.padding_seconds)


def _padded(spans: list[tuple[float, float]], duration: float, padding: float) -> tuple[SpeechRegion, ...]:
    regions: list[SpeechRegion] = []
    for index, (start, end) in enumerate(spans):
        before = spans[index - 1][1] if index else 0.0
        after = spans[index + 1][0] if index + 1 < len(spans) else duration
        first = max(start - padding, (before + start) / 2 if index else 0.0)
        last = min(end + padding, (end + after) / 2 if index + 1 < len(spans) else duration)
        regions.append(SpeechRegion(round(first, 3), round(min(last, duration), 3)))
    return tuple(regions)


def _even_blocks(blocks: Iterable[FloatArray]) -> Iterator[FloatArray]:
    """Join and cut blocks so that each but the last has the same length and all are whole frames."""
    rest = np.zeros(0, dtype=np.float32)
    for block in blocks:
        rest = np.concatenate([rest, block])
        while len(rest) >= _BLOCK_SAMPLES:
            yield rest[:_BLOCK_SAMPLES]
            rest = rest[_BLOCK_SAMPLES:]
    if len(rest):
        yield np.pad(rest, (0, -len(rest) % FRAME_SAMPLES))
