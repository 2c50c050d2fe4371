"""What is remembered of the conference.

The name Prosody holds a room under, rooms that must end, recordings asked for, recorders heard.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped, Versioned


class RoomReservation(Identified, Timestamped, Base):
    """The last reservation of a meeting's room.

    With tenants a client may ask for `room` and for `[tenant]room`; these are two rooms, each with a cap of its own.
    While one of them lives the other is refused, or twice as many would get in.
    """

    __tablename__ = "room_reservation"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    #: As Prosody wrote it, lower case.
    name: Mapped[str]
    reserved_at: Mapped[datetime]
    #: When Prosody said the room is gone; None while it may live.
    gone_at: Mapped[datetime | None]


class RoomEnding(Identified, Timestamped, Base):
    """The room of a meeting that is over, to be ended: open until it is done or need not be done any more."""

    __tablename__ = "room_ending"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome = '')", name="outcome_with_end"),
        Index("ix_room_ending_open", "asked_at", postgresql_where=text("done_at IS NULL")),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    #: As Prosody holds it.
    room_name: Mapped[str]
    asked_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    #: Why it has not been done, in words.
    reason: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    #: `ending.RoomEnd`, once done.
    outcome: Mapped[str] = mapped_column(default="")


class RecorderRun(Identified, Timestamped, Versioned, Base):
    """One recording started from the console. Its id is the recorder's `sessionId`, and so the name of its folder."""

    __tablename__ = "recorder_run"
    __table_args__ = (
        Index(
            "uq_recorder_run_open",
            "meeting_id",
            unique=True,
            postgresql_where=text("state IN ('requested', 'starting', 'recording', 'stopping')"),
        ),
        Index(
            "uq_recorder_run_recorder",
            "recorder_url",
            unique=True,
            postgresql_where=text("state IN ('starting', 'recording', 'stopping')"),
        ),
        Index("ix_recorder_run_meeting", "meeting_id", "created_at"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    #: The recorder that took it; None while none has.
    recorder_url: Mapped[str | None]
    #: When its state changed last.
    changed_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    #: Which sentence says why it failed (`recorder_failed_<failure>`), and the recorder's own word for it.
    failure: Mapped[str] = mapped_column(default="")
    failure_detail: Mapped[str] = mapped_column(default="")


class RecorderStatus(Identified, Timestamped, Base):
    """What a recorder last said of itself by its webhook; the only word of one whose address we cannot reach."""

    __tablename__ = "recorder_status"

    jibri_id: Mapped[str] = mapped_column(unique=True)
    busy: Mapped[str]
    is_healthy: Mapped[bool]
    detail: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime]
