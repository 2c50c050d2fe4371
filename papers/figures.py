"""Tables of figures as content: what a report, or an appendix, says in rows and columns, and the blocks they become.

In: `ReportTable`. Out: `Block`s of a sheet with the widths of a given room. Figures are given as numbers and printed
the Vietnamese way; nothing is added up here. Pure.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from papers import form
from papers.refusals import TableTooLarge
from papers.sheet import Block
from papers.tables import lay_out_table
from papers.values import Line, Value, clean_text

MAXIMUM_ROWS, MAXIMUM_COLUMNS = 1000, 14
#: A cell is a name or a short note; what is longer is a paragraph.
CellText = Annotated[str, Field(max_length=1000), AfterValidator(clean_text)]
Kind = Literal["text", "number", "index"]
Cell = CellText | int | Decimal | None


class ReportColumn(Value):
    """One column. Numbers stand on the right, an index (STT) in the middle, words on the left."""

    heading: Line = ""
    kind: Kind = "text"


class ReportTable(Value):
    """A table with a row of headings. `total` is the last row, printed bold; `notes` stand below.

    `unit` says what is counted ("người"), and is printed above the table on the right.
    """

    columns: tuple[ReportColumn, ...] = Field(min_length=1)
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: tuple[Cell, ...] | None = None
    caption: Line = ""
    unit: Line = ""
    notes: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if len(self.rows) > MAXIMUM_ROWS or len(self.columns) > MAXIMUM_COLUMNS:
            raise TableTooLarge(
                rows=len(self.rows),
                columns=len(self.columns),
                most_rows=MAXIMUM_ROWS,
                most_columns=MAXIMUM_COLUMNS,
            )
        width = len(self.columns)
        if any(len(row) != width for row in (*self.rows, *([self.total] if self.total is not None else []))):
            raise ValueError("every row has a cell for each column")
        return self


def table_blocks(table: ReportTable, room_mm: float = form.TEXT_WIDTH_MM) -> Iterator[Block]:
    """The table with its caption, then its notes; its columns fill `room_mm` millimetres."""
    kinds = tuple(column.kind for column in table.columns)
    headings = tuple(column.heading for column in table.columns)
    laid_out = lay_out_table(headings, kinds, table.rows, table.total, unit=table.unit, room_mm=room_mm)
    yield Block("table", table.caption, laid_out)
    for note in table.notes:
        if note:
            yield Block("note", note)
