"""Sound with its voice activity goes in frame by frame, utterances come out as they begin, grow and end. Pure.

The recogniser's stream does not say where a sentence ends (SPEECH §5), so pauses do: a long one early, a short one once
the utterance has lasted, none at all when it has become as long as the recogniser can bear.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from transcription.engines.contract import SAMPLE_RATE, FloatArray
from transcription.engines.voice_activity import FRAME_SAMPLES, FRAME_SECONDS
from transcription.live import policy

ENTER, LEAVE = 0.5, 0.35
#: So much of the pause that ends an utterance still belongs to it: soft endings.
TAIL_SECONDS = 0.2


@dataclass(frozen=True)
class Began:
    """Somebody has begun to speak, with the sound so far; `ago_seconds` before the end of the frame just taken."""

    samples: FloatArray
    ago_seconds: float


@dataclass(frozen=True)
class Grew:
    """The utterance goes on."""

    samples: FloatArray


@dataclass(frozen=True)
class Ended:
    """It is over; of its sound the first `seconds` are speech, with this loudness. Not `is_speech`: it was a click."""

    seconds: float
    rms: float
    is_speech: bool = True


Event = Began | Grew | Ended


@dataclass
class Segmenter:
    """The state of one track between two bits of sound."""

    _lead: deque[FloatArray] = field(default_factory=lambda: deque(maxlen=round(policy.LEAD_SECONDS / FRAME_SECONDS)))
    _frames: int = 0
    _voiced: int = 0
    _quiet: int = 0
    _squares: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether somebody is speaking."""
        return self._frames > 0

    def feed(self, frames: FloatArray, probabilities: FloatArray) -> Iterator[Event]:
        """Take frames (n, FRAME_SAMPLES) with their probabilities; what happened, in order.

        Sound that goes on within one call comes out in one piece.
        """
        grown: list[FloatArray] = []
        for number, (frame, value) in enumerate(zip(frames, probabilities, strict=True), 1):
            if not self.is_open:
                self._lead.append(frame)
                if value >= ENTER:
                    yield self._begin((len(frames) - number) * FRAME_SECONDS)
                continue
            self._add(frame, value >= LEAVE)
            grown.append(frame)
            if self._is_over():
                yield Grew(np.concatenate(grown))
                grown = []
                yield self.end()
        if grown:
            yield Grew(np.concatenate(grown))

    def end(self) -> Ended:
        """Whoever speaks stops now; only while `is_open`."""
        seconds = (self._frames - self._quiet) * FRAME_SECONDS + min(self._quiet * FRAME_SECONDS, TAIL_SECONDS)
        rms = (self._squares / max(1, self._voiced * FRAME_SAMPLES)) ** 0.5
        is_speech = self._voiced * FRAME_SECONDS >= policy.SHORTEST_UTTERANCE_SECONDS
        self._frames = self._voiced = self._quiet = 0
        self._squares = 0.0
        return Ended(seconds, rms, is_speech)

    def _begin(self, ago_seconds: float) -> Began:
        samples = np.concatenate(self._lead)
        self._frames, self._voiced, self._quiet = len(self._lead), 1, 0
        self._squares = float(np.square(self._lead[-1]).sum())
        self._lead.clear()
        return Began(samples, ago_seconds + len(samples) / SAMPLE_RATE)

    def _add(self, frame: FloatArray, speaks: bool) -> None:
        self._frames += 1
        if speaks:
            self._voiced, self._quiet = self._voiced + 1, 0
            self._squares += float(np.square(frame).sum())
        else:
            self._quiet += 1

    def _is_over(self) -> bool:
        length = self._frames * FRAME_SECONDS
        return self._quiet * FRAME_SECONDS >= pause_that_ends(length) or length >= policy.LONGEST_UTTERANCE_SECONDS


def pause_that_ends(length_seconds: float) -> float:
    """How long nobody must speak for an utterance of this length to be over."""
    if length_seconds >= policy.LONGER_UTTERANCE_SECONDS:
        return policy.SHORT_PAUSE_SECONDS
    return policy.PAUSE_SECONDS if length_seconds >= policy.LONG_UTTERANCE_SECONDS else policy.LONG_PAUSE_SECONDS
