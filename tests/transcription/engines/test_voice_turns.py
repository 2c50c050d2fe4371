"""From windows to turns, and a strange pipeline asked part by part: pure rules on made windows."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from transcription.engines import pyannote_parts as parts
from transcription.engines.contract import SpeakerBounds, Turn
from transcription.engines.pyannote_diarizer import told_apart
from transcription.engines.pyannote_turns import FRAME_SECONDS, build_turns
from transcription.engines.pyannote_windows import FRAMES, Heard, stretched, window_starts

FRAMES_OF_WINDOW = 589
SECOND = 1.0 / FRAME_SECONDS


def windows(seconds: float, spoken: list[tuple[float, float, int]]) -> tuple[list[float], NDArray[np.bool_]]:
    """Windows over made speech (from, until, local number)."""
    starts = window_starts(seconds)
    activity = np.zeros((len(starts), FRAMES_OF_WINDOW, 3), dtype=bool)
    for index, start in enumerate(starts):
        for begin, end, voice in spoken:
            first, last = ((max(0.0, at - start)) * SECOND for at in (begin, end))
            activity[index, round(first) : round(min(last, FRAMES_OF_WINDOW)), voice] = True
    return starts, activity


@pytest.mark.parametrize(("seconds", "count"), [(0.5, 1), (10.0, 1), (10.1, 2), (12.0, 2), (33.0, 13)])
def test_windows_cover_the_whole_recording(seconds: float, count: int) -> None:
    starts = window_starts(seconds)
    assert len(starts) == count
    assert starts[-1] + 10.0 >= seconds


def test_turns_are_where_the_windows_hear_somebody() -> None:
    starts, activity = windows(30.0, [(1.0, 8.0, 0), (9.0, 20.0, 1)])
    labels = np.array([[0, 1, -1]] * len(starts), dtype=np.int16)
    turns, exclusive = build_turns(activity, starts, labels, 2)
    assert [(round(t.start, 1), round(t.end, 1), t.voice) for t in turns] == [(1.0, 8.0, "0"), (9.0, 20.0, "1")]
    assert exclusive == turns


def test_both_are_kept_where_two_speak_at_once_but_only_one_exclusively() -> None:
    starts, activity = windows(20.0, [(1.0, 10.0, 0), (8.0, 15.0, 1)])
    labels = np.array([[0, 1, -1]] * len(starts), dtype=np.int16)
    turns, exclusive = build_turns(activity, starts, labels, 2)
    assert sum(turn.end - turn.start for turn in turns) == pytest.approx(16.0, abs=0.2)
    assert sum(turn.end - turn.start for turn in exclusive) == pytest.approx(14.0, abs=0.2)
    ordered = sorted(exclusive, key=lambda turn: turn.start)
    assert all(one.end <= other.start + 1e-6 for one, other in zip(ordered, ordered[1:], strict=False))


def test_most_windows_decide_who_it_is() -> None:
    starts, activity = windows(18.0, [(8.0, 10.0, 0)])
    labels = np.array([[0, -1, -1]] * len(starts), dtype=np.int16)
    labels[2, 0] = 1  # one window of five thinks it is somebody else
    turns, _exclusive = build_turns(activity, starts, labels, 2)
    assert {turn.voice for turn in turns} == {"0"}


def test_voices_are_numbered_as_they_are_heard_and_keep_their_prints() -> None:
    starts, activity = windows(40.0, [(1.0, 9.0, 0), (12.0, 20.0, 1), (22.0, 30.0, 0)])
    generator = np.random.default_rng(4)
    middles = generator.standard_normal((2, 16))
    prints = (middles[None, :, :] + 0.1 * generator.standard_normal((len(starts), 2, 16))).astype(np.float32)
    prints = np.concatenate([prints, np.zeros_like(prints[:, :1])], axis=1)
    known = np.array(activity.any(axis=1))
    found = told_apart(Heard(tuple(starts), activity, prints, known), SpeakerBounds(), "model")
    assert [turn.voice for turn in found.exclusive] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]
    assert list(found.embeddings) == ["SPEAKER_00", "SPEAKER_01"]
    assert found.model == "model"
    first = np.array(found.embeddings["SPEAKER_00"])
    assert float(first @ middles[0]) / float(np.linalg.norm(middles[0])) > 0.95


def test_a_recording_in_which_nobody_speaks_has_no_voices() -> None:
    starts, activity = windows(30.0, [])
    heard = Heard(tuple(starts), activity, np.zeros((len(starts), 3, 16), np.float32), np.array(activity.any(axis=1)))
    found = told_apart(heard, SpeakerBounds())
    assert (found.turns, found.exclusive, found.embeddings) == ((), (), {})


def test_masks_are_brought_to_the_frames_of_the_prints() -> None:
    activity = np.zeros((FRAMES_OF_WINDOW, 3), dtype=bool)
    activity[:295, 0] = True
    frames = stretched(activity)
    assert len(frames) == 10 * FRAMES
    assert frames[:, 0].sum() == pytest.approx(250, abs=2)


class Hum:
    """Two hours of sound with one soft moment in each part."""

    duration_seconds = 4000.0

    def read(self, start_seconds: float, end_seconds: float) -> NDArray[np.float32]:
        moments = np.arange(round(start_seconds * 16_000), round(end_seconds * 16_000)) / 16_000
        return np.where(np.abs(moments - 1780.0) < 0.4, 0.001, 0.1).astype(np.float32)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        yield self.read(0.0, 1.0)


def test_a_strange_pipeline_is_asked_in_parts_cut_at_a_pause() -> None:
    bounds = list(parts.part_bounds(Hum()))
    assert bounds[0][1] == pytest.approx(1780.0, abs=0.5)
    assert all(one[1] == other[0] for one, other in zip(bounds, bounds[1:], strict=False))
    assert (bounds[0][0], bounds[-1][1]) == (0.0, 4000.0)


def test_voices_of_two_parts_are_one_where_their_prints_are_alike() -> None:
    prints = np.eye(3, 8, dtype=np.float32)
    one = ([Turn(0, 9, "a"), Turn(10, 19, "b")], [Turn(0, 9, "a"), Turn(10, 19, "b")], {"a": prints[0], "b": prints[1]})
    other = (
        [Turn(20, 29, "a"), Turn(30, 39, "b")],
        [Turn(20, 29, "a"), Turn(30, 39, "b")],
        {"a": prints[1] + 0.2 * prints[2], "b": prints[2]},
    )
    found = parts.joined([one, other], SpeakerBounds(), "m")
    assert [turn.voice for turn in found.exclusive] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_01", "SPEAKER_02"]
    assert set(found.embeddings) == {"SPEAKER_00", "SPEAKER_01", "SPEAKER_02"}
    # Two voices of one part stay two, however few there may be.
    fewest = parts.joined([one, other], SpeakerBounds(None, 1), "m")
    assert len({turn.voice for turn in fewest.turns}) == 2
