"""The rule of presence: connections in and out → who was there when, and how many seats are taken.

An endpoint that comes back before its old connection is known to be gone holds two connections and one seat.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Interval:
    """From a moment (included) to a moment (excluded); open where `until` is None."""

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether somebody was there at this moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Connection:
    """One connection; `holder` is the endpoint whose token it came with, None for a stranger."""

    holder: UUID | None
    interval: Interval
    is_recorder: bool = False
    in_breakout: bool = False

    def takes_seat_at(self, moment: datetime) -> bool:
        """Whether it counts against the cap of the main room at this moment."""
        return not self.is_recorder and not self.in_breakout and self.interval.covers(moment)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union of intervals, in order of time, touching ones joined."""
    done: list[Interval] = []
    for interval in sorted(intervals, key=lambda item: item.since):
        last = done[-1] if done else None
        if last is None or (last.until is not None and last.until < interval.since):
            done.append(interval)
        else:
            done[-1] = Interval(last.since, _later(last.until, interval.until))
    return tuple(done)


def seats_taken(connections: Iterable[Connection], moment: datetime, *, besides: UUID | None = None) -> int:
    """Seats in use: each endpoint once, each stranger's connection once, the recorder never.

    Args:
        besides: an endpoint whose own seat is left out, because it asks whether there is room for itself.
    """
    there = [connection for connection in connections if connection.takes_seat_at(moment)]
    endpoints = {connection.holder for connection in there if connection.holder is not None} - {besides}
    strangers = sum(connection.holder is None for connection in there)
    return len(endpoints) + strangers


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)
