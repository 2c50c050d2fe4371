"""What is found of meetings: their own words, and the papers they rest on. Who sees a meeting finds it.

A meeting with state secrets is not found at all, not even by its title (Decree 26/2020/NĐ-CP, article 6).
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, inspect, select, true, union
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.search.following import OF_MEETING, Subject, follow
from core.search.index import Passage
from core.search.kinds import SearchKind, everywhere, register
from core.search.models import SearchEntry
from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import AgendaItem, Meeting, MeetingDocument, MeetingEndpoint, Participant

MEETING, PAPER = "meeting", "paper"
#: What later papers of a meeting repeat of it.
_REPEATED = ("title", "starts_at", "classification")


def meeting_names(unit_ids: frozenset[UUID]) -> ColumnElement[bool]:
    """Passages of meetings that name one of these units: `Meeting.related_unit_ids`, answered once for all meetings."""
    seated = (
        select(MeetingEndpoint.meeting_id)
        .join(Endpoint, Endpoint.id == MeetingEndpoint.endpoint_id)
        .where(Endpoint.unit_id.in_(unit_ids), MeetingEndpoint.withdrawn_at.is_(None))
    )
    named = (
        select(Participant.meeting_id)
        .join(Person, Person.id == Participant.person_id)
        .where(Person.unit_id.in_(unit_ids))
    )
    presenting = select(AgendaItem.meeting_id).where(AgendaItem.unit_id.in_(unit_ids))
    return SearchEntry.meeting_id.in_(union(seated, named, presenting))


def open_meeting_of(session: Session, meeting_id: UUID) -> Meeting | None:
    """The meeting, unless there is none or its words are secret."""
    meeting = session.get(Meeting, meeting_id)
    return meeting if meeting is not None and meeting.classification == Classification.UNCLASSIFIED else None


def _scope(actor: Actor) -> ColumnElement[bool] | None:
    if everywhere(actor, Action.VIEW_MEETING):
        return true()
    return meeting_names(actor.unit_ids) if can(actor, Action.VIEW_MEETING) else None


def _meeting(session: Session, meeting_id: UUID) -> Sequence[Passage]:
    meeting = open_meeting_of(session, meeting_id)
    if meeting is None:
        return ()
    agenda = session.scalars(
        select(AgendaItem.title).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position)
    ).all()
    chair = meeting.chair.full_name if meeting.chair else ""
    return [
        Passage(
            meeting.title,
            "; ".join(filter(None, (meeting.body_name, *agenda))),
            meeting.starts_at,
            meeting.id,
            beside=f"{meeting.code} {chair}",
            is_head=True,
        )
    ]


def _papers(session: Session, meeting_id: UUID) -> Sequence[Passage]:
    meeting = open_meeting_of(session, meeting_id)
    if meeting is None:
        return ()
    query = select(MeetingDocument).where(MeetingDocument.meeting_id == meeting_id)
    return [
        Passage(
            row.symbol,
            row.subject,
            meeting.starts_at,
            meeting.id,
            part=str(row.position),
            beside=meeting.title,
            is_head=True,
        )
        for row in session.scalars(query.order_by(MeetingDocument.position))
    ]


def _of_meeting(meeting: Meeting) -> list[Subject]:
    found = [(MEETING, meeting.id), (PAPER, meeting.id)]
    attributes = inspect(meeting).attrs
    # A new meeting has nothing behind it yet.
    is_old = any(attributes[name].history.deleted for name in _REPEATED)
    return [*found, (OF_MEETING, meeting.id)] if is_old else found


def _every() -> Select[UUID]:
    return select(Meeting.id)


def _kind(name: str, read: Callable[[Session, UUID], Sequence[Passage]]) -> SearchKind:
    return SearchKind(name=name, scope=_scope, of_units=meeting_names, read=read, every=_every)


register(_kind(MEETING, _meeting))
register(_kind(PAPER, _papers))
follow(Meeting, _of_meeting, fields=("title", "code", "body_name", "starts_at", "chair_id", "classification"))
follow(AgendaItem, lambda row: [(MEETING, row.meeting_id)], fields=("title", "position"))
follow(MeetingDocument, lambda row: [(PAPER, row.meeting_id)], fields=("symbol", "subject", "position"))
