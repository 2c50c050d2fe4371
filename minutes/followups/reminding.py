"""Reminders of tasks by mail: one for each unit and task, each once, without a word of what was concluded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.mail.service import queue_mail
from core.runtime import current
from minutes.delivery.subscribers import addresses_of_units
from minutes.followups.models import Task
from minutes.followups.reminders import FROM_HOUR, reminder_of
from minutes.followups.states import OPEN
from orchestrator.calendar.service import working_calendar


def remind(session: Session, now: datetime) -> int:
    """Queue what is due today; called again, it queues nothing twice. Returns how many tasks were reminded of."""
    local = in_vietnam(now)
    if local.hour < FROM_HOUR:
        return 0
    calendar = working_calendar(session)
    query = select(Task).where(Task.state.in_(sorted(OPEN)), Task.due_at.is_not(None), Task.unit_id.is_not(None))
    due = [
        (task, which)
        for task in session.scalars(query.order_by(Task.due_at, Task.id))
        if task.due_at and (which := reminder_of(in_vietnam(task.due_at).date(), local.date(), calendar))
    ]
    addresses = addresses_of_units(session, {task.unit_id for task, _ in due if task.unit_id})
    reminded = 0
    for task, which in due:
        if to := addresses.get(task.unit_id or UUID(int=0)):
            _queue(session, task, which, to)
            reminded += 1
    return reminded


def _queue(session: Session, task: Task, which: str, to: list[str]) -> None:
    late = which.startswith("after")
    due = in_vietnam(task.due_at).strftime("%H:%M ngày %d/%m/%Y") if task.due_at else ""
    subject = "Nhiệm vụ quá hạn" if late else "Nhiệm vụ sắp đến hạn"
    queue_mail(
        session,
        to=to,
        subject=f"{subject} theo Thông báo số {task.issue.symbol}",
        body=f"Kính gửi {task.unit.name if task.unit else 'đơn vị'},\n\n"
        f"Một nhiệm vụ của đơn vị theo Thông báo số {task.issue.symbol} "
        f"{'đã quá hạn' if late else 'đến hạn'} lúc {due}.\n"
        f"Hãy đăng nhập tại {current().settings.external_url} để xem nhiệm vụ, báo cáo kết quả hoặc xin gia hạn.\n\n"
        "Thư này do hệ thống gửi tự động và không chứa nội dung thông báo.\n",
        dedupe_key=f"task/{task.id}/{which}/{task.due_at:%Y%m%d}",
        about=("task", task.id),
    )
