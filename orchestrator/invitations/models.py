"""Tables of the invitations: the link, the invitation and its answer, the letter and its revisions, seats at the door.

Only the SHA-256 of a link's token is kept; the token itself follows from the link's id and the installation's secret.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words
from orchestrator.meetings.models import MeetingEndpoint


class JoinLink(Identified, Timestamped, Base):
    """One link of one endpoint; a new one revokes the old."""

    __tablename__ = "join_link"
    __table_args__ = (
        Index(
            "uq_join_link_live",
            "meeting_endpoint_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"))
    #: Hex SHA-256 of the token.
    token_hash: Mapped[str] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]
    #: First click that was let in.
    first_used_at: Mapped[datetime | None]

    meeting_endpoint: Mapped[MeetingEndpoint] = relationship(lazy="joined")


class JoinGrant(Identified, Base):
    """The seat an endpoint was given at our door; one row per endpoint, renewed by every click that is let in."""

    __tablename__ = "join_grant"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"), unique=True)
    granted_at: Mapped[datetime]
    #: Clicks let in so far; many in a short time mean one link in many browsers.
    clicks: Mapped[int] = mapped_column(default=1)


class Answer(StrEnum):
    """What an endpoint has answered."""

    COMING = "coming"
    DECLINED = "declined"


class Invitation(Identified, Timestamped, Base):
    """The invitation of one endpoint to one meeting, and its answer.

    `sequence` is that of the calendar entry (RFC 5545 §3.8.7.4): it grows with every change that is sent out.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("head_count IS NULL OR head_count >= 0", name="head_count"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_with_time"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"), unique=True)
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    #: Where the operator wants it sent; empty for the addresses of the directory.
    addresses: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    #: Sent last: when, with which start of the meeting, which link and which revision of the letter.
    sent_at: Mapped[datetime | None]
    sent_starts_at: Mapped[datetime | None]
    sent_link_id: Mapped[UUID | None] = mapped_column(ForeignKey("join_link.id"))
    letter_revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation_letter_revision.id"))
    #: How often somebody asked for it to be sent once more.
    resends: Mapped[int] = mapped_column(default=0)
    #: The calendar entry was called off.
    cancelled_at: Mapped[datetime | None]

    answer: Mapped[Answer | None] = mapped_column(words(Answer))
    answered_at: Mapped[datetime | None]
    #: The start of the meeting as it was when the answer came; another one makes the answer an old one.
    answered_starts_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    head_count: Mapped[int | None]
    #: `[{"name", "title", "instead_of"}]`; `instead_of` names who sends this person in their place.
    people: Mapped[list[Any]] = mapped_column(default=list)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")

    meeting_endpoint: Mapped[MeetingEndpoint] = relationship(lazy="joined")

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer to the meeting as it is planned now."""
        return self.answer is not None and self.answered_starts_at == self.meeting_endpoint.meeting_starts_at


class InvitationLetter(Identified, Timestamped, Base):
    """The giấy mời of a meeting: what the office adds to the plan. Number and date are the registrar's, often blank."""

    __tablename__ = "invitation_letter"
    __table_args__ = (CheckConstraint("number IS NULL OR number >= 1", name="number"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[int | None]
    issued_on: Mapped[date | None]
    inviter: Mapped[str] = mapped_column(default="")
    #: Lines such as `TL. BỘ TRƯỞNG`.
    signer_authority: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    signer_title: Mapped[str] = mapped_column(default="")
    signer_name: Mapped[str] = mapped_column(default="")
    notes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    contact: Mapped[str] = mapped_column(default="")
    recipients: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)


class InvitationLetterRevision(Identified, Timestamped, Base):
    """A letter as it went out: content, number, both files; never changed."""

    __tablename__ = "invitation_letter_revision"
    __table_args__ = (UniqueConstraint("letter_id", "revision"),)
    __append_only__ = True

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("invitation_letter.id"))
    revision: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_sha256: Mapped[str]
    number: Mapped[int | None]
    issued_on: Mapped[date | None]
    docx_key: Mapped[str]
    docx_sha256: Mapped[str]
    pdf_key: Mapped[str]
    pdf_sha256: Mapped[str]
