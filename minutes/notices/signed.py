"""A notice signed digitally: the leader on a PDF whose number and day are blank, then the registrar's number, day,
month, year and seal, each an update behind what is there (Decree 30/2020, art. 13–15; places as offices keep them).

In: a notice under its lock, keys and their passphrases. Out: rows that name the PDFs; nothing is printed a second time.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import TransitionRefused
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.content import NoticeContent
from minutes.notices.models import Approval, NoticeRevision
from minutes.notices.rows import lock_notice
from minutes.notices.service import approve
from minutes.notices.sheet import lay_out
from minutes.notices.states import IN_REVIEW
from minutes.signing import keyring
from minutes.signing.increments import Mark, sign
from minutes.signing.long_term import long_term
from minutes.signing.marks import person_mark, registrar_marks
from minutes.signing.models import KeyKind, NoticeSignature, SigningKey
from minutes.signing.refusals import SealRequired, SignedPdfBroken, SignerMismatch
from minutes.signing.verifying import verify
from papers.header import format_number
from papers.pdf import render_pdf
from papers.places import Place, find_places

STORAGE_PREFIX = "signed-notices"


@dataclass(frozen=True)
class SealOrder:
    """Which seal the registrar uses, and its passphrase or PIN."""

    key_id: UUID
    secret: str


def approve_and_sign(
    session: Session,
    actor: Actor,
    notice_id: UUID,
    revision_id: UUID,
    *,
    key_id: UUID,
    secret: str,
    expected_version: int | None = None,
) -> Approval:
    """Approve exactly this revision and sign its PDF, number and date still blank.

    Raises:
        KeyUnreadable, KeyNotValidNow, SignerMismatch, TimestampFailed: nothing is approved. Else as `approve`.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.APPROVE_NOTICE, notice)
    if notice.state != IN_REVIEW:
        # Said before any key is asked for: a passphrase is nothing to try on a paper that cannot be signed.
        raise TransitionRefused(event="approve", state=notice.state)
    key = keyring.key_for(session, actor, KeyKind.PERSON, key_id)
    approval = approve(session, actor, notice_id, revision_id, expected_version=expected_version, signed=True)
    content = session.get_one(NoticeRevision, approval.revision_id).read()
    _require_same_person(content, key)
    fonts = current().settings.font_directory
    sheet = lay_out(content)
    places = find_places(sheet, fonts)
    mark = person_mark(key, keyring.picture_of(key), places, fonts)
    with keyring.unlocked(key, secret) as signer:
        pdf = sign(
            render_pdf(sheet, fonts), signer, [mark], prepare=places, certify=True, long_term=long_term(),
            location=content.place,
        )  # fmt: skip
    _keep(session, actor, approval, key, [mark], pdf, places)
    return approval


def leader_signature(session: Session, approval_id: UUID) -> NoticeSignature | None:
    """The leader's signature that belongs to an approval, None where it was given without one."""
    return signature_of(session, approval_id, KeyKind.PERSON)


def signature_of(session: Session, approval_id: UUID, kind: KeyKind) -> NoticeSignature | None:
    """The act of signing of this kind, None where there was none."""
    query = select(NoticeSignature).where(NoticeSignature.approval_id == approval_id, NoticeSignature.kind == kind)
    return session.scalar(query)


def signatures_of(session: Session, notice_id: UUID) -> list[NoticeSignature]:
    """Acts of signing a notice, in their order. Asks for no right."""
    query = select(NoticeSignature).where(NoticeSignature.notice_id == notice_id)
    return list(session.scalars(query.order_by(NoticeSignature.created_at, NoticeSignature.kind)))


def stored_pdf(row: NoticeSignature) -> bytes:
    """The PDF that this act left, held against its SHA-256. Raises ObjectDamaged, ObjectMissing."""
    current().storage.verify(row.pdf_key, row.pdf_sha256)
    return current().storage.read_bytes(row.pdf_key)


def number_and_seal(
    session: Session,
    actor: Actor,
    approval: Approval,
    leader: NoticeSignature,
    order: SealOrder | None,
    *,
    number: int,
    issued_on: date,
) -> NoticeSignature:
    """Add number, day, month, year and seal to the leader's PDF.

    Raises:
        SealRequired: no seal was chosen. SignedPdfBroken: the leader's signature does not verify any more.
        KeyUnreadable, KeyNotValidNow, NotFound: the seal cannot be used.
    """
    if order is None:
        raise SealRequired
    pdf = stored_pdf(leader)
    before = verify(pdf, "bản đã ký")
    if not before.good:
        problem = next((report.problem for report in before.signatures if report.problem), "chữ ký không khớp nội dung")
        raise SignedPdfBroken(reason=problem)
    key = keyring.key_for(session, actor, KeyKind.SEAL, order.key_id)
    places = {name: Place(**values) for name, values in _places(leader).items()}
    words = {
        "number": format_number(number),
        "day": f"{issued_on.day:02d}",
        "month": f"{issued_on.month:02d}" if issued_on.month <= 2 else str(issued_on.month),
        "year": str(issued_on.year),
    }
    marks = registrar_marks(key, keyring.picture_of(key), words, places, current().settings.font_directory)
    with keyring.unlocked(key, order.secret) as signer:
        sealed = sign(pdf, signer, marks, long_term=long_term())
    return _keep(session, actor, approval, key, marks, sealed, {})


def _places(leader: NoticeSignature) -> dict[str, Any]:
    return dict(leader.places)


def _keep(
    session: Session,
    actor: Actor,
    approval: Approval,
    key: SigningKey,
    marks: list[Mark],
    pdf: bytes,
    places: dict[str, Place],
) -> NoticeSignature:
    stored = current().storage.put_bytes(pdf, prefix=STORAGE_PREFIX, suffix=".pdf")
    row = NoticeSignature(
        notice_id=approval.notice_id,
        approval_id=approval.id,
        kind=key.kind,
        key_id=key.id,
        fields=[mark.field for mark in marks],
        pdf_key=stored.key,
        pdf_sha256=stored.sha256,
        actor_id=actor.account_id,
        actor_name=actor.name,
        places={name: asdict(place) for name, place in places.items()},
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "notice.signed",
        "notice",
        approval.notice_id,
        kind=str(key.kind),
        holder=key.holder,
        serial=key.serial,
        pdf_sha256=stored.sha256,
    )
    return row


def _require_same_person(content: NoticeContent, key: SigningKey) -> None:
    """The name in the certificate is the one under the signature; titles before it do not matter."""
    holder, signer = (" ".join(name.casefold().split()) for name in (key.holder, content.signer.name))
    if signer not in holder and holder not in signer:
        raise SignerMismatch(holder=key.holder, signer=content.signer.name)
