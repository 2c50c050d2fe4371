"""The rule of the door: exact limits, the operator's word, and that a classified meeting has no door."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.meetings import states
from orchestrator.meetings.doors import OVERRUN, Door, DoorPlan, door_at

START = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
END = START + timedelta(hours=1)
BEFORE = timedelta(minutes=30)
SECOND = timedelta(seconds=1)


def at(moment: datetime, state: str = states.PLANNED, classification: str = "unclassified") -> Door:
    return door_at(DoorPlan(state, classification, START, END), moment, BEFORE)


@pytest.mark.parametrize(
    ("moment", "door"),
    [
        (START - BEFORE - SECOND, Door.NOT_YET),
        (START - BEFORE, Door.OPEN),
        (END, Door.OPEN),
        (END + OVERRUN - SECOND, Door.OPEN),
        (END + OVERRUN, Door.ENDED),
    ],
)
def test_limits_of_a_planned_meeting(moment: datetime, door: Door) -> None:
    assert at(moment) is door


def test_the_operator_may_open_early_but_not_for_ever() -> None:
    assert at(START - timedelta(hours=5), states.OPEN) is Door.OPEN
    assert at(END + OVERRUN, states.OPEN) is Door.ENDED


@pytest.mark.parametrize("moment", [START - timedelta(days=1), START, END + timedelta(days=1)])
def test_closed_and_cancelled_stay_so_at_every_hour(moment: datetime) -> None:
    assert at(moment, states.CLOSED) is Door.ENDED
    assert at(moment, states.CANCELLED) is Door.CANCELLED


@pytest.mark.parametrize("state", [states.PLANNED, states.OPEN, states.CLOSED, states.CANCELLED])
@pytest.mark.parametrize("degree", ["confidential", "secret", "top_secret", "", "không rõ"])
def test_whatever_is_not_plainly_unclassified_has_no_door(state: str, degree: str) -> None:
    assert at(START, state, degree) is Door.CLASSIFIED


@pytest.mark.parametrize(
    ("late", "open_until"), [(timedelta(hours=-1), timedelta()), (timedelta(days=200), timedelta(days=200))]
)
def test_a_meeting_opened_late_keeps_its_whole_length(late: timedelta, open_until: timedelta) -> None:
    plan = DoorPlan(states.OPEN, "unclassified", START, END, opened_at=START + late)
    last = END + open_until + OVERRUN
    assert door_at(plan, last - SECOND, BEFORE) is Door.OPEN
    assert door_at(plan, last, BEFORE) is Door.ENDED
