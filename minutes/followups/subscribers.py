"""What happens once a notice is issued: its directives become tasks; and how tasks come before the next meeting."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from minutes.followups.carrying import carry_into, carry_into_next
from minutes.followups.models import Task
from minutes.followups.service import create_tasks


@subscribe("notice.issue", name="followups.create_tasks")
def tasks_from_issue(session: Session, payload: Payload) -> None:
    """Make the tasks of the notice whose life cycle says it was issued."""
    create_tasks(session, UUID(payload["id"]))


@subscribe("task.created", name="followups.carry_task")
def carry_new_task(session: Session, payload: Payload) -> None:
    """A task made after the next meeting was planned comes before that meeting as well."""
    task = session.get(Task, UUID(payload["task_id"]))
    if task is not None:
        carry_into_next(session, task.meeting_id)


@subscribe("meeting.planned", name="followups.carry_planned")
def carry_into_planned(session: Session, payload: Payload) -> None:
    """A new meeting of a series takes up what the earlier ones left, if it is the next one."""
    carry_into_next(session, UUID(payload["id"]))


@subscribe("meeting.opened", name="followups.carry_opened")
def carry_into_opened(session: Session, payload: Payload) -> None:
    """Whatever was still missing is there when the meeting opens."""
    carry_into(session, UUID(payload["id"]))


@subscribe("meeting.closed", name="followups.carry_closed")
def carry_after_close(session: Session, payload: Payload) -> None:
    """What this meeting did not finish either comes before the one after it."""
    carry_into_next(session, UUID(payload["id"]))


@subscribe("meeting.cancelled", name="followups.carry_cancelled")
def carry_after_cancel(session: Session, payload: Payload) -> None:
    """A meeting called off passes its tasks on."""
    carry_into_next(session, UUID(payload["id"]))


@subscribe("meeting.rescheduled", name="followups.carry_rescheduled")
def carry_after_move(session: Session, payload: Payload) -> None:
    """Another meeting may be the next one now."""
    carry_into_next(session, UUID(payload["id"]))
