"""Remaining time: nothing before something was measured, never frozen while work stands still."""

from datetime import UTC, datetime, timedelta

import pytest

from transcription.pipeline import states
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.pace import Pace, StageTime, after_piece, remaining_seconds

NOW = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def waiting(stage: Stage) -> StageTime:
    return StageTime(stage, states.WAITING, 0.0, None, None)


def done(stage: Stage, seconds: float) -> StageTime:
    return StageTime(stage, states.DONE, 1.0, at(-seconds), NOW)


def times(*known: StageTime) -> list[StageTime]:
    by_stage = {item.stage: item for item in known}
    return [by_stage.get(stage, waiting(stage)) for stage in PLAN]


def test_nothing_is_promised_before_something_was_measured() -> None:
    assert remaining_seconds(times(), NOW) is None
    assert remaining_seconds(times(done(Stage.INGEST, 1), done(Stage.VERIFY, 1)), NOW) is None


def test_the_time_falls_evenly_with_even_pieces() -> None:
    pace = None
    for number in range(1, 21):
        pace = after_piece(pace, at(0), 28.0, at(7.0 * number))
    assert pace is not None
    assert pace.remaining_seconds(280.0, at(140)) == pytest.approx(70.0)


def test_a_second_worker_shows_after_some_pieces() -> None:
    pace = Pace(28.0, 8.0, at(0))
    for number in range(1, 16):
        pace = after_piece(pace, at(0), 28.0, at(4.0 * number))
    assert pace.wall == pytest.approx(4.0, abs=0.5)


def test_work_that_stands_still_is_not_said_to_go_on() -> None:
    pace = Pace(28.0, 7.0, at(0))
    assert pace.remaining_seconds(280.0, at(5)) == pytest.approx(70.0)
    assert pace.remaining_seconds(280.0, at(70)) == pytest.approx(700.0)


def test_a_pace_survives_being_written_down() -> None:
    pace = Pace(28.123, 7.5, at(3))
    assert Pace.from_json(pace.to_json()) == pace


def test_stages_side_by_side_count_once_and_what_follows_is_added() -> None:
    before = [done(stage, 1.0) for stage in (Stage.INGEST, Stage.VERIFY, Stage.NORMALISE, Stage.DETECT_SPEECH)]
    pace = Pace(28.0, 7.0, NOW)
    recognise = StageTime(Stage.RECOGNISE, states.RUNNING, 0.5, at(-100), None, pace, 800.0)
    diarise = StageTime(Stage.DIARISE, states.RUNNING, 0.5, at(-40), None)
    found = remaining_seconds(times(*before, recognise, diarise), NOW)
    assert found is not None
    # A hundred seconds for the slower of the two, then three light stages.
    assert 100.0 < found < 130.0


def test_a_stage_that_has_not_begun_takes_its_usual_share() -> None:
    before = [done(stage, 1.0) for stage in (Stage.INGEST, Stage.VERIFY, Stage.NORMALISE, Stage.DETECT_SPEECH)]
    recognise = done(Stage.RECOGNISE, 520.0)
    found = remaining_seconds(times(*before, recognise), NOW)
    assert found is not None
    assert 250.0 < found < 450.0


def test_nothing_is_left_of_a_finished_job() -> None:
    assert remaining_seconds(times(*(done(stage, 5.0) for stage in PLAN)), NOW) == 0.0
