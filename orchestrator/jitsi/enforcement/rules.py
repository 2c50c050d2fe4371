"""The rule of the live cap: who sits in a room → who should not (CONTRACTS §4, §6). Pure; no clock, no database.

Prosody's own cap is the wall. This finds what got past it: a room made by somebody else, a cap that is not set, one
link in several browsers where `mod_muc_one_seat` is not loaded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Why(StrEnum):
    """Why a connection should not be in the room."""

    UNINVITED = "uninvited"
    DUPLICATE = "duplicate"
    OVER = "over"


@dataclass(frozen=True)
class Seated:
    """One connection in the room.

    Attributes:
        real_jid: its full address.
        holder: the endpoint it came for, by the events of the room; None where none told of it.
        joined_at: when it came; None where no event told.
        is_exempt: takes no seat (focus, recorder, an administrator, the operator's console).
        is_console: it is the operator's console.
    """

    real_jid: str
    holder: UUID | None = None
    joined_at: datetime | None = None
    is_exempt: bool = False
    is_console: bool = False


@dataclass(frozen=True)
class Surplus:
    """A connection that should not be there."""

    real_jid: str
    why: Why


def surplus(occupants: Iterable[Seated], seats: int | None, known_ids: frozenset[UUID]) -> tuple[Surplus, ...]:
    """Who should not be there, in the order in which they would be removed.

    Args:
        occupants: everybody in the main room.
        seats: how many connections it may hold; None where no number binds it.
        known_ids: the endpoints that take part.

    An uninvited connection never holds a seat. Of several connections of one endpoint the newest keeps the seat, as
    when it comes back after its line was cut. If endpoints are still more than seats, those that came last are over.
    """
    there = [occupant for occupant in occupants if not occupant.is_exempt]
    uninvited = [Surplus(item.real_jid, Why.UNINVITED) for item in there if item.holder not in known_ids]
    invited = sorted((item for item in there if item.holder in known_ids), key=_since)
    newest = {item.holder: item for item in invited}
    duplicates = [Surplus(item.real_jid, Why.DUPLICATE) for item in invited if newest[item.holder] is not item]
    # Whoever came back keeps the place in the queue that the endpoint had from the beginning.
    first = {item.holder: _since(item) for item in reversed(invited)}
    holding = sorted(newest.values(), key=lambda item: first[item.holder])
    over = [Surplus(item.real_jid, Why.OVER) for item in holding[seats:]] if seats is not None else []
    return tuple([*sorted(uninvited, key=lambda item: item.real_jid), *duplicates, *over])


def _since(item: Seated) -> tuple[bool, float, str]:
    """The order of coming; who came at a moment nobody told came last."""
    return item.joined_at is None, item.joined_at.timestamp() if item.joined_at else 0.0, item.real_jid
