"""Tables of who speaks: told intervals of the loudest endpoint, consents to voice prints, and the sealed prints."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class EndpointSpeech(Identified, Timestamped, Base):
    """An endpoint was the loudest of the room from one moment to another, as the conference told it."""

    __tablename__ = "endpoint_speech"
    __table_args__ = (
        UniqueConstraint("meeting_id", "meeting_endpoint_id", "started_at"),
        CheckConstraint("ended_at >= started_at", name="ended_after_started"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]


class VoiceConsent(Identified, Timestamped, Base):
    """A person's consent to having their voice print kept: who, when, on which paper, written down by whom.

    A withdrawn consent stays as a row, without any print: it proves that there was one and that it ended.
    """

    __tablename__ = "voice_consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        # One living consent for each person; the database keeps it.
        Index("uq_voice_consent_living", "person_id", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    given_at: Mapped[datetime]
    #: Number or place of the signed paper; never empty, since somebody will ask.
    paper: Mapped[str]
    recorded_by: Mapped[UUID]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]


class VoicePrint(Identified, Timestamped, Base):
    """One enrolment of a voice, sealed. It goes with its consent, in the database too."""

    __tablename__ = "voice_print"
    __table_args__ = (
        UniqueConstraint("consent_id", "transcript_id", "model"),
        CheckConstraint("seconds > 0", name="seconds"),
    )

    consent_id: Mapped[UUID] = mapped_column(ForeignKey("voice_consent.id", ondelete="CASCADE"))
    #: The corrected transcript it was taken from.
    transcript_id: Mapped[UUID] = mapped_column(ForeignKey("transcript.id"), index=True)
    #: Prints of different models cannot be compared: hash of the weights.
    model: Mapped[str] = mapped_column(index=True)
    #: Nonce, then the vector under AES-256-GCM.
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: How much confirmed speech it rests on.
    seconds: Mapped[float]
    enrolled_by: Mapped[UUID | None]
