"""The rule of presence: unions, seats, and that coming back costs no second seat."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.live.presence import Connection, Interval, merged, seats_taken

BASE = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
HOLDER, OTHER = uuid4(), uuid4()


def minute(number: int) -> datetime:
    return BASE + timedelta(minutes=number)


def span(since: int, until: int | None = None) -> Interval:
    return Interval(minute(since), None if until is None else minute(until))


def there(holder: UUID | None, since: int = 0, until: int | None = None, **marks: bool) -> Connection:
    return Connection(holder, span(since, until), **marks)


def test_overlapping_and_touching_connections_are_one_presence() -> None:
    assert merged([span(5, 9), span(0, 3), span(3, 6)]) == (span(0, 9),)
    assert merged([span(0, 3), span(4, 6)]) == (span(0, 3), span(4, 6))
    assert merged([span(0), span(4, 6)]) == (span(0),)
    assert merged([span(0, 9), span(2)]) == (span(0),)
    assert merged([]) == ()


def test_an_endpoint_that_came_back_holds_one_seat() -> None:
    connections = [there(HOLDER), there(HOLDER, 5), there(OTHER, 1)]
    assert seats_taken(connections, minute(6)) == 2
    assert seats_taken(connections, minute(6), besides=HOLDER) == 1
    assert seats_taken(connections, minute(6), besides=uuid4()) == 2


def test_recorder_and_rooms_aside_take_no_seat_and_strangers_take_one_each() -> None:
    connections = [there(None, is_recorder=True), there(HOLDER, in_breakout=True), there(None), there(None)]
    assert seats_taken(connections, minute(1)) == 2


def test_a_seat_is_free_at_the_moment_of_leaving() -> None:
    assert seats_taken([there(HOLDER, 0, 5)], minute(4)) == 1
    assert seats_taken([there(HOLDER, 0, 5)], minute(5)) == 0
    assert seats_taken([there(HOLDER, 3)], minute(2)) == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30) | st.none()), max_size=8), st.integers(0, 40))
def test_the_union_covers_exactly_what_the_connections_cover(spans: list[tuple[int, int | None]], moment: int) -> None:
    intervals = [span(since, None if length is None else since + length) for since, length in spans]
    union = merged(intervals)
    assert any(i.covers(minute(moment)) for i in union) is any(i.covers(minute(moment)) for i in intervals)
    assert all(a.until is not None and a.until < b.since for a, b in zip(union, union[1:], strict=False))
