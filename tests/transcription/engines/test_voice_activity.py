"""Probabilities of a long recording are gathered block by block; a stand-in for the network says what it was shown."""

import numpy as np
import pytest
from numpy.typing import NDArray

from transcription.engines import voice_activity
from transcription.engines.voice_activity import FRAME_SAMPLES, VoiceActivity


def first_of_each_frame(block: NDArray[np.float32]) -> NDArray[np.float32]:
    return block.reshape(-1, FRAME_SAMPLES)[:, :1]


@pytest.fixture
def activity(monkeypatch: pytest.MonkeyPatch) -> VoiceActivity:
    """Blocks of four frames, and room for three frames to begin with."""
    monkeypatch.setattr(voice_activity, "_BLOCK_SAMPLES", 4 * FRAME_SAMPLES)
    monkeypatch.setattr(voice_activity, "_FRAMES_OF_AN_HOUR", 3)
    made = VoiceActivity.__new__(VoiceActivity)
    made._model = first_of_each_frame
    return made


@pytest.mark.parametrize("frames", [0, 1, 3, 4, 5, 31])
def test_there_is_one_value_for_each_frame_in_order(activity: VoiceActivity, frames: int) -> None:
    samples = np.repeat(np.arange(frames, dtype=np.float32), FRAME_SAMPLES)
    # In uneven blocks, as a file is read.
    blocks = [samples[first : first + 700] for first in range(0, len(samples), 700)]
    found = activity.probabilities(blocks)
    assert found.dtype == np.float32
    assert found.tolist() == list(range(frames))


def test_a_last_frame_that_is_not_whole_counts(activity: VoiceActivity) -> None:
    assert len(activity.probabilities([np.ones(FRAME_SAMPLES + 1, dtype=np.float32)])) == 2
