"""How the work stands over a period: notices issued, tasks done in time, late, still open; by unit. Pure but for one
question to the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can, require
from core.runtime import current
from minutes.followups.models import Task
from minutes.followups.states import DONE, DROPPED
from minutes.notices.models import Issue

NO_UNIT = "Chưa xác định đơn vị"


@dataclass(frozen=True)
class Counts:
    """Tasks of one unit, or of all."""

    name: str
    total: int = 0
    done_in_time: int = 0
    done_late: int = 0
    overdue: int = 0
    open: int = 0

    @property
    def done(self) -> int:
        """Done, in time or late."""
        return self.done_in_time + self.done_late

    def plus(self, task: Task, now: datetime) -> "Counts":
        """With one more task."""
        late = task.due_at is not None and task.done_at is not None and task.done_at > task.due_at
        done, overdue = task.state == DONE, task.is_overdue(now)
        return Counts(
            self.name,
            self.total + 1,
            self.done_in_time + (done and not late),
            self.done_late + (done and late),
            self.overdue + overdue,
            self.open + (not done and not overdue),
        )


@dataclass(frozen=True)
class Statistics:
    """A period: what was issued in it, and how the tasks of these notices stand now."""

    first: date
    last: date
    notices: int
    every: Counts
    units: tuple[Counts, ...]


def statistics(session: Session, actor: Actor, first: date, last: date) -> Statistics:
    """Of the tasks of notices issued from `first` to `last`; a unit sees its own only."""
    require(actor, Action.VIEW_TASKS)
    query = select(Task).join(Task.issue).where(Issue.issued_on.between(first, last), Task.state != DROPPED)
    tasks = [task for task in session.scalars(query) if can(actor, Action.VIEW_TASKS, task)]
    issued = select(func.count()).select_from(Issue).where(Issue.issued_on.between(first, last))
    own = len({task.issue_id for task in tasks})
    notices = int(session.scalar(issued) or 0) if can(actor, Action.VIEW_NOTICE) else own
    return Statistics(first, last, notices, *count(tasks, current().clock()))


def count(tasks: Iterable[Task], now: datetime) -> tuple[Counts, tuple[Counts, ...]]:
    """All together, and by unit: most overdue first, then by name."""
    every, units = Counts("Tổng số"), dict[str, Counts]()
    for task in tasks:
        name = task.unit.name if task.unit else NO_UNIT
        every = every.plus(task, now)
        units[name] = units.get(name, Counts(name)).plus(task, now)
    return every, tuple(sorted(units.values(), key=lambda unit: (-unit.overdue, unit.name)))


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month: the period shown where none was asked for."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
