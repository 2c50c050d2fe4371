"""Editing a planned meeting: time, endpoints, people, agenda, papers, texts; caps and overlaps as when it was planned.

An endpoint taken out is withdrawn, not deleted: links, letters and presence name it. Its links stop at once.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound, VersionConflict
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.invitations.models import JoinLink
from orchestrator.meetings import states
from orchestrator.meetings.cap_exceptions import checked_exceptions, write_exception
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import AgendaItem, Meeting, MeetingDocument, MeetingEndpoint, Participant
from orchestrator.meetings.overlaps import Booking, lock_booked, overlaps_refused
from orchestrator.meetings.plan import (
    MeetingPlan,
    PlannedDocument,
    PlannedEndpoint,
    PlannedItem,
    PlannedParticipant,
    checked_plan,
)
from orchestrator.meetings.refusals import MeetingNotPlanned
from orchestrator.meetings.writing import check_caps, check_in_use, check_references, heads_of, search_text, warnings_of
from orchestrator.refusals import MeetingOver


def edit_meeting(
    session: Session,
    actor: Actor | None,
    meeting_id: UUID,
    plan: MeetingPlan,
    *,
    expected_version: int | None = None,
    alone: bool = True,
) -> Meeting:
    """Write a whole new plan over that of a planned meeting, or refuse it whole.

    Args:
        expected_version: the version the editor read; head-counts that came in meanwhile make a newer one.
        alone: whether an occurrence of a series is edited by itself, and is left alone by later edits of the series.

    Raises:
        VersionConflict, MeetingOver, MeetingNotPlanned, and whatever `plan_meeting` raises.
    """
    require(actor, Action.PLAN_MEETING)
    refuse_classified(plan.classification)
    plan = checked_plan(plan, current().clock())
    check_references(session, plan)
    meeting = _locked(session, actor, meeting_id, expected_version)
    check_in_use(session, plan, kept=[item.endpoint_id for item in meeting.endpoints])
    endpoint_ids = [item.endpoint_id for item in plan.endpoints]
    rooms = lock_booked(session, plan.chair_id, endpoint_ids)
    heads = heads_of(plan)
    allowed = checked_exceptions(session, actor, plan)
    check_caps(session, heads, plan.kind, plan.starts_at, meeting_id=meeting.id, allowed=allowed)
    moved = (meeting.starts_at, meeting.ends_at) != (plan.starts_at, plan.ends_at)
    with overlaps_refused(
        session, Booking(meeting.id, plan.starts_at, plan.ends_at, plan.chair_id, endpoint_ids, rooms)
    ):
        _write_facts(session, meeting, plan)
        # The copy of the period follows before new endpoints repeat it.
        session.flush()
        _write_endpoints(session, meeting, plan.endpoints, heads, rooms)
        session.flush()
    _write_people(session, meeting, plan.participants)
    _write_agenda(session, meeting, plan.agenda)
    _write_documents(session, meeting, plan.documents)
    meeting.is_edited_alone = meeting.is_edited_alone or (alone and meeting.series_id is not None)
    meeting.version += 1
    for exception in plan.exceptions:
        write_exception(session, actor, meeting.id, exception)
    session.flush()
    _tell(session, actor, meeting, moved=moved)
    return meeting


def plan_of(meeting: Meeting) -> MeetingPlan:
    """The plan of a stored meeting as one would fill it in again."""
    endpoint_of = {item.id: item.endpoint_id for item in meeting.endpoints}
    return MeetingPlan(
        classification=meeting.classification,
        title=meeting.title,
        kind=meeting.kind,
        urgency=meeting.urgency,
        body_name=meeting.body_name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        chair_id=meeting.chair_id,
        secretary_id=meeting.secretary_id,
        endpoints=[PlannedEndpoint(item.endpoint_id, item.head_count, item.is_central) for item in meeting.endpoints],
        participants=[
            PlannedParticipant(
                item.person_id,
                endpoint_of.get(item.meeting_endpoint_id) if item.meeting_endpoint_id else None,
                item.role,
            )
            for item in meeting.participants
        ],
        agenda=[PlannedItem(item.title, item.unit_id) for item in meeting.agenda],
        documents=[PlannedDocument(item.symbol, item.issued_on, item.subject) for item in meeting.documents],
    )


def _tell(session: Session, actor: Actor | None, meeting: Meeting, *, moved: bool) -> None:
    outbox.emit(session, "meeting.changed", id=meeting.id)
    if moved:
        outbox.emit(session, "meeting.rescheduled", id=meeting.id)
    audit.record(session, actor, "meeting.edited", "meeting", meeting.id, version=meeting.version, moved=moved)


def _locked(session: Session, actor: Actor | None, meeting_id: UUID, expected_version: int | None) -> Meeting:
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None:
        raise NotFound
    require(actor, Action.PLAN_MEETING, meeting)
    refuse_classified(meeting.classification)
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    if meeting.state != states.PLANNED:
        raise MeetingNotPlanned
    if expected_version is not None and meeting.version != expected_version:
        raise VersionConflict
    return meeting


def _write_facts(session: Session, meeting: Meeting, plan: MeetingPlan) -> None:
    meeting.title = plan.title
    meeting.kind = plan.kind
    meeting.urgency = plan.urgency
    meeting.body_name = plan.body_name
    meeting.starts_at, meeting.ends_at = plan.starts_at, plan.ends_at
    meeting.chair_id, meeting.secretary_id = plan.chair_id, plan.secretary_id
    meeting.search_text = search_text(plan.title, meeting.code, plan.body_name)
    meeting.time_warnings = warnings_of(session, plan)


def _write_endpoints(
    session: Session,
    meeting: Meeting,
    wanted: Sequence[PlannedEndpoint],
    heads: Mapping[UUID, int],
    rooms: Mapping[UUID, UUID],
) -> None:
    """Withdraw, take back, add; the central mark is lifted first, for there may be only one at any moment."""
    stored = select(MeetingEndpoint).where(MeetingEndpoint.meeting_id == meeting.id)
    places = {place.endpoint_id: place for place in session.scalars(stored)}
    kept = {item.endpoint_id for item in wanted}
    gone = [place for key, place in places.items() if key not in kept and place.withdrawn_at is None]
    for place in places.values():
        place.is_central = False
    for place in gone:
        place.withdrawn_at = current().clock()
        place.head_count = 0
    _silence(session, [place.id for place in gone])
    session.flush()
    for position, item in enumerate(wanted, start=1):
        place = places.get(item.endpoint_id) or _new_place(session, meeting, item.endpoint_id)
        place.position, place.head_count, place.is_central = position, heads[item.endpoint_id], item.is_central
        place.physical_room_id, place.withdrawn_at = rooms.get(item.endpoint_id), None
    session.flush()
    session.expire(meeting, ["endpoints"])


def _new_place(session: Session, meeting: Meeting, endpoint_id: UUID) -> MeetingEndpoint:
    place = MeetingEndpoint(
        id=uuid4(),
        meeting_id=meeting.id,
        meeting_starts_at=meeting.starts_at,
        meeting_ends_at=meeting.ends_at,
        meeting_state=meeting.state,
        endpoint_id=endpoint_id,
    )
    session.add(place)
    return place


def _silence(session: Session, place_ids: Sequence[UUID]) -> None:
    """The links of withdrawn places stop, and nobody sits there any more."""
    session.execute(
        update(JoinLink)
        .where(JoinLink.meeting_endpoint_id.in_(place_ids), JoinLink.revoked_at.is_(None))
        .values(revoked_at=current().clock())
    )
    session.execute(
        update(Participant).where(Participant.meeting_endpoint_id.in_(place_ids)).values(meeting_endpoint_id=None)
    )


def _write_people(session: Session, meeting: Meeting, wanted: Sequence[PlannedParticipant]) -> None:
    """People keep their row, and with it what the roll call said of them."""
    places = {place.endpoint_id: place.id for place in meeting.endpoints}
    known = {item.person_id: item for item in meeting.participants}
    gone = [item.id for key, item in known.items() if key not in {person.person_id for person in wanted}]
    session.execute(delete(Participant).where(Participant.id.in_(gone)))
    for position, person in enumerate(wanted, start=1):
        row = known.get(person.person_id) or Participant(meeting_id=meeting.id, person_id=person.person_id)
        row.position, row.role = position, person.role
        row.meeting_endpoint_id = places[person.endpoint_id] if person.endpoint_id else None
        session.add(row)
    session.flush()
    session.expire(meeting, ["participants"])


def _write_agenda(session: Session, meeting: Meeting, wanted: Sequence[PlannedItem]) -> None:
    """Points keep their row by position, so that whatever hangs on the third point stays with the third point."""
    for row, item in zip(meeting.agenda, wanted, strict=False):
        row.title, row.unit_id = item.title, item.unit_id
    _cut(session, meeting.agenda, len(wanted))
    meeting.agenda += [
        AgendaItem(position=position, title=item.title, unit_id=item.unit_id)
        for position, item in enumerate(wanted, start=1)
        if position > len(meeting.agenda)
    ]
    session.flush()
    session.expire(meeting, ["agenda"])


def _write_documents(session: Session, meeting: Meeting, wanted: Sequence[PlannedDocument]) -> None:
    for row, item in zip(meeting.documents, wanted, strict=False):
        row.symbol, row.issued_on, row.subject = item.symbol, item.issued_on, item.subject
    _cut(session, meeting.documents, len(wanted))
    meeting.documents += [
        MeetingDocument(position=position, symbol=item.symbol, issued_on=item.issued_on, subject=item.subject)
        for position, item in enumerate(wanted, start=1)
        if position > len(meeting.documents)
    ]
    session.flush()
    session.expire(meeting, ["documents"])


def _cut(session: Session, rows: Sequence[AgendaItem] | Sequence[MeetingDocument], length: int) -> None:
    for row in rows[length:]:
        session.delete(row)
