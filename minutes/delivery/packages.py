"""The package of an issued notice for the document system of the house (annex VI, QCVN 102:2016)."""

from io import BytesIO
from uuid import UUID

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sqlalchemy.orm import Session

from core import audit
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.delivery.edxml import PRIORITIES, Organ, PaperFacts, PaperFile, package
from minutes.delivery.service import deliveries_of
from minutes.notices.issuing import MEDIA_TYPES, DocumentFile, DocumentKind, document
from minutes.notices.models import Issue, Notice
from minutes.notices.refusals import NotYetIssued
from minutes.notices.service import get_notice, issue_of
from papers.kinds import TYPE_CODES

_LETTER = "Công văn"


def export_package(session: Session, actor: Actor, notice_id: UUID) -> DocumentFile:
    """Everything a document system takes in, as one ZIP; noted in the audit trail.

    Raises:
        NotYetIssued, MetadataTooLong, ObjectDamaged, NotFound, Forbidden.
    """
    notice = get_notice(session, actor, notice_id)
    require(actor, Action.DISTRIBUTE_NOTICE, notice)
    row = issue_of(session, notice_id)
    if row is None:
        raise NotYetIssued
    kinds: tuple[DocumentKind, ...] = ("pdf", "docx")
    files = [(kind, document(session, actor, notice_id, kind)) for kind in kinds]
    papers = [PaperFile(file.filename, MEDIA_TYPES[kind], file.data) for kind, file in files]
    data = package(_facts(session, notice, row, papers[0].data), papers)
    audit.record(session, actor, "notice.packaged", "notice", notice.id, symbol=row.symbol)
    return DocumentFile(data, f"{row.symbol.replace('/', '-')}-edxml.zip", "application/zip")


def _facts(session: Session, notice: Notice, row: Issue, pdf: bytes) -> PaperFacts:
    content, settings = row.revision.read(), current().settings
    before = issue_of(session, notice.predecessor_id) if notice.predecessor_id else None
    signer = content.signer
    return PaperFacts(
        document_id=row.id,
        sender=Organ(settings.organisation_code, content.issuing_body or settings.organisation_name),
        receivers=tuple(Organ(delivery.unit.code, delivery.unit.name) for delivery in deliveries_of(session, row.id)),
        number=row.number,
        notation=content.symbol_suffix,
        place=content.place,
        issued_on=row.issued_on,
        type_name=content.title_type.capitalize() if content.title_type in TYPE_CODES else _LETTER,
        subject=content.subject,
        competence=signer.authority_lines[0].partition(" ")[0] if signer.authority_lines else "Trực tiếp",
        position=signer.title,
        full_name=signer.name,
        to_places=content.recipients,
        priority=PRIORITIES[content.urgency],
        pages=_pages(pdf),
        due_date=None,
        kind=notice.kind,
        reason=notice.reason or "Văn bản điện tử mới",
        created_at=row.created_at,
        predecessor=before.symbol if before else "",
    )


def _pages(pdf: bytes) -> int:
    try:
        return len(PdfReader(BytesIO(pdf)).pages)
    except PyPdfError:
        return 1
