"""The decoding process: what it makes of strange files, and what becomes of it."""

import gzip
import os
import signal
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.transcription import sounds
from transcription import faults
from transcription.media import SAMPLE_RATE, Limits, SoundReader, decode
from transcription.stages.normalise import SoundFacts, normalise


def stereo(path: Path, left: NDArray[np.float32], right: NDArray[np.float32], rate: int = 16_000) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=rate)
        stream.layout = "stereo"
        both = np.clip(np.rint(np.stack([left, right]) * 32767), -32768, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(both.T.reshape(1, -1).copy(), format="s16", layout="stereo")
        frame.sample_rate = rate
        for piece in (frame, None):
            for packet in stream.encode(piece):
                container.mux(packet)
    return path


def stamped(path: Path, seconds: float, *, late: float = 0.0, drift: float = 0.0) -> Path:
    """A Matroska whose stamps begin late and run away from the samples; a picture stands at second 0."""
    samples = sounds.tone(seconds)
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=1)
        video.width, video.height, video.pix_fmt = 32, 32, "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), dtype=np.uint8), format="rgb24")
        audio = container.add_stream("pcm_s16le", rate=SAMPLE_RATE)
        audio.layout = "mono"
        for packet in [*video.encode(picture), *video.encode(None)]:
            container.mux(packet)
        for first in range(0, len(samples), 1600):
            part = np.rint(samples[first : first + 1600] * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = round((late * SAMPLE_RATE) + first * (1 + drift))
            for packet in audio.encode(frame):
                container.mux(packet)
    return path


def facts_of(path: Path, folder: Path) -> SoundFacts:
    return normalise(path, folder / "out.wav")


def test_a_gzip_is_refused_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "cuộc họp.wav"
    path.write_bytes(gzip.compress(sounds.write_wav(tmp_path / "a.wav", sounds.tone(1.0)).read_bytes(), mtime=0))
    with pytest.raises(faults.ArchiveRefused) as caught:
        decode(path)
    assert "giải nén" in caught.value.sentence()
    assert not caught.value.fault.retryable


def test_a_pipe_and_a_folder_are_no_recordings(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    for path in (tmp_path / "pipe.wav", tmp_path):
        with pytest.raises(faults.NotMedia):
            decode(path)


def test_sound_that_starts_late_stays_where_it_is(tmp_path: Path) -> None:
    facts = facts_of(stamped(tmp_path / "late.mkv", 3.0, late=5.0), tmp_path)
    assert facts.duration_seconds == pytest.approx(8.0, abs=0.1)
    assert facts.late_seconds == pytest.approx(5.0, abs=0.1)
    assert "late_start" in facts.notes


def test_a_sound_card_that_ran_slow_is_stretched_onto_its_stamps(tmp_path: Path) -> None:
    facts = facts_of(stamped(tmp_path / "drift.mkv", 360.0, drift=0.002), tmp_path)
    assert facts.drift_ppm == pytest.approx(2000, abs=100)
    assert facts.duration_seconds == pytest.approx(360.72, abs=0.1)
    assert "drift" in facts.notes


def test_a_dead_channel_and_a_mirrored_one(tmp_path: Path) -> None:
    tone, still = sounds.tone(2.0), sounds.silence(2.0)
    dead = facts_of(stereo(tmp_path / "dead.flac", tone, still), tmp_path)
    assert dead.peak == pytest.approx(0.3, abs=0.02)
    assert "channel_left_out" in dead.notes
    mirrored = facts_of(stereo(tmp_path / "mirror.flac", tone, -tone), tmp_path)
    assert mirrored.peak == pytest.approx(0.3, abs=0.02)
    assert "channel_turned" in mirrored.notes


def test_telephone_clipping_and_a_whisper_are_told(tmp_path: Path) -> None:
    narrow = sounds.write_wav(tmp_path / "8k.wav", np.clip(sounds.tone(2.0, rate=8_000, level=3.0), -1, 1), rate=8_000)
    facts = facts_of(narrow, tmp_path)
    assert {"telephone", "clipped"} <= set(facts.notes)
    assert facts.duration_seconds == pytest.approx(2.0, abs=0.02)
    # A door slams: the loudest sample says nothing of how loud the voice is.
    whisper = sounds.tone(4.0, level=0.005)
    whisper[1000:1010] = 0.9
    facts = facts_of(sounds.write_wav(tmp_path / "w.wav", whisper), tmp_path)
    assert facts.gain > 5
    assert "quiet" in facts.notes


def test_a_file_that_grows_is_read_as_it_was_when_it_was_opened(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "grows.wav", sounds.tone(60.0))
    with SoundReader(path) as reader:
        with path.open("ab") as stream:
            stream.write(bytes(2 * SAMPLE_RATE * 60))
        seconds = sum(len(block) for block in reader.blocks()) / SAMPLE_RATE
        assert seconds == pytest.approx(60.0, abs=0.1)
        assert reader.truncated
        assert reader.told["changed"]


def test_numbers_that_are_none_spoil_a_file_only_where_they_are_most_of_it(tmp_path: Path) -> None:
    for share, fine in ((0.2, True), (0.9, False)):
        samples = sounds.tone(2.0)
        samples[: int(len(samples) * share)] = np.nan
        with av.open(str(tmp_path / "nan.wav"), "w") as container:
            stream = container.add_stream("pcm_f32le", rate=16_000)
            stream.layout = "mono"
            frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
            frame.sample_rate = 16_000
            for piece in (frame, None):
                for packet in stream.encode(piece):
                    container.mux(packet)
        if fine:
            assert "not_numbers" in facts_of(tmp_path / "nan.wav", tmp_path).notes
        else:
            with pytest.raises(faults.DamagedMedia):
                decode(tmp_path / "nan.wav")


def test_another_rate_in_the_middle_of_a_file_is_followed(tmp_path: Path) -> None:
    parts = [
        sounds.write_media(tmp_path / f"{rate}.mp3", sounds.tone(2.0, rate=rate), "libmp3lame", rate=rate)
        for rate in (44_100, 22_050)
    ]
    path = tmp_path / "both.mp3"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    samples, _truncated = decode(path)
    assert len(samples) / SAMPLE_RATE == pytest.approx(4.0, abs=0.3)


def test_more_sound_than_a_job_takes_is_refused(tmp_path: Path) -> None:
    path = sounds.write_media(tmp_path / "a.mp3", sounds.tone(20.0, rate=44_100), "libmp3lame", rate=44_100)
    with pytest.raises(faults.TooLong):
        decode(path, Limits(longest_seconds=10.0))


def test_too_little_memory_ends_the_decoder_and_not_the_worker(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "a.wav", sounds.tone(60.0))
    with pytest.raises(faults.DecoderStopped):
        decode(path, Limits(memory_bytes=200_000))


@pytest.mark.parametrize(
    ("send", "fault"), [(signal.SIGKILL, faults.DecoderLost), (signal.SIGSEGV, faults.DecoderStopped)]
)
def test_an_ended_decoder_is_a_fault_with_a_reason(
    tmp_path: Path, send: signal.Signals, fault: type[faults.StageFault]
) -> None:
    path = sounds.write_wav(tmp_path / "a.wav", sounds.tone(400.0))
    with SoundReader(path) as reader:
        os.kill(reader._process.pid, send)
        with pytest.raises(fault) as caught:
            reader.finish()
    assert caught.value.fault.retryable == (send == signal.SIGKILL)
    assert caught.value.sentence()


def test_a_decoder_that_does_nothing_is_given_up(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "a.wav", sounds.tone(400.0))
    with SoundReader(path) as reader:
        os.kill(reader._process.pid, signal.SIGSTOP)
        reader._messages.wait_seconds = 0.3
        with pytest.raises(faults.DecoderStopped, match="stalled"):
            reader.finish()
    assert reader._process.returncode == -signal.SIGKILL
