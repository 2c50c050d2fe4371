"""The incident log of a meeting: lines with times, written once, corrected by a line that follows.

Every function takes the session and the actor, checks the right first and never commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.live.incident_rules import Line
from orchestrator.live.models import Incident, IncidentKind
from orchestrator.live.operating import operated_meeting
from orchestrator.live.refusals import AlreadyCorrected
from orchestrator.meetings.models import Meeting
from orchestrator.words import checked_name

#: A typed time may lie a little ahead of our clock, since two watches differ.
AHEAD = timedelta(minutes=2)
#: Tests of the line happen the day before.
BEFORE_START = timedelta(days=2)


@dataclass(frozen=True)
class NewLine:
    """One line as the operator gives it; `at` is None for now, `place_id` is None for the whole meeting."""

    kind: IncidentKind
    place_id: UUID | None = None
    at: datetime | None = None
    note: str = ""


def log_incident(session: Session, actor: Actor | None, meeting_id: UUID, line: NewLine) -> Incident:
    """Write a line. Raises NotFound (an endpoint of another meeting), Forbidden, Invalid, MeetingCancelled."""
    meeting, operator = operated_meeting(session, actor, meeting_id, Action.OPERATE_MEETING)
    return _write(session, operator, meeting, line)


def correct_incident(session: Session, actor: Actor | None, incident_id: UUID, line: NewLine | None) -> Incident:
    """Let another line stand for this one, or none: with `line` None it is withdrawn, it never happened.

    Raises:
        AlreadyCorrected: somebody was faster. NotFound, Forbidden, Invalid.
    """
    wrong = session.get(Incident, incident_id)
    if wrong is None:
        raise NotFound
    meeting, operator = operated_meeting(session, actor, wrong.meeting_id, Action.OPERATE_MEETING)
    if session.scalar(select(exists().where(Incident.corrects_id == wrong.id))) or wrong.is_withdrawal:
        raise AlreadyCorrected
    try:
        with session.begin_nested():
            if line is None:
                line = NewLine(wrong.kind, wrong.meeting_endpoint_id, wrong.at, wrong.note)
                return _write(session, operator, meeting, line, corrects=wrong.id, is_withdrawal=True)
            at = line.at or wrong.at
            line = NewLine(line.kind, line.place_id, at, line.note)
            return _write(session, operator, meeting, line, corrects=wrong.id)
    except IntegrityError as error:
        # Two consoles at once: the unique constraint lets one through.
        raise AlreadyCorrected from error


def incidents_of(session: Session, meeting_id: UUID) -> Sequence[Incident]:
    """Every line of a meeting as written, oldest first; rights are the caller's business."""
    query = select(Incident).where(Incident.meeting_id == meeting_id).order_by(Incident.created_at, Incident.id)
    return session.scalars(query).all()


def line_of(row: Incident) -> Line:
    """A stored line as the plain value of the rule."""
    return Line(row.id, row.kind, row.at, row.meeting_endpoint_id, row.note, row.corrects_id, row.is_withdrawal)


def _write(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    line: NewLine,
    *,
    corrects: UUID | None = None,
    is_withdrawal: bool = False,
) -> Incident:
    now = current().clock()
    if line.place_id is not None and all(place.id != line.place_id for place in meeting.endpoints):
        raise NotFound
    note = checked_name(line.note, "ghi chú", optional=line.kind is not IncidentKind.NOTE)
    row = Incident(
        meeting_id=meeting.id,
        meeting_endpoint_id=line.place_id,
        kind=line.kind,
        at=_checked_moment(line.at, meeting, now) if line.at else now,
        note=note,
        corrects_id=corrects,
        is_withdrawal=is_withdrawal,
        actor_id=actor.account_id,
        actor_name=actor.name,
        created_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "incident.logged",
        "meeting",
        meeting.id,
        incident=row.id,
        kind=line.kind.value,
        corrects=corrects,
    )
    return row


def _checked_moment(at: datetime, meeting: Meeting, now: datetime) -> datetime:
    if at.tzinfo is None:
        raise Invalid(field="thời điểm", reason="thiếu múi giờ")
    if at > now + AHEAD:
        raise Invalid(field="thời điểm", reason="ở tương lai, hãy kiểm tra lại giờ")
    if at < meeting.starts_at - BEFORE_START:
        raise Invalid(field="thời điểm", reason="quá sớm so với cuộc họp, hãy kiểm tra lại giờ")
    return at
