"""The keys of the house: each approver's own, and the seals that the registrar keeps. Functions leave committing to
their caller."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from cryptography import x509
from pyhanko.sign.signers import Signer
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.signing.keys import CertificateFacts, facts_of, pkcs12_signer, read_pkcs12, require_signing, token_signer
from minutes.signing.models import KeyKind, KeySource, SigningKey
from minutes.signing.pictures import checked_picture
from minutes.signing.refusals import KeyNotValidNow, KeyUnreadable

STORAGE_PREFIX = "signing-keys"
#: Who may add, use and retire a key of each kind.
RIGHTS = {KeyKind.PERSON: Action.APPROVE_NOTICE, KeyKind.SEAL: Action.ISSUE_NOTICE}


def add_file(
    session: Session, actor: Actor, kind: KeyKind, pkcs12: bytes, passphrase: str, picture: bytes = b""
) -> SigningKey:
    """Keep a PKCS#12 file, sealed by its own passphrase, which is used to look inside and forgotten.

    Raises:
        KeyUnreadable, KeyNotValidNow, PictureRefused. Invalid: this certificate is in use already.
    """
    require(actor, RIGHTS[kind])
    facts = read_pkcs12(pkcs12, passphrase)
    row = _new_key(actor, kind, KeySource.PKCS12, facts, picture)
    row.key_object = current().storage.put_bytes(pkcs12, prefix=STORAGE_PREFIX, suffix=".p12").key
    return _kept(session, actor, row)


def add_token(
    session: Session,
    actor: Actor,
    kind: KeyKind,
    token_label: str,
    certificate_label: str,
    pin: str,
    picture: bytes = b"",
) -> SigningKey:
    """Remember a certificate on the token of this server; the key never leaves it.

    Raises:
        TokenNotConfigured, KeyUnreadable, KeyNotValidNow, PictureRefused. Invalid: it is in use already.
    """
    require(actor, RIGHTS[kind])
    with token_signer(current().settings.signing_pkcs11_module, token_label, certificate_label, pin) as signer:
        facts = _facts_of_signer(signer)
    row = _new_key(actor, kind, KeySource.PKCS11, facts, picture)
    row.token_label, row.certificate_label = token_label, certificate_label
    return _kept(session, actor, row)


def usable_keys(session: Session, actor: Actor, kind: KeyKind) -> list[SigningKey]:
    """Keys this person may sign with: one's own, or the seals of the house."""
    require(actor, RIGHTS[kind])
    query = select(SigningKey).where(SigningKey.kind == kind, SigningKey.retired_at.is_(None))
    if kind == KeyKind.PERSON:
        query = query.where(SigningKey.account_id == actor.account_id)
    return list(session.scalars(query.order_by(SigningKey.created_at)))


def key_for(session: Session, actor: Actor, kind: KeyKind, key_id: UUID) -> SigningKey:
    """One of them, valid today. Raises NotFound, KeyNotValidNow."""
    row = next((key for key in usable_keys(session, actor, kind) if key.id == key_id), None)
    if row is None:
        raise NotFound
    now = current().clock()
    if not row.valid_from <= now <= row.valid_until:
        raise KeyNotValidNow(holder=row.holder, start=_day(row.valid_from), end=_day(row.valid_until))
    return row


def retire(session: Session, actor: Actor, key_id: UUID) -> SigningKey:
    """Take a key out of use; what it has signed keeps naming it."""
    row = session.get(SigningKey, key_id)
    if row is None:
        raise NotFound
    require(actor, RIGHTS[row.kind])
    if row.kind == KeyKind.PERSON and row.account_id != actor.account_id:
        raise NotFound
    if row.retired_at is None:
        row.retired_at = current().clock()
        audit.record(session, actor, "signing_key.retired", "signing_key", row.id, holder=row.holder)
    return row


@contextmanager
def unlocked(row: SigningKey, secret: str) -> Iterator[Signer]:
    """A signer with this key while the block runs. Raises KeyUnreadable, TokenNotConfigured."""
    if row.source == KeySource.PKCS12:
        yield pkcs12_signer(current().storage.read_bytes(row.key_object or ""), secret)
        return
    module = current().settings.signing_pkcs11_module
    with token_signer(module, row.token_label, row.certificate_label, secret) as signer:
        yield signer


def picture_of(row: SigningKey) -> bytes | None:
    """The PNG of this key, None where there is none."""
    return current().storage.read_bytes(row.picture_object) if row.picture_object else None


def _new_key(actor: Actor, kind: KeyKind, source: KeySource, facts: CertificateFacts, picture: bytes) -> SigningKey:
    now = current().clock()
    if facts.valid_until < now:
        raise KeyNotValidNow(holder=facts.holder, start=_day(facts.valid_from), end=_day(facts.valid_until))
    stored = None
    if picture:
        stored = current().storage.put_bytes(checked_picture(picture), prefix=STORAGE_PREFIX, suffix=".png").key
    return SigningKey(
        kind=kind,
        account_id=actor.account_id if kind == KeyKind.PERSON else None,
        source=source,
        picture_object=stored,
        holder=facts.holder,
        organisation=facts.organisation,
        issuer=facts.issuer,
        serial=facts.serial,
        fingerprint=facts.fingerprint,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        added_by_name=actor.name,
        created_at=now,
    )


def _kept(session: Session, actor: Actor, row: SigningKey) -> SigningKey:
    taken = select(SigningKey.id).where(
        SigningKey.kind == row.kind,
        SigningKey.account_id.is_not_distinct_from(row.account_id),
        SigningKey.fingerprint == row.fingerprint,
        SigningKey.retired_at.is_(None),
    )
    if session.scalar(taken) is not None:
        raise Invalid(field="chứng thư số", reason="đã có trong danh sách")
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "signing_key.added", "signing_key", row.id, holder=row.holder, serial=row.serial, of=row.kind
    )
    return row


def _facts_of_signer(signer: Signer) -> CertificateFacts:
    certificate = signer.signing_cert
    if certificate is None:
        raise KeyUnreadable(reason="thiết bị không có chứng thư với nhãn này")
    read = x509.load_der_x509_certificate(certificate.dump())
    require_signing(read)
    return facts_of(read)


def _day(moment: datetime) -> str:
    return f"{in_vietnam(moment):%d/%m/%Y}"
