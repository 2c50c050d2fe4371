"""Tables of the live room, filled from events that arrive late, twice or never (CONTRACTS §7)."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words


def _named(kind: type[StrEnum], name: str) -> Enum:
    """A closed list whose constraint has a name of its own: one table uses the list for several columns."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class RoomLife(Identified, Timestamped, Base):
    """One life of a conference room: a meeting has as many as its room came and went."""

    __tablename__ = "room_life"
    __table_args__ = (
        UniqueConstraint("meeting_id", "opened_at"),
        CheckConstraint("gone_at IS NULL OR gone_at >= opened_at", name="gone_after_opened"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    opened_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class PresenceInterval(Identified, Timestamped, Base):
    """One connection from its coming to its going; open while `left_at` is None."""

    __tablename__ = "presence_interval"
    __table_args__ = (
        UniqueConstraint("meeting_id", "occupant_jid", "joined_at"),
        CheckConstraint("left_at IS NULL OR left_at >= joined_at", name="left_after_joined"),
        Index("ix_presence_interval_open", "meeting_id", postgresql_where=text("left_at IS NULL")),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    #: The endpoint whose token it came with; None for the recorder and for strangers.
    meeting_endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_endpoint.id"), index=True)
    #: Real address; `/nick` where only the name of the place in the room is known.
    occupant_jid: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    is_recorder: Mapped[bool] = mapped_column(default=False)
    #: Room aside (breakout) it was in; it holds no seat of the main room meanwhile.
    breakout_room_id: Mapped[str | None]
    #: The operator's own console (`console_seat`): listed as present by the server, no endpoint and no stranger.
    is_console: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Found by asking instead of told by an event: when it was first seen, which is not when it came.
    joined_is_assumed: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Its going was never told: the room ended, or it was no longer listed.
    left_is_assumed: Mapped[bool] = mapped_column(default=False, server_default=false())


class LiveAlarm(Identified, Timestamped, Base):
    """Something the operator must look at: a room nobody planned, a guest nobody invited, an event nobody understands.

    The payload is kept so that nothing received is lost.
    """

    __tablename__ = "live_alarm"
    __table_args__ = (UniqueConstraint("kind", "room_name", "subject"),)

    kind: Mapped[str]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    room_name: Mapped[str]
    #: What makes it one alarm and not two: the occupant, the event.
    subject: Mapped[str]
    payload: Mapped[dict[str, Any]]
    times: Mapped[int] = mapped_column(default=1)
    resolved_at: Mapped[datetime | None]


class IncidentKind(StrEnum):
    """What goes wrong in a live room, as operators call it; each has one key of the keyboard in the console."""

    NO_SOUND = "no_sound"
    NO_PICTURE = "no_picture"
    LINE_LOST = "line_lost"
    ECHO = "echo"
    POWER_CUT = "power_cut"
    RECORDER_FAULT = "recorder_fault"
    #: Ends whatever stood against the same endpoint (or, without one, against the whole meeting).
    RECOVERED = "recovered"
    NOTE = "note"


class Incident(Identified, Timestamped, Base):
    """One line of the incident log. Nothing is edited: a line that corrects another follows it and names it."""

    __tablename__ = "incident"
    __table_args__ = (
        # One correction per line; the next one corrects the correction, so that the chain has one end.
        UniqueConstraint("corrects_id"),
        CheckConstraint("NOT is_withdrawal OR corrects_id IS NOT NULL", name="withdrawal_names_line"),
        Index("ix_incident_meeting", "meeting_id", "at"),
    )
    __append_only__ = True

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    #: None where the whole meeting is concerned.
    meeting_endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_endpoint.id"))
    kind: Mapped[IncidentKind] = mapped_column(words(IncidentKind))
    #: When it happened; `created_at` says when it was written down.
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("incident.id"))
    #: The corrected line never happened.
    is_withdrawal: Mapped[bool] = mapped_column(default=False)
    actor_id: Mapped[UUID]
    actor_name: Mapped[str]


class CheckSource(StrEnum):
    """How an endpoint was checked: by its own browser's test page, or by an operator over the telephone."""

    BROWSER = "browser"
    TELEPHONE = "telephone"


class CheckResult(StrEnum):
    """Result of one part of a check."""

    GOOD = "good"
    BAD = "bad"
    NOT_TESTED = "not_tested"


class ReadinessCheck(Identified, Timestamped, Base):
    """One technical check of one endpoint before its meeting; the newest one counts."""

    __tablename__ = "readiness_check"
    __table_args__ = (
        CheckConstraint("up_kbps >= 0 AND down_kbps >= 0 AND round_trip_ms >= 0", name="measured"),
        Index("ix_readiness_check_place", "meeting_endpoint_id", "at"),
        Index("ix_readiness_check_endpoint", "endpoint_id", "at"),
    )
    __append_only__ = True

    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"))
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("endpoint.id"))
    at: Mapped[datetime]
    source: Mapped[CheckSource] = mapped_column(words(CheckSource))
    camera: Mapped[CheckResult] = mapped_column(_named(CheckResult, "camera"))
    microphone: Mapped[CheckResult] = mapped_column(_named(CheckResult, "microphone"))
    speakers: Mapped[CheckResult] = mapped_column(_named(CheckResult, "speakers"))
    camera_name: Mapped[str] = mapped_column(default="")
    microphone_name: Mapped[str] = mapped_column(default="")
    speakers_name: Mapped[str] = mapped_column(default="")
    down_kbps: Mapped[int | None]
    up_kbps: Mapped[int | None]
    round_trip_ms: Mapped[int | None]
    browser: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    #: What stood against it by the rule of that day (`readiness.judge`); empty: ready.
    problems: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    #: Who wrote it down; None for the endpoint's own page.
    actor_id: Mapped[UUID | None]


class LiveMessage(Identified, Timestamped, Base):
    """A message of the office to everyone in the room; a console that is in the room hands it over."""

    __tablename__ = "live_message"
    __table_args__ = (Index("ix_live_message_meeting", "meeting_id", "created_at"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    text: Mapped[str]
    actor_id: Mapped[UUID]
    actor_name: Mapped[str]
    #: When a console in the room took it on; None while none was there.
    sent_at: Mapped[datetime | None]


class AgendaMark(Identified, Timestamped, Base):
    """The meeting came to this point of its agenda; the newest mark says where it is."""

    __tablename__ = "agenda_mark"
    __table_args__ = (Index("ix_agenda_mark_meeting", "meeting_id", "at"),)
    __append_only__ = True

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    agenda_item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    at: Mapped[datetime]
    actor_id: Mapped[UUID]
