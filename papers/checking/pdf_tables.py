"""Where a page of a PDF has tables of figures: told by their upright lines, which nothing else on these papers has.

In: boxes of drawn lines, in millimetres. Out: the areas of tables, and which lines of text stand in them. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from papers.checking.reading import Box, TextLine

#: Upright lines thicker than this are bars or frames, shorter ones parts of letters or drawings.
_THICKEST_MM, _SHORTEST_MM = 1.2, 2.5
#: Pieces of one table's lines touch each other, or nearly.
_GAP_MM = 0.8


def table_areas(drawn: Iterable[Box]) -> tuple[Box, ...]:
    """One box for each run of upright lines that follow each other down the page, if there are at least three."""
    upright = sorted(
        (box for box in drawn if box.width <= _THICKEST_MM and box.bottom - box.top >= _SHORTEST_MM),
        key=lambda box: box.top,
    )
    areas: list[list[Box]] = []
    reach = float("-inf")
    for box in upright:
        if box.top > reach + _GAP_MM:
            areas.append([])
        areas[-1].append(box)
        reach = max(reach, box.bottom)
    return tuple(_around(area) for area in areas if len({round(box.left) for box in area}) >= 3)


def stands_in(box: Box | None, areas: Sequence[Box]) -> bool:
    """Whether the middle of a box lies in one of the areas."""
    if box is None:
        return False
    middle = (box.top + box.bottom) / 2
    return any(area.left <= box.centre <= area.right and area.top <= middle <= area.bottom for area in areas)


def marked(lines: Iterable[TextLine], areas: Sequence[Box]) -> list[TextLine]:
    """The lines, those in a table marked as such."""
    return [replace(line, in_table=True) if stands_in(line.box, areas) else line for line in lines]


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
