"""More time for a task: asked by the accountable unit with a reason, granted or refused by the approver."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import lifecycles
from core.clock import in_vietnam
from core.errors import Forbidden, NotFound, TransitionRefused
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.followups.due import due_at
from minutes.followups.models import Task, TaskExtension
from minutes.followups.service import locked_task
from minutes.followups.states import ASKED, EXTENSION, OPEN
from minutes.notices.refusals import ExtensionRefused, ReasonMissing


def ask(session: Session, actor: Actor, task_id: UUID, until: date, reason: str) -> TaskExtension:
    """Ask for time until the end of this day.

    Raises:
        ExtensionRefused: no due date, a day that is not later, or a request that waits already. ReasonMissing.
        TransitionRefused: the task is done. NotFound, Forbidden: not the accountable unit.
    """
    task = locked_task(session, actor, task_id)
    if task.unit_id not in actor.unit_ids:
        raise Forbidden
    if task.state not in OPEN:
        raise TransitionRefused(event="ask_extension", state=task.state)
    if not reason.strip():
        raise ReasonMissing
    _require_later(task, until)
    waiting = select(TaskExtension.id).where(TaskExtension.task_id == task.id, TaskExtension.state == ASKED)
    if session.scalar(waiting) is not None:
        raise ExtensionRefused(reason="đề nghị trước đang chờ trả lời")
    row = TaskExtension(
        task_id=task.id,
        state=EXTENSION.initial,
        until=until,
        reason=reason.strip(),
        asked_by_id=actor.account_id,
        asked_by_name=actor.name,
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    return row


def decide(
    session: Session, actor: Actor, extension_id: UUID, *, granted: bool, answer: str = "", task_id: UUID | None = None
) -> TaskExtension:
    """Grant the extension, which moves the due moment, or refuse it with an answer.

    Args:
        task_id: the task it was asked for, where the caller names one; another's is not found.

    Raises:
        ReasonMissing: refused without a word. TransitionRefused: decided before. NotFound, Forbidden.
    """
    row = session.get(TaskExtension, extension_id)
    if row is None or task_id not in (None, row.task_id):
        raise NotFound
    task = session.get_one(Task, row.task_id)
    require(actor, Action.DECIDE_EXTENSION, task)
    if not granted and not answer.strip():
        raise ReasonMissing
    lifecycles.apply(
        session, EXTENSION, row, "grant" if granted else "refuse", actor=actor, task_id=task.id, until=row.until
    )
    row.decided_at, row.decided_by_name, row.answer = current().clock(), actor.name, answer.strip()
    if granted and task.state in OPEN:
        task.extended_until, task.due_at = row.until, due_at(row.until.isoformat())
    session.flush()
    return row


def waiting(session: Session, actor: Actor) -> list[tuple[TaskExtension, Task]]:
    """Requests that wait for an answer, oldest first."""
    require(actor, Action.DECIDE_EXTENSION)
    query = select(TaskExtension, Task).join(Task).where(TaskExtension.state == ASKED)
    return [(row, task) for row, task in session.execute(query.order_by(TaskExtension.created_at))]


def _require_later(task: Task, until: date) -> None:
    if task.due_at is None:
        raise ExtensionRefused(reason="nhiệm vụ không có thời hạn nên không cần gia hạn")
    if until <= in_vietnam(task.due_at).date():
        raise ExtensionRefused(reason="ngày xin gia hạn phải sau thời hạn hiện nay")
    if until < in_vietnam(current().clock()).date():
        raise ExtensionRefused(reason="ngày xin gia hạn đã qua")
