"""The rule of the incident log: lines with corrections → the log as it stands, and what is still open.

In: plain lines in the order they were written. Out: the lines that count, each with whether it was corrected, and the
open incidents. A line of the kind `recovered` ends what stood against the same place before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from orchestrator.live.models import IncidentKind

#: Lines that tell a fact and open nothing.
_NEVER_OPEN = frozenset({IncidentKind.RECOVERED, IncidentKind.NOTE})


@dataclass(frozen=True)
class Line:
    """One line; `place` is the meeting's endpoint, None for the whole meeting."""

    id: UUID
    kind: IncidentKind
    at: datetime
    place: UUID | None = None
    note: str = ""
    corrects: UUID | None = None
    is_withdrawal: bool = False


def standing(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that count, in the order of happening: corrected ones are replaced, withdrawn ones are gone."""
    kept = list(lines)
    corrected = {line.corrects for line in kept if line.corrects is not None}
    valid = [line for line in kept if line.id not in corrected and not line.is_withdrawal]
    return tuple(sorted(valid, key=lambda line: line.at))


def open_incidents(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is still wrong, in the order of happening; the same kind twice at one place is one incident, the first.

    A recovery of the whole meeting ends only what concerns the whole meeting.
    """
    found: dict[tuple[UUID | None, IncidentKind], Line] = {}
    for line in standing(lines):
        if line.kind is IncidentKind.RECOVERED:
            found = {key: value for key, value in found.items() if key[0] != line.place}
        elif line.kind not in _NEVER_OPEN:
            found.setdefault((line.place, line.kind), line)
    return tuple(sorted(found.values(), key=lambda line: line.at))


def history(lines: Sequence[Line], line_id: UUID) -> tuple[Line, ...]:
    """A line with those it corrects, newest first."""
    by_id = {line.id: line for line in lines}
    chain: list[Line] = []
    step: UUID | None = line_id
    while step is not None and step in by_id:
        chain.append(by_id[step])
        step = by_id[step].corrects
    return tuple(chain)
