"""Several files become one sound, each at its place."""

from pathlib import Path

import numpy as np
import pytest

from tests.transcription import sounds
from transcription import faults
from transcription.stages.normalise import Part, SoundFacts, normalise, normalise_all, normalise_parts
from transcription.stages.sound import SoundFile


def tone(folder: Path, seconds: float, level: float = 0.3) -> Path:
    return sounds.write_wav(folder / f"{seconds}-{level}.wav", sounds.tone(seconds, level=level))


def loudness(path: Path, start: float, end: float) -> float:
    with SoundFile(path) as sound:
        return float(np.abs(sound.read(start, end)).max(initial=0.0))


def test_gaps_are_silent_overlaps_heard_once_and_quiet_parts_raised_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    parts = [
        Part(tone(tmp_path, 2.0), 0.0),
        Part(tone(tmp_path, 10.0, 0.005), 4.0),
        Part(tone(tmp_path, 6.0, 0.2), 10.0),  # four seconds before the one before it ends
        Part(tone(tmp_path, 1.0, 0.1)),
    ]
    shares: list[float] = []
    facts = normalise_parts(parts, out, shares.append)
    assert [part["offset_seconds"] for part in facts.parts] == [0.0, 4.0, 10.0, 16.0]
    assert facts.duration_seconds == pytest.approx(17.0, abs=0.01)
    assert loudness(out, 2.1, 3.9) == 0.0
    assert loudness(out, 0.1, 1.9) == pytest.approx(0.3, abs=0.01)
    assert loudness(out, 5.0, 9.0) == pytest.approx(0.071, abs=0.01)
    assert loudness(out, 14.2, 15.9) == pytest.approx(0.2, abs=0.01)
    assert shares == sorted(shares)
    assert SoundFacts.from_json(facts.to_json()) == facts


def test_a_second_of_rounding_cuts_no_word(tmp_path: Path) -> None:
    facts = normalise_parts([Part(tone(tmp_path, 5.0), 0.0), Part(tone(tmp_path, 2.0), 4.0)], tmp_path / "out.wav")
    assert facts.duration_seconds == pytest.approx(7.0, abs=0.01)


def test_one_part_is_the_file_itself(tmp_path: Path) -> None:
    source = tone(tmp_path, 2.0)
    assert normalise_all([Part(source)], tmp_path / "a.wav") == normalise(source, tmp_path / "b.wav")
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_a_broken_part_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "x.mp4"
    broken.write_bytes(b"\x00" * 5000)
    with pytest.raises(faults.NotMedia) as caught:
        normalise_parts([Part(tone(tmp_path, 1.0)), Part(broken)], tmp_path / "out.wav")
    assert caught.value.fault.params == {"part": 2}
