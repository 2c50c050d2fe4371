"""The letter of reminder (công văn đôn đốc, form 1.5): drafted from the tasks of an issued notice that are late.

In: the notice with its tasks, the present. Out: a notice of kind `reminder` behind it, to be read, approved, numbered
and sent as any other paper. It says what the register says and nothing more.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.followups.models import Task
from minutes.followups.service import list_tasks
from minutes.notices.content import NoticeContent, NoticeItem
from minutes.notices.models import Notice, NoticeKind
from minutes.notices.refusals import NothingLate
from minutes.notices.rows import lock_notice
from minutes.notices.successor_texts import IssuedText, letter
from minutes.notices.successors import issued_text, start
from papers.header import spoken_date


def draft_reminder(session: Session, actor: Actor, notice_id: UUID) -> Notice:
    """Draft the letter to the units that are late.

    Raises:
        NothingLate, NotYetIssued. SuccessorExists: one is at work. NotFound, Forbidden.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    text, now = issued_text(session, notice_id), current().clock()
    late = [task for task in list_tasks(session, actor, notice_id=notice_id, open_only=True) if task.is_overdue(now)]
    if not late:
        raise NothingLate
    content = reminder_text(text, late, in_vietnam(now).date())
    return start(session, actor, notice, NoticeKind.REMINDER, "", content)


def reminder_text(issued: IssuedText, late: Sequence[Task], today: date) -> NoticeContent:
    """The letter: which tasks, whose, due when; addressed to these units."""
    units = tuple(dict.fromkeys(_lead(task) for task in late))
    body = issued.content.issuing_body
    items = tuple(
        NoticeItem(
            id=f"don-doc-{position}",
            text=f"{_lead(task)}: {task.action.strip().rstrip('.;,')} (thời hạn: {_due(task)}).",
        )
        for position, task in enumerate(late, start=1)
    )
    drafted = letter(
        issued.content,
        subject=f"đôn đốc thực hiện {issued.short}",
        opening=(
            f"Thực hiện {issued.full}, đến {spoken_date(today)}, {body} chưa nhận được báo cáo hoàn thành các nhiệm vụ "
            "sau đây:",
        ),
        items=items,
        closing=f"{body} đề nghị thủ trưởng các đơn vị nêu trên khẩn trương chỉ đạo thực hiện và báo cáo kết quả.",
    )
    return drafted.model_copy(update={"addressees": units})


def _lead(task: Task) -> str:
    return task.unit.name if task.unit else "; ".join(task.lead) or "Đơn vị chưa xác định"


def _due(task: Task) -> str:
    words = task.deadline_raw or (_day(task.due_at) if task.due_at else "")
    return f"{words}, gia hạn đến {spoken_date(task.extended_until)}" if task.extended_until else words


def _day(moment: datetime) -> str:
    return spoken_date(in_vietnam(moment).date())
