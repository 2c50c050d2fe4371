"""When samples without a time of their own were spoken."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MOMENT
from transcription.live.track_clock import AHEAD, PAUSE, TrackClock

RATE = 16_000


def later(seconds: float) -> datetime:
    return MOMENT + timedelta(seconds=seconds)


def test_time_runs_by_the_samples_whenever_they_arrive() -> None:
    clock = TrackClock(RATE)
    first, paused = clock.arrived(RATE, later(1.0))
    assert (first, paused) == (MOMENT, True)
    # Late by 0.8 s, then early: the words stand where they were spoken.
    assert clock.arrived(RATE, later(2.8)) == (later(1.0), False)
    assert clock.arrived(RATE, later(3.1)) == (later(2.0), False)


def test_a_pause_begins_time_anew() -> None:
    clock = TrackClock(RATE)
    clock.arrived(RATE, later(1.0))
    assert clock.arrived(RATE, later(10.0)) == (later(9.0), True)


def test_a_stall_that_is_made_good_is_no_pause() -> None:
    clock = TrackClock(RATE)
    clock.arrived(RATE, later(1.0))
    # Three seconds of sound at once after three seconds without any.
    first, paused = clock.arrived(3 * RATE, later(4.0))
    assert (first, paused) == (later(1.0), False)


@given(st.lists(st.floats(0.0, 3.0), min_size=1, max_size=60))
def test_time_never_runs_far_ahead_of_the_wall(gaps: list[float]) -> None:
    """Frames of 0.1 s at any moments: what came never lies in the past by more than a pause, nor far in the future."""
    clock = TrackClock(RATE)
    at = 0.0
    for number, gap in enumerate(gaps, 1):
        at += gap
        clock.arrived(RATE // 10, later(at))
        assert clock.now is not None
        assert clock.now <= later(at) + AHEAD + timedelta(seconds=0.1 * number)
        assert clock.now >= later(at) - PAUSE - timedelta(seconds=0.1)
