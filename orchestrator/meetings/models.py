"""Tables of the meetings. Overlaps are impossible by exclusion constraints, not by a check somebody may forget."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from orchestrator.columns import words
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.meetings.classification import Classification

ENDPOINT_OVERLAP = "ex_meeting_endpoint_overlap"
CHAIR_OVERLAP = "ex_meeting_chair_overlap"
ROOM_OVERLAP = "ex_meeting_endpoint_room_overlap"


class MeetingKind(StrEnum):
    """Kinds of meeting the offices hold."""

    WEEKLY_BRIEFING = "weekly_briefing"
    MONTHLY_BRIEFING = "monthly_briefing"
    QUARTERLY_BRIEFING = "quarterly_briefing"
    STEERING_COMMITTEE = "steering_committee"
    EXTRAORDINARY = "extraordinary"
    THEMATIC = "thematic"
    REVIEW = "review"


class Urgency(StrEnum):
    """Độ khẩn (Decree 30/2020/NĐ-CP)."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    EXPRESS = "express"


class ParticipantRole(StrEnum):
    """What somebody is in the meeting."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    REPORTER = "reporter"
    MEMBER = "member"


class Attendance(StrEnum):
    """Roll call: expected until somebody has looked."""

    EXPECTED = "expected"
    AT_ENDPOINT = "at_endpoint"
    AT_HOME = "at_home"
    LATE = "late"
    ABSENT = "absent"


class Meeting(Identified, Timestamped, Versioned, Base):
    """One meeting from plan to close."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        # Promise 3 of the design, kept by the database as well.
        CheckConstraint("classification = 'unclassified' OR room_name IS NULL", name="classified_has_no_room"),
        # Target of MeetingEndpoint's copy of the period; never needed as a search path.
        UniqueConstraint("id", "starts_at", "ends_at", "state", name="uq_meeting_period"),
        ExcludeConstraint(
            ("chair_id", "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            where=text("state IN ('planned', 'open')"),
            using="gist",
            name=CHAIR_OVERLAP,
        ),
        Index("ix_meeting_starts_at", "starts_at"),
        # Lists that are filtered by state or kind and ordered by time, and searched by letters without marks.
        Index("ix_meeting_state_starts_at", "state", "starts_at"),
        Index(
            "ix_meeting_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        # One meeting per slot of a series, for ever: what was cancelled or moved is not made a second time.
        UniqueConstraint("series_id", "occurrence_on", name="uq_meeting_occurrence"),
    )

    #: Readable number of the meeting, unique: date of the meeting and a few letters.
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    kind: Mapped[MeetingKind] = mapped_column(words(MeetingKind))
    classification: Mapped[Classification] = mapped_column(words(Classification))
    urgency: Mapped[Urgency] = mapped_column(words(Urgency), default=Urgency.NORMAL)
    #: The body that meets, as the notice will name it; empty for an ordinary meeting of the organisation.
    body_name: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: When the operator let people in by hand; a late opening moves the end of the room, never the plan.
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    chair_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    secretary_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: Node name of the conference room, `[a-z0-9-]`; None once a meeting turned out to be classified.
    room_name: Mapped[str | None] = mapped_column(unique=True)
    #: Why it was cancelled, as shown to those who click their link.
    cancelled_because: Mapped[str] = mapped_column(default="")
    #: The series it belongs to, and the day its rule gave it; the day stays when the meeting is moved.
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_series.id"), default=None)
    occurrence_on: Mapped[date | None] = mapped_column(default=None)
    #: Edited by itself: an edit of "this and following" leaves it as it is.
    is_edited_alone: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    #: Minutes the operator added while it was open; already part of `ends_at`.
    extended_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    #: Warnings of the rules of time as they stood when the plan was last written (`time_rules.Warning`).
    time_warnings: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))
    #: Title, number and body in plain letters: what the list searches.
    search_text: Mapped[str] = mapped_column(default="", server_default=text("''"))

    chair: Mapped[Person | None] = relationship(foreign_keys=[chair_id], lazy="selectin")
    secretary: Mapped[Person | None] = relationship(foreign_keys=[secretary_id], lazy="selectin")
    endpoints: Mapped[list["MeetingEndpoint"]] = relationship(
        back_populates="meeting",
        primaryjoin="and_(Meeting.id == foreign(MeetingEndpoint.meeting_id), MeetingEndpoint.withdrawn_at.is_(None))",
        order_by="MeetingEndpoint.position",
        lazy="selectin",
    )
    agenda: Mapped[list["AgendaItem"]] = relationship(order_by="AgendaItem.position", lazy="selectin")
    participants: Mapped[list["Participant"]] = relationship(order_by="Participant.position", lazy="selectin")
    documents: Mapped[list["MeetingDocument"]] = relationship(order_by="MeetingDocument.position", lazy="selectin")

    def related_unit_ids(self) -> set[UUID]:
        """Units of its endpoints, of its people and of its agenda."""
        units = {item.endpoint.unit_id for item in self.endpoints}
        units |= {participant.person.unit_id for participant in self.participants}
        units |= {item.unit_id for item in self.agenda}
        return {unit for unit in units if unit is not None}

    @property
    def central_endpoint(self) -> "MeetingEndpoint | None":
        """The điểm cầu trung tâm of this meeting."""
        return next((item for item in self.endpoints if item.is_central), None)


