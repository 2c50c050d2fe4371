"""What is found of notices: subject, number, and each conclusion of the newest text.

Staff find drafts where they may read them; a unit finds what was sent to it, and no longer what was called back.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from core.permissions import Action, Actor, can
from core.search.following import follow
from core.search.index import Passage
from core.search.kinds import SearchKind, everywhere, register
from core.search.models import SearchEntry
from minutes.notices.content import NoticeContent, NoticeItem
from minutes.notices.models import Issue, Notice, NoticeKind, NoticeRevision
from minutes.notices.rows import last_revision
from minutes.notices.states import ISSUED
from orchestrator.meetings.indexing import meeting_names, open_meeting_of

NOTICE = "notice"


def _scope(actor: Actor) -> ColumnElement[bool] | None:
    seen: list[ColumnElement[bool]] = []
    if everywhere(actor, Action.VIEW_NOTICE):
        seen.append(_such(Notice.state != ISSUED))
    if everywhere(actor, Action.VIEW_ISSUED_NOTICE):
        seen.append(_such(Notice.state == ISSUED))
    elif can(actor, Action.VIEW_ISSUED_NOTICE):
        seen.append(_such(Notice.state == ISSUED, _received_by(actor.unit_ids), ~_is_called_back()))
    return or_(*seen) if seen else None


def _such(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return SearchEntry.object_id.in_(select(Notice.id).where(*conditions))


def _received_by(unit_ids: frozenset[UUID]) -> ColumnElement[bool]:
    return Notice.recipient_unit_ids.overlap(list(unit_ids))


def _is_called_back() -> ColumnElement[bool]:
    later = aliased(Notice)
    return exists().where(later.predecessor_id == Notice.id, later.kind == NoticeKind.WITHDRAWAL, later.state == ISSUED)


def _of_units(unit_ids: frozenset[UUID]) -> ColumnElement[bool]:
    """Sent to one of them, or from a meeting that names one."""
    return or_(_such(_received_by(unit_ids)), meeting_names(unit_ids))


def _read(session: Session, notice_id: UUID) -> Sequence[Passage]:
    notice = session.get(Notice, notice_id)
    meeting = open_meeting_of(session, notice.meeting_id) if notice else None
    revision = last_revision(session, notice_id)
    if notice is None or meeting is None or revision is None:
        return ()
    issue = session.scalar(select(Issue).where(Issue.notice_id == notice_id))
    content = revision.read()
    beside = f"{issue.symbol if issue else ''} {meeting.title}"
    return [
        Passage(
            content.subject or meeting.title,
            text,
            issue.created_at if issue else notice.created_at,
            meeting.id,
            part=part,
            beside=beside,
            is_head=not part,
        )
        for part, text in _texts(content)
    ]


def _texts(content: NoticeContent) -> Iterator[tuple[str, str]]:
    """Opening and closing words, then each conclusion with what stands under it, then the appendices."""
    yield "", " ".join([*(paragraph.text for paragraph in content.opening), content.closing])
    for section in content.sections:
        for item in section.items:
            yield item.id, " ".join(filter(None, (section.heading, *_words(item))))
    for number, appendix in enumerate(content.appendices, start=1):
        yield f"#{number}", " ".join([appendix.title, *appendix.paragraphs])


def _words(item: NoticeItem) -> Iterator[str]:
    yield item.heading
    yield item.text
    for child in item.children:
        yield from _words(child)


def _every() -> Select[UUID]:
    return select(Notice.id)


register(SearchKind(name=NOTICE, scope=_scope, of_units=_of_units, read=_read, every=_every))
follow(NoticeRevision, lambda row: [(NOTICE, row.notice_id)])
follow(Issue, lambda row: [(NOTICE, row.notice_id)])
