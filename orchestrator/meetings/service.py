"""Meetings: plan, look up, open, close, cancel. Classification is asked first; caps and overlaps in the transaction.

Every function takes the session and the actor, checks the right first and never commits.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound, VersionConflict
from core.lifecycles import apply
from core.permissions import Action, Actor, can, require
from core.runtime import current
from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings import states
from orchestrator.meetings.cap_exceptions import checked_exceptions, write_exception
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.models import AgendaItem, Meeting, MeetingEndpoint, Participant
from orchestrator.meetings.overlaps import Booking, lock_booked, overlaps_refused
from orchestrator.meetings.plan import MeetingPlan, check_period, checked_plan
from orchestrator.meetings.time_rules import TimePlan
from orchestrator.meetings.writing import (
    Slot,
    check_caps,
    check_in_use,
    check_references,
    heads_of,
    new_meeting,
    time_warnings,
    warnings_of,
)
from orchestrator.refusals import MeetingOver
from orchestrator.words import checked_name

MOST_LISTED = 500


def plan_meeting(session: Session, actor: Actor | None, plan: MeetingPlan, *, slot: Slot | None = None) -> Meeting:
    """Write a meeting, or refuse it whole.

    Args:
        slot: the series and day it is an occurrence of.

    Raises:
        ClassifiedRefused: marked mật or above; nothing of the plan is stored (see `note_classified_refusal`).
        Invalid, UnknownReference, EntryRetired: a wrong value.
        CapExceeded, EndpointTaken, ChairTaken, RoomTaken: not possible so.
        ExceptionNotAllowed: an exception that the actor may not grant.
    """
    require(actor, Action.PLAN_MEETING)
    refuse_classified(plan.classification)
    plan = checked_plan(plan, current().clock())
    check_references(session, plan)
    check_in_use(session, plan)
    endpoint_ids = [item.endpoint_id for item in plan.endpoints]
    rooms = lock_booked(session, plan.chair_id, endpoint_ids)
    heads = heads_of(plan)
    allowed = checked_exceptions(session, actor, plan)
    check_caps(session, heads, plan.kind, plan.starts_at, allowed=allowed)
    meeting = new_meeting(plan, heads, rooms, slot)
    meeting.time_warnings = warnings_of(session, plan)
    booking = Booking(meeting.id, plan.starts_at, plan.ends_at, plan.chair_id, endpoint_ids, rooms)
    with overlaps_refused(session, booking):
        session.add(meeting)
    for exception in plan.exceptions:
        write_exception(session, actor, meeting.id, exception)
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


def get_meetings(session: Session, actor: Actor | None, meeting_ids: Sequence[UUID]) -> Sequence[Meeting]:
    """Meetings by identity, in the order asked; those the actor may not see are left out."""
    require(actor, Action.VIEW_MEETING)
    found = {meeting.id: meeting for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(meeting_ids)))}
    rows = [found[key] for key in meeting_ids if key in found]
    return [meeting for meeting in rows if can(actor, Action.VIEW_MEETING, meeting)]


def list_meetings(session: Session, actor: Actor | None, *, limit: int = MOST_LISTED) -> Sequence[Meeting]:
    """Meetings the actor may see, latest first; a unit sees those that name it."""
    require(actor, Action.VIEW_MEETING)
    query = select(Meeting).order_by(Meeting.starts_at.desc(), Meeting.code).limit(min(limit, MOST_LISTED))
    if actor is not None and not can(actor, Action.VIEW_MEETING, object()):
        query = query.where(names_unit(actor.unit_ids))
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
    session: Session,
    actor: Actor | None,
    meeting_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    *,
    expected_version: int | None = None,
) -> Meeting:
    """Move a planned meeting.

    Raises:
        VersionConflict: somebody changed it in between. MeetingOver: no longer planned. Invalid: a wrong period.
        EndpointTaken, ChairTaken, RoomTaken, CapExceeded: not possible then (caps are those of the new day).
    """
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.PLAN_MEETING, meeting)
    check_period(starts_at, ends_at, current().clock())
    session.refresh(meeting, with_for_update={"of": Meeting})
    if meeting.state != states.PLANNED:
        raise MeetingOver
    if expected_version is not None and meeting.version != expected_version:
        raise VersionConflict
    endpoint_ids = [item.endpoint_id for item in meeting.endpoints]
    rooms = lock_booked(session, meeting.chair_id, endpoint_ids)
    heads = {item.endpoint_id: item.head_count for item in meeting.endpoints}
    check_caps(session, heads, meeting.kind, starts_at, meeting_id=meeting.id)
    with overlaps_refused(session, Booking(meeting.id, starts_at, ends_at, meeting.chair_id, endpoint_ids, rooms)):
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        meeting.is_edited_alone = meeting.series_id is not None
        meeting.version += 1
    meeting.time_warnings = [
        item.to_json() for item in time_warnings(session, TimePlan(starts_at, meeting.urgency, meeting.kind))
    ]
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


def names_unit(unit_ids: frozenset[UUID]) -> ColumnElement[bool]:
    """The same question as `Meeting.related_unit_ids`, asked of the database."""
    endpoints = exists().where(
        MeetingEndpoint.meeting_id == Meeting.id,
        MeetingEndpoint.withdrawn_at.is_(None),
        Endpoint.id == MeetingEndpoint.endpoint_id,
        Endpoint.unit_id.in_(unit_ids),
    )
    people = exists().where(
        Participant.meeting_id == Meeting.id, Person.id == Participant.person_id, Person.unit_id.in_(unit_ids)
    )
    agenda = exists().where(AgendaItem.meeting_id == Meeting.id, AgendaItem.unit_id.in_(unit_ids))
    return or_(endpoints, people, agenda)
