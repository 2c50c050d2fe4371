"""Whose turn it is: the fewest workers first, then the longest wait, then the shortest rest."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from transcription.pipeline.fairness import Queueing, in_turn

NOW = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)
BIG, SMALL, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_recording_without_a_worker_comes_before_one_with() -> None:
    assert in_turn([Queueing(BIG, 1, at(0), 60), Queueing(SMALL, 0, at(50), 7200)]) == [SMALL, BIG]


def test_who_was_never_served_comes_first_and_of_those_the_shortest() -> None:
    queueing = [Queueing(BIG, 0, None, 7200), Queueing(THIRD, 0, at(-60), 5), Queueing(SMALL, 0, None, 300)]
    assert in_turn(queueing) == [SMALL, BIG, THIRD]


def test_one_worker_gives_each_recording_its_turn_in_turn() -> None:
    left = {BIG: 240, SMALL: 10, THIRD: 10}
    served: dict[UUID, datetime | None] = dict.fromkeys(left, None)
    order: list[UUID] = []
    for moment in range(60):
        chosen = in_turn(Queueing(run, 0, served[run], 28.0 * count) for run, count in left.items() if count)[0]
        served[chosen] = at(moment)
        left[chosen] -= 1
        order.append(chosen)
    # Ten pieces among three recordings: done after thirty turns, although 240 were there first.
    assert max(position for position, run in enumerate(order) if run != BIG) < 30
    assert order[:30].count(BIG) == 10


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(-500, 0), st.floats(1, 1e5)), max_size=8))
def test_nobody_is_left_out_and_the_order_of_asking_means_nothing(rows: list[tuple[int, int | None, float]]) -> None:
    queueing = [
        Queueing(UUID(int=index), workers, None if served is None else at(served), rest)
        for index, (workers, served, rest) in enumerate(rows)
    ]
    turn = in_turn(queueing)
    assert sorted(turn) == sorted(item.run_id for item in queueing)
    assert in_turn(reversed(queueing)) == turn
