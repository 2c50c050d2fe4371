"""What the protocol must say, gathered before anything is deleted: numbers, hashes, symbols, addressees; no content."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import SENT
from core.purging.extent import Extent, among
from core.purging.models import Purge
from minutes.delivery.models import Delivery
from minutes.notices.models import Issue, Notice
from orchestrator.directory.models import Unit
from orchestrator.meetings.models import Meeting
from transcription.recordings.models import Recording

BACKUP_MADE = "backup.made"


def findings(session: Session, purge: Purge, extent: Extent) -> dict[str, Any]:
    """Everything the protocol needs, as plain JSON."""
    hashes = session.scalars(select(Recording.sha256).where(Recording.meeting_id == purge.object_id)).all()
    mails = _mails(session, extent)
    return {
        "rows": dict(sorted(extent.counts.items())),
        "objects": len(extent.object_keys),
        "recordings_sha256": sorted(hashes),
        "elsewhere": _same_recording_elsewhere(session, purge.object_id, hashes),
        "issues": _issues(session, purge.object_id),
        "received_by": _received_by(session, purge.object_id),
        "mails": [str(mail_id) for mail_id in mails],
        "mailed_to": _mailed_to(session, mails),
        "backups": _backups(session, purge),
    }


def _same_recording_elsewhere(session: Session, meeting_id: UUID, hashes: Sequence[str]) -> list[str]:
    query = select(Meeting.code).join(Recording).where(Recording.sha256.in_(hashes), Meeting.id != meeting_id)
    return sorted(set(session.scalars(query)))


def _issues(session: Session, meeting_id: UUID) -> list[dict[str, str]]:
    """Numbers that were given stay given; the hashes tell copies outside."""
    rows = session.scalars(
        select(Issue).join(Notice, Notice.id == Issue.notice_id).where(Notice.meeting_id == meeting_id)
    )
    return [{"symbol": row.symbol, "docx_sha256": row.docx_sha256, "pdf_sha256": row.pdf_sha256} for row in rows]


def _received_by(session: Session, meeting_id: UUID) -> list[str]:
    query = (
        select(Unit.name)
        .join(Delivery, Delivery.unit_id == Unit.id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.meeting_id == meeting_id)
    )
    return sorted(set(session.scalars(query)))


def _mails(session: Session, extent: Extent) -> list[UUID]:
    condition = extent.conditions.get("outgoing_mail")
    return list(session.scalars(select(OutgoingMail.id).where(condition))) if condition is not None else []


def _mailed_to(session: Session, mails: list[UUID]) -> list[str]:
    """Addresses whose server took a mail about it: those people are to destroy their copy."""
    mail_ids = among(MailRecipient.__table__.c.mail_id, mails)
    query = select(MailRecipient.address).where(mail_ids, MailRecipient.state == SENT)
    return sorted(set(session.scalars(query)))


def _backups(session: Session, purge: Purge) -> list[dict[str, str]]:
    """Backups made since there was such a meeting: each may hold it."""
    since = select(Meeting.created_at).where(Meeting.id == purge.object_id).scalar_subquery()
    query = select(AuditRow).where(AuditRow.action == BACKUP_MADE, AuditRow.at >= since).order_by(AuditRow.id)
    return [
        {"at": row.at.isoformat(), "file": str(row.detail.get("file", "")), "sha256": str(row.detail.get("sha256", ""))}
        for row in session.scalars(query)
    ]
