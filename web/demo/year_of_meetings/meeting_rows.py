"""The meetings of the year with their endpoints, people and agenda."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingEndpoint,
    MeetingKind,
    Participant,
    ParticipantRole,
    Urgency,
)
from orchestrator.meetings.writing import search_text
from web.demo.year_of_meetings.bulk import Row, keep
from web.demo.year_of_meetings.plan import YearMeeting

_KINDS = tuple(MeetingKind)
_ROLES = (ParticipantRole.CHAIR, ParticipantRole.SECRETARY, ParticipantRole.REPORTER)


@dataclass(frozen=True)
class Kept:
    """A meeting with the ids it was given; `places` are its rows of endpoints, in the order of the plan."""

    plan: YearMeeting
    id: UUID
    places: tuple[UUID, ...]
    endpoints: tuple[UUID, ...]
    series: UUID
    is_over: bool

    @property
    def code(self) -> str:
        """Its readable number."""
        return f"HOP-{in_vietnam(self.plan.starts_at):%Y%m%d}-N{self.plan.number:05d}"

    @property
    def state(self) -> str:
        """No meeting of the year runs now."""
        return states.CLOSED if self.is_over else states.PLANNED


@dataclass(frozen=True)
class Directory:
    """What the meetings are made of: ids in the order of the lists."""

    endpoints: Sequence[UUID]
    people: Sequence[UUID]
    #: At least as many as there are meetings on one day: a series meets once a day.
    series: Sequence[UUID]


def keep_meetings(session: Session, year: Iterator[YearMeeting], now: datetime, of: Directory) -> list[Kept]:
    """Write them all, in the order of the year."""
    kept = [
        Kept(
            plan,
            uuid4(),
            tuple(uuid4() for _ in plan.endpoints),
            tuple(of.endpoints[place] for place in plan.endpoints),
            of.series[plan.number % len(of.series)],
            plan.ends_at < now,
        )
        for plan in year
    ]
    keep(session, Meeting, [_meeting(one, of.people) for one in kept])
    keep(session, MeetingEndpoint, [row for one in kept for row in _places(one)])
    keep(session, Participant, [row for one in kept for row in _participants(one, of.people)])
    keep(session, AgendaItem, [row for one in kept for row in _agenda(one)])
    return kept


def _meeting(one: Kept, people: Sequence[UUID]) -> Row:
    number, code = one.plan.number, one.code
    return {
        "id": one.id,
        "code": code,
        "title": one.plan.title,
        "kind": _KINDS[number % len(_KINDS)],
        "classification": Classification.UNCLASSIFIED,
        "urgency": Urgency.NORMAL,
        "starts_at": one.plan.starts_at,
        "ends_at": one.plan.ends_at,
        "state": one.state,
        "chair_id": people[one.plan.people[0]],
        "secretary_id": people[one.plan.people[1]],
        "series_id": one.series,
        "occurrence_on": in_vietnam(one.plan.starts_at).date(),
        "search_text": search_text(one.plan.title, code, ""),
        "room_name": f"hop-nam-{number:05d}-{one.id.hex[:10]}",
    }


def _places(one: Kept) -> Iterator[Row]:
    for position, (place, endpoint) in enumerate(zip(one.places, one.endpoints, strict=True), start=1):
        yield {
            "id": place,
            "meeting_id": one.id,
            "meeting_starts_at": one.plan.starts_at,
            "meeting_ends_at": one.plan.ends_at,
            "meeting_state": one.state,
            "endpoint_id": endpoint,
            "position": position,
            "head_count": 3 + (one.plan.number + position) % 15,
            "is_central": position == 1,
        }


def _participants(one: Kept, people: Sequence[UUID]) -> Iterator[Row]:
    for number, person in enumerate(one.plan.people):
        absent = one.is_over and (one.plan.number + number) % 11 == 10
        attended = Attendance.AT_ENDPOINT if one.is_over else Attendance.EXPECTED
        yield {
            "id": uuid4(),
            "meeting_id": one.id,
            "person_id": people[person],
            "position": number + 1,
            "meeting_endpoint_id": one.places[number % len(one.places)],
            "role": _ROLES[number] if number < len(_ROLES) else ParticipantRole.MEMBER,
            "attendance": Attendance.ABSENT if absent else attended,
            "absence_reason": "Đi công tác" if absent else "",
        }


def _agenda(one: Kept) -> Iterator[Row]:
    for position, title in enumerate(one.plan.agenda, start=1):
        yield {"id": uuid4(), "meeting_id": one.id, "position": position, "title": title}
