"""Stretches of a recording for the voice networks: every window once, kept whole, put together in order."""

from collections.abc import Iterator

import numpy as np
import pytest

from transcription.engines.contract import FloatArray, SpeechRegion
from transcription.engines.pyannote_windows import Heard, window_starts
from transcription.pipeline.diarisation import (
    Stretch,
    from_bytes,
    joined,
    plan_stretches,
    to_bytes,
    within,
)
from transcription.stages.detect_speech import SpeechMap

RATE = 16_000


class Ramp:
    """A sound in which each sample says where it is; remembers the longest part that was read at once."""

    def __init__(self, seconds: float) -> None:
        self.samples = np.arange(round(seconds * RATE), dtype=np.float32)
        self.longest = 0

    @property
    def duration_seconds(self) -> float:
        return len(self.samples) / RATE

    def read(self, start_seconds: float, end_seconds: float) -> FloatArray:
        part = self.samples[max(0, round(start_seconds * RATE)) : max(0, round(end_seconds * RATE))]
        self.longest = max(self.longest, len(part))
        return part

    def blocks(self) -> Iterator[FloatArray]:
        yield self.samples


def heard(sound: Stretch) -> Heard:
    """As the networks would: each window says where it begins in the recording."""
    starts = window_starts(sound.duration_seconds)
    first = [float(sound.read(start, start + 0.1)[0]) / RATE for start in starts]
    activity = np.array([[[int(second) % 2 == 0, True, False]] * 5 for second in first])
    prints = np.array([[[second, 1.0]] * 3 for second in first], dtype=np.float32)
    return Heard(tuple(starts), activity, prints, activity.any(axis=1))


@pytest.mark.parametrize("seconds", [4.0, 10.0, 11.0, 127.9, 128.0, 137.0, 139.0, 300.0, 777.7])
def test_stretches_have_every_window_of_the_recording_once(seconds: float) -> None:
    sound = Ramp(seconds)
    speech = SpeechMap(seconds, (SpeechRegion(0.5, seconds),))
    parts = []
    for planned in plan_stretches(sound, speech, "model"):
        begin = max(0.0, planned.piece.start - 8.0)
        end = min(seconds, planned.piece.end - 2.0 + 10.0 + 2.0)
        parts.append(within(heard(Stretch(sound, begin, end - begin)), begin, planned.piece.start, planned.piece.end))
    whole = joined(parts)
    assert list(whole.starts) == window_starts(seconds)
    assert whole.prints[:, 0, 0].tolist() == pytest.approx(window_starts(seconds))
    assert sound.longest <= 150 * RATE


def test_what_was_heard_survives_being_kept() -> None:
    sound = Ramp(40.0)
    before = heard(Stretch(sound, 0.0, 40.0))
    after = from_bytes(to_bytes(before))
    assert after.starts == before.starts
    assert np.array_equal(after.activity, before.activity)
    assert np.array_equal(after.prints, before.prints)
    assert np.array_equal(after.known, before.known)


def test_silence_is_a_stretch_as_well_and_costs_a_little() -> None:
    speech = SpeechMap(300.0, (SpeechRegion(10.0, 40.0),))
    planned = list(plan_stretches(Ramp(300.0), speech, "model"))
    assert [item.seconds for item in planned] == [30.0, 1.0, 1.0]
    assert len({item.fingerprint for item in planned}) == 3
