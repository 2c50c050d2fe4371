"""Which looks a revision still lacks: asked by the approval, by screens and by those who look."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import current
from minutes.notices.models import NoticeReview, NoticeRevision, ReviewAspect

#: As sentences name them.
REVIEW_NAMES = {ReviewAspect.CONTENT: "kiểm tra nội dung", ReviewAspect.FORM: "kiểm tra thể thức"}


def missing_reviews(session: Session, revision: NoticeRevision) -> tuple[ReviewAspect, ...]:
    """Looks that this house asks for (setting `notice_reviews`) and that nobody has given to this text."""
    return open_aspects(session, revision, [ReviewAspect(name) for name in current().settings.notice_reviews])


def open_aspects(
    session: Session, revision: NoticeRevision, wanted: Sequence[ReviewAspect]
) -> tuple[ReviewAspect, ...]:
    """Those of `wanted` that have not been passed for this very text."""
    if not wanted:
        return ()
    query = select(NoticeReview.aspect).where(
        NoticeReview.revision_id == revision.id,
        NoticeReview.revision_sha256 == revision.sha256,
        NoticeReview.passed,
    )
    given = set(session.scalars(query))
    return tuple(aspect for aspect in dict.fromkeys(wanted) if aspect not in given)
