"""The name of a file goes in, when its sound began comes out, as its maker wrote it there. Pure; names prove nothing.

Known: Zoom's cloud files (`GMT20260408-070003_Recording.m4a`, UTC), Jibri's (`{room}_2026-04-08-14-00-03.mp4`), Zoom's
local folders (`2026-04-08 14.00.03 …`) and recorders that write the moment in any of the usual ways (local time).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from core.clock import VIETNAM

_ZOOM = re.compile(r"(?<![A-Za-z])GMT(\d{8})-(\d{6})(?!\d)")
_STAMP = re.compile(
    r"(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})[ _T.-]{1,3}(\d{2})[-_.:hg]?(\d{2})[-_.:mp]?(\d{2})(?!\d)"
)
#: Zoom stamps by its server's clock; a recorder's clock may be off, but all its files are off alike.
ZOOM_MARGIN_SECONDS, STAMP_MARGIN_SECONDS = 5.0, 60.0
#: A pause between two parts longer than this is no pause of one meeting.
MOST_GAP_SECONDS = 12 * 3600.0
#: Stamps are rounded to seconds and recorders need a moment: less overlap than this is none.
ROUNDING_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Began:
    """When the sound of a file began, how far that may be off, and whose clock it is."""

    at: datetime
    margin_seconds: float
    clock: str


def began_at(name: str) -> Began | None:
    """What a name says; None where it says nothing that could be a moment."""
    zoom = _ZOOM.search(name)
    if zoom:
        moment = _moment([zoom[1][:4], zoom[1][4:6], zoom[1][6:], zoom[2][:2], zoom[2][2:4], zoom[2][4:]], UTC)
        return Began(moment, ZOOM_MARGIN_SECONDS, "zoom") if moment else None
    # The folder of a recorder may carry a stamp too; the file's own is the later one in the name.
    for found in reversed(list(_STAMP.finditer(name))):
        moment = _moment(list(found.groups()), VIETNAM)
        if moment is not None:
            return Began(moment, STAMP_MARGIN_SECONDS, "recorder")
    return None


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """For sorting: "phần 2" before "phần 10"."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def placed(names: Sequence[str], seconds: Sequence[float | None]) -> tuple[float | None, ...]:
    """Where each of several parts in order begins, in seconds after the first; None: right behind the one before it.

    Only differences on one clock count. Where they contradict the order, or leave a gap no meeting has, or where one
    part would begin while the one before it is still on by no more than rounding, the part follows directly.
    """
    began = [began_at(name) for name in names]
    first = began[0] if began else None
    offsets: list[float | None] = []
    last = 0.0
    for index, moment in enumerate(began):
        offset: float | None = 0.0 if index == 0 else None
        if index and first is not None and moment is not None and moment.clock == first.clock:
            offset = (moment.at - first.at).total_seconds()
            before = seconds[index - 1]
            end = last + before if before is not None else last
            touches = before is not None and abs(offset - end) <= ROUNDING_SECONDS
            if offset <= last or offset - end > MOST_GAP_SECONDS or touches:
                offset = None
        if offset is not None:
            last = offset
        else:
            last += seconds[index - 1] or 0.0
        offsets.append(offset)
    return tuple(offsets)


def _moment(parts: Sequence[str], zone: tzinfo) -> datetime | None:
    year, month, day, hour, minute, second = map(int, parts)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
