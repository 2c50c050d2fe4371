"""Presence for any story, told in any order, any number of times, with any part of it missing."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.permissions import Actor
from orchestrator.jitsi import reservation
from orchestrator.jitsi.events import receive
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.live.service import presence_of
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import plan_meeting
from tests.orchestrator.conftest import STARTS, Ministry, plan_of

BASE = int(STARTS.timestamp())
ENDS = 400
Told = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Visit:
    """One connection of an endpoint: seconds since the start; `until` None: it stays until the room dies."""

    place: int
    since: int
    until: int | None


@st.composite
def visits(draw: st.DrawFn) -> list[Visit]:
    """Some connections; the same endpoint may hold two at once."""
    found = []
    for _ in range(draw(st.integers(1, 6))):
        since = draw(st.integers(1, 300))
        until = draw(st.none() | st.integers(since, 399))
        found.append(Visit(draw(st.integers(0, 3)), since, until))
    return found


def story(meeting: Meeting, told: list[Visit], *, dies: bool) -> list[Told]:
    """Everything event_sync would post."""
    room = {"room_name": meeting.room_name, "room_jid": f"{meeting.room_name}@conference.meet.rig"}
    events: list[Told] = [("room/created", room | {"created_at": BASE})]
    everybody = []
    for number, visit in enumerate(told):
        occupant: dict[str, Any] = {
            "occupant_jid": f"{number:08x}-0000@meet.rig/x",
            "id": str(meeting.endpoints[visit.place].id),
            "joined_at": BASE + visit.since,
        }
        events.append(("occupant/joined", room | {"occupant": occupant}))
        until = visit.until if visit.until is not None else (ENDS if dies else None)
        if until is not None:
            occupant = occupant | {"left_at": BASE + until}
            events.append(("occupant/left", room | {"occupant": occupant}))
        everybody.append(occupant)
    if dies:
        end = {"created_at": BASE, "destroyed_at": BASE + ENDS, "all_occupants": everybody}
        events.append(("room/destroyed", room | end))
    return events


def seconds(meeting: Meeting, session: Session) -> list[set[int]]:
    """For each endpoint the seconds it was there."""
    return [
        {
            second
            for interval in item.intervals
            for second in range(
                int(interval.since.timestamp()) - BASE,
                int(interval.until.timestamp()) - BASE if interval.until else ENDS,
            )
        }
        for item in presence_of(session, meeting)
    ]


def truth(told: list[Visit]) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in range(4)]
    for visit in told:
        found[visit.place] |= set(range(visit.since, visit.until if visit.until is not None else ENDS))
    return found


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    meeting = plan_meeting(session, operator, plan_of(ministry))
    assert reservation.reserve(session, {"name": meeting.room_name or ""}, STARTS)[0] == 200
    return meeting


def tell(session: Session, events: list[Told]) -> None:
    """Begin anew, then receive."""
    for table in (PresenceInterval, RoomLife, LiveAlarm):
        session.execute(delete(table))
    session.expire_all()
    for name, payload in events:
        receive(session, name, payload)


_SETTINGS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@_SETTINGS
@given(told=visits(), dies=st.booleans(), data=st.data())
def test_any_order_and_any_repetition(
    session: Session, meeting: Meeting, told: list[Visit], dies: bool, data: st.DataObject
) -> None:
    events = story(meeting, told, dies=dies)
    again = data.draw(st.lists(st.sampled_from(events), max_size=5))
    tell(session, data.draw(st.permutations(events + again)))
    assert seconds(meeting, session) == truth(told)
    still_in = session.scalars(select(PresenceInterval).where(PresenceInterval.left_at.is_(None))).all()
    assert len(still_in) == (0 if dies else sum(visit.until is None for visit in told))
    assert session.scalars(select(LiveAlarm)).all() == []


@_SETTINGS
@given(told=visits(), data=st.data())
def test_what_is_lost_is_made_good_by_the_end_of_the_room(
    session: Session, meeting: Meeting, told: list[Visit], data: st.DataObject
) -> None:
    """Any of the comings and goings may be missing, as long as the room's last event comes."""
    *events, last = story(meeting, told, dies=True)
    kept = [event for event in events if data.draw(st.booleans())]
    tell(session, data.draw(st.permutations([*kept, last])))
    assert seconds(meeting, session) == truth(told)


@_SETTINGS
@given(told=visits(), data=st.data())
def test_a_coming_that_is_lost_is_made_good_by_its_going(
    session: Session, meeting: Meeting, told: list[Visit], data: st.DataObject
) -> None:
    whole = [visit for visit in told if visit.until is not None]
    events = [event for event in story(meeting, whole, dies=False) if event[0] != "occupant/joined"]
    tell(session, data.draw(st.permutations(events)))
    assert seconds(meeting, session) == truth(whole)
