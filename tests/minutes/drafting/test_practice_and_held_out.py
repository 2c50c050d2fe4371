"""The notices written for measuring: how much of them is understood may not fall.

The bars stand a little below what was reached, so that a rule that gains elsewhere may lose an item here. `held_out`
was not looked at while rules were written; who raises its bar does so from the printed figures alone.
"""

import pytest

from benchmarks.minutes.__main__ import OURS, measure
from benchmarks.minutes.samples import NOTICES, damaged_notices, notices
from benchmarks.minutes.scores import Scores

pytestmark = pytest.mark.slow
BARS = {
    ("practice", "true"): {"found": 0.97, "lead": 0.97, "coordinating": 0.94, "deadline": 0.97, "kind": 0.96},
    ("first_sight", "true"): {"found": 0.98, "lead": 0.97, "coordinating": 0.97, "deadline": 0.97, "kind": 0.96},
    ("latest", "true"): {"found": 0.95, "lead": 0.92, "coordinating": 0.91, "deadline": 0.92, "kind": 0.92},
    ("held_out", "true"): {"found": 0.97, "lead": 0.97, "coordinating": 0.95, "deadline": 0.91, "kind": 0.92},
    # What the project aims at on true text: 0.95 for found and lead, 0.97 for the deadline.
    (OURS, "true"): {"found": 0.97, "lead": 0.96, "coordinating": 0.96, "deadline": 0.97, "kind": 0.95},
    ("practice", "damaged"): {"found": 0.88, "lead": 0.84, "deadline": 0.76},
    ("first_sight", "damaged"): {"found": 0.80, "lead": 0.75, "deadline": 0.74, "kind": 0.75},
    ("latest", "damaged"): {"found": 0.80, "lead": 0.80, "deadline": 0.77, "kind": 0.71},
    ("held_out", "damaged"): {"found": 0.76, "lead": 0.76},
}


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str], Scores]:
    return measure([*notices(), *damaged_notices()])[0]


def test_there_are_enough_notices_and_a_third_of_the_others_than_first_sight_is_held_out() -> None:
    count = {part: len(list((NOTICES / part).glob("*.json"))) for part in ("practice", "held_out")}
    assert sum(count.values()) >= 25
    assert len(list((NOTICES / "first_sight").glob("*.json"))) >= 12
    assert count["held_out"] * 3 >= sum(count.values())


@pytest.mark.parametrize("part", sorted(BARS), ids=lambda part: "-".join(part))
def test_understanding_does_not_fall(scores: dict[tuple[str, str], Scores], part: tuple[str, str]) -> None:
    reached = {name: scores[part].tallies[name].f1 for name in BARS[part]}
    assert all(reached[name] >= bar for name, bar in BARS[part].items()), reached


def test_no_directive_without_evidence_and_no_figure_that_was_not_said(
    scores: dict[tuple[str, str], Scores],
) -> None:
    assert sum(found.without_evidence for found in scores.values()) == 0
    assert [complaint for found in scores.values() for complaint in found.invented] == []


def test_days_read_by_their_sound_are_right(scores: dict[tuple[str, str], Scores]) -> None:
    read = [found.by_sound for (part, _), found in scores.items() if part != OURS]
    given = sum(tally.given for tally in read)
    assert given >= 10
    # A chair who takes a day back later may be misheard there (bb05): then a day that was read well is the wrong one.
    assert sum(tally.right for tally in read) >= given - 1
