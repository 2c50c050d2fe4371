"""The measure of diarisation joins sounds to any length, part by part."""

import wave
from pathlib import Path

from benchmarks.voices import join
from tests.transcription import sounds


def test_sounds_are_joined_over_and_over_to_the_wanted_length(tmp_path: Path) -> None:
    one = sounds.write_wav(tmp_path / "one.wav", sounds.tone(2.0))
    other = sounds.write_wav(tmp_path / "other.wav", sounds.silence(1.0))
    with wave.open(str(join([one, other], 0.125, tmp_path / "long.wav"))) as joined:
        assert joined.getnframes() == round(7.5 * 16_000)
