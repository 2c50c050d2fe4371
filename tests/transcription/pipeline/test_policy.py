"""When a worker is lost, when to send again, when to give up: the edges of each rule."""

from datetime import UTC, datetime, timedelta

from core.queue import VISIBILITY_TIMEOUT_SECONDS
from transcription.pipeline import policy
from transcription.pipeline.graph import PLAN, Stage, followers
from transcription.tasks import run_piece, run_stage

NOW = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def test_a_heartbeat_exactly_at_the_limit_still_counts() -> None:
    assert not policy.is_lost(ago(policy.GRACE_SECONDS), ago(100), NOW)
    assert policy.is_lost(ago(policy.GRACE_SECONDS + 0.001), ago(100), NOW)


def test_a_heartbeat_from_the_future_is_fresh() -> None:
    assert not policy.is_lost(ago(-3600), ago(100), NOW)


def test_without_a_heartbeat_the_start_counts() -> None:
    assert not policy.is_lost(None, ago(1), NOW)
    assert policy.is_lost(None, None, NOW)


def test_intervals_fit_into_each_other() -> None:
    assert policy.GRACE_SECONDS >= 5 * policy.HEARTBEAT_SECONDS
    assert policy.FIRST_REMINDER_SECONDS > policy.GRACE_SECONDS
    assert policy.RECONCILE_SECONDS < policy.GRACE_SECONDS


def test_back_off_grows_and_ends() -> None:
    waits = [(policy.next_attempt_at(count, NOW) - NOW).total_seconds() for count in range(1, 10)]
    assert waits[0] == 0
    assert waits == sorted(waits)
    assert policy.gives_up(policy.MOST_SETBACKS)
    assert not policy.gives_up(policy.MOST_SETBACKS - 1)


def test_a_reminder_waits_for_its_time() -> None:
    assert policy.is_reminder_due(None, 0, None, NOW)
    assert not policy.is_reminder_due(None, 0, ago(-1), NOW)
    assert policy.is_reminder_due(ago(10), 1, ago(5), NOW)  # announced before its time had come
    assert not policy.is_reminder_due(ago(29), 1, None, NOW)
    assert policy.is_reminder_due(ago(30), 1, None, NOW)
    assert not policy.is_reminder_due(ago(800), 20, None, NOW)


def test_the_plan_is_whole() -> None:
    assert set(PLAN) == set(Stage)
    assert sum(plan.share for plan in PLAN.values()) == 1.0 or abs(sum(p.share for p in PLAN.values()) - 1) < 1e-9
    order = list(PLAN)
    assert all(order.index(need) < order.index(stage) for stage, plan in PLAN.items() for need in plan.needs)
    assert set(followers(Stage.NORMALISE)) >= {Stage.DETECT_SPEECH, Stage.RECOGNISE, Stage.DIARISE}


def test_what_kills_its_worker_three_times_is_set_apart_before_other_setbacks_are_given_up() -> None:
    assert [policy.is_deadly(count) for count in (1, 2, 3)] == [False, False, True]
    assert not policy.is_deadly(policy.MOST_DEATHS, others_died=True)
    assert policy.MOST_DEATHS < policy.MOST_SETBACKS < policy.MOST_DEATHS_AMONG_OTHERS


def test_what_hangs_is_killed_before_its_message_is_handed_out_again() -> None:
    assert policy.PIECE_LIMIT_SECONDS < policy.STAGE_LIMIT_SECONDS < VISIBILITY_TIMEOUT_SECONDS
    assert run_stage.time_limit == policy.STAGE_LIMIT_SECONDS
    assert run_piece.time_limit == policy.PIECE_LIMIT_SECONDS
