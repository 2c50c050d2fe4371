"""Lists of meetings: a page of those that fit, those of a period, those that come next. Light rows, few queries.

The search ignores marks: `giao ban` finds `Giao ban`, `hop khan` finds `Họp khẩn`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from core.permissions import Action, Actor, can, require
from orchestrator.directory.models import Person
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting, MeetingEndpoint, MeetingKind, Urgency
from orchestrator.meetings.service import names_unit
from orchestrator.words import plain_letters

ROWS_PER_PAGE = 50
#: More than a month of a busy ministry; a calendar shows no more.
MOST_IN_PERIOD = 600
COMING = "coming"
PAST = "past"


@dataclass(frozen=True)
class MeetingFilter:
    """What to look for; empty values look for all. `when` is `coming`, `past` or empty.

    With `next_first` the coming meetings stand before those that are over, the next one at the top.
    """

    words: str = ""
    kind: MeetingKind | None = None
    state: str = ""
    when: str = ""
    since: datetime | None = None
    until: datetime | None = None
    endpoint_id: UUID | None = None
    series_id: UUID | None = None
    next_first: bool = False


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as a list shows it."""

    id: UUID
    code: str
    title: str
    kind: MeetingKind
    urgency: Urgency
    state: str
    starts_at: datetime
    ends_at: datetime
    chair_name: str
    endpoints: int
    people: int
    series_id: UUID | None
    warnings: int


@dataclass(frozen=True)
class MeetingPage:
    """One page of the list and how much there is in all."""

    rows: Sequence[MeetingRow]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // ROWS_PER_PAGE))


def search_meetings(
    session: Session, actor: Actor | None, wanted: MeetingFilter, now: datetime, *, page: int = 1
) -> MeetingPage:
    """A page of the meetings that fit and that the actor may see; coming ones soonest first, others latest first."""
    require(actor, Action.VIEW_MEETING)
    conditions = _conditions(actor, wanted, now)
    total = session.scalar(select(func.count()).select_from(Meeting).where(*conditions)) or 0
    number = min(max(page, 1), max(1, -(-total // ROWS_PER_PAGE)))
    query = _rows().where(*conditions).order_by(*_order(wanted, now), Meeting.code)
    found = session.execute(query.limit(ROWS_PER_PAGE).offset((number - 1) * ROWS_PER_PAGE))
    return MeetingPage([_row(row) for row in found], total, number)


def meetings_between(session: Session, actor: Actor | None, since: datetime, until: datetime) -> Sequence[MeetingRow]:
    """Meetings of a period that are not called off, in the order of time; for the calendar."""
    require(actor, Action.VIEW_MEETING)
    conditions = _conditions(actor, MeetingFilter(since=since, until=until), since)
    query = _rows().where(*conditions, Meeting.state != states.CANCELLED).order_by(Meeting.starts_at, Meeting.code)
    return [_row(row) for row in session.execute(query.limit(MOST_IN_PERIOD))]


def coming_meetings(
    session: Session,
    actor: Actor | None,
    now: datetime,
    until: datetime | None,
    *,
    limit: int,
    series_id: UUID | None = None,
) -> Sequence[MeetingRow]:
    """The next meetings, running ones included; up to a moment, of one series."""
    require(actor, Action.VIEW_MEETING)
    conditions = _conditions(actor, MeetingFilter(when=COMING, until=until, series_id=series_id), now)
    return [_row(row) for row in session.execute(_rows().where(*conditions).order_by(Meeting.starts_at).limit(limit))]


def _conditions(actor: Actor | None, wanted: MeetingFilter, now: datetime) -> list[Any]:
    found: list[Any] = []
    if actor is not None and not can(actor, Action.VIEW_MEETING, object()):
        found.append(names_unit(actor.unit_ids))
    if letters := plain_letters(wanted.words).replace("-", " "):
        found += [Meeting.search_text.contains(word, autoescape=True) for word in letters.split()]
    if wanted.kind is not None:
        found.append(Meeting.kind == wanted.kind)
    if wanted.state:
        found.append(Meeting.state == wanted.state)
    if wanted.when == COMING:
        found.append(_is_coming(now))
    if wanted.when == PAST:
        found.append(~_is_coming(now))
    if wanted.since is not None:
        found.append(Meeting.starts_at >= wanted.since)
    if wanted.until is not None:
        found.append(Meeting.starts_at < wanted.until)
    if wanted.series_id is not None:
        found.append(Meeting.series_id == wanted.series_id)
    if wanted.endpoint_id is not None:
        there = select(MeetingEndpoint.meeting_id).where(
            MeetingEndpoint.endpoint_id == wanted.endpoint_id, MeetingEndpoint.withdrawn_at.is_(None)
        )
        found.append(Meeting.id.in_(there))
    return found


def _is_coming(now: datetime) -> ColumnElement[bool]:
    return and_(Meeting.state.in_((states.PLANNED, states.OPEN)), Meeting.ends_at >= now)


def _order(wanted: MeetingFilter, now: datetime) -> list[ColumnElement[Any]]:
    if wanted.when == COMING:
        return [Meeting.starts_at.asc()]
    latest_first = Meeting.starts_at.desc()
    if not wanted.next_first:
        return [latest_first]
    coming = _is_coming(now)
    return [coming.desc(), case((coming, Meeting.starts_at)).asc(), latest_first]


def _rows() -> Select[Any]:
    chair = aliased(Person)
    there = (MeetingEndpoint.meeting_id == Meeting.id, MeetingEndpoint.withdrawn_at.is_(None))
    endpoints = select(func.count()).where(*there).correlate(Meeting).scalar_subquery()
    people = select(func.coalesce(func.sum(MeetingEndpoint.head_count), 0)).where(*there).correlate(Meeting)
    chair_name = select(chair.full_name).where(chair.id == Meeting.chair_id).correlate(Meeting).scalar_subquery()
    return select(
        Meeting.id,
        Meeting.code,
        Meeting.title,
        Meeting.kind,
        Meeting.urgency,
        Meeting.state,
        Meeting.starts_at,
        Meeting.ends_at,
        func.coalesce(chair_name, "").label("chair_name"),
        endpoints.label("endpoints"),
        people.scalar_subquery().label("people"),
        Meeting.series_id,
        func.jsonb_array_length(Meeting.time_warnings).label("warnings"),
    )


def _row(row: Any) -> MeetingRow:
    return MeetingRow(**row._mapping)
