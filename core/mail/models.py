"""Tables of outgoing mail: one row per mail, one per recipient of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from core.mail.states import BOUNCED, FAILED, QUEUED, SENT


class OutgoingMail(Identified, Timestamped, Versioned, Base):
    """A mail to be sent, or sent. Its text never holds a secret: see `secrets`."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        CheckConstraint("(calendar IS NULL) = (calendar_method IS NULL)", name="calendar_with_method"),
        Index("ix_outgoing_mail_due", "next_attempt_at", postgresql_where=text("state = 'queued'")),
        Index("ix_outgoing_mail_about", "about_type", "about_id", "created_at"),
        Index("ix_outgoing_mail_created_at", "created_at", "id"),
        Index("ix_outgoing_mail_state", "state", "created_at", "id"),
        Index(
            "ix_outgoing_mail_subject", "subject", postgresql_using="gin", postgresql_ops={"subject": "gin_trgm_ops"}
        ),
    )

    #: What makes it one mail and not two, however often the deed is done again.
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    #: With angle brackets, the same at every attempt; bounces name it.
    message_id: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    body: Mapped[str]
    #: `[{"key", "filename", "media_type"}]`, keys of the storage.
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    #: An iCalendar object and its METHOD (RFC 5546).
    calendar: Mapped[str | None]
    calendar_method: Mapped[str | None]
    #: `{words in the body: [kind, id]}`: put in their place only at the moment of sending (personal links).
    secrets: Mapped[dict[str, Any]] = mapped_column(default=dict)
    about_type: Mapped[str] = mapped_column(default="")
    about_id: Mapped[UUID | None]
    #: After this moment it is worth nothing and is not sent (a reminder).
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    #: Who is sending it now, and until when that is believed.
    claim: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None]
    #: A sender died with it in hand: it may have gone out before it went out again.
    may_be_double: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    #: Why the last attempt did not do, as the server said it.
    last_error: Mapped[str] = mapped_column(default="")

    recipients: Mapped[list["MailRecipient"]] = relationship(
        order_by="MailRecipient.position", lazy="selectin", back_populates="mail"
    )

    @property
    def bounced(self) -> list["MailRecipient"]:
        """Those it came back from."""
        return [item for item in self.recipients if item.state == BOUNCED]

    @property
    def troubled(self) -> list["MailRecipient"]:
        """Those it did not reach: refused or sent back."""
        return [item for item in self.recipients if item.state in (FAILED, BOUNCED)]

    @property
    def reached(self) -> list["MailRecipient"]:
        """Those whose server took it."""
        return [item for item in self.recipients if item.state == SENT]


class MailRecipient(Identified, Base):
    """One address of a mail and what became of it there."""

    __tablename__ = "mail_recipient"
    __table_args__ = (
        UniqueConstraint("mail_id", "address"),
        Index(
            "ix_mail_recipient_address", "address", postgresql_using="gin", postgresql_ops={"address": "gin_trgm_ops"}
        ),
    )

    mail_id: Mapped[UUID] = mapped_column(ForeignKey("outgoing_mail.id"))
    position: Mapped[int]
    address: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=QUEUED)
    #: What the server, or the bounce, said last; empty while all is well.
    detail: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]

    mail: Mapped[OutgoingMail] = relationship(back_populates="recipients")
