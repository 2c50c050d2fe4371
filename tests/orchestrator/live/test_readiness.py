"""The rules of checks and of the wall, at their exact limits."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.live.models import CheckResult
from orchestrator.live.presence import Interval
from orchestrator.live.readiness import (
    COUNTS_FOR,
    LEAST_DOWN_KBPS,
    LEAST_UP_KBPS,
    LONGEST_ROUND_TRIP_MS,
    Measured,
    judge,
    still_counts,
)
from orchestrator.live.wall import LastCheck, PlaceState, standing_of

GOOD, BAD, NOT = CheckResult.GOOD, CheckResult.BAD, CheckResult.NOT_TESTED
STARTS = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return STARTS + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("measured", "problems"),
    [
        (Measured(GOOD, GOOD, GOOD, LEAST_DOWN_KBPS, LEAST_UP_KBPS, LONGEST_ROUND_TRIP_MS), ()),
        (Measured(GOOD, GOOD, GOOD), ()),
        (Measured(BAD, GOOD, NOT), ("camera_bad", "speakers_not_tested")),
        (Measured(GOOD, BAD, GOOD, LEAST_DOWN_KBPS - 1, LEAST_UP_KBPS - 1), ("microphone_bad", "down_slow", "up_slow")),
        (Measured(GOOD, GOOD, GOOD, 0, 0, LONGEST_ROUND_TRIP_MS + 1), ("down_slow", "up_slow", "round_trip_long")),
        (
            Measured(NOT, NOT, NOT, browser_fits=False),
            ("browser_unfit", "camera_not_tested", "microphone_not_tested", "speakers_not_tested"),
        ),
    ],
)
def test_what_stands_against_an_endpoint(measured: Measured, problems: tuple[str, ...]) -> None:
    assert judge(measured) == problems


def test_a_check_counts_from_exactly_a_day_before() -> None:
    assert still_counts(STARTS - COUNTS_FOR, STARTS)
    assert not still_counts(STARTS - COUNTS_FOR - timedelta(seconds=1), STARTS)
    assert still_counts(at(5), STARTS)


READY, TROUBLED, OLD = LastCheck(at(-60)), LastCheck(at(-60), ("camera_bad",)), LastCheck(at(-60 * 25))


@pytest.mark.parametrize(
    ("intervals", "check", "now", "state"),
    [
        ([], None, -30, PlaceState.NOT_CHECKED),
        ([], READY, -30, PlaceState.READY),
        ([], TROUBLED, -30, PlaceState.PROBLEMS),
        ([], OLD, -30, PlaceState.NOT_CHECKED),
        ([(-10, None)], TROUBLED, -5, PlaceState.IN_ROOM),
        ([(-10, 5)], READY, 5, PlaceState.DROPPED),
        ([(-10, 5), (7, None)], READY, 6, PlaceState.DROPPED),
        ([(-10, 5), (7, None)], READY, 7, PlaceState.IN_ROOM),
        ([(10, None)], READY, 5, PlaceState.READY),
    ],
)
def test_the_wall_shows_the_most_urgent_thing(
    intervals: list[tuple[int, int | None]], check: LastCheck | None, now: int, state: PlaceState
) -> None:
    spans = [Interval(at(since), None if until is None else at(until)) for since, until in intervals]
    assert standing_of(spans, check, starts_at=STARTS, now=at(now), is_over=False).state is state


def test_nobody_is_dropped_from_a_meeting_that_is_over() -> None:
    gone = [Interval(at(0), at(60))]
    assert standing_of(gone, READY, starts_at=STARTS, now=at(70), is_over=True).state is PlaceState.READY
    told = standing_of(gone, READY, starts_at=STARTS, now=at(70), is_over=False)
    assert (told.state, told.since) == (PlaceState.DROPPED, at(60))


def test_an_old_check_says_so() -> None:
    told = standing_of([], OLD, starts_at=STARTS, now=at(-30), is_over=False)
    assert told.check_is_old
    assert told.since == OLD.at
