"""Whether what was approved and issued still is what it was: text, approval, files. Nothing is changed.

The database guards these rows by trigger; whoever can switch triggers off can change a row. Then the hashes tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import Refusal
from core.runtime import current
from minutes.notices.models import Approval, Issue, NoticeRevision


@dataclass(frozen=True)
class NoticeFault:
    """What is wrong with one notice, in words for an administrator."""

    notice_id: UUID
    symbol: str
    words: str


def notice_faults(session: Session) -> tuple[int, list[NoticeFault]]:
    """How many approved notices there are, and everything that does not fit."""
    query = (
        select(Approval, NoticeRevision, Issue)
        .join(NoticeRevision, NoticeRevision.id == Approval.revision_id)
        .outerjoin(Issue, Issue.approval_id == Approval.id)
        .order_by(Approval.created_at, Approval.id)
    )
    rows = session.execute(query).all()
    faults = [
        NoticeFault(approval.notice_id, issue.symbol if issue else "", words)
        for approval, revision, issue in rows
        for words in _faults(session, approval, revision, issue)
    ]
    return len(rows), faults


def _faults(session: Session, approval: Approval, revision: NoticeRevision, issue: Issue | None) -> Iterator[str]:
    if _sha256(revision) != approval.revision_sha256:
        yield f"nội dung phiên bản {revision.number} không còn là nội dung đã duyệt"
    if issue is None:
        return
    if issue.revision_id != approval.revision_id:
        yield "ban hành một phiên bản khác với phiên bản đã duyệt"
    if issue.symbol != _symbol_in_trail(session, issue):
        yield "số, ký hiệu không khớp nhật ký lúc ban hành"
    for kind, key, sha256 in (("DOCX", issue.docx_key, issue.docx_sha256), ("PDF", issue.pdf_key, issue.pdf_sha256)):
        try:
            current().storage.verify(key, sha256)
        except Refusal as refusal:
            yield f"tệp {kind}: " + ("không còn" if refusal.http_status == 404 else "đã bị sửa")


def _sha256(revision: NoticeRevision) -> str:
    """Of the text as it stands in the row now; empty where it is no notice any more."""
    try:
        return revision.read().sha256()
    except ValidationError:
        return ""


def _symbol_in_trail(session: Session, issue: Issue) -> str:
    query = select(AuditRow.detail).where(AuditRow.action == "notice.issue", AuditRow.object_id == issue.notice_id)
    detail = session.scalars(query.order_by(AuditRow.id.desc()).limit(1)).first() or {}
    return str(detail.get("symbol", issue.symbol))
