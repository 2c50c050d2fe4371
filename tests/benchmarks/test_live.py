"""The measure of the live text itself: what counts as a turn's first and last words."""

from dataclasses import dataclass

import pytest

from benchmarks.live.delays import Shown, delays, percentile


@dataclass(frozen=True)
class Turn:
    start: float
    end: float
    endpoint: str


def test_first_and_last_words_of_a_turn() -> None:
    shown = [
        Shown(11.5, "A", "Kính", True),
        Shown(14.0, "A", "Kính thưa", True),
        Shown(16.2, "A", "Kính thưa các đồng chí", True),
        Shown(18.0, "A", "Kính thưa các đồng chí.", False),  # written out again: no longer growing
    ]
    found = delays([Turn(10.0, 15.0, "A")], shown)
    assert (found.first, found.last, found.unheard) == ((1.5,), (pytest.approx(1.2),), 0)


def test_words_of_the_next_turn_there_or_of_another_endpoint_do_not_count() -> None:
    shown = [Shown(11.0, "A", "một", True), Shown(12.0, "B", "hai", True), Shown(21.0, "A", "ba", True)]
    found = delays([Turn(10.0, 19.0, "A"), Turn(20.0, 30.0, "A")], shown)
    # The second turn follows at once: whose the next words are, nobody can say.
    assert found.first == (1.0,)
    assert found.last == (0.0, 0.0)


def test_a_turn_without_words_is_counted_apart() -> None:
    assert delays([Turn(0.0, 1.0, "A")], []).unheard == 1


@pytest.mark.parametrize(("share", "value"), [(0.5, 2.0), (0.95, 4.0), (0.01, 1.0), (1.0, 4.0)], ids=str)
def test_percentiles_are_values_that_were_seen(share: float, value: float) -> None:
    assert percentile([3.0, 1.0, 4.0, 2.0], share) == value


def test_nothing_has_no_percentile() -> None:
    assert percentile([], 0.95) == 0.0
