"""Issue: the approved text gets its number and date, becomes two files, and is never touched again.

Everything happens in one transaction. The series' lock is taken before the audit chain's, here as everywhere, so that
two issues never wait for each other in a circle.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import lifecycles
from core.clock import in_vietnam
from core.errors import NotFound, TransitionRefused
from core.permissions import Action, Actor, can, require
from core.runtime import current
from minutes.house.models import TemplateKind
from minutes.house.templates import docx_of
from minutes.notices.content import NoticeContent
from minutes.notices.deadline_clock import NoticeClock
from minutes.notices.listing import clock_between
from minutes.notices.models import Approval, Issue, Notice, NoticeRevision
from minutes.notices.refusals import NoticeWithdrawn, OutdatedRevision
from minutes.notices.series import take_number
from minutes.notices.service import get_notice, issue_of, latest_revision
from minutes.notices.sheet import lay_out
from minutes.notices.signed import SealOrder, leader_signature, number_and_seal, signatures_of, stored_pdf
from minutes.notices.states import APPROVED, EDITABLE, NOTICE
from minutes.notices.successors import is_withdrawn
from orchestrator.meetings.models import Meeting
from papers.header import symbol
from papers.pdf import render_pdf
from papers.sheet import Sheet

DocumentKind = Literal["docx", "pdf"]
MEDIA_TYPES: dict[DocumentKind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
STORAGE_PREFIX = "notices"


@dataclass(frozen=True)
class DocumentFile:
    """A file for somebody to read: its bytes, a plain file name, its media type."""

    data: bytes
    filename: str
    media_type: str


def issue(
    session: Session,
    actor: Actor,
    notice_id: UUID,
    *,
    expected_version: int | None = None,
    seal: SealOrder | None = None,
) -> Issue:
    """Give the approved revision number and date of today in Vietnam, and store its files.

    A text approved by hand is printed with its number; one that was signed digitally gets number, date and seal as
    stamps on the signed PDF. Emits `notice.issue`; tasks are made from its directives by the one who listens.

    Raises:
        TransitionRefused: not approved, or issued already. OutdatedRevision: the approved text is not the stored one.
        SealRequired, and what `signed.number_and_seal` raises.
    """
    notice = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None:
        raise NotFound
    require(actor, Action.ISSUE_NOTICE, notice)
    if notice.state != APPROVED:
        raise TransitionRefused(event="issue", state=notice.state)
    approval, revision = _approved(session, notice)
    row = _number(session, actor, approval, revision, seal)
    session.add(row)
    session.flush()
    lifecycles.apply(
        session,
        NOTICE,
        notice,
        "issue",
        actor=actor,
        expected_version=expected_version,
        issue_id=row.id,
        symbol=row.symbol,
        docx_sha256=row.docx_sha256,
        pdf_sha256=row.pdf_sha256,
    )
    return row


def document(session: Session, actor: Actor, notice_id: UUID, kind: DocumentKind) -> DocumentFile:
    """The notice as a file: the stored and verified one once issued or signed, else a print of the newest revision.

    Raises:
        ObjectDamaged, ObjectMissing: the stored file is no longer what was issued.
    """
    notice = get_notice(session, actor, notice_id)
    row = issue_of(session, notice_id)
    if row is not None:
        if not can(actor, Action.VIEW_NOTICE, notice) and is_withdrawn(session, notice_id):
            raise NoticeWithdrawn(symbol=row.symbol)
        key, sha256 = (row.docx_key, row.docx_sha256) if kind == "docx" else (row.pdf_key, row.pdf_sha256)
        current().storage.verify(key, sha256)
        name = row.symbol.replace("/", "-")
        return DocumentFile(current().storage.read_bytes(key), f"{name}.{kind}", MEDIA_TYPES[kind])
    signed = signatures_of(session, notice_id) if kind == "pdf" and notice.state == APPROVED else []
    if signed:
        return DocumentFile(stored_pdf(signed[-1]), "da-ky-cho-cap-so.pdf", MEDIA_TYPES[kind])
    revision = latest_revision(session, notice.id)
    data = preview(session, revision, kind)
    return DocumentFile(data, f"du-thao-ban-{revision.number}.{kind}", MEDIA_TYPES[kind])


def kind_of(content: NoticeContent) -> TemplateKind:
    """Which of the house's templates prints this content."""
    return TemplateKind.LETTER if content.is_letter else TemplateKind.NOTICE


