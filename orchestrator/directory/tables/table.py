"""A table as read from a file, and what may be wrong with it. Values only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """One column of a kind of table.

    `read` turns a cell into the value of the field and raises Invalid; `names` are the headings it is known by besides
    its own, in lower case.
    """

    field: str
    heading: str
    names: tuple[str, ...]
    read: Callable[[str], Any]
    required: bool = False
    #: What may stand in it, for people who fill the table in.
    hint: str = ""

    def is_called(self, heading: str) -> bool:
        """Whether a heading of a file means this column."""
        folded = " ".join(heading.lower().replace("*", " ").split())
        return folded in (self.field, self.heading.lower(), *self.names)


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in a file: its line from 1 with the heading, the column's heading, a Vietnamese sentence."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = f"dòng {self.line}" + (f", cột “{self.column}”" if self.column else "")
        return f"{place}: {self.sentence}"


@dataclass(frozen=True)
class TableRow:
    """The cells of one line by field, tidied; `line` counts from 1 with the heading."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A file's rows and the columns it has; `ignored` are headings that nothing is known about."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()
    fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", frozenset(column.field for column in self.columns))
