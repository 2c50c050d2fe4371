"""Tables of the notice: the object with its life, and beside it only rows that are never changed again.

A notice has revisions; an approval binds the SHA-256 of one; an issue gives that one a number and two files.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from minutes.notices.content import NoticeContent
from minutes.notices.numbering import ANY


class RevisionSource(StrEnum):
    """Who wrote a revision."""

    MACHINE = "machine"
    PERSON = "person"


class NoticeKind(StrEnum):
    """What a paper is to its meeting: the notice, or what came after it and names it (Decree 30/2020, art. 18)."""

    NOTICE = "notice"
    CORRECTION = "correction"
    REPLACEMENT = "replacement"
    WITHDRAWAL = "withdrawal"
    REMINDER = "reminder"


#: Kinds that carry the conclusions themselves, not words about another paper.
WHOLE_TEXTS = (NoticeKind.NOTICE, NoticeKind.REPLACEMENT)


class Notice(Identified, Timestamped, Versioned, Base):
    """The conclusion notice of one meeting, from the first draft to the issue."""

    __tablename__ = "notice"
    __table_args__ = (
        # One notice at work per meeting; a later correction or replacement is a new one beside the issued, one of each
        # kind at a time.
        Index(
            "uq_notice_open", "meeting_id", unique=True, postgresql_where=text("state <> 'issued' AND kind = 'notice'")
        ),
        Index(
            "uq_notice_successor",
            "predecessor_id",
            "kind",
            unique=True,
            postgresql_where=text("state <> 'issued' AND kind <> 'notice'"),
        ),
        CheckConstraint("kind IN ('notice', 'correction', 'replacement', 'withdrawal', 'reminder')", name="kind"),
        CheckConstraint("(kind = 'notice') = (predecessor_id IS NULL)", name="predecessor"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: Units it was sent to; filled at distribution, when these units may begin to see it.
    recipient_unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)
    kind: Mapped[NoticeKind] = mapped_column(Text, default=NoticeKind.NOTICE, server_default=NoticeKind.NOTICE)
    #: The issued notice that this one corrects, replaces, withdraws or reminds of.
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    #: Why there is a successor.
    reason: Mapped[str] = mapped_column(default="", server_default="")

    def related_unit_ids(self) -> set[UUID]:
        """The units it was distributed to; none before that."""
        return set(self.recipient_unit_ids)


class NoticeRevision(Identified, Timestamped, Base):
    """One text of a notice, whole. Number 1 is the first draft."""

    __tablename__ = "notice_revision"
    __table_args__ = (
        UniqueConstraint("notice_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("source IN ('machine', 'person')", name="source"),
    )
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]
    #: JSON of NoticeContent.
    content: Mapped[dict[str, Any]]
    #: Of NoticeContent.canonical_bytes.
    sha256: Mapped[str]
    source: Mapped[RevisionSource] = mapped_column(Text)
    #: The revision it was written on top of; None for the first.
    based_on: Mapped[int | None]
    #: A machine's draft that came after a person had edited: the edits stand in earlier revisions, not in this one.
    sets_edits_aside: Mapped[bool] = mapped_column(default=False)
    #: The text the machine drafted from.
    transcript_revision_id: Mapped[UUID | None]
    #: Who wrote it; like every actor in this file by account, without a key: the trail outlives the account.
    author_id: Mapped[UUID | None]
    author_name: Mapped[str] = mapped_column(default="")

    notice: Mapped[Notice] = relationship()

    def read(self) -> NoticeContent:
        """The content as a value."""
        return NoticeContent.from_json(self.content)


class ChangeRequest(Identified, Timestamped, Base):
    """Why an approver sent a revision back."""

    __tablename__ = "notice_change_request"
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    reason: Mapped[str]
    author_id: Mapped[UUID]
    author_name: Mapped[str]


class NoticeComment(Identified, Timestamped, Base):
    """A remark at one paragraph, or at the whole, of the revision it was made on; open until it is settled."""

    __tablename__ = "notice_comment"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    #: Of the NoticeItem; empty: about the whole.
    item_id: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    author_id: Mapped[UUID]
    author_name: Mapped[str]
    settled_at: Mapped[datetime | None]
    settled_by_name: Mapped[str] = mapped_column(default="")


class NoticeItemAcceptance(Identified, Timestamped, Base):
    """Somebody confirmed a task of the draft, or took the confirmation back; the newest row of an item counts."""

    __tablename__ = "notice_item_acceptance"
    __table_args__ = (UniqueConstraint("notice_id", "item_id", "number"), CheckConstraint("number >= 1", name="number"))
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    #: Of the NoticeItem.
    item_id: Mapped[str]
    #: Of the words spoken on this item, from 1.
    number: Mapped[int]
    accepted: Mapped[bool]
    #: Of what was confirmed (`acceptances.facts_sha256`): another text or deadline is another thing.
    facts_sha256: Mapped[str]
    account_id: Mapped[UUID]
    account_name: Mapped[str]


class Approval(Identified, Timestamped, Base):
    """One person approved exactly one revision."""

    __tablename__ = "notice_approval"
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"), unique=True)
    revision_sha256: Mapped[str]
    approver_id: Mapped[UUID]
    approver_name: Mapped[str]


class ReviewAspect(StrEnum):
    """What a look before the approval answers for (Decree 30/2020, art. 11)."""

    CONTENT = "content"
    FORM = "form"


class NoticeReview(Identified, Timestamped, Base):
    """One person's look at one revision: right, or sent back."""

    __tablename__ = "notice_review"
    __table_args__ = (
        Index("uq_notice_review_passed", "revision_id", "aspect", unique=True, postgresql_where=text("passed")),
        CheckConstraint("aspect IN ('content', 'form')", name="aspect"),
    )
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    revision_sha256: Mapped[str]
    aspect: Mapped[ReviewAspect] = mapped_column(Text)
    passed: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    reviewer_id: Mapped[UUID]
    reviewer_name: Mapped[str]
    #: As the directory had it that day.
    reviewer_title: Mapped[str] = mapped_column(default="")


