"""Decoding: what recordings are, what they are not, and what is said about it."""

from pathlib import Path

import numpy as np
import pytest

from tests.transcription import sounds
from transcription import faults, media


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.mp4", "aac", 44_100),
        ("a.m4a", "aac", 48_000),
        ("a.webm", "libopus", 48_000),
        ("a.mkv", "flac", 16_000),
        ("a.mp3", "libmp3lame", 44_100),
        ("a.ogg", "libopus", 48_000),
        ("a.flac", "flac", 8_000),
    ],
)
def test_every_kind_of_recording_becomes_the_same_sound(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    path = sounds.write_media(tmp_path / name, sounds.tone(2.0, rate=rate), codec, rate=rate)
    samples, truncated = media.decode(path)
    assert not truncated
    assert samples.dtype == np.float32
    assert len(samples) / media.SAMPLE_RATE == pytest.approx(2.0, abs=0.1)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.3 / np.sqrt(2), abs=0.03)


def test_48_khz_stereo_becomes_mono(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "stereo.wav", sounds.tone(1.0, rate=48_000), rate=48_000, channels=2)
    samples, _truncated = media.decode(path)
    assert len(samples) == pytest.approx(16_000, abs=200)
    assert media.probe(path).channels == 2


def test_names_are_never_trusted(tmp_path: Path) -> None:
    source = sounds.write_media(tmp_path / "a.flac", sounds.tone(1.0), "flac")
    odd = tmp_path / "Họp giao ban — “tuần 15” ổ:ghi hình.txt"
    source.rename(odd)
    assert media.probe(odd).codec == "flac"


NOT_MEDIA = ["Đây là biên bản.\n".encode() * 100, b"\x00" * 5000]


@pytest.mark.parametrize("content", NOT_MEDIA, ids=["text", "zeros"])
def test_what_is_not_media_is_refused_whatever_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cuộc họp.mp4"
    path.write_bytes(content)
    with pytest.raises(faults.NotMedia):
        media.decode(path)


def test_random_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rác.mp4"
    path.write_bytes(np.random.default_rng(7).bytes(200_000))
    with pytest.raises(faults.MediaFault):
        media.decode(path)


def test_a_play_list_cannot_make_us_open_other_files(tmp_path: Path) -> None:
    secret = sounds.write_media(tmp_path / "secret.flac", sounds.tone(1.0), "flac")
    path = tmp_path / "list.m3u8"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n", encoding="utf-8")
    with pytest.raises(faults.PlaylistRefused):
        media.decode(path)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.touch()
    with pytest.raises(faults.EmptyFile) as caught:
        media.probe(path)
    assert "0 byte" in caught.value.sentence()


def test_a_video_without_sound_is_another_fault_than_rubbish(tmp_path: Path) -> None:
    with pytest.raises(faults.NoAudioTrack):
        media.probe(sounds.write_silent_video(tmp_path / "v.mp4"))


def test_an_mp4_that_broke_off_before_its_index_says_so(tmp_path: Path) -> None:
    path = sounds.write_media(tmp_path / "a.mp4", sounds.tone(10.0, rate=44_100), "aac", rate=44_100)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(faults.IndexMissing) as caught:
        media.probe(path)
    assert "moov" in caught.value.sentence()
    assert not caught.value.fault.retryable


def test_a_file_that_breaks_off_yields_what_can_be_read(tmp_path: Path) -> None:
    path = sounds.write_media(tmp_path / "a.mp4", sounds.tone(20.0, rate=44_100), "aac", rate=44_100, faststart=True)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.6)])
    samples, truncated = media.decode(path)
    assert truncated
    assert 5.0 < len(samples) / media.SAMPLE_RATE < 16.0


def test_nan_samples_become_silence(tmp_path: Path) -> None:
    samples = sounds.tone(1.0)
    samples[100:200] = np.nan
    samples[300:310] = np.inf
    header = sounds.write_wav(tmp_path / "f.wav", sounds.silence(1.0)).read_bytes()[:44]
    # The same header as 32-bit float: format 3, four bytes a sample.
    riff = bytearray(header)
    riff[20:22] = (3).to_bytes(2, "little")
    riff[28:32] = (64_000).to_bytes(4, "little")
    riff[32:36] = (4).to_bytes(2, "little") + (32).to_bytes(2, "little")
    riff[40:44] = (samples.nbytes).to_bytes(4, "little")
    path = tmp_path / "nan.wav"
    path.write_bytes(bytes(riff) + samples.tobytes())
    decoded, _truncated = media.decode(path)
    assert np.isfinite(decoded).all()
    assert np.abs(decoded).max() <= 1.0


def test_a_missing_file_may_come_back(tmp_path: Path) -> None:
    with pytest.raises(faults.MediaUnreadable) as caught:
        media.probe(tmp_path / "không có.wav")
    assert caught.value.fault.retryable


def test_blocks_are_bounded(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "long.wav", sounds.tone(90.0))
    with media.SoundReader(path) as reader:
        longest = max(len(block) for block in reader.blocks())
    assert longest < 10 * media.SAMPLE_RATE


def test_too_long_is_refused_before_decoding(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "x.wav", sounds.silence(1.0))
    data = bytearray(path.read_bytes())
    data[40:44] = (2 * 16_000 * 7200).to_bytes(4, "little")
    path.write_bytes(data)
    with path.open("r+b") as stream:
        stream.truncate(44 + 2 * 16_000 * 7200)  # sparse: two hours that take no disk
    with pytest.raises(faults.TooLong) as caught:
        media.probe(path, media.Limits(longest_seconds=3600.0))
    assert "1 giờ" in caught.value.sentence()


@pytest.mark.parametrize(("hours", "fine"), [(12, True), (13, False)])
def test_a_recording_of_twelve_hours_is_taken_and_a_longer_one_refused_by_its_header(
    tmp_path: Path, hours: int, fine: bool
) -> None:
    path = sounds.write_wav(tmp_path / f"{hours} giờ.wav", sounds.tone(1.0))
    size = 2 * 16_000 * 3600 * hours
    with path.open("r+b") as stream:
        stream.seek(40)
        stream.write(size.to_bytes(4, "little"))
        stream.truncate(44 + size)  # sparse: hours that take no disk
    if fine:
        assert media.probe(path).declared_seconds == pytest.approx(hours * 3600)
    else:
        with pytest.raises(faults.TooLong) as caught:
            media.probe(path)
        assert "12" in caught.value.sentence()
