"""Tasks: made from an issued notice, listed, reported on. Functions leave committing to their caller."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit, lifecycles, outbox
from core.errors import Forbidden, NotFound
from core.permissions import Action, Actor, can, require
from core.runtime import current
from core.search.following import touch
from minutes.delivery.service import known_names, units_of_meeting
from minutes.followups.due import due_at
from minutes.followups.fanout import accountable_units, helping_units
from minutes.followups.models import Task, TaskReport
from minutes.followups.report_files import ReportFile, checked_files, keep_files
from minutes.followups.states import DONE, OPEN, TASK
from minutes.notices.content import DeadlineFacts, NoticeItem
from minutes.notices.models import Issue, Notice, NoticeKind
from minutes.notices.refusals import ReportMissing
from minutes.notices.service import issue_of


def create_tasks(session: Session, notice_id: UUID) -> list[Task]:
    """One task per directive of the issued text and accountable unit; run again, it adds nothing.

    For the system itself (it listens to `notice.issue`). Emits `task.created` for each new one.
    """
    notice, row = session.get(Notice, notice_id), issue_of(session, notice_id)
    if notice is None or row is None:
        raise NotFound
    known, present = known_names(session), units_of_meeting(session, notice.meeting_id)
    done = _done_before(session, notice)
    values = [
        _values(notice, row, item, position, unit_id) | {"coordinating_unit_ids": helping_units(item, known, present)}
        for position, item in enumerate(row.revision.read().directives(), start=1)
        for unit_id in accountable_units(item, known, present)
        if (item.id, unit_id, item.action or item.text) not in done
    ]
    _drop_replaced(session, notice, row)
    if not values:
        return []
    statement = insert(Task).values(values).on_conflict_do_nothing(index_elements=["issue_id", "item_id", "unit_id"])
    created = list(session.scalars(statement.returning(Task)))
    touch(session, TASK.object_type, [task.id for task in created])
    for task in created:
        outbox.emit(session, "task.created", task_id=task.id, notice_id=notice.id)
    if created:
        audit.record(session, None, "task.created", "notice", notice.id, tasks=len(created))
    return created


def _done_before(session: Session, notice: Notice) -> set[tuple[str, UUID | None, str]]:
    """What units have done already by the notice that this one replaces: it is not asked for again."""
    if notice.kind != NoticeKind.REPLACEMENT:
        return set()
    query = select(Task).where(Task.notice_id == notice.predecessor_id, Task.state == DONE)
    return {(task.item_id, task.unit_id, task.action) for task in session.scalars(query)}


def _drop_replaced(session: Session, notice: Notice, row: Issue) -> None:
    """Open tasks of a notice that was replaced or called back are no longer owed."""
    if notice.kind not in (NoticeKind.REPLACEMENT, NoticeKind.WITHDRAWAL):
        return
    query = select(Task).where(Task.notice_id == notice.predecessor_id, Task.state.in_(sorted(OPEN)))
    for task in session.scalars(query):
        lifecycles.apply(session, TASK, task, "drop", actor=None, by=row.symbol)


def list_tasks(session: Session, actor: Actor, *, open_only: bool = False, notice_id: UUID | None = None) -> list[Task]:
    """By due moment, those without one last. A unit sees what names it, the office all; late: `Task.is_overdue`."""
    require(actor, Action.VIEW_TASKS)
    query = select(Task).order_by(Task.due_at.asc().nulls_last(), Task.created_at, Task.position)
    if open_only:
        query = query.where(Task.state.in_(sorted(OPEN)))
    if notice_id is not None:
        query = query.where(Task.notice_id == notice_id)
    return [task for task in session.scalars(query) if can(actor, Action.VIEW_TASKS, task)]


def get_task(session: Session, actor: Actor, task_id: UUID) -> Task:
    """One task. Raises NotFound for those it does not concern."""
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound
    require(actor, Action.VIEW_TASKS, task)
    return task


def report(
    session: Session,
    actor: Actor,
    task_id: UUID,
    text: str,
    done: bool = False,
    files: Sequence[ReportFile] = (),
) -> TaskReport:
    """A unit reports on a task that names it; only the accountable unit may say that it is `done`.

    Raises:
        ReportMissing: no words. FileRefused: a file that is not kept. TransitionRefused: the task was done before.
        NotFound, Forbidden: not this unit's.
    """
    task = locked_task(session, actor, task_id)
    if done and task.unit_id not in actor.unit_ids:
        raise Forbidden
    if not text.strip():
        raise ReportMissing
    kept = checked_files(files)
    now = current().clock()
    lifecycles.apply(session, TASK, task, "finish" if done else "report", actor=actor, files=len(kept))
    if done:
        task.done_at = now
    row = TaskReport(
        task_id=task.id,
        text=text.strip(),
        done=done,
        author_id=actor.account_id,
        author_name=actor.name,
        created_at=now,
    )
    session.add(row)
    session.flush()
    keep_files(session, row, kept)
    return row


def locked_task(session: Session, actor: Actor, task_id: UUID) -> Task:
    """The task under its row lock, for a unit that it names. Raises NotFound, Forbidden."""
    task = session.get(Task, task_id, with_for_update={"of": Task}, populate_existing=True)
    if task is None:
        raise NotFound
    require(actor, Action.REPORT_TASK, task)
    return task


def _values(notice: Notice, row: Issue, item: NoticeItem, position: int, unit_id: UUID | None) -> dict[str, object]:
    deadline = item.deadline or DeadlineFacts()
    return {
        "notice_id": notice.id,
        "issue_id": row.id,
        "meeting_id": notice.meeting_id,
        "item_id": item.id,
        "position": position,
        "unit_id": unit_id,
        "lead": list(item.lead),
        "coordinating": list(item.coordinating),
        "action": item.action or item.text,
        "deadline_raw": deadline.raw,
        "deadline_iso": deadline.iso,
        "deadline_kind": deadline.kind,
        "deadline_rrule": deadline.rrule,
        "due_at": due_at(deadline.iso),
        "evidence": [span.model_dump() for span in item.evidence],
        "state": TASK.initial,
        "version": 1,
        "created_at": current().clock(),
    }
