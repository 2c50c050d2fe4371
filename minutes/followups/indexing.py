"""What is found of tasks: what is to be done, by whom, until when, what was reported. Who sees a task finds it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.search.following import follow
from core.search.index import Passage
from core.search.kinds import SearchKind, everywhere, register
from core.search.models import SearchEntry
from minutes.followups.models import Task, TaskReport
from orchestrator.meetings.indexing import open_meeting_of

TASK = "task"


def _scope(actor: Actor) -> ColumnElement[bool] | None:
    if everywhere(actor, Action.VIEW_TASKS):
        return true()
    return _of_units(actor.unit_ids) if can(actor, Action.VIEW_TASKS) else None


def _of_units(unit_ids: frozenset[UUID]) -> ColumnElement[bool]:
    """The same question as `Task.related_unit_ids`, asked of the database."""
    mine = or_(Task.unit_id.in_(unit_ids), Task.coordinating_unit_ids.overlap(list(unit_ids)))
    return SearchEntry.object_id.in_(select(Task.id).where(mine))


def _read(session: Session, task_id: UUID) -> Sequence[Passage]:
    task = session.get(Task, task_id)
    if task is None or open_meeting_of(session, task.meeting_id) is None:
        return ()
    reports = session.scalars(
        select(TaskReport.text).where(TaskReport.task_id == task_id).order_by(TaskReport.created_at)
    ).all()
    said = ("; ".join(task.lead), task.deadline_raw, "; ".join(task.coordinating), *reports)
    return [
        Passage(
            task.action,
            " · ".join(filter(None, said)),
            task.created_at,
            task.meeting_id,
            beside=task.issue.symbol,
            is_head=True,
        )
    ]


def _every() -> Select[UUID]:
    return select(Task.id)


register(SearchKind(name=TASK, scope=_scope, of_units=_of_units, read=_read, every=_every))
follow(Task, lambda row: [(TASK, row.id)], fields=("action", "lead", "coordinating", "deadline_raw"))
follow(TaskReport, lambda row: [(TASK, row.task_id)])
