"""Work on a notice: draft, edit, submit, ask for changes, approve. Issue and files are in `issuing.py`.

Every function takes the session and the actor first, asks for the right, and leaves committing to its caller. Texts are
never changed: each save is a new revision that names the one it was written on.
"""

from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import audit, lifecycles, outbox
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.completeness import missing_parts
from minutes.notices.content import NoticeContent
from minutes.notices.models import WHOLE_TEXTS, Approval, ChangeRequest, Issue, Notice, NoticeRevision, RevisionSource
from minutes.notices.refusals import (
    NoticeConflict,
    NoticeIncomplete,
    NoticeNotEditable,
    OutdatedRevision,
    ReasonMissing,
    ReviewsMissing,
)
from minutes.notices.review_rules import REVIEW_NAMES, missing_reviews
from minutes.notices.rows import append_revision, last_revision, lock_notice, notice_to_draft_on
from minutes.notices.sending_back import send_back
from minutes.notices.sheet import lay_out
from minutes.notices.states import EDITABLE, ISSUED, NOTICE
from minutes.signing.refusals import SignatureRequired
from papers.pdf import check_printable


def parse_content(data: dict[str, Any]) -> NoticeContent:
    """JSON from outside as a content; raises Invalid with the first wrong field instead of a library's error."""
    try:
        return NoticeContent.from_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "content"
        raise Invalid(field=place, reason=first["msg"].removeprefix("Value error, ")) from error
    except RecursionError as error:
        raise Invalid(field="sections", reason="lồng quá nhiều cấp") from error


def open_draft(
    session: Session,
    meeting_id: UUID,
    content: NoticeContent,
    source: RevisionSource | str = RevisionSource.MACHINE,
    *,
    transcript_revision_id: UUID | None = None,
    actor: Actor | None = None,
) -> NoticeRevision:
    """Lay down a draft: the first revision of the meeting's notice, or one more on top of what is there.

    The same text twice makes no second revision. A person's edits are never overwritten: they stay in their own
    revision and the machine's new one is marked `sets_edits_aside`. Emits `notice.drafted` (notice_id, meeting_id,
    revision_id).

    Raises:
        NoticeNotEditable: the notice is in review, approved or issued. NotFound: no such meeting.
        ClassifiedRefused: nothing may be written here about a meeting marked mật or above.
    """
    if actor is not None:
        require(actor, Action.EDIT_NOTICE)
    source = RevisionSource(source)
    notice = notice_to_draft_on(session, meeting_id)
    last = last_revision(session, notice.id)
    if last is not None and last.sha256 == content.sha256():
        return last
    edited = exists().where(NoticeRevision.notice_id == notice.id, NoticeRevision.source == RevisionSource.PERSON)
    aside = source is RevisionSource.MACHINE and bool(session.scalar(select(edited)))
    revision = append_revision(session, notice, last, content, source, actor)
    revision.sets_edits_aside = aside
    revision.transcript_revision_id = transcript_revision_id
    session.flush()
    outbox.emit(session, "notice.drafted", notice_id=notice.id, meeting_id=meeting_id, revision_id=revision.id)
    audit.record(
        session,
        actor,
        "notice.drafted",
        "notice",
        notice.id,
        revision_id=revision.id,
        number=revision.number,
        source=source.value,
        sha256=revision.sha256,
    )
    return revision


def save_revision(
    session: Session, actor: Actor, notice_id: UUID, base_number: int, content: NoticeContent
) -> NoticeRevision:
    """Save a person's text on top of revision `base_number`; an unchanged text makes no new revision.

    Raises:
        NoticeConflict: somebody saved in between; carries both texts. NoticeNotEditable, NotFound, Forbidden.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    if notice.state not in EDITABLE:
        raise NoticeNotEditable(state=notice.state)
    last = latest_revision(session, notice_id)
    content = content.model_copy(update={"machine_made": False})
    if last.sha256 == content.sha256():
        return last
    if last.number != base_number:
        raise NoticeConflict(
            base_number=base_number,
            latest_number=last.number,
            latest_id=str(last.id),
            latest_content=last.content,
            your_content=content.to_json(),
        )
    revision = append_revision(session, notice, last, content, RevisionSource.PERSON, actor)
    session.flush()
    audit.record(
        session,
        actor,
        "notice.revised",
        "notice",
        notice.id,
        revision_id=revision.id,
        number=revision.number,
        based_on=base_number,
        sha256=revision.sha256,
    )
    return revision


def submit(session: Session, actor: Actor, notice_id: UUID, *, expected_version: int | None = None) -> Notice:
    """Send the newest revision to the approver.

    Raises:
        NoticeIncomplete: names what the form lacks. UnprintableText: letters the font cannot show. FontMissing.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.SUBMIT_NOTICE, notice)
    revision = latest_revision(session, notice_id)
    content = revision.read()
    if missing := missing_parts(content):
        raise NoticeIncomplete(missing=", ".join(missing))
    check_printable(lay_out(content), current().settings.font_directory)
    lifecycles.apply(
        session,
        NOTICE,
        notice,
        "submit",
        actor=actor,
        expected_version=expected_version,
        revision_id=revision.id,
        number=revision.number,
    )
    return notice


