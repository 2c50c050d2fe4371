"""Correcting, replacing or withdrawing what is issued: a new notice that names the old one and goes the same way.

What is issued stands (DESIGN §5.8): its rows and files are never touched. Functions leave committing to their caller.
"""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.content import NoticeContent
from minutes.notices.models import WHOLE_TEXTS, Issue, Notice, NoticeKind, RevisionSource
from minutes.notices.refusals import NotYetIssued, ReasonMissing, SuccessorExists
from minutes.notices.rows import append_revision, lock_notice
from minutes.notices.service import issue_of
from minutes.notices.states import ISSUED, NOTICE
from minutes.notices.successor_texts import IssuedText, Passage, correction, replacement, withdrawal


def correct(session: Session, actor: Actor, notice_id: UUID, passages: Sequence[Passage], reason: str = "") -> Notice:
    """Draft a letter of correction for errors of form. Raises PassageNotFound, ReasonMissing, and as `_succeed`."""
    wanted = [passage for passage in passages if passage.wrong.strip() and passage.right.strip()]
    if not wanted:
        raise ReasonMissing
    return _succeed(
        session, actor, notice_id, NoticeKind.CORRECTION, reason, lambda text: correction(text, wanted, reason)
    )


def replace(session: Session, actor: Actor, notice_id: UUID, reason: str) -> Notice:
    """Draft a replacement of equal form for errors of content. Raises ReasonMissing, and as `_succeed`."""
    if not reason.strip():
        raise ReasonMissing
    return _succeed(session, actor, notice_id, NoticeKind.REPLACEMENT, reason, replacement)


def withdraw(session: Session, actor: Actor, notice_id: UUID, reason: str) -> Notice:
    """Draft the notice that calls this one back. Raises ReasonMissing, and as `_succeed`."""
    if not reason.strip():
        raise ReasonMissing
    return _succeed(session, actor, notice_id, NoticeKind.WITHDRAWAL, reason, lambda text: withdrawal(text, reason))


def start(
    session: Session, actor: Actor, notice: Notice, kind: NoticeKind, reason: str, content: NoticeContent
) -> Notice:
    """A new notice of this kind behind an issued one, with its first revision. Raises SuccessorExists."""
    at_work = select(Notice.id).where(Notice.predecessor_id == notice.id, Notice.kind == kind, Notice.state != ISSUED)
    if session.scalar(at_work) is not None:
        raise SuccessorExists
    row = Notice(
        meeting_id=notice.meeting_id,
        state=NOTICE.initial,
        kind=kind,
        predecessor_id=notice.id,
        reason=reason.strip(),
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    revision = append_revision(session, row, None, content, RevisionSource.PERSON, actor)
    session.flush()
    audit.record(
        session, actor, "notice.succeeded", "notice", row.id,
        kind=str(kind), predecessor_id=notice.id, revision_id=revision.id,
    )  # fmt: skip
    return row


def issued_text(session: Session, notice_id: UUID) -> IssuedText:
    """The issued notice as later papers name it. Raises NotYetIssued."""
    row = issue_of(session, notice_id)
    if row is None:
        raise NotYetIssued
    return IssuedText(row.revision.read(), row.symbol, row.issued_on)


def issued_successors(session: Session, notice_id: UUID) -> list[tuple[Notice, Issue]]:
    """What has been issued about a notice, oldest first. Asks for no right."""
    query = select(Notice, Issue).join(Issue, Issue.notice_id == Notice.id).where(Notice.predecessor_id == notice_id)
    return [(notice, row) for notice, row in session.execute(query.order_by(Issue.created_at))]


def successors(session: Session, notice_id: UUID) -> list[Notice]:
    """Every successor, at work or issued. Asks for no right."""
    query = select(Notice).where(Notice.predecessor_id == notice_id).order_by(Notice.created_at)
    return list(session.scalars(query))


def is_withdrawn(session: Session, notice_id: UUID) -> bool:
    """Whether an issued notice was called back."""
    return any(notice.kind == NoticeKind.WITHDRAWAL for notice, _ in issued_successors(session, notice_id))


def withdrawn_among(session: Session, notice_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these notices that were called back, asked for once."""
    query = select(Notice.predecessor_id).where(
        Notice.predecessor_id.in_(notice_ids), Notice.kind == NoticeKind.WITHDRAWAL, Notice.state == ISSUED
    )
    return frozenset(row for row in session.scalars(query) if row is not None) if notice_ids else frozenset()


def _succeed(
    session: Session,
    actor: Actor,
    notice_id: UUID,
    kind: NoticeKind,
    reason: str,
    draft: Callable[[IssuedText], NoticeContent],
) -> Notice:
    """Raises NotFound, Forbidden, NotYetIssued, SuccessorExists."""
    notice = lock_notice(session, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    if notice.kind not in WHOLE_TEXTS:
        raise NotFound
    return start(session, actor, notice, kind, reason, draft(issued_text(session, notice_id)))
