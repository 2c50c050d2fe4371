"""What the API says of meetings and how it is told of them."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from core.permissions import Action, can
from orchestrator.directory.models import EndpointKind
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Attendance, Meeting, MeetingKind, ParticipantRole, Urgency
from orchestrator.meetings.plan import (
    MeetingPlan,
    PlannedDocument,
    PlannedEndpoint,
    PlannedItem,
    PlannedParticipant,
)
from web.api.shapes import In, Out
from web.security.callers import acting


class PlannedEndpointIn(In):
    """A điểm cầu of the plan and how many people it registers."""

    endpoint_id: UUID
    head_count: int = Field(default=1, ge=0, le=100_000)
    is_central: bool = False


class AgendaIn(In):
    """A point of the agenda."""

    title: str
    unit_id: UUID | None = None


class ParticipantIn(In):
    """A named person; without an endpoint: from home."""

    person_id: UUID
    endpoint_id: UUID | None = None
    role: ParticipantRole = ParticipantRole.MEMBER


class DocumentIn(In):
    """A paper the meeting rests on."""

    symbol: str
    issued_on: date | None = None
    subject: str = ""


class MeetingIn(In):
    """A plan. The classification comes first and has no default."""

    classification: Classification
    title: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    endpoints: list[PlannedEndpointIn] = Field(max_length=500)
    kind: MeetingKind = MeetingKind.WEEKLY_BRIEFING
    urgency: Urgency = Urgency.NORMAL
    chair_id: UUID | None = None
    secretary_id: UUID | None = None
    body_name: str = ""
    participants: list[ParticipantIn] = Field(default_factory=list, max_length=2000)
    agenda: list[AgendaIn] = Field(default_factory=list, max_length=200)
    documents: list[DocumentIn] = Field(default_factory=list, max_length=200)

    def plan(self) -> MeetingPlan:
        """The value that the orchestrator plans with."""
        return MeetingPlan(
            classification=self.classification,
            title=self.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            kind=self.kind,
            urgency=self.urgency,
            chair_id=self.chair_id,
            secretary_id=self.secretary_id,
            body_name=self.body_name,
            endpoints=[PlannedEndpoint(**item.model_dump()) for item in self.endpoints],
            participants=[PlannedParticipant(**item.model_dump()) for item in self.participants],
            agenda=[PlannedItem(**item.model_dump()) for item in self.agenda],
            documents=[PlannedDocument(**item.model_dump()) for item in self.documents],
        )


class SeatOut(BaseModel):
    """An endpoint of the meeting."""

    id: UUID
    endpoint_id: UUID
    code: str
    name: str
    kind: EndpointKind
    head_count: int
    is_central: bool


class AgendaOut(Out):
    """A point of the agenda."""

    position: int
    title: str
    unit_id: UUID | None


class ParticipantOut(BaseModel):
    """A named person of the meeting."""

    person_id: UUID
    full_name: str
    title: str
    role: ParticipantRole
    attendance: Attendance


class MeetingOut(Out):
    """A meeting as stored."""

    id: UUID
    code: str
    title: str
    kind: MeetingKind
    classification: Classification
    urgency: Urgency
    body_name: str
    starts_at: datetime
    ends_at: datetime
    state: str
    version: int
    chair_id: UUID | None
    secretary_id: UUID | None
    room_name: str | None
    endpoints: list[SeatOut]
    agenda: list[AgendaOut]
    participants: list[ParticipantOut]
    series_id: UUID | None
    #: Rules of time that the plan does not keep: `{"code", "clause", "params"}`.
    time_warnings: list[dict[str, Any]]


class MeetingsOut(Out):
    """A page of the meetings the caller may see, latest first."""

    items: list[MeetingOut]


class MeetingsQuery(BaseModel):
    """What to look for; `q` needs no marks."""

    q: str = Field(default="", max_length=200)
    kind: MeetingKind | None = None
    state: Literal["", "planned", "open", "closed", "cancelled"] = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    endpoint_id: UUID | None = None
    series_id: UUID | None = None
    page: int = Field(default=1, ge=1, le=100_000)


class LinkOut(Out):
    """The personal link of one endpoint. The address is shown once: only its hash is kept."""

    meeting_endpoint_id: UUID
    endpoint_id: UUID
    endpoint: str
    url: str


class LinksOut(Out):
    """One link per endpoint."""

    items: list[LinkOut]


class MeetingPath(BaseModel):
    """Which meeting."""

    meeting_id: UUID


class CancelIn(In):
    """Why a meeting is called off; shown to those who click their link."""

    reason: str


def meeting_out(meeting: Meeting) -> MeetingOut:
    """What the API says of a meeting. The room's name is a way in: only those who operate the meeting read it."""
    plain = {name: getattr(meeting, name) for name in MeetingOut.model_fields if name not in _NESTED}
    if not can(acting(), Action.OPERATE_MEETING, meeting):
        plain["room_name"] = None
    return MeetingOut(
        **plain,
        endpoints=[
            SeatOut(
                id=seat.id,
                endpoint_id=seat.endpoint_id,
                code=seat.endpoint.code,
                name=seat.endpoint.name,
                kind=seat.endpoint.kind,
                head_count=seat.head_count,
                is_central=seat.is_central,
            )
            for seat in meeting.endpoints
        ],
        agenda=[AgendaOut.of(item) for item in meeting.agenda],
        participants=[
            ParticipantOut(
                person_id=item.person_id,
                full_name=item.person.full_name,
                title=item.person.title,
                role=item.role,
                attendance=item.attendance,
            )
            for item in meeting.participants
        ],
    )


_NESTED = frozenset({"endpoints", "agenda", "participants"})
