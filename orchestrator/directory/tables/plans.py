"""What an import would do: one line for each row, or the faults that stop it. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from orchestrator.directory.tables.table import Fault


class RowStatus(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass
class ParsedRow:
    """A row while it is being checked: its values by field, the entry it means, what is wrong with it."""

    line: int
    values: dict[str, Any]
    entry_id: UUID | None = None
    faults: list[Fault] = field(default_factory=list)

    def blame(self, column: str, sentence: str) -> None:
        """Note something wrong with one cell."""
        self.faults.append(Fault(self.line, column, sentence if sentence.endswith(".") else f"{sentence}."))


@dataclass(frozen=True)
class RowPlan:
    """One row as it would be written; `changed` are headings of what differs."""

    line: int
    key: str
    name: str
    status: RowStatus
    values: dict[str, Any]
    entry_id: UUID | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """The whole file: nothing is written where there is a single fault."""

    file_name: str
    rows: Sequence[RowPlan]
    faults: Sequence[Fault]
    ignored: Sequence[str] = ()

    @property
    def is_clean(self) -> bool:
        """Whether it may be written."""
        return not self.faults

    def count(self, status: RowStatus) -> int:
        """How many rows become this."""
        return sum(row.status is status for row in self.rows)

    @property
    def new(self) -> int:
        """Rows that become new entries."""
        return self.count(RowStatus.NEW)

    @property
    def changed(self) -> int:
        """Rows that change an entry."""
        return self.count(RowStatus.CHANGED)

    @property
    def unchanged(self) -> int:
        """Rows that say what is already so."""
        return self.count(RowStatus.UNCHANGED)