class MeetingEndpoint(Identified, Timestamped, Base):
    """A điểm cầu that takes part, with the number of people registered behind it.

    `meeting_starts_at`, `meeting_ends_at` and `meeting_state` repeat the meeting's own values for the exclusion
    constraint. The foreign key with ON UPDATE CASCADE keeps them true: nobody writes them after the insert, and code
    reads the meeting instead.
    """

    __tablename__ = "meeting_endpoint"
    __table_args__ = (
        UniqueConstraint("meeting_id", "endpoint_id"),
        CheckConstraint("head_count >= 0", name="head_count"),
        ForeignKeyConstraint(
            ["meeting_id", "meeting_starts_at", "meeting_ends_at", "meeting_state"],
            ["meeting.id", "meeting.starts_at", "meeting.ends_at", "meeting.state"],
            onupdate="CASCADE",
            name="fk_meeting_endpoint_meeting",
        ),
        ExcludeConstraint(
            ("endpoint_id", "="),
            (text("tstzrange(meeting_starts_at, meeting_ends_at)"), "&&"),
            where=text("meeting_state IN ('planned', 'open') AND withdrawn_at IS NULL"),
            using="gist",
            name=ENDPOINT_OVERLAP,
        ),
        # Two endpoints in one physical room may sit in the same meeting, not in two at once.
        ExcludeConstraint(
            ("physical_room_id", "="),
            ("meeting_id", "<>"),
            (text("tstzrange(meeting_starts_at, meeting_ends_at)"), "&&"),
            where=text("meeting_state IN ('planned', 'open') AND withdrawn_at IS NULL"),
            using="gist",
            name=ROOM_OVERLAP,
        ),
        Index(
            "uq_meeting_endpoint_central",
            "meeting_id",
            unique=True,
            postgresql_where=text("is_central AND withdrawn_at IS NULL"),
        ),
        # Which meetings name an endpoint, answered from the index alone: a unit's people ask it with every page.
        Index(
            "ix_meeting_endpoint_seated",
            "endpoint_id",
            "meeting_id",
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    meeting_id: Mapped[UUID]
    meeting_starts_at: Mapped[datetime]
    meeting_ends_at: Mapped[datetime]
    meeting_state: Mapped[str]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("endpoint.id"))
    position: Mapped[int]
    #: People registered in the room of this endpoint.
    head_count: Mapped[int] = mapped_column(default=0)
    is_central: Mapped[bool] = mapped_column(default=False)
    #: The physical room it stands in, where the register of rooms knows one; copied when planned.
    physical_room_id: Mapped[UUID | None] = mapped_column(ForeignKey("physical_room.id"), default=None)
    #: Taken out of the plan; kept, because links, letters and presence name it. `Meeting.endpoints` leaves it out.
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    meeting: Mapped[Meeting] = relationship(
        back_populates="endpoints",
        primaryjoin="Meeting.id == foreign(MeetingEndpoint.meeting_id)",
    )
    endpoint: Mapped[Endpoint] = relationship(lazy="joined")

    def related_unit_ids(self) -> set[UUID]:
        """The unit that owns the endpoint."""
        return {self.endpoint.unit_id} if self.endpoint.unit_id else set()


class AgendaItem(Identified, Base):
    """One point of the agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    title: Mapped[str]
    #: The unit that presents it.
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))

    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Participant(Identified, Timestamped, Base):
    """A named person of the meeting."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        # Which meetings name a person, answered from the index alone.
        Index("ix_participant_person_id_meeting_id", "person_id", "meeting_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    meeting_endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_endpoint.id"))
    role: Mapped[ParticipantRole] = mapped_column(words(ParticipantRole), default=ParticipantRole.MEMBER)
    attendance: Mapped[Attendance] = mapped_column(words(Attendance), default=Attendance.EXPECTED)
    absence_reason: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(lazy="joined")
    #: Read through the meeting it costs nothing: the meeting has loaded its endpoints already.
    meeting_endpoint: Mapped[MeetingEndpoint | None] = relationship()


class MeetingDocument(Identified, Base):
    """A paper the meeting rests on, as cited: symbol, date, subject."""

    __tablename__ = "meeting_document"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    symbol: Mapped[str]
    issued_on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(default="")
