"""One message of the conference: what is read, and what is refused as none of ours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.live.frames import HEADER_BYTES, MOST_SECONDS, FrameInvalid, read_frame, write_frame


def header(text: str) -> bytes:
    return text.encode().ljust(HEADER_BYTES, b"\x00")


def test_a_frame_is_read_as_it_was_written() -> None:
    samples = np.array([0, 1, -1, 32767, -32768], dtype=np.int16)
    frame = read_frame(write_frame("a1b2c3d4", "vi-VN", samples))
    assert (frame.track, frame.language) == ("a1b2c3d4", "vi-VN")
    assert frame.samples.tolist() == samples.tolist()


def test_an_older_sender_names_the_whole_address() -> None:
    assert read_frame(header("hop@conference.meet.vn/a1b2c3d4|vi") + b"\x00\x00").track == "a1b2c3d4"


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00" * 59, id="short"),
        pytest.param(header("khong-co-gach"), id="no-language"),
        pytest.param(header("|vi"), id="no-track"),
        pytest.param(header("a\x07b|vi"), id="control-letter"),
        pytest.param(b"\xff\xfe" + b"\x00" * 58, id="no-text"),
        pytest.param(header("a|vi") + b"\x00", id="half-a-sample"),
        pytest.param(header("a|vi") + b"\x00" * (MOST_SECONDS * 32_000 + 2), id="too-much"),
    ],
)
def test_what_is_no_frame_is_refused(message: bytes) -> None:
    with pytest.raises(FrameInvalid):
        read_frame(message)


def test_a_header_without_sound_is_a_frame_of_nothing() -> None:
    assert len(read_frame(header("a1b2c3d4|vi")).samples) == 0


def test_a_track_too_long_for_its_header_cannot_be_written() -> None:
    with pytest.raises(FrameInvalid):
        write_frame("a" * 60, "vi", np.zeros(1, dtype=np.int16))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(message: bytes) -> None:
    try:
        frame = read_frame(message)
    except FrameInvalid:
        return
    assert frame.track
    assert len(frame.samples) == (len(message) - HEADER_BYTES) // 2
