"""The rule of the live cap, on plain values."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.jitsi.enforcement.rules import Seated, Surplus, Why, surplus

NOON = datetime(2026, 4, 8, 5, 0, tzinfo=UTC)
A, B, C = (UUID(int=number) for number in (1, 2, 3))
INVITED = frozenset({A, B, C})


def seat(name: str, holder: UUID | None, minute: int | None = 0, *, exempt: bool = False) -> Seated:
    joined = None if minute is None else NOON + timedelta(minutes=minute)
    return Seated(name, holder, joined, is_exempt=exempt)


def test_a_room_in_order_has_nobody_too_many() -> None:
    there = [seat("a", A), seat("b", B, 1), seat("focus", None, exempt=True), seat("jibri", None, exempt=True)]
    assert surplus(there, 2, INVITED) == ()


def test_an_empty_room_is_in_order() -> None:
    assert surplus([], 0, frozenset()) == ()


def test_whoever_nobody_invited_goes_even_where_there_is_room() -> None:
    there = [seat("a", A), seat("lạ", None, None), seat("cuộc khác", uuid4(), 3)]
    assert surplus(there, 20, INVITED) == (Surplus("cuộc khác", Why.UNINVITED), Surplus("lạ", Why.UNINVITED))


def test_the_newest_connection_of_an_endpoint_keeps_its_seat() -> None:
    there = [seat("a3", A, 9), seat("a1", A, 1), seat("b", B, 2), seat("a2", A, 5)]
    assert surplus(there, 2, INVITED) == (Surplus("a1", Why.DUPLICATE), Surplus("a2", Why.DUPLICATE))


def test_those_who_came_last_are_over() -> None:
    there = [seat("c", C, 3), seat("a", A, 1), seat("b", B, 2)]
    assert surplus(there, 2, INVITED) == (Surplus("c", Why.OVER),)
    assert surplus(there, 0, INVITED) == tuple(Surplus(name, Why.OVER) for name in "abc")
    assert surplus(there, None, INVITED) == ()


def test_who_came_back_is_not_punished_for_coming_back() -> None:
    there = [seat("a cũ", A, 1), seat("b", B, 2), seat("c", C, 3), seat("a mới", A, 9)]
    assert surplus(there, 2, INVITED) == (Surplus("a cũ", Why.DUPLICATE), Surplus("c", Why.OVER))


def test_an_endpoint_whose_coming_nobody_told_came_last() -> None:
    there = [seat("b", B, None), seat("a", A, 50)]
    assert surplus(there, 1, INVITED) == (Surplus("b", Why.OVER),)


_HOLDERS = st.sampled_from([A, B, C, None, UUID(int=99)])
_ROOMS = st.lists(st.tuples(_HOLDERS, st.none() | st.integers(0, 60), st.booleans()), max_size=12)


@given(_ROOMS, st.none() | st.integers(0, 6))
def test_what_remains_is_always_lawful(rows: list[tuple[UUID | None, int | None, bool]], seats: int | None) -> None:
    there = [
        seat(f"jid{number}", holder, minute, exempt=exempt) for number, (holder, minute, exempt) in enumerate(rows)
    ]
    gone = {item.real_jid for item in surplus(there, seats, INVITED)}
    left = [item for item in there if item.real_jid not in gone]

    assert all(item.is_exempt or item.holder in INVITED for item in left)
    sitting = [item.holder for item in left if not item.is_exempt]
    assert len(sitting) == len(set(sitting))
    assert seats is None or len(sitting) <= seats
    assert not any(item.is_exempt and item.real_jid in gone for item in there)
    assert surplus(left, seats, INVITED) == ()
