"""The rule of the roll: answers of persons → numbers and lists as the minutes need them. Plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from orchestrator.meetings.models import Attendance

#: Answers that mean "was there"; late people were.
THERE = frozenset({Attendance.AT_ENDPOINT, Attendance.AT_HOME, Attendance.LATE})


@dataclass(frozen=True)
class Answer:
    """One person and what the roll call says."""

    participant_id: UUID
    name: str
    title: str
    place: str
    attendance: Attendance
    reason: str = ""
    arrived_at: datetime | None = None


@dataclass(frozen=True)
class RollSummary:
    """The roll as a whole; lists keep the order of the answers given (protocol)."""

    present: tuple[Answer, ...]
    late: tuple[Answer, ...]
    from_home: tuple[Answer, ...]
    absent: tuple[Answer, ...]
    #: Nobody has looked yet.
    open: tuple[Answer, ...]

    @property
    def expected(self) -> int:
        """Everyone on the list."""
        return len(self.present) + len(self.absent) + len(self.open)

    @property
    def absent_without_reason(self) -> tuple[Answer, ...]:
        """Absent, and nobody has said why: the minutes would have to ask."""
        return tuple(answer for answer in self.absent if not answer.reason)

    @property
    def is_complete(self) -> bool:
        """Nobody is left open."""
        return not self.open


def summarise(answers: Iterable[Answer]) -> RollSummary:
    """Sort answers into the lists; `present` holds those who came late and those at home too."""
    kept = tuple(answers)
    return RollSummary(
        present=tuple(item for item in kept if item.attendance in THERE),
        late=tuple(item for item in kept if item.attendance is Attendance.LATE),
        from_home=tuple(item for item in kept if item.attendance is Attendance.AT_HOME),
        absent=tuple(item for item in kept if item.attendance is Attendance.ABSENT),
        open=tuple(item for item in kept if item.attendance is Attendance.EXPECTED),
    )
