"""Calling the roll: person by person or a whole endpoint at once, heads in the rooms, and the summary for the minutes.

Every function takes the session and the actor, checks the right first and never commits.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.attendance.models import HeadCount, RollEntry
from orchestrator.attendance.roll import Answer, RollSummary, summarise
from orchestrator.live.operating import operated_meeting
from orchestrator.meetings.models import Attendance, Meeting, Participant
from orchestrator.meetings.plan import check_head_count
from orchestrator.meetings.registration import record_attendance

#: Answers that carry a reason.
_WITH_REASON = frozenset({Attendance.ABSENT, Attendance.LATE})


def call_roll(
    session: Session,
    actor: Actor | None,
    participant_id: UUID,
    attendance: Attendance,
    reason: str = "",
    *,
    arrived_at: datetime | None = None,
) -> Participant:
    """Write what the roll call found of one person; saying the same again changes nothing.

    Args:
        reason: why absent or late; dropped for other answers.
        arrived_at: when somebody late was there; the present moment where it is not given.

    Raises:
        NotFound: no such participant, or not for this actor's eyes. Forbidden. Invalid: an endless reason, an arrival
        in the future or without zone. MeetingCancelled.
    """
    participant = session.get(Participant, participant_id, with_for_update={"of": Participant}, populate_existing=True)
    if participant is None:
        raise NotFound
    meeting, caller = operated_meeting(session, actor, participant.meeting_id, Action.CALL_ROLL)
    why = reason if attendance in _WITH_REASON else ""
    arrival = _arrival(session, participant, attendance, arrived_at)
    before = _latest_entry(session, participant.id)
    said = (attendance, " ".join(why.split()), arrival)
    if before is not None and (before.attendance, before.reason, before.arrived_at) == said:
        return participant
    if before is None and attendance is participant.attendance is Attendance.EXPECTED:
        return participant
    participant = record_attendance(session, actor, meeting.id, participant.id, attendance, reason=why)
    now = current().clock()
    session.add(
        RollEntry(
            meeting_id=meeting.id,
            participant_id=participant.id,
            attendance=attendance,
            reason=participant.absence_reason,
            arrived_at=arrival,
            at=now,
            actor_id=caller.account_id,
            created_at=now,
        )
    )
    session.flush()
    return participant


def call_place(session: Session, actor: Actor | None, meeting_id: UUID, place_id: UUID) -> int:
    """Everyone of one endpoint whom nobody has looked for yet is at the endpoint; returns how many that were."""
    meeting, _caller = operated_meeting(session, actor, meeting_id, Action.CALL_ROLL)
    if all(place.id != place_id for place in meeting.endpoints):
        raise NotFound
    waiting = [
        item.id
        for item in meeting.participants
        if item.meeting_endpoint_id == place_id and item.attendance is Attendance.EXPECTED
    ]
    for participant_id in sorted(waiting):
        call_roll(session, actor, participant_id, Attendance.AT_ENDPOINT)
    return len(waiting)


def count_heads(session: Session, actor: Actor | None, meeting_id: UUID, place_id: UUID, count: int) -> HeadCount:
    """Write how many people are in the room of an endpoint now. Never refused for a cap: the room is as it is.

    Raises:
        NotFound: an endpoint of another meeting. Forbidden. Invalid: no number of people.
    """
    check_head_count(count)
    meeting, caller = operated_meeting(session, actor, meeting_id, Action.CALL_ROLL)
    if all(place.id != place_id for place in meeting.endpoints):
        raise NotFound
    now = current().clock()
    row = HeadCount(
        meeting_id=meeting.id,
        meeting_endpoint_id=place_id,
        count=count,
        at=now,
        actor_id=caller.account_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "endpoint.heads_counted", "meeting_endpoint", place_id, count=count)
    return row


def heads_counted(session: Session, meeting_id: UUID) -> Mapping[UUID, HeadCount]:
    """The newest count of every endpoint that was counted, by the meeting's endpoint."""
    query = (
        select(HeadCount)
        .where(HeadCount.meeting_id == meeting_id)
        .ext(distinct_on(HeadCount.meeting_endpoint_id))
        .order_by(HeadCount.meeting_endpoint_id, HeadCount.at.desc(), HeadCount.created_at.desc())
    )
    return {row.meeting_endpoint_id: row for row in session.scalars(query)}


def roll_summary(session: Session, actor: Actor | None, meeting: Meeting) -> RollSummary:
    """The roll as the minutes need it, in the order of protocol. Raises Forbidden, NotFound for strangers."""
    require(actor, Action.VIEW_MEETING, meeting)
    return summarise(answers_of(session, meeting))


def answers_of(session: Session, meeting: Meeting) -> tuple[Answer, ...]:
    """What the roll call says of everyone on the list, in the order of protocol; rights are the caller's business."""
    arrivals = _arrivals(session, meeting.id)
    people = sorted(meeting.participants, key=lambda item: (item.person.protocol_rank, item.position))
    return tuple(
        Answer(
            participant_id=item.id,
            name=item.person.full_name,
            title=item.person.title,
            place=item.meeting_endpoint.endpoint.name if item.meeting_endpoint else "",
            attendance=item.attendance,
            reason=item.absence_reason,
            arrived_at=arrivals.get(item.id) if item.attendance is Attendance.LATE else None,
        )
        for item in people
    )


def _arrivals(session: Session, meeting_id: UUID) -> Mapping[UUID, datetime | None]:
    query = (
        select(RollEntry.participant_id, RollEntry.arrived_at)
        .where(RollEntry.meeting_id == meeting_id)
        .ext(distinct_on(RollEntry.participant_id))
        .order_by(RollEntry.participant_id, RollEntry.at.desc(), RollEntry.created_at.desc())
    )
    return {row.participant_id: row.arrived_at for row in session.execute(query)}


def _latest_entry(session: Session, participant_id: UUID) -> RollEntry | None:
    query = select(RollEntry).where(RollEntry.participant_id == participant_id)
    return session.scalar(query.order_by(RollEntry.at.desc(), RollEntry.created_at.desc()).limit(1))


def _arrival(
    session: Session, participant: Participant, attendance: Attendance, arrived_at: datetime | None
) -> datetime | None:
    if attendance is not Attendance.LATE:
        return None
    now = current().clock()
    if arrived_at is None:
        before = _latest_entry(session, participant.id)
        kept = before.arrived_at if before is not None and before.attendance is Attendance.LATE else None
        return kept or now
    if arrived_at.tzinfo is None:
        raise Invalid(field="giờ đến", reason="thiếu múi giờ")
    if arrived_at > now:
        raise Invalid(field="giờ đến", reason="ở tương lai, hãy kiểm tra lại")
    return arrived_at
