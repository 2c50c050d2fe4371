"""Life cycles as data, and the one function that applies them.

A room's `states.py` holds a table *event → allowed states → next state*; `apply` re-reads the object under a row lock,
checks the move and the version, and writes state, event row, audit row and outbox row in one transaction. No other code
writes a state.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, Session

from core import audit, outbox
from core.database import Base, Identified
from core.errors import TransitionRefused, VersionConflict
from core.permissions import Actor
from core.runtime import current


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    event: str
    sources: frozenset[str]
    target: str


@dataclass(frozen=True)
class Lifecycle:
    """The table of one kind of object. Raises ValueError when an event leads to two states from one state."""

    object_type: str
    initial: str
    transitions: Sequence[Transition]
    _moves: dict[tuple[str, str], str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for transition in self.transitions:
            for source in transition.sources:
                if self._moves.setdefault((source, transition.event), transition.target) != transition.target:
                    raise ValueError(f"{self.object_type}: {transition.event} from {source} leads to two states")

    @property
    def states(self) -> frozenset[str]:
        """Every state the table knows."""
        return frozenset({self.initial, *self._moves.values(), *(source for source, _ in self._moves)})

    @property
    def events(self) -> frozenset[str]:
        """Every event the table knows."""
        return frozenset(transition.event for transition in self.transitions)

    def target(self, state: str, event: str) -> str | None:
        """Where the event leads from this state; None where it is not allowed."""
        return self._moves.get((state, event))

    def allowed(self, state: str) -> frozenset[str]:
        """Events that are possible in this state; screens show exactly these."""
        return frozenset(event for source, event in self._moves if source == state)

    def is_final(self, state: str) -> bool:
        """Whether nothing leads on from here."""
        return not self.allowed(state)


class HasLife(Protocol):
    """What `apply` needs of an object."""

    id: UUID
    state: str
    version: int


class LifecycleEvent(Identified, Base):
    """One move of one object; the history that screens show."""

    __tablename__ = "lifecycle_event"
    __table_args__ = (Index("ix_lifecycle_event_object", "object_type", "object_id", "at"),)
    __append_only__ = True

    object_type: Mapped[str]
    object_id: Mapped[UUID]
    event: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime]
    detail: Mapped[dict[str, Any]]


def apply(
    session: Session,
    lifecycle: Lifecycle,
    obj: HasLife,
    event: str,
    *,
    actor: Actor | None,
    expected_version: int | None = None,
    **detail: Any,
) -> None:
    """Move the object, or refuse.

    Args:
        actor: None where the system itself acts.
        expected_version: the version the caller decided on; left out where the row lock alone is enough.
        detail: small facts for the history and the audit row (ids, reasons); plain JSON values.

    Raises:
        VersionConflict: someone moved it in between.
        TransitionRefused: the table has no such move from the present state.
    """
    session.flush()
    # OF this table alone: rows joined in by eager loading are neither ours to lock nor always there.
    session.refresh(obj, with_for_update={"of": type(obj)})
    if expected_version is not None and obj.version != expected_version:
        raise VersionConflict
    before = obj.state
    after = lifecycle.target(before, event)
    if after is None:
        raise TransitionRefused(event=event, state=before)
    obj.state = after
    obj.version += 1
    session.add(
        LifecycleEvent(
            object_type=lifecycle.object_type,
            object_id=obj.id,
            event=event,
            from_state=before,
            to_state=after,
            actor_id=actor.account_id if actor else None,
            at=current().clock(),
            detail={
                key: value if isinstance(value, str | int | float | bool | None) else str(value)
                for key, value in detail.items()
            },
        )
    )
    outbox.emit(session, f"{lifecycle.object_type}.{event}", id=obj.id)
    audit.record(session, actor, f"{lifecycle.object_type}.{event}", lifecycle.object_type, obj.id, **detail)
