"""What names of files say about the moment, and where that puts the parts of a meeting."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.recordings.naming import began_at, natural_key, placed

SEVEN = datetime(2026, 4, 8, 7, 0, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "GMT20260408-070003_Recording_1920x1080.mp4",
        "GMT20260408-070003_Recording.m4a",
        "hop-giao-ban-k3v9_2026-04-08-14-00-03.mp4",
        "2026-04-08 14.00.03 Họp giao ban 85212345678/audio_only.m4a",
        "REC_20260408_140003.wav",
        "Ghi âm 2026-04-08T14:00:03.m4a",
    ],
)
def test_the_moment_in_a_name_is_read(name: str) -> None:
    began = began_at(name)
    assert began is not None
    assert began.at == SEVEN
    assert began.clock == ("zoom" if name.startswith("GMT") else "recorder")


@pytest.mark.parametrize(
    "name",
    [
        "audio1234567890.m4a",
        "hop.mp4",
        "GMT20261399-070003_Recording.m4a",
        "2026-02-30-14-00-03.mp4",
        "",
        "20260408.mp4",
    ],
)
def test_a_name_without_a_moment_says_nothing(name: str) -> None:
    assert began_at(name) is None


@settings(deadline=None)
@given(st.text(max_size=120))
def test_no_name_is_too_strange(name: str) -> None:
    began = began_at(name)
    assert began is None or began.at.tzinfo is not None
    assert sorted([name, "a10", "a2"], key=natural_key)


def test_names_are_sorted_as_people_count() -> None:
    assert sorted(["phần 10.mp3", "phần 2.mp3", "Phần 1.mp3"], key=natural_key)[0] == "Phần 1.mp3"
    assert sorted(["phần 10.mp3", "phần 2.mp3"], key=natural_key)[-1] == "phần 10.mp3"


def stamped(*times: str) -> list[str]:
    return [f"hop_2026-04-08-{time}.mp4" for time in times]


def test_parts_lie_where_their_stamps_say() -> None:
    assert placed(stamped("14-00-00", "14-40-00"), [1800.0, 600.0]) == (0.0, 2400.0)
    assert placed(stamped("14-00-00", "14-40-00"), [None, None]) == (0.0, 2400.0)
    # An overlap of two recorders is kept.
    assert placed(stamped("14-00-00", "14-20-00"), [1800.0, 600.0]) == (0.0, 1200.0)


def test_what_cannot_be_is_put_right_behind() -> None:
    # A second of rounding is no overlap; a stamp before the first, another clock, another day is no place.
    assert placed(stamped("14-00-00", "14-29-59"), [1800.0, 600.0]) == (0.0, None)
    assert placed(stamped("14-00-00", "13-00-00"), [1800.0, 600.0]) == (0.0, None)
    assert placed([*stamped("14-00-00"), "GMT20260408-074000_Recording.m4a"], [60.0, 60.0]) == (0.0, None)
    assert placed(["hop_2026-04-08-14-00-00.mp4", "hop_2026-04-10-14-00-00.mp4"], [60.0, 60.0]) == (0.0, None)
    assert placed(["a.mp3", "b.mp3", "c.mp3"], [60.0, None, 1.0]) == (0.0, None, None)
