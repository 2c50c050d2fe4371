"""Tables of keys and of what was signed with them. A private key lies in storage, sealed by its owner's passphrase,
which is never kept."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped


class KeyKind(StrEnum):
    """Whose signature: a person's own, or the agency's seal that the registrar keeps (Decree 30/2020, art. 32–33)."""

    PERSON = "person"
    SEAL = "seal"


class KeySource(StrEnum):
    """Where the private key is."""

    PKCS12 = "pkcs12"
    PKCS11 = "pkcs11"


class SigningKey(Identified, Timestamped, Base):
    """A key somebody may sign with here. Never deleted: what was signed names it; retired when no longer in use."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("kind IN ('person', 'seal')", name="kind"),
        CheckConstraint("(kind = 'person') = (account_id IS NOT NULL)", name="owner"),
        CheckConstraint("(source = 'pkcs12') = (key_object IS NOT NULL)", name="source"),
        Index(
            "uq_signing_key_in_use",
            "kind",
            "account_id",
            "fingerprint",
            unique=True,
            postgresql_where=text("retired_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    kind: Mapped[KeyKind] = mapped_column(Text)
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    source: Mapped[KeySource] = mapped_column(Text)
    #: Storage key of the PKCS#12 file as it was given.
    key_object: Mapped[str | None]
    token_label: Mapped[str] = mapped_column(default="")
    certificate_label: Mapped[str] = mapped_column(default="")
    #: Storage key of the PNG, None: words are printed instead.
    picture_object: Mapped[str | None]
    #: Of the certificate: CN, O, CN of the issuer, serial number in hexadecimal, SHA-256 of its DER form.
    holder: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str] = mapped_column(default="")
    serial: Mapped[str]
    fingerprint: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    added_by_name: Mapped[str]
    retired_at: Mapped[datetime | None]


class NoticeSignature(Identified, Timestamped, Base):
    """One act of signing a notice: the leader's, then the registrar's. Names the whole PDF it left behind."""

    __tablename__ = "notice_signature"
    __table_args__ = (
        Index("uq_notice_signature_step", "approval_id", "kind", unique=True),
        CheckConstraint("kind IN ('person', 'seal')", name="kind"),
    )
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    approval_id: Mapped[UUID] = mapped_column(ForeignKey("notice_approval.id"))
    kind: Mapped[KeyKind] = mapped_column(Text)
    key_id: Mapped[UUID] = mapped_column(ForeignKey("signing_key.id"))
    #: Names of the signature fields that were filled, in the order of signing.
    fields: Mapped[list[str]] = mapped_column(ARRAY(Text))
    pdf_key: Mapped[str]
    pdf_sha256: Mapped[str]
    actor_id: Mapped[UUID]
    actor_name: Mapped[str]
    #: Pages and places (millimetres) kept for the stamps that come later, as `papers.places.Place` by name.
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)

    key: Mapped[SigningKey] = relationship(lazy="selectin")
