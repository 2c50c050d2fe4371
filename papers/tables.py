"""Tables inside the margins: how wide each column is, and how large the letters may be.

In: headings, kinds of column, cells. Out: a `Table` with widths in millimetres that fill the text width. Numbers are
never broken while there is room; words of a text column break at spaces, and inside a word only where it is longer than
its column. Pure: the widths of Times New Roman are known (`measure`), so DOCX and PDF get the same columns.
"""

from collections.abc import Iterable, Sequence

from papers import form
from papers.measure import Face, breakable, text_width
from papers.numbers import Cell, printed_cell
from papers.sheet import Align, Table, TableColumn, TableRow

#: A wide table takes the first of these sizes in points at which no cell needs more than three lines.
_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0)
#: A word longer than this does not widen its column.
_LONGEST_WORD_MM = 42.0
_WIDEST_NEED_MM = 60.0
_LONGEST_NUMBER = 24
_LINES_OF_HEADING = 2
_NARROWEST_MM = 7.0
#: Padding on both sides and a hair, so that what was measured never wraps.
_AROUND_MM = 2 * form.TABLE_PADDING_MM + 0.2
_ALIGN: dict[str, Align] = {"text": "left", "number": "right", "index": "centre"}
#: A row higher than this may run over two pages; lower ones stay whole.
_WHOLE_ROW_MM = 120.0


def lay_out_table(
    headings: Sequence[str],
    kinds: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    total: Sequence[Cell] | None = None,
    *,
    unit: str = "",
    room_mm: float = form.TEXT_WIDTH_MM,
) -> Table:
    """Words, widths and size of a table that fills `room_mm` millimetres.

    Every row has a cell for each heading; kinds are text, number, index.
    """
    body = [tuple(printed_cell(cell) for cell in row) for row in rows]
    sums = [tuple(printed_cell(cell) for cell in total)] if total is not None else []
    columns = [
        _Column(heading, kind, (row[at] for row in body), (row[at] for row in sums))
        for at, (heading, kind) in enumerate(zip(headings, kinds, strict=True))
    ]
    size = next((size for size in _SIZES if _readable(columns, size) <= room_mm), _SIZES[-1])
    readable = _readable(columns, size) <= room_mm
    widths = _shared(
        [column.readable(size) if readable else column.least(size) for column in columns],
        [column.wished(size) for column in columns],
        [kind != "index" for kind in kinds],
        room_mm,
    )
    return Table(
        columns=tuple(
            TableColumn(heading, width, _ALIGN[kind])
            for heading, width, kind in zip(_fitted(headings, widths, size, "bold"), widths, kinds, strict=True)
        ),
        rows=(
            *(_row(cells, widths, size, strong=False) for cells in body),
            *(_row(cells, widths, size, strong=True) for cells in sums),
        ),
        size=size,
        unit=f"Đơn vị tính: {unit}" if unit else "",
    )


def _row(cells: Sequence[str], widths: Sequence[float], size: float, *, strong: bool) -> TableRow:
    return TableRow(
        _fitted(cells, widths, size, "bold" if strong else "regular"),
        strong=strong,
        may_break=_height(cells, widths, size) > _WHOLE_ROW_MM,
    )


def _fitted(cells: Sequence[str], widths: Sequence[float], size: float, face: Face) -> tuple[str, ...]:
    """The cells with places to break in words too long for their column."""
    return tuple(
        breakable(text, size, face, width - 2 * form.TABLE_PADDING_MM)
        for text, width in zip(cells, widths, strict=True)
    )


def _readable(columns: Sequence["_Column"], size: float) -> float:
    return sum(column.readable(size) for column in columns)


class _Column:
    """What one column needs: the longest word and the longest cell, in millimetres per point of letter size."""

    def __init__(self, heading: str, kind: str, cells: Iterable[str], sums: Iterable[str]) -> None:
        self._word = self._cell = 0.0
        self._take([heading], "bold", solid=False, lines=_LINES_OF_HEADING)
        self._take(set(cells), "regular", solid=kind == "number")
        self._take(sums, "bold", solid=kind == "number")

    def _take(self, texts: Iterable[str], face: Face, *, solid: bool, lines: int = 1) -> None:
        for text in texts:
            self._cell = max(self._cell, text_width(text, 1, face) / lines)
            pieces = [text] if solid and len(text) <= _LONGEST_NUMBER else text.split(" ")
            self._word = max(self._word, *(text_width(piece, 1, face) for piece in pieces))

    def least(self, size: float) -> float:
        """Millimetres below which a word would have to be broken."""
        return max(_NARROWEST_MM, min(self._word * size, _LONGEST_WORD_MM) + _AROUND_MM)

    def readable(self, size: float) -> float:
        """Millimetres at which the longest cell takes about three lines, some room lost at the end of each."""
        return max(self.least(size), min(self._cell * size / 2.6, _WIDEST_NEED_MM) + _AROUND_MM)

    def wished(self, size: float) -> float:
        """Millimetres at which nothing has to be wrapped, up to the whole width."""
        return max(self.least(size), min(self._cell * size + _AROUND_MM, form.TEXT_WIDTH_MM))


def _shared(least: list[float], wished: list[float], grows: list[bool], room: float) -> tuple[float, ...]:
    """Widths that fill the room: at least what is needed, the rest by what is wished; narrower where they must be."""
    spare = room - sum(least)
    if spare < 0:
        return tuple(width * room / sum(least) for width in least)
    wishes = [more - less for more, less in zip(wished, least, strict=True)]
    if sum(wishes) <= spare:
        # Room left over goes to all columns alike but the running numbers, whose column looks best narrow.
        growing = grows if any(grows) else [True] * len(grows)
        share = (spare - sum(wishes)) / sum(growing)
        return tuple(width + share * more for width, more in zip(wished, growing, strict=True))
    return tuple(less + spare * wish / sum(wishes) for less, wish in zip(least, wishes, strict=True))


def _height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Millimetres a row will be high, a little too many rather than too few."""
    lines = max(
        1 + text_width(text, size) / max(width - 2 * form.TABLE_PADDING_MM, 1.0) * 1.15
        for text, width in zip(cells, widths, strict=True)
    )
    return lines * form.line_height_mm(size)
