"""Tables of the live transcription: connections, what is being said, what was said, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class LiveStream(Identified, Timestamped, Base):
    """One WebSocket connection of the conference for one meeting, from its coming to its going."""

    __tablename__ = "live_stream"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ended_after_began"),
        Index("ix_live_stream_meeting", "meeting_id", "began_at"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    began_at: Mapped[datetime]
    #: Last sign of life; a stream that gives none for `policy.STREAM_GRACE_SECONDS` is dead, whatever `ended_at` says.
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LivePhrase(Base):
    """What somebody is saying just now: a row for each unfinished utterance, replaced several times in a second."""

    __tablename__ = "live_phrase"

    #: Will be the id of the utterance once it is finished.
    utterance_id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: The track's name in the conference, as its frames say.
    track: Mapped[str]
    meeting_endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_endpoint.id"))
    text: Mapped[str]
    began_at: Mapped[datetime]
    #: Until when the track's sound has been heard through.
    heard_until: Mapped[datetime]


class LiveUtterance(Identified, Timestamped, Base):
    """One finished utterance of one track. Nothing is edited: corrections are made in the transcript."""

    __tablename__ = "live_utterance"
    __table_args__ = (
        CheckConstraint("ended_at >= began_at", name="ended_after_began"),
        Index("ix_live_utterance_meeting", "meeting_id", "number"),
    )
    __append_only__ = True

    #: Grows with every row: "what came after this one" needs no clock.
    number: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    track: Mapped[str]
    #: None where nobody knows whose track it is: a guest without an invitation, the console.
    meeting_endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_endpoint.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    #: Loudness, 0..1: who was the loudest where two spoke at once.
    rms: Mapped[float]
    engine: Mapped[str]
    #: `engines.contract.Utterance` as JSON, times in seconds from `began_at`; empty where nothing was understood.
    heard: Mapped[list[Any]]
    #: The words, for screens.
    text: Mapped[str]


class LiveVoice(Base):
    """The voice of one utterance as numbers, to tell people behind one microphone apart; gone once that is done."""

    __tablename__ = "live_voice"

    utterance_id: Mapped[UUID] = mapped_column(ForeignKey("live_utterance.id"), primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: Hash of the network's weights: vectors of different ones cannot be compared.
    model: Mapped[str]
    #: 32-bit floats.
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class LivePublication(Timestamped, Base):
    """A meeting's utterances up to this one have become a transcript."""

    __tablename__ = "live_publication"
    __table_args__ = (Index("ix_live_publication_meeting", "meeting_id", text("through_number DESC")),)
    __append_only__ = True

    transcript_id: Mapped[UUID] = mapped_column(ForeignKey("transcript.id"), primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    through_number: Mapped[int] = mapped_column(BigInteger)