def request_changes(
    session: Session, actor: Actor, notice_id: UUID, reason: str, *, expected_version: int | None = None
) -> ChangeRequest:
    """Send the newest revision back to the secretary with what should be changed. Raises ReasonMissing."""
    notice = lock_notice(session, notice_id)
    require(actor, Action.APPROVE_NOTICE, notice)
    if not reason.strip():
        raise ReasonMissing
    revision = latest_revision(session, notice_id)
    return send_back(session, actor, notice, revision, reason, expected_version=expected_version)


def approve(
    session: Session,
    actor: Actor,
    notice_id: UUID,
    revision_id: UUID,
    *,
    expected_version: int | None = None,
    signed: bool = False,
) -> Approval:
    """Approve exactly this revision, bound to its SHA-256. With a digital signature: `signed.approve_and_sign`.

    Raises:
        OutdatedRevision: it is not the newest of this notice, or its stored text does not give its hash.
        SignatureRequired: this house wants every approval signed. ReviewsMissing: looks it wants are not given yet.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.APPROVE_NOTICE, notice)
    if current().settings.signing_required and not signed:
        raise SignatureRequired
    revision = latest_revision(session, notice_id)
    if revision.id != revision_id or revision.read().sha256() != revision.sha256:
        raise OutdatedRevision(latest_number=revision.number)
    if missing := missing_reviews(session, revision):
        raise ReviewsMissing(missing=", ".join(REVIEW_NAMES[aspect] for aspect in missing))
    lifecycles.apply(
        session,
        NOTICE,
        notice,
        "approve",
        actor=actor,
        expected_version=expected_version,
        revision_id=revision.id,
        number=revision.number,
        sha256=revision.sha256,
    )
    approval = Approval(
        notice_id=notice.id,
        revision_id=revision.id,
        revision_sha256=revision.sha256,
        approver_id=actor.account_id,
        approver_name=actor.name,
        created_at=current().clock(),
    )
    session.add(approval)
    session.flush()
    return approval


def get_notice(session: Session, actor: Actor, notice_id: UUID) -> Notice:
    """The notice, for those who may see it: staff always, units once it was sent to them. Raises NotFound."""
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound
    require(actor, Action.VIEW_ISSUED_NOTICE if notice.state == ISSUED else Action.VIEW_NOTICE, notice)
    return notice


def notice_of_meeting(session: Session, actor: Actor, meeting_id: UUID) -> Notice | None:
    """The newest notice of a meeting or its replacement, None before the first draft."""
    chain = select(Notice.id).where(Notice.meeting_id == meeting_id, Notice.kind.in_(WHOLE_TEXTS))
    notice_id = session.scalar(chain.order_by(Notice.created_at.desc(), Notice.predecessor_id.is_(None)).limit(1))
    return get_notice(session, actor, notice_id) if notice_id else None


def list_notices(session: Session, actor: Actor, *, state: str | None = None, limit: int = 200) -> list[Notice]:
    """Newest first; only for those who work on notices."""
    require(actor, Action.VIEW_NOTICE)
    query = select(Notice).order_by(Notice.created_at.desc()).limit(limit)
    return list(session.scalars(query.where(Notice.state == state) if state else query))


def latest_revision(session: Session, notice_id: UUID) -> NoticeRevision:
    """The newest revision. Raises NotFound."""
    revision = last_revision(session, notice_id)
    if revision is None:
        raise NotFound
    return revision


def list_revisions(session: Session, actor: Actor, notice_id: UUID) -> list[NoticeRevision]:
    """Every revision, oldest first; units never see these."""
    require(actor, Action.VIEW_NOTICE, session.get(Notice, notice_id))
    query = select(NoticeRevision).where(NoticeRevision.notice_id == notice_id).order_by(NoticeRevision.number)
    return list(session.scalars(query))


def list_change_requests(session: Session, actor: Actor, notice_id: UUID) -> list[ChangeRequest]:
    """What approvers asked for, newest first."""
    require(actor, Action.VIEW_NOTICE, session.get(Notice, notice_id))
    query = select(ChangeRequest).where(ChangeRequest.notice_id == notice_id).order_by(ChangeRequest.created_at.desc())
    return list(session.scalars(query))


def issue_of(session: Session, notice_id: UUID) -> Issue | None:
    """The issue of a notice, None before it has a number."""
    return session.scalar(select(Issue).where(Issue.notice_id == notice_id))
