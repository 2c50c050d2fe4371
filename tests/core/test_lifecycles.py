"""Life cycles: only listed moves, one winner, and every move leaves its four rows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.audit import AuditRow
from core.database import Identified, Versioned
from core.errors import TransitionRefused, VersionConflict
from core.lifecycles import Lifecycle, LifecycleEvent, Transition, apply
from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime

DOOR = Lifecycle(
    "door",
    "shut",
    (
        Transition("open", frozenset({"shut"}), "open"),
        Transition("close", frozenset({"open"}), "shut"),
        Transition("brick_up", frozenset({"open", "shut"}), "gone"),
    ),
)


class Apart(DeclarativeBase):
    """Keeps the table of these tests out of the product's schema."""


class Door(Identified, Versioned, Apart):
    """An object with a life, for these tests only."""

    __tablename__ = "door_of_tests"
    label: Mapped[str] = mapped_column(default="")


@pytest.fixture
def door_id(runtime: Runtime) -> UUID:
    Apart.metadata.create_all(runtime.database.engine)
    with runtime.database.transaction() as session:
        door = Door(state=DOOR.initial)
        session.add(door)
        session.flush()
        return door.id


def move(runtime: Runtime, door_id: UUID, event: str, **options: object) -> str:
    with runtime.database.transaction() as session:
        door = session.get_one(Door, door_id)
        apply(session, DOOR, door, event, actor=options.pop("actor", None), **options)  # type: ignore[arg-type]
        return door.state


def test_a_move_leaves_state_history_audit_and_outbox(
    runtime: Runtime, door_id: UUID, actor_factory: Callable[..., Actor]
) -> None:
    actor = actor_factory(Role.OPERATOR)
    assert move(runtime, door_id, "open", actor=actor, reason="thử") == "open"
    with runtime.database.transaction() as session:
        event = session.scalars(select(LifecycleEvent)).one()
        assert (event.from_state, event.to_state, event.actor_id) == ("shut", "open", actor.account_id)
        assert session.scalars(select(AuditRow)).one().action == "door.open"
        assert session.scalars(select(OutboxEvent)).one().payload == {"id": str(door_id)}


def test_a_move_that_is_not_listed_changes_nothing(runtime: Runtime, door_id: UUID) -> None:
    with pytest.raises(TransitionRefused, match="close"):
        move(runtime, door_id, "close")
    with runtime.database.transaction() as session:
        assert session.get_one(Door, door_id).version == 1
        assert session.scalars(select(LifecycleEvent)).all() == []


def test_a_decision_on_an_old_version_is_refused(runtime: Runtime, door_id: UUID) -> None:
    move(runtime, door_id, "open", expected_version=1)
    with pytest.raises(VersionConflict):
        move(runtime, door_id, "close", expected_version=1)


def test_ten_at_once_one_wins(runtime: Runtime, door_id: UUID) -> None:
    def attempt(_: int) -> bool:
        try:
            move(runtime, door_id, "open", expected_version=1)
        except (TransitionRefused, VersionConflict):
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(attempt, range(10))) == 1


@given(st.lists(st.sampled_from(["open", "close", "brick_up", "paint"]), max_size=12))
def test_only_listed_moves_succeed(events: list[str]) -> None:
    state = DOOR.initial
    for event in events:
        after = DOOR.target(state, event)
        assert (after is not None) == (event in DOOR.allowed(state))
        state = after or state
    assert state in DOOR.states


def test_a_table_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="two states"):
        Lifecycle("x", "a", (Transition("go", frozenset({"a"}), "b"), Transition("go", frozenset({"a"}), "c")))


def test_final_states_lead_nowhere() -> None:
    assert DOOR.is_final("gone")
    assert not DOOR.is_final("shut")
