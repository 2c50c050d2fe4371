"""The giấy mời of a meeting: what the office adds to the plan, a preview, and the revisions that went out.

A revision is the letter as sent: content, number, date, DOCX and PDF with their hashes, never changed afterwards. When
the plan or the office's words have changed, sending writes the next revision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import Invalid, NotFound, VersionConflict
from core.permissions import Action, Actor, can, require
from core.runtime import current
from orchestrator.invitations.letter_content import DEFAULT_NOTES, DEFAULT_RECIPIENTS, House, letter_content
from orchestrator.invitations.models import InvitationLetter, InvitationLetterRevision
from orchestrator.invitations.refusals import LetterUnwritable
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from orchestrator.words import checked_name
from papers.docx import render_docx
from papers.invitation import InvitationContent, lay_out_invitation
from papers.pdf import render_pdf
from papers.sheet import Sheet

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
MOST_LINES = 20
LARGEST_NUMBER = 99_999


@dataclass(frozen=True)
class LetterWords:
    """What the office fills in."""

    inviter: str = ""
    signer_authority: Sequence[str] = ()
    signer_title: str = ""
    signer_name: str = ""
    notes: Sequence[str] = ()
    contact: str = ""
    recipients: Sequence[str] = ()


@dataclass(frozen=True)
class LetterView:
    """The letter as it stands: the row, what it says, and whether that has gone out already."""

    letter: InvitationLetter
    content: InvitationContent
    newest: InvitationLetterRevision | None

    @property
    def is_sent_as_it_stands(self) -> bool:
        """Whether the newest revision says just this."""
        return self.newest is not None and _same(self.newest, self.letter, self.content)


def letter_of(session: Session, actor: Actor | None, meeting_id: UUID) -> LetterView:
    """The letter of a meeting, in default words where nobody has touched it. Raises NotFound, ClassifiedRefused."""
    meeting = _meeting(session, actor, meeting_id)
    letter = _find(session, meeting_id) or _default(meeting_id)
    return LetterView(letter, content_of(meeting, letter), newest_revision(session, letter.id))


def preview_sheet(view: LetterView) -> Sheet:
    """The paper as it would be printed."""
    return lay_out_invitation(
        view.content, view.letter.number, view.letter.issued_on, year=_year(view.content), draft=False
    )


def preview_file(view: LetterView, kind: str) -> tuple[bytes, str]:
    """The paper as it would be sent, `docx` or `pdf`, with its media type. Raises NotFound for another kind."""
    if kind == "docx":
        return render_docx(preview_sheet(view)), DOCX_TYPE
    if kind == "pdf":
        return render_pdf(preview_sheet(view), current().settings.font_directory), PDF_TYPE
    raise NotFound


def set_words(
    session: Session, actor: Actor | None, meeting_id: UUID, words: LetterWords, base_version: int
) -> InvitationLetter:
    """Keep what the office has filled in. Raises VersionConflict, Invalid, Forbidden."""
    meeting = _meeting(session, actor, meeting_id)
    require(actor, Action.PLAN_MEETING, meeting)
    letter = _locked(session, meeting_id, base_version)
    letter.inviter = checked_name(words.inviter, "người mời", optional=True)
    letter.signer_authority = _lines(words.signer_authority, "quyền hạn ký")
    letter.signer_title = checked_name(words.signer_title, "chức vụ người ký", optional=True)
    letter.signer_name = checked_name(words.signer_name, "họ tên người ký", optional=True)
    letter.notes = _lines(words.notes, "nội dung lưu ý", longest=2000)
    letter.contact = checked_name(words.contact, "đầu mối liên hệ", optional=True)
    letter.recipients = _lines(words.recipients, "nơi nhận")
    letter.version += 1
    audit.record(session, actor, "invitation_letter.words", "meeting", meeting_id, version=letter.version)
    return letter


def set_number(
    session: Session,
    actor: Actor | None,
    meeting_id: UUID,
    number: int | None,
    issued_on: date | None,
    base_version: int,
) -> InvitationLetter:
    """Keep the number and date that the registrar gave, or take them back. Raises VersionConflict, Invalid, Forbidden.

    The registrar's own register gives the number; the office that sends may enter it.
    """
    meeting = _meeting(session, actor, meeting_id)
    if not can(actor, Action.ISSUE_NOTICE, meeting):
        require(actor, Action.PLAN_MEETING, meeting)
    if number is not None and not 1 <= number <= LARGEST_NUMBER:
        raise Invalid(field="số giấy mời", reason=f"phải từ 1 đến {LARGEST_NUMBER}")
    letter = _locked(session, meeting_id, base_version)
    letter.number, letter.issued_on = number, issued_on
    letter.version += 1
    audit.record(session, actor, "invitation_letter.numbered", "meeting", meeting_id, number=number)
    return letter


def frozen_revision(session: Session, actor: Actor | None, meeting: Meeting) -> InvitationLetterRevision:
    """The revision that says what the letter says now; written, rendered and stored where there is none yet.

    The caller holds the meeting's lock. Raises LetterUnwritable.
    """
    letter = _locked(session, meeting.id, None)
    content = content_of(meeting, letter)
    newest = newest_revision(session, letter.id)
    if newest is not None and _same(newest, letter, content):
        return newest
    sheet = lay_out_invitation(content, letter.number, letter.issued_on, year=_year(content))
    storage = current().storage
    docx = storage.put_bytes(render_docx(sheet), prefix="invitations", suffix=".docx")
    pdf = storage.put_bytes(render_pdf(sheet, current().settings.font_directory), prefix="invitations", suffix=".pdf")
    revision = InvitationLetterRevision(
        letter_id=letter.id,
        revision=newest.revision + 1 if newest else 1,
        content=content.to_json(),
        content_sha256=content.sha256(),
        number=letter.number,
        issued_on=letter.issued_on,
        docx_key=docx.key,
        docx_sha256=docx.sha256,
        pdf_key=pdf.key,
        pdf_sha256=pdf.sha256,
        created_at=current().clock(),
    )
    session.add(revision)
    session.flush()
    audit.record(session, actor, "invitation_letter.frozen", "meeting", meeting.id, revision=revision.revision)
    return revision


def newest_revision(session: Session, letter_id: UUID) -> InvitationLetterRevision | None:
    """The last that went out; None where nothing did."""
    query = select(InvitationLetterRevision).where(InvitationLetterRevision.letter_id == letter_id)
    return session.scalars(query.order_by(InvitationLetterRevision.revision.desc()).limit(1)).first()


def content_of(meeting: Meeting, letter: InvitationLetter) -> InvitationContent:
    """What the letter says. Raises LetterUnwritable."""
    settings = current().settings
    house = House(settings.organisation_name, settings.parent_name, settings.organisation_code, settings.place_name)
    try:
        return letter_content(meeting, letter, house)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise LetterUnwritable(reason=f"{'.'.join(map(str, fault['loc'])) or 'nội dung'} quá dài") from error


def _meeting(session: Session, actor: Actor | None, meeting_id: UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.VIEW_MEETING, meeting)
    refuse_classified(meeting.classification)
    return meeting


def _find(session: Session, meeting_id: UUID) -> InvitationLetter | None:
    return session.scalars(select(InvitationLetter).where(InvitationLetter.meeting_id == meeting_id)).one_or_none()


def _default(meeting_id: UUID) -> InvitationLetter:
    """A letter nobody has touched; not in the database."""
    return InvitationLetter(meeting_id=meeting_id, number=None, issued_on=None, **_default_values())


def _default_values() -> dict[str, object]:
    return {
        "version": 1,
        "inviter": "",
        "signer_authority": [],
        "signer_title": "",
        "signer_name": "",
        "notes": list(DEFAULT_NOTES),
        "contact": "",
        "recipients": list(DEFAULT_RECIPIENTS),
    }


def _locked(session: Session, meeting_id: UUID, base_version: int | None) -> InvitationLetter:
    row = insert(InvitationLetter).values(meeting_id=meeting_id, created_at=current().clock(), **_default_values())
    session.execute(row.on_conflict_do_nothing(index_elements=["meeting_id"]))
    query = select(InvitationLetter).where(InvitationLetter.meeting_id == meeting_id).with_for_update()
    letter = session.scalars(query, execution_options={"populate_existing": True}).one()
    if base_version is not None and letter.version != base_version:
        raise VersionConflict
    return letter


def _lines(texts: Sequence[str], field: str, *, longest: int = 250) -> list[str]:
    kept = [" ".join(text.split()) for text in texts if text.strip()]
    if len(kept) > MOST_LINES:
        raise Invalid(field=field, reason=f"nhiều hơn {MOST_LINES} dòng")
    if any(len(text) > longest for text in kept):
        raise Invalid(field=field, reason=f"có dòng dài quá {longest} ký tự")
    return kept


def _same(revision: InvitationLetterRevision, letter: InvitationLetter, content: InvitationContent) -> bool:
    return (revision.content_sha256, revision.number, revision.issued_on) == (
        content.sha256(),
        letter.number,
        letter.issued_on,
    )


def _year(content: InvitationContent) -> int | None:
    return in_vietnam(content.starts_at).year if content.starts_at else None