class NumberSeriesRule(Identified, Timestamped, Base):
    """Configuration of the register: which body and type of document count in which series; `*` fits every one."""

    __tablename__ = "number_series_rule"
    __table_args__ = (UniqueConstraint("body", "document_type"),)

    body: Mapped[str] = mapped_column(default=ANY)
    document_type: Mapped[str] = mapped_column(default=ANY)
    series_key: Mapped[str]


class NumberSeries(Identified, Timestamped, Base):
    """One running count of one year, from 1 on 1 January (Decree 30/2020, art. 15.1); locked while counting."""

    __tablename__ = "number_series"
    __table_args__ = (
        UniqueConstraint("series_key", "year"),
        CheckConstraint("last_number >= 0", name="last_number"),
    )

    series_key: Mapped[str]
    year: Mapped[int]
    last_number: Mapped[int] = mapped_column(BigInteger, default=0)


class Issue(Identified, Timestamped, Base):
    """The notice as it went out: number, date, files. Nothing here or in what it names is changed afterwards."""

    __tablename__ = "notice_issue"
    __table_args__ = (
        UniqueConstraint("series_id", "year", "number"),
        CheckConstraint("number >= 1", name="number"),
    )
    __append_only__ = True

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), unique=True)
    approval_id: Mapped[UUID] = mapped_column(ForeignKey("notice_approval.id"), unique=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    series_id: Mapped[UUID] = mapped_column(ForeignKey("number_series.id"))
    year: Mapped[int]
    number: Mapped[int] = mapped_column(BigInteger)
    #: As printed: `05/TB-BCĐ`.
    symbol: Mapped[str] = mapped_column(index=True)
    #: Day of issue in Vietnam.
    issued_on: Mapped[date]
    registrar_id: Mapped[UUID]
    registrar_name: Mapped[str]
    docx_key: Mapped[str]
    docx_sha256: Mapped[str]
    pdf_key: Mapped[str]
    pdf_sha256: Mapped[str]

    notice: Mapped[Notice] = relationship()
    revision: Mapped[NoticeRevision] = relationship()
