"""Points counted inside one line, and which of two kinds of bullet stands above the other.

In: lines of a written text. Out: where "(1) …; (2) …" or "(i) …; (ii) …" begin behind a colon, and a depth for every
kind of bullet: "* Văn phòng Sở:" above "- Chuẩn bị …" as well as "- Sở Y tế:" above "+ Bố trí …".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_POINT = re.compile(r"(?<=[:;.,])\s*\(\s*(?P<mark>\d{1,2}|[ivx]{1,4}|[a-zđ])\s*\)\s*(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?P<kind>[-–—•*●▪·+✓➢o](?=\s)|[-–—•*●▪·+])\s*(?=\S)")
_KINDS = {"–": "-", "—": "-", "●": "•", "▪": "▫", "·": "•"}
BULLET_DEPTH = 5
_DEFAULT = {"+": BULLET_DEPTH + 1}
_FEWEST_POINTS = 2
_FIRST_MARKS = frozenset({"1", "i", "a"})


def inline_points(value: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """(end of what stands before, place behind the mark) of each counted point; empty unless a colon opens a row."""
    marks = list(_POINT.finditer(value, start, end))
    first = next((index for index, mark in enumerate(marks) if mark["mark"].lower() in _FIRST_MARKS), None)
    if first is None or len(marks) - first < _FEWEST_POINTS or not value[: marks[first].start()].endswith(":"):
        return ()
    return tuple((mark.start(), mark.end()) for mark in marks[first:])


def bullet_kind(value: str, start: int, end: int) -> str | None:
    """The kind of bullet a line begins with."""
    match = _BULLET.match(value, start, end)
    return _KINDS.get(match["kind"], match["kind"]) if match else None


def bullet_depths(value: str, lines: Sequence[tuple[int, int]]) -> dict[str, int]:
    """The depth of every kind of bullet of a text: a kind whose lines end with a colon right before another stands
    above it."""
    kinds = [bullet_kind(value, start, end) for start, end in lines]
    depths = {kind: _DEFAULT.get(kind, BULLET_DEPTH) for kind in kinds if kind is not None}
    above = Counter(_openings(value, lines, kinds))
    for (upper, lower), count in above.most_common():
        if count > above[(lower, upper)] and depths[lower] <= depths[upper]:
            depths[lower] = depths[upper] + 1
    return depths


def _openings(value: str, lines: Sequence[tuple[int, int]], kinds: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    for (line, upper), lower in zip(zip(lines, kinds, strict=True), kinds[1:], strict=False):
        if upper and lower and upper != lower and value[line[0] : line[1]].rstrip().endswith(":"):
            yield upper, lower
