"""Public bulletins: somebody entitled chooses passages of an issued notice, and these may be read without signing in.

In: the issued text, nothing else; never a draft, never a transcript. What is withdrawn, replaced or turned out to be
secret is not shown any more from that moment on, whether or not anybody thinks of the bulletin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from core import audit, lifecycles
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.delivery.bulletin_text import bulletin_text, passages
from minutes.delivery.models import Bulletin
from minutes.delivery.states import BULLETIN, PUBLISHED
from minutes.notices.models import WHOLE_TEXTS, Issue, Notice, NoticeKind
from minutes.notices.refusals import BulletinRefused, NotYetIssued
from minutes.notices.rows import lock_notice
from minutes.notices.service import issue_of
from minutes.notices.states import ISSUED
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting

MOST_LISTED = 100


@dataclass(frozen=True)
class PublicBulletin:
    """A bulletin as anybody reads it; no names of those who work on it."""

    id: UUID
    title: str
    symbol: str
    issued_on: date
    issuing_body: str
    paragraphs: tuple[str, ...]


def publish(session: Session, actor: Actor, notice_id: UUID, chosen: Sequence[str]) -> Bulletin:
    """Publish these passages of an issued notice; what was public of it before gives way.

    Raises:
        NotYetIssued. BulletinRefused: no whole text, for internal use, withdrawn or replaced, or nothing was chosen.
        NotFound, Forbidden.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.PUBLISH_BULLETIN, notice)
    row = issue_of(session, notice_id)
    if row is None:
        raise NotYetIssued
    content = row.revision.read()
    if notice.kind not in WHOLE_TEXTS:
        raise BulletinRefused(reason="chỉ công khai được thông báo kết luận hoặc thông báo thay thế")
    if content.circulation:
        raise BulletinRefused(reason="thông báo chỉ dẫn phạm vi lưu hành nội bộ")
    if not session.scalar(select(Notice.id).where(Notice.id == notice_id, *_still_stands())):
        raise BulletinRefused(reason="thông báo đã bị thu hồi hoặc thay thế")
    known = {passage.key for passage in passages(content)}
    kept = [key for key in dict.fromkeys(chosen) if key in known]
    if not kept:
        raise BulletinRefused(reason="chưa chọn đoạn nào")
    before = bulletin_of(session, notice_id)
    if before is not None:
        lifecycles.apply(session, BULLETIN, before, "replace", actor=actor, notice_id=notice_id)
        session.flush()
    return _write(session, actor, row, kept)


def withdraw(session: Session, actor: Actor, notice_id: UUID) -> Bulletin:
    """Take what is public of a notice back. Raises BulletinRefused: nothing is. NotFound, Forbidden."""
    notice = lock_notice(session, notice_id)
    require(actor, Action.PUBLISH_BULLETIN, notice)
    row = bulletin_of(session, notice_id)
    if row is None:
        raise BulletinRefused(reason="chưa có bản tin nào đang công khai")
    lifecycles.apply(session, BULLETIN, row, "withdraw", actor=actor, notice_id=notice_id)
    return row


def bulletin_of(session: Session, notice_id: UUID) -> Bulletin | None:
    """What is published of a notice, None where nothing is. Asks for no right."""
    return session.scalar(select(Bulletin).where(Bulletin.notice_id == notice_id, Bulletin.state == PUBLISHED))


def public_bulletins(session: Session) -> list[PublicBulletin]:
    """What anybody may read, newest first; asks for no right, as it is public."""
    rows = session.execute(_public().order_by(Issue.issued_on.desc(), Issue.number.desc()).limit(MOST_LISTED))
    return [_told(bulletin, issue) for bulletin, issue in rows]


def public_bulletin(session: Session, bulletin_id: UUID) -> PublicBulletin:
    """One of these. Raises NotFound: never published, taken back, or its notice does not stand any more."""
    found = session.execute(_public().where(Bulletin.id == bulletin_id)).first()
    if found is None:
        raise NotFound
    return _told(found[0], found[1])


def is_public(session: Session, bulletin: Bulletin) -> bool:
    """Whether it can be read now."""
    return session.execute(_public().where(Bulletin.id == bulletin.id)).first() is not None


def _public() -> Select[Bulletin, Issue]:
    query = (
        select(Bulletin, Issue).join(Issue, Issue.id == Bulletin.issue_id).join(Notice, Notice.id == Issue.notice_id)
    )
    query = query.join(Meeting, Meeting.id == Notice.meeting_id)
    return query.where(
        Bulletin.state == PUBLISHED, Meeting.classification == Classification.UNCLASSIFIED, *_still_stands()
    )


def _still_stands() -> tuple[ColumnElement[bool], ...]:
    """Conditions on `Notice`: nothing issued since calls it back or takes its place."""
    later = aliased(Notice)
    ended = exists().where(
        later.predecessor_id == Notice.id,
        later.kind.in_((NoticeKind.WITHDRAWAL, NoticeKind.REPLACEMENT)),
        later.state == ISSUED,
    )
    return (~ended,)


def _write(session: Session, actor: Actor, row: Issue, kept: Sequence[str]) -> Bulletin:
    text = bulletin_text(row.revision.read(), kept)
    bulletin = Bulletin(
        notice_id=row.notice_id,
        issue_id=row.id,
        state=BULLETIN.initial,
        passage_keys=list(kept),
        title=text.title,
        paragraphs=list(text.paragraphs),
        published_by_id=actor.account_id,
        published_by_name=actor.name,
        created_at=current().clock(),
    )
    session.add(bulletin)
    session.flush()
    audit.record(
        session,
        actor,
        "bulletin.published",
        "bulletin",
        bulletin.id,
        notice_id=row.notice_id,
        symbol=row.symbol,
        passages=len(kept),
    )
    return bulletin


def _told(bulletin: Bulletin, issue: Issue) -> PublicBulletin:
    return PublicBulletin(
        bulletin.id,
        bulletin.title,
        issue.symbol,
        issue.issued_on,
        issue.revision.read().issuing_body,
        tuple(bulletin.paragraphs),
    )
