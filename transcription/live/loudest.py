"""Who was the loudest when: utterances of all endpoints go in, intervals that never overlap come out. Pure.

This is what the room's memory keeps (`speakers.from_room.remember_speech`), and the recording's own pass reads: where
two spoke at once, the moment belongs to the louder of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Spoken:
    """An endpoint spoke from one moment to another, so loud (root mean square, 0..1)."""

    endpoint_id: UUID
    began_at: datetime
    ended_at: datetime
    rms: float


def loudest(spoken: Iterable[Spoken]) -> tuple[tuple[UUID, datetime, datetime], ...]:
    """(endpoint, from, until) in the order of time; of two at once the louder, of equals the one who had the word."""
    items = sorted(spoken, key=lambda item: (item.began_at, item.endpoint_id))
    found: list[tuple[UUID, datetime, datetime]] = []
    edges = sorted({moment for item in items for moment in (item.began_at, item.ended_at)})
    open_ones: list[Spoken] = []
    position = 0
    for left, right in zip(edges, edges[1:], strict=False):
        while position < len(items) and items[position].began_at <= left:
            open_ones.append(items[position])
            position += 1
        open_ones = [item for item in open_ones if item.ended_at > left]
        if open_ones:
            _extend(
                found, max(open_ones, key=lambda item: (item.rms, -item.began_at.timestamp())).endpoint_id, left, right
            )
    return tuple(found)


def settled(spoken: Sequence[Spoken], until: datetime) -> tuple[Spoken, ...]:
    """Those that no later utterance can touch any more: everything that ended by this moment, up to the first gap
    before something that goes on."""
    going_on = [item.began_at for item in spoken if item.ended_at > until]
    limit = min([until, *going_on])
    while reaching := [item.began_at for item in spoken if item.began_at < limit < item.ended_at]:
        limit = min(reaching)
    return tuple(item for item in spoken if item.ended_at <= limit)


def _extend(found: list[tuple[UUID, datetime, datetime]], endpoint_id: UUID, left: datetime, right: datetime) -> None:
    if found and found[-1][0] == endpoint_id and found[-1][2] == left:
        found[-1] = (endpoint_id, found[-1][1], right)
    else:
        found.append((endpoint_id, left, right))
