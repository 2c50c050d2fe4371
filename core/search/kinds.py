"""What is found: one entry for each kind of object, written by the room that owns it (`indexing.py`).

A kind says who finds it with the same rights and the same rows that its pages ask, at the moment of the question: the
index itself holds no rights that could grow old.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.search.index import Passage


@dataclass(frozen=True)
class SearchKind:
    """One kind of object. Conditions are about rows of `SearchEntry`."""

    name: str
    #: What this person finds of it; None: nothing at all.
    scope: Callable[[Actor], ColumnElement[bool] | None]
    #: What concerns one of these units, whoever asks.
    of_units: Callable[[frozenset[UUID]], ColumnElement[bool]]
    #: What an object says now; nothing where it is not to be found.
    read: Callable[[Session, UUID], Sequence[Passage]]
    #: Identities of all its objects, to make the index again.
    every: Callable[[], Select[UUID]]


_KINDS: dict[str, SearchKind] = {}


def register(kind: SearchKind) -> None:
    """Add a kind. Raises ValueError where the name is taken."""
    if _KINDS.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"search kind {kind.name!r} registered twice")


def kinds() -> tuple[SearchKind, ...]:
    """All kinds, in the order of their registration."""
    return tuple(_KINDS.values())


def kind_named(name: str) -> SearchKind | None:
    """The kind of that name, if there is one."""
    return _KINDS.get(name)


def everywhere(actor: Actor, action: Action) -> bool:
    """Whether the person may do this to any object of the house, not only to those of their units."""
    return can(actor, action, object())
