"""The rule of caps: scopes, days, and that the strictest policy is the one named."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.caps.caps import Load, Policy, RoomLoad, Scope, breaches, strictest

DAY = date(2026, 4, 8)


def policy(maximum: int, scope: Scope = Scope.ROOM, **changes: object) -> Policy:
    values: dict[str, object] = {"name": f"Trần {maximum}", "legal_basis": "Văn bản thử", "valid_from": DAY}
    return Policy(scope=scope, maximum=maximum, **(values | changes))  # type: ignore[arg-type]


def load(*people: int) -> Load:
    return Load(tuple(RoomLoad(f"Điểm cầu {number}", count) for number, count in enumerate(people, start=1)))


def test_exactly_the_cap_is_allowed_and_one_more_is_not() -> None:
    assert breaches(load(20), [policy(20)], DAY) == ()
    (breach,) = breaches(load(20, 21), [policy(20)], DAY)
    assert (breach.place, breach.counted, breach.surplus) == ("Điểm cầu 2", 21, 1)


def test_the_strictest_policy_is_named_whatever_the_order() -> None:
    policies = [policy(30), policy(10), policy(20)]
    for given_order in (policies, policies[::-1]):
        (breach,) = breaches(load(25), given_order, DAY)
        assert breach.policy.maximum == 10


def test_a_room_cap_does_not_count_the_whole_meeting() -> None:
    assert breaches(load(20, 20, 20), [policy(20)], DAY) == ()
    (breach,) = breaches(load(20, 20, 20), [policy(50, Scope.MEETING)], DAY)
    assert (breach.place, breach.counted) == ("", 60)


def test_an_endpoint_is_one_connection_whoever_sits_behind_it() -> None:
    assert breaches(load(100, 100), [policy(2, Scope.CONNECTIONS)], DAY) == ()
    (breach,) = breaches(load(1, 1, 1), [policy(2, Scope.CONNECTIONS)], DAY)
    assert breach.counted == 3


def test_every_room_over_the_cap_is_reported_first_the_rooms() -> None:
    found = breaches(load(21, 5, 22), [policy(20), policy(40, Scope.MEETING)], DAY)
    assert [breach.place for breach in found] == ["Điểm cầu 1", "Điểm cầu 3", ""]


def test_chairs_of_a_room_bind_only_that_room() -> None:
    rooms = Load((RoomLoad("Phòng nhỏ", 8, capacity=6), RoomLoad("Hội trường", 18, capacity=200)))
    (breach,) = breaches(rooms, [policy(20)], DAY)
    assert (breach.place, breach.policy.maximum, breach.policy.name) == ("Phòng nhỏ", 6, "Sức chứa phòng họp")


@pytest.mark.parametrize(("offset_days", "binds"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_policy_binds_from_its_first_to_its_last_day(offset_days: int, binds: bool) -> None:
    limited = policy(1, valid_until=DAY + timedelta(days=9))
    assert bool(breaches(load(2), [limited], DAY + timedelta(days=offset_days))) is binds


def test_without_a_policy_nothing_is_refused() -> None:
    assert breaches(load(10_000), [], DAY) == ()
    assert strictest([]) is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.lists(st.integers(1, 50), max_size=5))
def test_a_plan_passes_only_if_every_room_obeys_every_policy(people: list[int], caps: list[int]) -> None:
    found = breaches(load(*people), [policy(cap) for cap in caps], DAY)
    assert bool(found) is any(count > cap for count in people for cap in caps)


# --- policies that bind some units and some kinds only --------------------------------------------------------------

HANOI, HUE, PARENT = uuid4(), uuid4(), uuid4()


def rooms(*pairs: tuple[UUID, int]) -> tuple[RoomLoad, ...]:
    return tuple(RoomLoad(f"Phòng {n}", people, None, frozenset({unit})) for n, (unit, people) in enumerate(pairs, 1))


def test_a_policy_of_units_binds_their_rooms_only() -> None:
    bound = policy(5, unit_ids=frozenset({HANOI}))
    (breach,) = breaches(Load(rooms((HANOI, 6), (HUE, 60))), [bound], DAY)
    assert breach.place == "Phòng 1"


def test_a_policy_of_the_parent_binds_the_units_below() -> None:
    child = RoomLoad("Phòng", 6, None, frozenset({HANOI, PARENT}))
    assert breaches(Load((child,)), [policy(5, unit_ids=frozenset({PARENT}))], DAY)


def test_a_policy_of_units_counts_of_the_meeting_what_is_theirs() -> None:
    load = Load(rooms((HANOI, 6), (HUE, 60), (HANOI, 5)))
    people, seats = policy(10, Scope.MEETING, unit_ids=frozenset({HANOI})), policy(2, Scope.CONNECTIONS)
    (first, second) = breaches(load, [people, seats], DAY)
    assert (first.counted, second.counted) == (11, 3)


def test_the_strictest_that_is_exceeded_is_named_where_policies_count_differently() -> None:
    narrow, wide = policy(8, Scope.MEETING, unit_ids=frozenset({HUE})), policy(50, Scope.MEETING)
    (breach,) = breaches(Load(rooms((HANOI, 60), (HUE, 3))), [narrow, wide], DAY)
    assert (breach.policy, breach.counted) == (wide, 63)


def test_a_policy_of_kinds_is_silent_in_other_meetings() -> None:
    bound = policy(5, kinds=frozenset({"review"}))
    assert breaches(Load(rooms((HANOI, 6)), "weekly_briefing"), [bound], DAY) == ()
    assert breaches(Load(rooms((HANOI, 6)), "review"), [bound], DAY)


def test_two_endpoints_in_one_room_are_two_connections() -> None:
    shared = Load((RoomLoad("Hội trường", 12, connections=2),))
    (breach,) = breaches(shared, [policy(1, Scope.CONNECTIONS)], DAY)
    assert breach.counted == 2
