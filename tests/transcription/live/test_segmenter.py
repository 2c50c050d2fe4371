"""Where an utterance begins and ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.engines.voice_activity import FRAME_SAMPLES, FRAME_SECONDS
from transcription.live import policy
from transcription.live.segmenter import Began, Ended, Event, Grew, Segmenter, pause_that_ends


def frames(count: int, level: float = 0.1) -> np.ndarray:
    return np.full((count, FRAME_SAMPLES), level, dtype=np.float32)


def run(segmenter: Segmenter, spoken: list[tuple[float, bool]], step: int = 4) -> list[Event]:
    """Seconds of speech or silence, fed a few frames at a time."""
    values = [float(speaks) for seconds, speaks in spoken for _ in range(round(seconds / FRAME_SECONDS))]
    events: list[Event] = []
    for first in range(0, len(values), step):
        part = np.array(values[first : first + step], dtype=np.float32)
        events += segmenter.feed(frames(len(part)), part)
    return events


def test_an_utterance_has_its_soft_beginning_and_ends_after_a_pause() -> None:
    events = run(Segmenter(), [(1.0, False), (2.0, True), (1.0, False)])
    began, *grew, ended = events
    assert isinstance(began, Began)
    assert isinstance(ended, Ended)
    assert all(isinstance(item, Grew) for item in grew)
    sound = len(began.samples) + sum(len(item.samples) for item in grew if isinstance(item, Grew))
    assert sound / 16_000 == pytest.approx(policy.LEAD_SECONDS + 2.0 + policy.LONG_PAUSE_SECONDS, abs=0.1)
    assert ended.seconds == pytest.approx(policy.LEAD_SECONDS + 2.0 + 0.2, abs=0.1)
    assert ended.rms == pytest.approx(0.1, abs=0.01)


def test_a_short_pause_does_not_end_a_short_utterance_but_a_long_one() -> None:
    assert sum(isinstance(item, Ended) for item in run(Segmenter(), [(2.0, True), (0.5, False), (2.0, True)])) == 0
    assert sum(isinstance(item, Ended) for item in run(Segmenter(), [(6.0, True), (0.5, False), (2.0, True)])) == 1
    assert sum(isinstance(item, Ended) for item in run(Segmenter(), [(11.0, True), (0.25, False), (2.0, True)])) == 1


def test_whoever_never_pauses_is_cut_and_nothing_is_lost() -> None:
    events = run(Segmenter(), [(40.0, True)])
    assert sum(isinstance(item, Ended) for item in events) == 2
    sound = sum(len(item.samples) for item in events if isinstance(item, Began | Grew))
    assert sound == round(40.0 / FRAME_SECONDS) * FRAME_SAMPLES


def test_a_click_is_no_speech() -> None:
    ended = run(Segmenter(), [(0.5, False), (0.1, True), (1.0, False)])[-1]
    assert isinstance(ended, Ended)
    assert not ended.is_speech


@given(st.lists(st.tuples(st.floats(0.05, 3.0), st.booleans()), min_size=1, max_size=20), st.integers(1, 40))
def test_events_come_in_order_whatever_is_said(spoken: list[tuple[float, bool]], step: int) -> None:
    is_open = False
    for event in run(Segmenter(), spoken, step):
        assert isinstance(event, Began) != is_open
        is_open = not isinstance(event, Ended)


@given(st.floats(0.0, 60.0), st.floats(0.0, 60.0))
def test_the_longer_it_has_lasted_the_shorter_the_pause(one: float, other: float) -> None:
    if one <= other:
        assert pause_that_ends(one) >= pause_that_ends(other)
