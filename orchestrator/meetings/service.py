"""Meetings: plan, look up, open, close, cancel. Classification is asked first; caps and overlaps in the transaction.

Every function takes the session and the actor, checks the right first and never commits.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.clock import in_vietnam
from core.errors import NotFound
from core.lifecycles import apply
from core.permissions import Action, Actor, can, require
from core.runtime import current
from orchestrator.caps import service as caps
from orchestrator.caps.caps import Load, RoomLoad
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.meetings import naming, states
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingDocument,
    MeetingEndpoint,
    Participant,
)
from orchestrator.meetings.overlaps import Booking, lock_booked, overlaps_refused
from orchestrator.meetings.plan import MeetingPlan, check_period, checked_plan
from orchestrator.refusals import MeetingOver, UnknownReference
from orchestrator.words import checked_name

MOST_LISTED = 500


def plan_meeting(session: Session, actor: Actor | None, plan: MeetingPlan) -> Meeting:
    """Write a meeting, or refuse it whole.

    Raises:
        ClassifiedRefused: marked mật or above; nothing of the plan is stored (see `note_classified_refusal`).
        Invalid, UnknownReference: a wrong value. CapExceeded, EndpointTaken, ChairTaken: not possible so.
    """
    require(actor, Action.PLAN_MEETING)
    refuse_classified(plan.classification)
    plan = checked_plan(plan, current().clock())
    _check_references(session, plan)
    endpoint_ids = [item.endpoint_id for item in plan.endpoints]
    lock_booked(session, plan.chair_id, endpoint_ids)
    heads = _heads(plan)
    _check_caps(session, heads, plan.starts_at)
    meeting = _new_meeting(plan, heads)
    with overlaps_refused(session, Booking(meeting.id, plan.starts_at, plan.ends_at, plan.chair_id, endpoint_ids)):
        session.add(meeting)
    outbox.emit(session, "meeting.planned", id=meeting.id)
    audit.record(session, actor, "meeting.planned", "meeting", meeting.id, code=meeting.code)
    return meeting


def note_classified_refusal(session: Session, actor: Actor, classification: Classification) -> None:
    """Leave a trace that a classified meeting was refused: who and which degree, never what it was about.

    Called by the border in a transaction of its own, since the refused one is rolled back.
    """
    audit.record(
        session, actor, "meeting.classified_refused", "account", actor.account_id, classification=classification
    )


def get_meeting(session: Session, actor: Actor | None, meeting_id: UUID) -> Meeting:
    """One meeting. Raises NotFound for an unknown id and for strangers."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.VIEW_MEETING, meeting)
    return meeting


def list_meetings(session: Session, actor: Actor | None, *, limit: int = MOST_LISTED) -> Sequence[Meeting]:
    """Meetings the actor may see, latest first; a unit sees those that name it."""
    require(actor, Action.VIEW_MEETING)
    query = select(Meeting).order_by(Meeting.starts_at.desc(), Meeting.code).limit(min(limit, MOST_LISTED))
    if actor is not None and not can(actor, Action.VIEW_MEETING, object()):
        query = query.where(_names_unit(actor.unit_ids))
    return session.scalars(query).all()


def open_meeting(
    session: Session, actor: Actor | None, meeting_id: UUID, *, expected_version: int | None = None
) -> Meeting:
    """Let people in now, whatever the clock says. Raises NotFound, Forbidden, TransitionRefused, ClassifiedRefused."""
    meeting = _for_operating(session, actor, meeting_id)
    refuse_classified(meeting.classification)
    apply(session, states.MEETING, meeting, "opened", actor=actor, expected_version=expected_version)
    meeting.opened_at = current().clock()
    return meeting


def close_meeting(
    session: Session, actor: Actor | None, meeting_id: UUID, *, expected_version: int | None = None
) -> Meeting:
    """Declare the meeting over; its endpoints are free again. Raises NotFound, Forbidden, TransitionRefused."""
    meeting = _for_operating(session, actor, meeting_id)
    apply(session, states.MEETING, meeting, "closed", actor=actor, expected_version=expected_version)
    return meeting


def cancel_meeting(
    session: Session, actor: Actor | None, meeting_id: UUID, reason: str, *, expected_version: int | None = None
) -> Meeting:
    """Call the meeting off; the reason is shown to those who click their link. Raises TransitionRefused, Invalid."""
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.PLAN_MEETING, meeting)
    because = checked_name(reason, "lý do hủy")
    apply(session, states.MEETING, meeting, "cancelled", actor=actor, expected_version=expected_version)
    meeting.cancelled_because = because
    return meeting


