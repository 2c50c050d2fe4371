"""Told times are moved onto the recording's clock where voices and endpoints change together; else left alone."""

import random

import pytest

from transcription.engines.contract import Turn
from transcription.speakers.recording_clock import align, fit_clock
from transcription.speakers.room import RoomEvidence, RoomInterval


def talk(seconds: float, seed: int = 1) -> list[Turn]:
    """Three voices taking turns of uneven length."""
    chance, at, turns = random.Random(seed), 0.0, []
    while at < seconds:
        length = chance.uniform(4.0, 30.0)
        turns.append(Turn(at, at + length, chance.choice("ABC")))
        at += length + chance.uniform(0.3, 1.5)
    return turns


def told(turns: list[Turn], offset: float, drift: float = 0.0) -> tuple[RoomInterval, ...]:
    return tuple(
        RoomInterval(f"E{t.voice}", *(max(0.0, (x - offset) / (1 + drift)) for x in (t.start, t.end))) for t in turns
    )


@pytest.mark.parametrize("offset", [-20.0, -0.3, 0.0, 2.5, 12.0])
def test_the_shift_is_found(offset: float) -> None:
    turns = talk(400)
    fit = fit_clock(told(turns, offset), turns, reach_seconds=25.0)
    assert fit.is_measured
    assert fit.offset_seconds == pytest.approx(offset, abs=0.15)


def test_it_is_found_among_wrong_endpoints_too() -> None:
    turns, chance = talk(400), random.Random(5)
    noisy = [
        RoomInterval("EA", i.start, i.end) if chance.random() < 0.1 else i
        for i in told(turns, -1.7)
    ]  # fmt: skip
    assert fit_clock(noisy, turns, reach_seconds=5.0).offset_seconds == pytest.approx(-1.7, abs=0.15)


def test_drift_of_a_long_recording_is_found() -> None:
    turns = talk(7200)
    fit = fit_clock(told(turns, 1.0, drift=200e-6), turns, reach_seconds=5.0)
    assert fit.drift * 1e6 == pytest.approx(200, abs=60)
    late = fit.moved(told(turns, 1.0, drift=200e-6)[-1])
    assert late.start == pytest.approx(turns[-1].start, abs=0.4)


def test_without_changes_nothing_is_moved() -> None:
    room = RoomEvidence(dominant=(RoomInterval("E", 0, 90),))
    same, fit = align(room, talk(90))
    assert same is room
    assert not fit.is_measured
    assert fit.offset_seconds == 0.0


def test_an_empty_room_is_left_alone() -> None:
    room, fit = align(RoomEvidence(), [])
    assert room == RoomEvidence()
    assert fit.changes == 0
