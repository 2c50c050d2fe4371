"""Seats at the door: exactly as many as there are, one per endpoint, its own again for whoever comes back."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from orchestrator.directory.models import EndpointKind
from orchestrator.directory.service import NewEndpoint, create_endpoint
from orchestrator.invitations.models import JoinGrant
from orchestrator.invitations.seats import CLICK_HOLDS, RETURN_WITHIN, has_room, holders, strangers
from orchestrator.invitations.service import LinkStatus, create_links, endpoint_seats, resolve_link
from orchestrator.jitsi.events import receive
from orchestrator.live.presence import Connection, Interval
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.service import plan_meeting
from tests.orchestrator.conftest import STARTS, build_ministry, plan_of

ENDPOINTS, SEATS, ROUNDS = 30, 20, 8
OPEN = STARTS - timedelta(minutes=5)
SYSTEM = Actor(uuid4(), "Lý Thị Kỹ", frozenset(Role) - {Role.UNIT})


@pytest.fixture
def crowd(runtime: Runtime) -> tuple[UUID, list[str]]:
    """A meeting of thirty endpoints under a cap of twenty connections that came after the plan, and their links."""
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, SYSTEM)
        endpoints = [
            create_endpoint(session, SYSTEM, NewEndpoint(f"DP-{n:02}", f"Điểm cầu số {n}", EndpointKind.COMPONENT))
            for n in range(ENDPOINTS)
        ]
        planned = [PlannedEndpoint(item.id, 2, is_central=n == 0) for n, item in enumerate(endpoints)]
        meeting = plan_meeting(session, SYSTEM, plan_of(ministry, endpoints=planned))
        create_policy(
            session,
            SYSTEM,
            NewPolicy("Trần kết nối", Scope.CONNECTIONS, SEATS, "Công văn 05/TTTT", date(2026, 1, 1)),
        )
        return meeting.id, [token for _, token in create_links(session, SYSTEM, meeting)]


def click(runtime: Runtime, token: str, minutes: float = 0) -> LinkStatus:
    with runtime.database.transaction() as session:
        return resolve_link(session, token, OPEN + timedelta(minutes=minutes)).status


def at_once(runtime: Runtime, tokens: list[str], minutes: float = 0) -> Counter[LinkStatus]:
    barrier = threading.Barrier(len(tokens))

    def one(token: str) -> LinkStatus:
        barrier.wait(30)
        return click(runtime, token, minutes)

    with ThreadPoolExecutor(len(tokens)) as pool:
        return Counter(pool.map(one, tokens))


def test_thirty_at_once_into_twenty_seats_are_exactly_twenty_every_time(
    runtime: Runtime, crowd: tuple[UUID, list[str]]
) -> None:
    meeting_id, tokens = crowd
    for _ in range(ROUNDS):
        with runtime.database.transaction() as session:
            session.execute(delete(JoinGrant))
        assert at_once(runtime, tokens) == {LinkStatus.READY: SEATS, LinkStatus.FULL: ENDPOINTS - SEATS}
        with runtime.database.transaction() as session:
            assert session.scalar(select(func.count()).select_from(JoinGrant)) == SEATS


def test_one_link_in_thirty_browsers_is_one_seat(runtime: Runtime, crowd: tuple[UUID, list[str]]) -> None:
    _, tokens = crowd
    assert at_once(runtime, [tokens[1]] * 30) == {LinkStatus.READY: 30}
    with runtime.database.transaction() as session:
        (grant,) = session.scalars(select(JoinGrant)).all()
        assert grant.clicks == 30


def test_those_who_are_in_come_back_to_a_full_room_and_strangers_to_it_do_not(
    runtime: Runtime, crowd: tuple[UUID, list[str]]
) -> None:
    _, tokens = crowd
    for token in tokens[:SEATS]:
        assert click(runtime, token) is LinkStatus.READY
    assert click(runtime, tokens[SEATS]) is LinkStatus.FULL
    assert at_once(runtime, tokens[:SEATS], 1) == {LinkStatus.READY: SEATS}
    assert click(runtime, tokens[SEATS], 1) is LinkStatus.FULL


def test_a_seat_nobody_took_is_free_again(runtime: Runtime, crowd: tuple[UUID, list[str]]) -> None:
    _, tokens = crowd
    for token in tokens[:SEATS]:
        click(runtime, token)
    held = CLICK_HOLDS / timedelta(minutes=1)
    assert click(runtime, tokens[SEATS], held - 0.1) is LinkStatus.FULL
    assert click(runtime, tokens[SEATS], held) is LinkStatus.READY


def test_an_endpoint_in_the_room_keeps_its_seat_and_its_way_back(
    runtime: Runtime, session: Session, crowd: tuple[UUID, list[str]]
) -> None:
    meeting_id, tokens = crowd
    meeting = session.get_one(Meeting, meeting_id)

    def moved(what: str, n: int, **times: int) -> None:
        someone = {"occupant_jid": f"a{n}@meet.rig/x", "id": str(meeting.endpoints[n].id), **times}
        receive(session, f"occupant/{what}", {"room_name": meeting.room_name, "occupant": someone})

    start = int(OPEN.timestamp())
    for n in range(SEATS):
        moved("joined", n, joined_at=start)
    session.flush()
    hour = OPEN + timedelta(hours=1)
    assert resolve_link(session, tokens[SEATS], hour).status is LinkStatus.FULL
    moved("left", 3, joined_at=start, left_at=int(hour.timestamp()))
    assert resolve_link(session, tokens[SEATS], hour + timedelta(seconds=30)).status is LinkStatus.FULL
    assert resolve_link(session, tokens[3], hour + timedelta(seconds=30)).status is LinkStatus.READY
    moved("left", 4, joined_at=start, left_at=int(hour.timestamp()))
    assert resolve_link(session, tokens[SEATS], hour + RETURN_WITHIN).status is LinkStatus.READY


def test_the_chairs_seat_is_kept_for_the_central_endpoint(runtime: Runtime, crowd: tuple[UUID, list[str]]) -> None:
    _, tokens = crowd
    statuses = Counter(click(runtime, token) for token in tokens[1:])
    assert statuses == {LinkStatus.READY: SEATS - 1, LinkStatus.FULL: ENDPOINTS - SEATS}
    assert click(runtime, tokens[0]) is LinkStatus.READY
    assert click(runtime, tokens[-1]) is LinkStatus.FULL


def test_without_a_cap_every_planned_endpoint_has_its_seat(
    session: Session, operator: Actor, administrator: Actor
) -> None:
    meeting = plan_meeting(session, operator, plan_of(build_ministry(session, administrator)))
    assert endpoint_seats(session, meeting) == 4
    links = create_links(session, operator, meeting)
    assert {resolve_link(session, token, OPEN).status for _, token in links} == {LinkStatus.READY}


IDS = [uuid4() for _ in range(6)]


@given(st.lists(st.sampled_from(IDS), max_size=12), st.integers(1, 6), st.integers(0, 2))
def test_never_more_holders_than_seats(clicks: list[UUID], seats: int, unknown: int) -> None:
    there = [Connection(None, Interval(OPEN)) for _ in range(unknown)]
    grants = {}
    for asking in clicks:
        held = holders(grants, there, OPEN)
        if has_room(asking, held, strangers(there, OPEN), seats, IDS[0]):
            grants[asking] = OPEN
    assert len(grants) + unknown <= max(seats, unknown)
    held = holders(grants, there, OPEN)
    assert all(has_room(asking, held, unknown, seats, IDS[0]) for asking in grants)
    if IDS[0] not in grants and len(grants) + unknown < seats:
        assert has_room(IDS[0], held, unknown, seats, IDS[0])


def test_recorder_and_breakout_hold_no_seat() -> None:
    there = [
        Connection(None, Interval(OPEN), is_recorder=True),
        Connection(IDS[1], Interval(OPEN), in_breakout=True),
        Connection(IDS[2], Interval(OPEN - timedelta(hours=1), OPEN), in_breakout=True),
    ]
    assert holders({}, there, OPEN) == frozenset()
    assert strangers(there, OPEN) == 0
