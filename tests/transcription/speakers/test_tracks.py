"""Separate tracks: own speech is kept, what a microphone heard of the others is not; which channels are tracks."""

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.transcription import sounds
from transcription.engines.contract import SpeechRegion
from transcription.engines.voice_activity import VoiceActivity
from transcription.faults import StageFault
from transcription.speakers.tracks import FRAME_SECONDS, TrackSound, channels_are_tracks, loudness_of, track_turns
from transcription.stages.separate_tracks import TrackFile, turns_of_channels, turns_of_files

QUIET = -75.0


def syllables(seconds: float, level: float, seed: int) -> NDArray[np.float32]:
    """Loudness that rises and falls as speech does."""
    steps = np.random.default_rng(seed).uniform(-12, 0, round(seconds / 0.2))
    return (level + np.repeat(steps, round(0.2 / FRAME_SECONDS))).astype(np.float32)


def track(endpoint: str, *stretches: tuple[float, NDArray[np.float32]], seconds: float = 30.0) -> TrackSound:
    loudness = np.full(round(seconds / FRAME_SECONDS), QUIET, dtype=np.float32)
    regions = []
    for start, level in stretches:
        first = round(start / FRAME_SECONDS)
        loudness[first : first + len(level)] = np.maximum(loudness[first : first + len(level)], level)
        regions.append(SpeechRegion(start, start + len(level) * FRAME_SECONDS))
    return TrackSound(endpoint, loudness, tuple(regions))


def spoken(tracks: list[TrackSound]) -> dict[str, float]:
    found: dict[str, float] = {}
    for turn in track_turns(tracks):
        found[turn.endpoint] = found.get(turn.endpoint, 0.0) + turn.end - turn.start
    return found


def test_each_endpoint_has_its_own_turns() -> None:
    turns = track_turns([track("A", (1, syllables(5, -20, 1))), track("B", (10, syllables(4, -22, 2)))])
    assert [(t.endpoint, round(t.start), round(t.end)) for t in turns] == [("A", 1, 6), ("B", 10, 14)]


@pytest.mark.parametrize("softer", [6.0, 10.0, 20.0])
def test_an_echo_is_nobody(softer: float) -> None:
    speech = syllables(8, -20, 1)
    found = spoken([track("A", (2, speech)), track("B", (2.3, speech - softer))])
    assert found["A"] == pytest.approx(8, abs=0.6)
    assert found.get("B", 0.0) < 1.5


def test_people_who_speak_at_once_are_both_kept() -> None:
    found = spoken([track("A", (2, syllables(8, -20, 1))), track("B", (4, syllables(5, -24, 9)))])
    assert found["B"] > 3.5
    assert found["A"] > 6.0


def test_a_low_microphone_is_still_a_microphone() -> None:
    loud, low = syllables(8, -18, 1), syllables(6, -38, 5)
    found = spoken([track("A", (2, loud), (14, low - 25)), track("B", (14, low), (2.2, loud - 22))])
    assert found["B"] == pytest.approx(6, abs=0.8)
    assert found["A"] == pytest.approx(8, abs=0.8)


def test_no_tracks_and_one_track() -> None:
    assert track_turns([]) == ()
    assert spoken([track("A", (2, syllables(8, -20, 1)))]) == {"A": pytest.approx(8, abs=0.2)}


def test_separate_microphones_are_tracks_and_two_ears_are_not() -> None:
    one, other = track("A", (1, syllables(8, -20, 1))), track("B", (12, syllables(8, -20, 2)))
    assert channels_are_tracks([one.loudness, other.loudness])
    assert not channels_are_tracks([one.loudness, one.loudness])
    assert not channels_are_tracks([one.loudness, one.loudness - 3])
    assert not channels_are_tracks([one.loudness, np.full_like(one.loudness, QUIET)])
    assert not channels_are_tracks([one.loudness])
    assert not channels_are_tracks([np.full(400, QUIET, dtype=np.float32)] * 2)


def test_loudness_is_in_decibels() -> None:
    assert loudness_of(sounds.tone(1.0, level=1.0)) == pytest.approx(-3.0, abs=0.2)
    assert len(loudness_of(np.zeros(10, dtype=np.float32))) == 0


def stereo(path: Path, left: NDArray[np.float32], right: NDArray[np.float32]) -> Path:
    both = np.stack([left, right], axis=1)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(np.clip(np.rint(both * 32767), -32768, 32767).astype("<i2").tobytes())
    return path


@pytest.fixture(scope="module")
def activity() -> VoiceActivity:
    return VoiceActivity()


def test_channels_of_a_recording_become_turns(tmp_path: Path, activity: VoiceActivity) -> None:
    one, other = sounds.demo_stretch(1, 9), sounds.demo_stretch(20, 28)
    still = sounds.silence(8)
    path = stereo(tmp_path / "s.wav", np.concatenate([one, still]), np.concatenate([still, other]))
    turns = turns_of_channels(path, activity)
    assert {turn.endpoint for turn in turns} == {"kênh 1", "kênh 2"}
    assert all(turn.end < 8.6 for turn in turns if turn.endpoint == "kênh 1")
    assert all(turn.start > 7.9 for turn in turns if turn.endpoint == "kênh 2")


def test_two_ears_a_dead_channel_and_mono_are_no_tracks(tmp_path: Path, activity: VoiceActivity) -> None:
    sound = sounds.demo_stretch(1, 9)
    assert turns_of_channels(stereo(tmp_path / "a.wav", sound, sound * 0.8), activity) == ()
    assert turns_of_channels(stereo(tmp_path / "b.wav", sound, sound * 0), activity) == ()
    assert turns_of_channels(sounds.write_wav(tmp_path / "c.wav", sound), activity) == ()


def test_files_of_endpoints_are_moved_to_their_place(tmp_path: Path, activity: VoiceActivity) -> None:
    first = sounds.write_wav(tmp_path / "a.wav", sounds.demo_stretch(1, 9))
    second = sounds.write_wav(tmp_path / "b.wav", sounds.demo_stretch(20, 28))
    turns = turns_of_files([TrackFile("Bộ", first), TrackFile("Sở", second, 30.0)], activity)
    assert all(turn.start >= 29.9 for turn in turns if turn.endpoint == "Sở")
    assert {turn.endpoint for turn in turns} == {"Bộ", "Sở"}


def test_a_broken_track_is_told(tmp_path: Path, activity: VoiceActivity) -> None:
    broken = tmp_path / "x.wav"
    broken.write_bytes(b"not sound")
    with pytest.raises(StageFault):
        turns_of_files([TrackFile("A", broken)], activity)
