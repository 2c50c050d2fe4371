"""Looks at a notice before its approval (Decree 30/2020, art. 11): the head of the drafting unit answers for its
content, the Office for form and technique of presentation.

A look is bound to the hash of one revision, like the approval; a new text wants new looks. Nobody looks at what they
wrote themselves. Whoever finds fault sends the notice back, which is the one way back that approvers have too.
"""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from core import audit
from core.permissions import Action, Actor, can, require
from core.runtime import current
from minutes.notices.models import Notice, NoticeReview, NoticeRevision, ReviewAspect
from minutes.notices.refusals import NotInReview, OutdatedRevision, OwnReview, ReasonMissing
from minutes.notices.review_rules import open_aspects
from minutes.notices.rows import lock_notice
from minutes.notices.sending_back import send_back
from minutes.notices.service import get_notice, latest_revision
from minutes.notices.states import IN_REVIEW
from orchestrator.directory.models import Person

RIGHTS = {ReviewAspect.CONTENT: Action.REVIEW_CONTENT, ReviewAspect.FORM: Action.REVIEW_FORM}
LONGEST = 4000


def give_review(
    session: Session,
    actor: Actor,
    notice_id: UUID,
    revision_id: UUID,
    aspect: ReviewAspect,
    *,
    passed: bool,
    note: str = "",
) -> NoticeReview:
    """Say that this revision is right in content or form, or send it back with what is not.

    A second "right" from anybody leaves the first as it is.

    Raises:
        OwnReview: by the one who wrote the revision. OutdatedRevision: it is not the newest. NotInReview: it was not
        submitted, or is decided. ReasonMissing: sent back without a word. NotFound, Forbidden.
    """
    notice = lock_notice(session, notice_id)
    require(actor, RIGHTS[aspect], notice)
    revision = latest_revision(session, notice_id)
    if revision.id != revision_id:
        raise OutdatedRevision(latest_number=revision.number)
    if notice.state != IN_REVIEW:
        raise NotInReview
    if revision.author_id == actor.account_id:
        raise OwnReview
    words = note.strip()[:LONGEST]
    if not passed and not words:
        raise ReasonMissing
    if passed and (known := _passed(session, revision, aspect)) is not None:
        return known
    row = _write(session, actor, revision, aspect, passed=passed, note=words)
    if not passed:
        send_back(session, actor, notice, revision, words)
    return row


def reviews_of(session: Session, actor: Actor, notice_id: UUID) -> list[NoticeReview]:
    """Every look at every revision, newest first. Raises NotFound, Forbidden."""
    require(actor, Action.VIEW_NOTICE, get_notice(session, actor, notice_id))
    query = select(NoticeReview).where(NoticeReview.notice_id == notice_id)
    return list(session.scalars(query.order_by(NoticeReview.created_at.desc(), NoticeReview.aspect)))


def reviewable(session: Session, actor: Actor, notice: Notice) -> tuple[ReviewAspect, ...]:
    """What this person may look at now: in review, not yet passed, not written by themselves."""
    if notice.state != IN_REVIEW:
        return ()
    revision = latest_revision(session, notice.id)
    if revision.author_id == actor.account_id:
        return ()
    still = open_aspects(session, revision, tuple(ReviewAspect))
    return tuple(aspect for aspect in still if can(actor, RIGHTS[aspect], notice))


def notices_to_review(session: Session, actor: Actor) -> list[Notice]:
    """Notices in review that lack a look this house asks for and this person may give, oldest first."""
    wanted = [ReviewAspect(name) for name in current().settings.notice_reviews]
    mine = [aspect for aspect in wanted if can(actor, RIGHTS[aspect])]
    if not mine:
        return []
    other = aliased(NoticeRevision)
    newest = select(func.max(other.number)).where(other.notice_id == Notice.id).scalar_subquery()
    given = (
        select(NoticeReview.revision_id)
        .where(NoticeReview.passed, NoticeReview.aspect.in_(mine))
        .group_by(NoticeReview.revision_id)
        .having(func.count() >= len(mine))
    )
    query = select(Notice).join(NoticeRevision, NoticeRevision.notice_id == Notice.id)
    query = query.where(
        NoticeRevision.number == newest,
        Notice.state == IN_REVIEW,
        NoticeRevision.id.not_in(given),
        NoticeRevision.author_id.is_distinct_from(actor.account_id),
    )
    return list(session.scalars(query.order_by(Notice.created_at)))


def _passed(session: Session, revision: NoticeRevision, aspect: ReviewAspect) -> NoticeReview | None:
    query = select(NoticeReview).where(
        NoticeReview.revision_id == revision.id, NoticeReview.aspect == aspect, NoticeReview.passed
    )
    return session.scalar(query)


def _write(
    session: Session, actor: Actor, revision: NoticeRevision, aspect: ReviewAspect, *, passed: bool, note: str
) -> NoticeReview:
    person = session.scalar(select(Person).where(Person.account_id == actor.account_id))
    row = NoticeReview(
        notice_id=revision.notice_id,
        revision_id=revision.id,
        revision_sha256=revision.sha256,
        aspect=aspect,
        passed=passed,
        note=note,
        reviewer_id=actor.account_id,
        reviewer_name=actor.name,
        reviewer_title=_office(person),
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "notice.reviewed",
        "notice",
        revision.notice_id,
        revision_id=revision.id,
        number=revision.number,
        aspect=str(aspect),
        passed=passed,
    )
    return row


def _office(person: Person | None) -> str:
    """Title and unit of the reviewer, where the directory knows which person the account is."""
    if person is None:
        return ""
    return ", ".join(part for part in (person.title, person.unit.name if person.unit else "") if part)
