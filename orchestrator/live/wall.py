"""The rule of the wall: what one knows of an endpoint → the one thing an operator must see of it.

Who is in the room needs no check any more; who was in and is out is the most urgent; the rest stands by its check.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orchestrator.live.presence import Interval
from orchestrator.live.readiness import still_counts


class PlaceState(StrEnum):
    """One endpoint on the wall."""

    IN_ROOM = "in_room"
    DROPPED = "dropped"
    READY = "ready"
    PROBLEMS = "problems"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True)
class LastCheck:
    """The newest check of an endpoint for this meeting."""

    at: datetime
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """What the wall shows: the state, since when, and whether the check is too old to count."""

    state: PlaceState
    since: datetime | None = None
    check_is_old: bool = False


def standing_of(
    intervals: Sequence[Interval], check: LastCheck | None, *, starts_at: datetime, now: datetime, is_over: bool
) -> Standing:
    """The state of one endpoint.

    Args:
        intervals: its presence in the main room, merged, in order of time.
        starts_at: planned start of the meeting, which decides whether a check is recent.
        is_over: the meeting is closed; nobody is "dropped" from a meeting that has ended.
    """
    inside = next((item for item in intervals if item.covers(now)), None)
    if inside is not None:
        return Standing(PlaceState.IN_ROOM, inside.since)
    left = [item.until for item in intervals if item.until is not None and item.until <= now]
    if left and not is_over:
        return Standing(PlaceState.DROPPED, max(left))
    if check is None:
        return Standing(PlaceState.NOT_CHECKED)
    if not still_counts(check.at, starts_at):
        return Standing(PlaceState.NOT_CHECKED, check.at, check_is_old=True)
    return Standing(PlaceState.PROBLEMS if check.problems else PlaceState.READY, check.at)
