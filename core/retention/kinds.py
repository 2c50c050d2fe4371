"""The kinds of data whose keeping is limited, as the rooms register them.

A kind knows how to remove a part of what is older than a moment; it never touches what is held.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

#: Rows in one transaction: a large backlog must not stop the house.
BATCH = 500


@dataclass(frozen=True)
class Removed:
    """What one step removed: rows that are gone, and keys of stored files to delete after the commit."""

    rows: int = 0
    object_keys: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_nothing(self) -> bool:
        """Whether there was nothing left to remove."""
        return not self.rows and not self.object_keys


#: (session, older than, meetings that are held) → what was removed, at most `BATCH` rows.
Remove = Callable[[Session, datetime, Collection[UUID]], Removed]


@dataclass(frozen=True)
class Kind:
    """One kind of data.

    Args:
        default_days: kept for so long unless the site says otherwise; None: never removed.
        least_days: nobody can choose less, for the house needs it so long.
    """

    name: str
    default_days: int | None
    least_days: int
    remove: Remove


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind. Raises ValueError for a name that is taken."""
    if _KINDS.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"retention kind {kind.name!r} registered twice")


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order they were registered."""
    return tuple(_KINDS.values())


def kind_named(name: str) -> Kind | None:
    """The kind of this name."""
    return _KINDS.get(name)
