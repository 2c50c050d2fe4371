"""The next meeting of a series takes up the unfinished tasks of the earlier ones.

In: a meeting of a series. Out: link rows task–meeting, each once whatever is told twice. The link says only that the
task is put before the meeting; its state is read when it is shown, so a task reported done meanwhile shows so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from core.errors import NotFound
from core.permissions import Action, Actor, can, require
from core.runtime import current
from minutes.followups.models import CarriedTask, Task
from minutes.followups.states import DONE, DROPPED, OPEN
from orchestrator.meetings import states as meeting_states
from orchestrator.meetings.models import Meeting

_AHEAD = (meeting_states.PLANNED, meeting_states.OPEN)


@dataclass(frozen=True)
class TakenUp:
    """A task before a meeting: from which meeting it comes, and whether it is done or late by now."""

    task: Task
    from_title: str
    from_starts_at: datetime
    is_done: bool
    is_overdue: bool


def carry_into(session: Session, meeting_id: UUID) -> int:
    """Put every unfinished task of the earlier meetings of the series before this one; returns how many were new.

    For the system itself (outbox). A meeting of no series, or one marked secret, takes up nothing.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.series_id is None or meeting.state not in _AHEAD:
        return 0
    earlier = aliased(Meeting)
    unfinished = session.scalars(
        select(Task.id)
        .join(earlier, earlier.id == Task.meeting_id)
        .where(
            earlier.series_id == meeting.series_id,
            earlier.starts_at < meeting.starts_at,
            Task.state.in_(sorted(OPEN)),
        )
        .order_by(Task.id)
    ).all()
    if not unfinished:
        return 0
    now = current().clock()
    rows = [{"id": uuid4(), "meeting_id": meeting.id, "task_id": task_id, "created_at": now} for task_id in unfinished]
    statement = insert(CarriedTask).values(rows).on_conflict_do_nothing(index_elements=["meeting_id", "task_id"])
    return len(session.scalars(statement.returning(CarriedTask.id)).all())


def carry_into_next(session: Session, meeting_id: UUID) -> int:
    """Carry into the next meeting still ahead in the series of this one; returns how many links were new."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.series_id is None:
        return 0
    following = session.scalar(
        select(Meeting.id)
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.state.in_(_AHEAD),
            Meeting.ends_at > current().clock(),
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return carry_into(session, following) if following is not None else 0


def taken_up(session: Session, actor: Actor | None, meeting_id: UUID) -> tuple[Sequence[TakenUp], int]:
    """Tasks put before a meeting that the actor may read, late ones first, done ones last; and how many there are.

    The operator, who runs the meeting but reads no tasks, learns the number only.

    Raises:
        NotFound: no such meeting, or a stranger.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.VIEW_MEETING, meeting)
    now = current().clock()
    origin = aliased(Meeting)
    query = (
        select(CarriedTask, origin.title, origin.starts_at)
        .join(CarriedTask.task)
        .join(origin, origin.id == Task.meeting_id)
        .where(CarriedTask.meeting_id == meeting_id, Task.state != DROPPED)
        .order_by(Task.due_at.asc().nulls_last(), origin.starts_at, Task.position)
    )
    rows = session.execute(query).all()
    found = [
        TakenUp(row.task, title, starts_at, row.task.state == DONE, row.task.is_overdue(now))
        for row, title, starts_at in rows
        if can(actor, Action.VIEW_TASKS, row.task)
    ]
    return sorted(found, key=lambda item: (item.is_done, not item.is_overdue)), len(rows)
