"""Comments at paragraphs of a notice under review: asked by head of unit, office or approver, settled by the secretary.

A comment points at an item by its id, so it stays with its paragraph from revision to revision; without an id it is
about the whole. The text of a comment never changes; settling it is written beside it.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.models import Notice, NoticeComment
from minutes.notices.refusals import ReasonMissing
from minutes.notices.rows import lock_notice
from minutes.notices.service import latest_revision
from minutes.notices.states import ISSUED

LONGEST = 4000


def add_comment(session: Session, actor: Actor, notice_id: UUID, item_id: str, text: str) -> NoticeComment:
    """Comment on a paragraph of the newest revision. Raises ReasonMissing, Invalid, NotFound, Forbidden."""
    notice = lock_notice(session, notice_id)
    require(actor, Action.VIEW_NOTICE, notice)
    if notice.state == ISSUED:
        raise Invalid(field="góp ý", reason="thông báo đã ban hành")
    words = text.strip()
    if not words:
        raise ReasonMissing
    if len(words) > LONGEST:
        raise Invalid(field="góp ý", reason=f"dài quá {LONGEST} ký tự")
    revision = latest_revision(session, notice_id)
    if item_id and item_id not in {item.id for item in revision.read().items()}:
        raise Invalid(field="đoạn văn", reason="không còn trong bản mới nhất, hãy tải lại trang")
    row = NoticeComment(
        notice_id=notice_id,
        revision_id=revision.id,
        item_id=item_id,
        text=words,
        author_id=actor.account_id,
        author_name=actor.name,
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "notice.commented", "notice", notice_id, comment_id=row.id, item_id=item_id)
    return row


def settle_comment(session: Session, actor: Actor, notice_id: UUID, comment_id: UUID) -> NoticeComment:
    """Say that a comment is dealt with; done twice, the first time stays. Raises NotFound, Forbidden."""
    require(actor, Action.EDIT_NOTICE, session.get(Notice, notice_id))
    row = session.get(NoticeComment, comment_id, with_for_update=True)
    if row is None or row.notice_id != notice_id:
        raise NotFound
    if row.settled_at is None:
        row.settled_at, row.settled_by_name = current().clock(), actor.name
        audit.record(session, actor, "notice.comment_settled", "notice", notice_id, comment_id=row.id)
    return row


def comments_of(session: Session, actor: Actor, notice_id: UUID) -> list[NoticeComment]:
    """Open ones first, then by time."""
    require(actor, Action.VIEW_NOTICE, session.get(Notice, notice_id))
    query = select(NoticeComment).where(NoticeComment.notice_id == notice_id)
    return list(session.scalars(query.order_by(NoticeComment.settled_at.is_not(None), NoticeComment.created_at)))
