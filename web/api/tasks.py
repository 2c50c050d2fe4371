"""Tasks over the API: what is to be done, and reports on it."""

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel

from core.permissions import Action
from core.runtime import current
from minutes.followups import service
from minutes.followups.models import Task
from web.api.blueprint import api
from web.api.shapes import In, Out, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class ReportOut(Out):
    """What a unit said about its task."""

    id: UUID
    task_id: UUID
    text: str
    done: bool
    author_name: str
    created_at: datetime


class TaskOut(Out):
    """A directive of an issued notice with the unit that answers for it."""

    id: UUID
    notice_id: UUID
    meeting_id: UUID
    symbol: str
    unit_id: UUID | None
    unit_name: str | None
    lead: list[str]
    coordinating: list[str]
    action: str
    deadline_raw: str
    deadline_iso: str | None
    deadline_rrule: str | None
    due_at: datetime | None
    overdue: bool
    state: str
    done_at: datetime | None
    reports: list[ReportOut]


class TasksOut(Out):
    """Tasks by due moment."""

    items: list[TaskOut]


class TaskPath(BaseModel):
    """Which task."""

    task_id: UUID


class TaskReportIn(In):
    """A report; `done` ends the task."""

    text: str
    done: bool = False


def task_out(task: Task) -> TaskOut:
    """Everything the API says of a task."""
    own = {name: getattr(task, name) for name in TaskOut.model_fields if name != "reports" and hasattr(task, name)}
    return TaskOut(
        **own,
        symbol=task.issue.symbol,
        unit_name=task.unit.name if task.unit else None,
        overdue=task.is_overdue(current().clock()),
        reports=[ReportOut.of(row) for row in task.reports],
    )


@api.get("/tasks", responses={200: TasksOut})
@requires(Action.VIEW_TASKS)
def list_tasks() -> Response:
    """Các nhiệm vụ: đơn vị thấy việc của mình, văn phòng thấy tất cả."""
    with current().database.transaction() as session:
        return answer_list(TaskOut, [task_out(task) for task in service.list_tasks(session, acting())])


@api.post("/tasks/<uuid:task_id>/reports", responses={201: ReportOut})
@requires(Action.REPORT_TASK)
def report(path: TaskPath, body: TaskReportIn) -> Response:
    """Báo cáo kết quả thực hiện."""
    with current().database.transaction() as session:
        row = service.report(session, acting(), path.task_id, body.text, body.done)
        return answer(ReportOut.of(row), 201)
