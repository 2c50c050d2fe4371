"""Regions of speech that are only hum are left out, and what the look costs does not grow with the region."""

import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from tests.transcription import sounds
from transcription.engines.contract import FloatArray
from transcription.engines.voice_activity import FRAME_SAMPLES, VoiceActivity
from transcription.stages.detect_speech import detect_speech
from transcription.stages.sound import SoundFile

MEBI = 2**20


class AlwaysSpeech(VoiceActivity):
    """Stands for the network over music or a fan: one region from the beginning to the end."""

    def __init__(self) -> None:
        pass

    def probabilities(self, blocks: Iterable[FloatArray]) -> FloatArray:
        return np.ones(sum(len(block) for block in blocks) // FRAME_SAMPLES, dtype=np.float32)


@pytest.mark.parametrize(("level", "regions"), [(0.0005, 0), (0.05, 1)])
def test_hum_is_left_out_and_speech_stays(tmp_path: Path, level: float, regions: int) -> None:
    with SoundFile(sounds.write_wav(tmp_path / "x.wav", sounds.tone(65.0, level=level))) as sound:
        assert len(detect_speech(sound, AlwaysSpeech()).regions) == regions


def test_loudness_counts_over_the_whole_region(tmp_path: Path) -> None:
    """A minute of stillness before a voice does not hide it."""
    samples = np.concatenate([sounds.silence(62.0), sounds.tone(3.0, level=0.2)])
    with SoundFile(sounds.write_wav(tmp_path / "x.wav", samples)) as sound:
        assert len(detect_speech(sound, AlwaysSpeech()).regions) == 1


def test_a_region_of_any_length_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "x.wav", sounds.tone(600.0, level=0.05))
    tracemalloc.start()
    try:
        with SoundFile(path) as sound:
            detect_speech(sound, AlwaysSpeech())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 18 * MEBI
    assert peak < 8 * MEBI
