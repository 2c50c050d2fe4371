"""The rule of seats at our door: who holds one now, and whether another endpoint may come in. Pure.

A seat is held by an endpoint, never by a browser: one link in thirty browsers is one seat. It is held while the
endpoint is in the room, for a while after a click (the conference is being loaded), and for a while after a line was
cut, so that an endpoint that comes back finds its own seat. The central endpoint's seat is kept free for it: a meeting
whose chair stands outside is none.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from orchestrator.live.presence import Connection

#: From the click to the room: loading the page, asking for the camera, a rate limit of three joins a second.
CLICK_HOLDS = timedelta(minutes=3)
#: A dropped line is known to be dropped after a minute; then the endpoint starts its device again.
RETURN_WITHIN = timedelta(minutes=2)


def holders(grants: Mapping[UUID, datetime], connections: Iterable[Connection], now: datetime) -> frozenset[UUID]:
    """Endpoints that hold a seat at this moment.

    Args:
        grants: endpoint → when it was last let in at our door.
    """
    clicked = {holder for holder, at in grants.items() if at <= now < at + CLICK_HOLDS}
    there = {item.holder for item in connections if item.holder is not None and _holds(item, now)}
    return frozenset(clicked | there)


def strangers(connections: Iterable[Connection], now: datetime) -> int:
    """Seats taken by connections that came with no token of ours."""
    return sum(item.holder is None and item.takes_seat_at(now) for item in connections)


def has_room(asking: UUID, held: frozenset[UUID], strangers: int, seats: int, central: UUID | None) -> bool:
    """Whether this endpoint may come in: it has a seat already, or one is left that is not the central endpoint's."""
    if asking in held:
        return True
    kept = 0 if central is None or central in held or central == asking else 1
    return len(held) + strangers + kept < seats


def _holds(connection: Connection, now: datetime) -> bool:
    if connection.takes_seat_at(now):
        return True
    left = connection.interval.until
    in_main_room = not connection.is_recorder and not connection.in_breakout
    return in_main_room and left is not None and left <= now < left + RETURN_WITHIN