def reschedule_meeting(
    session: Session, actor: Actor | None, meeting_id: UUID, starts_at: datetime, ends_at: datetime
) -> Meeting:
    """Move a planned meeting. Raises MeetingOver, Invalid, EndpointTaken, ChairTaken, CapExceeded (of the new day)."""
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.PLAN_MEETING, meeting)
    check_period(starts_at, ends_at, current().clock())
    session.refresh(meeting, with_for_update=True)
    if meeting.state != states.PLANNED:
        raise MeetingOver
    endpoint_ids = [item.endpoint_id for item in meeting.endpoints]
    lock_booked(session, meeting.chair_id, endpoint_ids)
    _check_caps_of(session, meeting, starts_at)
    with overlaps_refused(session, Booking(meeting.id, starts_at, ends_at, meeting.chair_id, endpoint_ids)):
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        meeting.version += 1
    outbox.emit(session, "meeting.rescheduled", id=meeting.id)
    audit.record(session, actor, "meeting.rescheduled", "meeting", meeting.id, starts_at=starts_at, ends_at=ends_at)
    return meeting


def declare_classified(
    session: Session, actor: Actor | None, meeting_id: UUID, classification: Classification
) -> Meeting:
    """A meeting turns out to be classified: it loses its room at once and is called off if it is not over.

    Higher rooms hear `meeting.classified` and deal with recordings and transcripts.
    """
    meeting = _for_operating(session, actor, meeting_id)
    if classification is Classification.UNCLASSIFIED:
        return meeting
    if "cancelled" in states.MEETING.allowed(meeting.state):
        apply(session, states.MEETING, meeting, "cancelled", actor=actor)
    meeting.classification = classification
    meeting.room_name = None
    session.flush()
    outbox.emit(session, "meeting.classified", id=meeting.id)
    audit.record(session, actor, "meeting.classified", "meeting", meeting.id, classification=classification)
    return meeting


def _for_operating(session: Session, actor: Actor | None, meeting_id: UUID) -> Meeting:
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.OPERATE_MEETING, meeting)
    return meeting


def _names_unit(unit_ids: frozenset[UUID]) -> ColumnElement[bool]:
    """The same question as `Meeting.related_unit_ids`, asked of the database."""
    endpoints = exists().where(
        MeetingEndpoint.meeting_id == Meeting.id,
        Endpoint.id == MeetingEndpoint.endpoint_id,
        Endpoint.unit_id.in_(unit_ids),
    )
    people = exists().where(
        Participant.meeting_id == Meeting.id, Person.id == Participant.person_id, Person.unit_id.in_(unit_ids)
    )
    agenda = exists().where(AgendaItem.meeting_id == Meeting.id, AgendaItem.unit_id.in_(unit_ids))
    return or_(endpoints, people, agenda)


def _check_references(session: Session, plan: MeetingPlan) -> None:
    wanted_people = {item.person_id for item in plan.participants}
    known_people = set(session.scalars(select(Person.id).where(Person.id.in_(wanted_people))))
    for person_id in sorted(wanted_people - known_people):
        raise UnknownReference(what="người dự", id=person_id)
    wanted_units = {item.unit_id for item in plan.agenda if item.unit_id}
    known_units = set(session.scalars(select(Unit.id).where(Unit.id.in_(wanted_units))))
    for unit_id in sorted(wanted_units - known_units):
        raise UnknownReference(what="đơn vị", id=unit_id)


def _heads(plan: MeetingPlan) -> dict[UUID, int]:
    """People per endpoint: the registered number, but never fewer than are named there."""
    named: dict[UUID, int] = {}
    for participant in plan.participants:
        if participant.endpoint_id is not None:
            named[participant.endpoint_id] = named.get(participant.endpoint_id, 0) + 1
    return {item.endpoint_id: max(item.head_count, named.get(item.endpoint_id, 0)) for item in plan.endpoints}


def _check_caps(session: Session, heads: dict[UUID, int], starts_at: datetime) -> None:
    rows = session.scalars(select(Endpoint).where(Endpoint.id.in_(heads))).all()
    by_id = {row.id: row for row in rows}
    rooms = [RoomLoad(by_id[key].name, people, by_id[key].room_capacity) for key, people in heads.items()]
    caps.check_plan(session, Load(tuple(rooms)), in_vietnam(starts_at).date())


def _check_caps_of(session: Session, meeting: Meeting, starts_at: datetime) -> None:
    _check_caps(session, {item.endpoint_id: item.head_count for item in meeting.endpoints}, starts_at)


def _new_meeting(plan: MeetingPlan, heads: dict[UUID, int]) -> Meeting:
    meeting = Meeting(
        id=uuid4(),
        state=states.MEETING.initial,
        code=naming.meeting_code(plan.starts_at, naming.random_part(6)),
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