def draft_sheet(revision: NoticeRevision) -> Sheet:
    """A revision laid out as the draft it is; whoever has sent it on has confirmed what the machine wrote."""
    year = in_vietnam(current().clock()).year
    return lay_out(revision.read(), year=year, draft=True, confirmed=revision.notice.state not in EDITABLE)


def preview(session: Session, revision: NoticeRevision, kind: DocumentKind) -> bytes:
    """A revision printed as a draft: number and day blank, the year of the present filled in."""
    runtime = current()
    content, sheet = revision.read(), draft_sheet(revision)
    if kind == "docx":
        return docx_of(session, kind_of(content), sheet)
    return render_pdf(sheet, runtime.settings.font_directory)


def clock_of(session: Session, actor: Actor, notice_id: UUID) -> NoticeClock:
    """Working days since the meeting against the five allowed; the clock stops at the issue."""
    notice = get_notice(session, actor, notice_id)
    meeting = session.get(Meeting, notice.meeting_id)
    if meeting is None:
        raise NotFound
    return clock_between(session, meeting, issue_of(session, notice_id))


def list_issues(session: Session, actor: Actor, *, limit: int = 200) -> list[Issue]:
    """The register, newest first; a unit gets only what was sent to it."""
    require(actor, Action.VIEW_ISSUED_NOTICE)
    rows = session.scalars(select(Issue).order_by(Issue.created_at.desc()).limit(limit))
    return [row for row in rows if can(actor, Action.VIEW_ISSUED_NOTICE, row.notice)]


def _approved(session: Session, notice: Notice) -> tuple[Approval, NoticeRevision]:
    """The approval and its revision, both held against the stored text once more."""
    newest = select(Approval).where(Approval.notice_id == notice.id).order_by(Approval.created_at.desc()).limit(1)
    approval = session.scalars(newest).one()
    revision = session.get_one(NoticeRevision, approval.revision_id)
    stored = revision.read().sha256()
    if revision.id != latest_revision(session, notice.id).id or stored != approval.revision_sha256:
        raise OutdatedRevision(latest_number=revision.number)
    return approval, revision


def _number(
    session: Session, actor: Actor, approval: Approval, revision: NoticeRevision, seal: SealOrder | None
) -> Issue:
    runtime = current()
    now = runtime.clock()
    content, issued_on = revision.read(), in_vietnam(now).date()
    taken = take_number(session, body=content.issuing_body, suffix=content.symbol_suffix, issued_on=issued_on)
    sheet = lay_out(content, taken.number, issued_on)
    printed = docx_of(session, kind_of(content), sheet)
    stored_docx = runtime.storage.put_bytes(printed, prefix=STORAGE_PREFIX, suffix=".docx")
    leader = leader_signature(session, approval.id)
    if leader is None:
        pdf = render_pdf(sheet, runtime.settings.font_directory)
        stored_pdf = runtime.storage.put_bytes(pdf, prefix=STORAGE_PREFIX, suffix=".pdf")
        pdf_key, pdf_sha256 = stored_pdf.key, stored_pdf.sha256
    else:
        sealed = number_and_seal(session, actor, approval, leader, seal, number=taken.number, issued_on=issued_on)
        pdf_key, pdf_sha256 = sealed.pdf_key, sealed.pdf_sha256
    return Issue(
        notice_id=approval.notice_id,
        approval_id=approval.id,
        revision_id=revision.id,
        series_id=taken.series_id,
        year=taken.year,
        number=taken.number,
        symbol=symbol(taken.number, content.symbol_suffix),
        issued_on=issued_on,
        registrar_id=actor.account_id,
        registrar_name=actor.name,
        created_at=now,
        docx_key=stored_docx.key,
        docx_sha256=stored_docx.sha256,
        pdf_key=pdf_key,
        pdf_sha256=pdf_sha256,
    )
