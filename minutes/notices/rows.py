"""Rows of notices under their locks: the one to draft on, its newest revision, the next revision."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Actor
from core.runtime import current
from minutes.notices.content import NoticeContent
from minutes.notices.models import Notice, NoticeKind, NoticeRevision, RevisionSource
from minutes.notices.refusals import NoticeNotEditable
from minutes.notices.states import EDITABLE, ISSUED, NOTICE
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting


def notice_to_draft_on(session: Session, meeting_id: UUID) -> Notice:
    """The notice a draft goes to, locked; a new one for a meeting without. Raises NotFound, NoticeNotEditable."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    refuse_classified(meeting.classification)
    notice = _lock_open(session, meeting_id) or _new_notice(session, meeting_id)
    if notice.state not in EDITABLE:
        raise NoticeNotEditable(state=notice.state)
    return notice


def _new_notice(session: Session, meeting_id: UUID) -> Notice:
    issued = exists().where(Notice.meeting_id == meeting_id, Notice.state == ISSUED)
    if session.scalar(select(issued)):
        raise NoticeNotEditable(state=ISSUED)
    notice = Notice(meeting_id=meeting_id, state=NOTICE.initial, created_at=current().clock())
    session.add(notice)
    session.flush()
    return notice


def _lock_open(session: Session, meeting_id: UUID) -> Notice | None:
    query = select(Notice).where(
        Notice.meeting_id == meeting_id, Notice.state != ISSUED, Notice.kind == NoticeKind.NOTICE
    )
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def lock_notice(session: Session, notice_id: UUID) -> Notice:
    """The notice under its row lock, read again. Raises NotFound."""
    notice = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None:
        raise NotFound
    return notice


def last_revision(session: Session, notice_id: UUID) -> NoticeRevision | None:
    """The newest revision, if there is one."""
    query = select(NoticeRevision).where(NoticeRevision.notice_id == notice_id)
    return session.scalar(query.order_by(NoticeRevision.number.desc()).limit(1))


def append_revision(
    session: Session,
    notice: Notice,
    last: NoticeRevision | None,
    content: NoticeContent,
    source: RevisionSource,
    actor: Actor | None,
) -> NoticeRevision:
    """Write the next revision, based on the last."""
    revision = NoticeRevision(
        notice_id=notice.id,
        number=last.number + 1 if last else 1,
        content=content.to_json(),
        sha256=content.sha256(),
        source=source,
        based_on=last.number if last else None,
        author_id=actor.account_id if actor else None,
        author_name=actor.name if actor else "",
        created_at=current().clock(),
    )
    session.add(revision)
    return revision
