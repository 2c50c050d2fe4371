"""Who works a day under load, and how the figures are read."""

from benchmarks.load import days
from benchmarks.load.__main__ import share_of
from core.permissions import Role


def test_everybody_of_two_hundred_has_an_office() -> None:
    assert days.shares(200) == days.PEOPLE
    assert sum(days.shares(5).values()) == 6
    assert days.shares(5)[Role.UNIT] == 1


def test_percentiles_are_values_that_were_seen() -> None:
    assert share_of([1.0, 2.0, 3.0, 4.0], 0.5) == 3.0
    assert share_of([1.0, 2.0, 3.0, 4.0], 1.0) == 4.0
    assert share_of([], 0.95) == 0.0
