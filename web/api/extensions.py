"""More time for a task, over the API: asked for by the unit, answered by the approver."""

from datetime import date, datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel

from core.permissions import Action
from core.runtime import current
from minutes.followups import extensions, service
from web.api.blueprint import api
from web.api.shapes import In, Out, answer, answer_list
from web.api.tasks import TaskPath
from web.security.callers import acting
from web.security.gate import requires


class TaskExtensionOut(Out):
    """A request for time until the end of a day, and its answer once there is one."""

    id: UUID
    task_id: UUID
    until: date
    reason: str
    state: str
    asked_by_name: str
    created_at: datetime
    decided_at: datetime | None
    decided_by_name: str
    answer: str


class TaskExtensionsOut(Out):
    """Requests, oldest first."""

    items: list[TaskExtensionOut]


class TaskExtensionPath(BaseModel):
    """Which request."""

    extension_id: UUID


class TaskExtensionIn(In):
    """Until the end of which day, and why."""

    until: date
    reason: str


class DecisionIn(In):
    """Granted or not; without, the answer says why."""

    granted: bool
    answer: str = ""


@api.get("/tasks/<uuid:task_id>/extensions", responses={200: TaskExtensionsOut})
@requires(Action.VIEW_TASKS)
def list_extensions(path: TaskPath) -> Response:
    """Các đề nghị gia hạn của một nhiệm vụ."""
    with current().database.transaction() as session:
        return answer_list(TaskExtensionOut, service.get_task(session, acting(), path.task_id).extensions)


@api.post("/tasks/<uuid:task_id>/extensions", responses={201: TaskExtensionOut})
@requires(Action.REPORT_TASK)
def ask_extension(path: TaskPath, body: TaskExtensionIn) -> Response:
    """Xin gia hạn đến hết một ngày."""
    with current().database.transaction() as session:
        row = extensions.ask(session, acting(), path.task_id, body.until, body.reason)
        return answer(TaskExtensionOut.of(row), 201)


@api.get("/extensions", responses={200: TaskExtensionsOut})
@requires(Action.DECIDE_EXTENSION)
def waiting_extensions() -> Response:
    """Các đề nghị gia hạn chờ trả lời."""
    with current().database.transaction() as session:
        return answer_list(TaskExtensionOut, [row for row, _task in extensions.waiting(session, acting())])


@api.post("/extensions/<uuid:extension_id>/decision", responses={200: TaskExtensionOut})
@requires(Action.DECIDE_EXTENSION)
def decide_extension(path: TaskExtensionPath, body: DecisionIn) -> Response:
    """Cho gia hạn, hoặc không cho kèm lý do."""
    with current().database.transaction() as session:
        row = extensions.decide(session, acting(), path.extension_id, granted=body.granted, answer=body.answer)
        return answer(TaskExtensionOut.of(row))
