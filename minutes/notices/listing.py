"""Lists of notices with what stands beside each: meeting, issue, clock. Queries do not grow with the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.deadline_clock import NoticeClock, notice_clock
from minutes.notices.models import Issue, Notice
from orchestrator.calendar.service import working_calendar
from orchestrator.meetings.models import Meeting, Urgency


@dataclass(frozen=True)
class NoticeRow:
    """One line of a list."""

    notice: Notice
    meeting: Meeting
    issue: Issue | None
    clock: NoticeClock


def notice_rows(session: Session, actor: Actor, notices: Sequence[Notice]) -> list[NoticeRow]:
    """These notices in their order; for those who work on notices."""
    require(actor, Action.VIEW_NOTICE)
    meetings = _meetings(session, notices)
    issued = select(Issue).where(Issue.notice_id.in_([notice.id for notice in notices]))
    issues = {row.notice_id: row for row in session.scalars(issued)}
    return [
        NoticeRow(
            notice,
            meetings[notice.meeting_id],
            issues.get(notice.id),
            clock_between(session, meetings[notice.meeting_id], issues.get(notice.id)),
        )
        for notice in notices
    ]


def clock_between(session: Session, meeting: Meeting, issue: Issue | None) -> NoticeClock:
    """The clock of Decision 45/2018 from the meeting to the issue, or to the present."""
    return notice_clock(
        meeting.ends_at,
        issue.created_at if issue else current().clock(),
        urgent=meeting.urgency is not Urgency.NORMAL,
        calendar=working_calendar(session),
    )


def _meetings(session: Session, notices: Sequence[Notice]) -> dict[object, Meeting]:
    wanted = {notice.meeting_id for notice in notices}
    return {meeting.id: meeting for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(wanted)))}
