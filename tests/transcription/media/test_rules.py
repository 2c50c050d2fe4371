"""First bytes, channels and clocks: the rules on plain values."""

import gzip
import io
import tarfile
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcription import sounds
from transcription.media.channels import ChannelSurvey, gated_level, level_range
from transcription.media.clock import drift_of
from transcription.media.signatures import Kind, kind_of
from transcription.stages.normalise import gain_for


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.wav"), io.BytesIO())
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.wav", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (gzip.compress(b"x", mtime=0), Kind.ARCHIVE),
        (zipped(), Kind.ARCHIVE),
        (tar(), Kind.ARCHIVE),
        (b"Rar!\x1a\x07\x01\x00", Kind.ARCHIVE),
        (b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", Kind.PLAYLIST),
        (b"\xef\xbb\xbf#EXTM3U\n", Kind.PLAYLIST),
        (b"ffconcat version 1.0\nfile '/etc/passwd'\n", Kind.PLAYLIST),
        (b"[playlist]\nFile1=http://example.invalid/a.mp3\n", Kind.PLAYLIST),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', Kind.PLAYLIST),
        (b"http://example.invalid/a.mp3\n", Kind.PLAYLIST),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"fLaC\x00\x00\x00\x22", None),
        (b"", None),
        ("Đây là biên bản".encode(), None),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value),
)
def test_archives_and_play_lists_are_known_by_their_first_bytes(head: bytes, kind: Kind | None) -> None:
    assert kind_of(head) is kind


@given(st.binary(max_size=1024))
def test_no_first_bytes_are_too_strange(head: bytes) -> None:
    assert kind_of(head) in {None, *Kind}


SPEECH = np.concatenate([sounds.tone(1.0, level=0.3), sounds.tone(1.0, level=0.004)] * 3)
SILENCE = np.zeros_like(SPEECH)
HUM = sounds.tone(6.0, level=0.3, hertz=50.0)


def mixed(*lines: np.ndarray, names: tuple[str, ...] = ()) -> tuple[tuple[float, ...], float]:
    """(weights, loudest sample of the mix)."""
    block = np.stack(lines).astype(np.float32)
    survey = ChannelSurvey(len(lines))
    # In uneven pieces, as frames come.
    for first in range(0, block.shape[1], 7_777):
        survey.add(block[:, first : first + 7_777])
    mix = survey.mix(names)
    return mix.weights, float(np.abs(mix.apply(block)).max())


def test_both_sides_of_a_stereo_recording_count() -> None:
    assert mixed(SPEECH, SPEECH)[0] == (0.5, 0.5)
    assert mixed(SPEECH, SPEECH)[1] == pytest.approx(0.3, abs=0.01)


def test_a_dead_channel_does_not_halve_the_living_one() -> None:
    weights, peak = mixed(SPEECH, SILENCE)
    assert weights == (1.0, 0.0)
    assert peak == pytest.approx(0.3, abs=0.01)
    assert mixed(SPEECH, sounds.noise(6.0, level=0.0003))[0] == (1.0, 0.0)


def test_opposite_polarity_does_not_cancel() -> None:
    assert mixed(SPEECH, -SPEECH)[1] == pytest.approx(0.3, abs=0.01)


def test_hum_does_not_cover_the_voice_beside_it() -> None:
    assert mixed(HUM, SPEECH)[0] == (0.0, 1.0)
    # Without any voice nothing is left out: hum alone is what there is.
    assert mixed(HUM, HUM)[0] == (0.5, 0.5)


def test_the_channel_of_effects_is_left_out_and_never_all_channels() -> None:
    assert mixed(SPEECH, SPEECH, SPEECH, names=("FL", "FR", "LFE"))[0] == (0.5, 0.5, 0.0)
    assert mixed(SPEECH, names=("LFE",))[0] == (1.0,)
    assert mixed(SILENCE, SILENCE)[0] == (0.5, 0.5)


def test_a_constant_is_taken_off_and_a_wrong_scale_set_right() -> None:
    assert mixed(SPEECH + 0.4)[1] == pytest.approx(0.3, abs=0.02)
    assert mixed(SPEECH * 32768)[1] == pytest.approx(1.0, abs=0.01)


def test_levels_leave_pauses_out() -> None:
    levels = np.array([-20.0] * 10 + [-80.0] * 90, dtype=np.float32)
    assert gated_level(levels) == pytest.approx(-20.0, abs=0.1)
    assert gated_level(np.full(10, -90.0, dtype=np.float32)) == -90.0
    assert level_range(levels) > 50


@settings(deadline=None)
@given(st.floats(-90, 0), st.floats(0, 1))
def test_a_gain_never_lowers_and_never_raises_beyond_its_bound(level: float, peak: float) -> None:
    assert 1.0 <= gain_for(level, peak) <= 16.0


def stamps(drift: float, seconds: int = 1800, jitter: float = 0.0, hole_at: int = 0) -> list[tuple[float, float]]:
    chance = np.random.default_rng(5)
    return [
        (
            float(at),
            at * (1 + drift) + jitter * float(chance.standard_normal()) + (90.0 if hole_at and at > hole_at else 0),
        )
        for at in range(seconds)
    ]


@pytest.mark.parametrize("drift", [100e-6, -250e-6, 0.005])
def test_drift_is_measured_through_jitter_and_holes(drift: float) -> None:
    assert drift_of(stamps(drift, jitter=0.005)) == pytest.approx(drift, rel=0.1)
    assert drift_of(stamps(drift, jitter=0.005, hole_at=900)) == pytest.approx(drift, rel=0.15)


def test_what_is_no_drift_changes_nothing() -> None:
    assert drift_of(stamps(0.0, jitter=0.002)) == 0.0
    assert drift_of(stamps(100e-6, seconds=120)) == 0.0  # too short to matter
    assert drift_of(stamps(0.05)) == 0.0  # no card is that wrong
    assert drift_of(stamps(100e-6, jitter=0.2)) == 0.0  # no line
    assert drift_of([]) == 0.0
