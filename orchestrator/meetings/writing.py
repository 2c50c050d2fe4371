"""From a checked plan to rows: what planning and editing share. Nothing here asks for a right or commits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.runtime import current
from orchestrator.calendar.service import working_calendar
from orchestrator.caps import service as caps
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.directory.refusals import EntryRetired
from orchestrator.meetings import naming, states, time_rules
from orchestrator.meetings.loads import load_of
from orchestrator.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingDocument,
    MeetingEndpoint,
    MeetingKind,
    Participant,
)
from orchestrator.meetings.plan import MeetingPlan
from orchestrator.meetings.time_rules import TimePlan
from orchestrator.refusals import UnknownReference
from orchestrator.words import plain_letters


@dataclass(frozen=True)
class Slot:
    """Which occurrence of which series a meeting is."""

    series_id: UUID
    occurrence_on: date


def check_references(session: Session, plan: MeetingPlan) -> None:
    """Raise UnknownReference for a person or a unit that the directory does not know."""
    wanted_people = {item.person_id for item in plan.participants}
    known_people = set(session.scalars(select(Person.id).where(Person.id.in_(wanted_people))))
    for person_id in sorted(wanted_people - known_people):
        raise UnknownReference(what="người dự", id=person_id)
    wanted_units = {item.unit_id for item in plan.agenda if item.unit_id}
    known_units = set(session.scalars(select(Unit.id).where(Unit.id.in_(wanted_units))))
    for unit_id in sorted(wanted_units - known_units):
        raise UnknownReference(what="đơn vị", id=unit_id)


def check_in_use(session: Session, plan: MeetingPlan, *, kept: Collection[UUID] = ()) -> None:
    """Raise EntryRetired for an endpoint that is no longer used; those of `kept` are in the plan already and stay."""
    chosen = {item.endpoint_id for item in plan.endpoints} - set(kept)
    retired = select(Endpoint.name).where(Endpoint.id.in_(chosen), Endpoint.active.is_(False)).order_by(Endpoint.code)
    name = session.scalar(retired.limit(1)) if chosen else None
    if name is not None:
        raise EntryRetired(what="Điểm cầu", name=name)


def heads_of(plan: MeetingPlan) -> dict[UUID, int]:
    """People per endpoint: the registered number, but never fewer than are named there."""
    named: dict[UUID, int] = {}
    for participant in plan.participants:
        if participant.endpoint_id is not None:
            named[participant.endpoint_id] = named.get(participant.endpoint_id, 0) + 1
    return {item.endpoint_id: max(item.head_count, named.get(item.endpoint_id, 0)) for item in plan.endpoints}


def check_caps(
    session: Session,
    heads: Mapping[UUID, int],
    kind: MeetingKind,
    starts_at: datetime,
    *,
    meeting_id: UUID | None = None,
    allowed: Mapping[UUID, int] | None = None,
) -> None:
    """Raise CapExceeded where the caps of that day do not let so many people sit there."""
    load = load_of(session, heads, kind)
    caps.check_plan(session, load, in_vietnam(starts_at).date(), meeting_id=meeting_id, allowed=allowed)


def time_warnings(session: Session, plan: TimePlan) -> tuple[time_rules.Warning, ...]:
    """Warnings of the rules of time, by the office's calendar and the present."""
    return time_rules.warnings(plan, current().clock(), working_calendar(session))


def warnings_of(session: Session, plan: MeetingPlan) -> list[dict[str, Any]]:
    """The warnings of a plan as they are kept with the meeting."""
    found = time_warnings(session, TimePlan(plan.starts_at, plan.urgency, plan.kind))
    return [warning.to_json() for warning in found]


def search_text(title: str, code: str, body_name: str) -> str:
    """What the list searches: plain letters and digits with single spaces."""
    return plain_letters(f"{title} {code} {body_name}").replace("-", " ")


def new_meeting(
    plan: MeetingPlan, heads: Mapping[UUID, int], rooms: Mapping[UUID, UUID], slot: Slot | None = None
) -> Meeting:
    """The rows of a new meeting, not yet in a session."""
    code = naming.meeting_code(plan.starts_at, naming.random_part(6))
    meeting = Meeting(
        id=uuid4(),
        state=states.MEETING.initial,
        version=1,
        code=code,
        title=plan.title,
        kind=plan.kind,
        classification=plan.classification,
        urgency=plan.urgency,
        body_name=plan.body_name,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        chair_id=plan.chair_id,
        secretary_id=plan.secretary_id,
        room_name=naming.room_name(plan.title, naming.random_part(10)),
        search_text=search_text(plan.title, code, plan.body_name),
        series_id=slot.series_id if slot else None,
        occurrence_on=slot.occurrence_on if slot else None,
    )
    meeting.endpoints = [
        MeetingEndpoint(
            id=uuid4(),
            meeting_starts_at=plan.starts_at,
            meeting_ends_at=plan.ends_at,
            meeting_state=meeting.state,
            endpoint_id=item.endpoint_id,
            position=position,
            head_count=heads[item.endpoint_id],
            is_central=item.is_central,
            physical_room_id=rooms.get(item.endpoint_id),
        )
        for position, item in enumerate(plan.endpoints, start=1)
    ]
    _add_content(meeting, plan)
    return meeting


def _add_content(meeting: Meeting, plan: MeetingPlan) -> None:
    seats = {item.endpoint_id: item for item in meeting.endpoints}
    meeting.participants = [
        Participant(
            person_id=item.person_id,
            position=position,
            meeting_endpoint=seats[item.endpoint_id] if item.endpoint_id else None,
            role=item.role,
        )
        for position, item in enumerate(plan.participants, start=1)
    ]
    meeting.agenda = [
        AgendaItem(position=position, title=item.title, unit_id=item.unit_id)
        for position, item in enumerate(plan.agenda, start=1)
    ]
    meeting.documents = [
        MeetingDocument(position=position, symbol=item.symbol, issued_on=item.issued_on, subject=item.subject)
        for position, item in enumerate(plan.documents, start=1)
    ]
