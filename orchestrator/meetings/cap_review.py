"""Which planned meetings a change of the caps has left over a cap: listed for the administrator, nothing is undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.permissions import Action, Actor, require
from orchestrator.caps.caps import Breach, Load, Policy, RoomLoad, Scope, breaches
from orchestrator.caps.models import CapException
from orchestrator.caps.service import policies_now, with_allowed
from orchestrator.directory.models import Endpoint
from orchestrator.meetings import states
from orchestrator.meetings.loads import Seated, merged, rooms_of, unit_lines
from orchestrator.meetings.models import Meeting, MeetingEndpoint, MeetingKind

MOST_LISTED = 200

#: Number, title, start and kind of the meetings looked at.
Suspects = dict[UUID, tuple[str, str, datetime, MeetingKind]]


@dataclass(frozen=True)
class OverCap:
    """A planned meeting and the caps it exceeds."""

    id: UUID
    code: str
    title: str
    starts_at: datetime
    breaches: tuple[Breach, ...]


def meetings_over_caps(session: Session, actor: Actor | None, now: datetime) -> list[OverCap]:
    """Planned and open meetings that the caps of their day would refuse now, soonest first; six queries at most."""
    require(actor, Action.VIEW_DIRECTORY)
    policies = policies_now(session)
    suspects = _suspects(session, policies, now)
    if not suspects:
        return []
    loads, allowed = _loads(session, suspects), _allowed(session, suspects)
    found = []
    for meeting_id, (code, title, starts_at, kind) in suspects.items():
        load = Load(loads.get(meeting_id, ()), kind)
        binding = [with_allowed(policy, allowed.get(meeting_id, {})) for policy in policies]
        over = tuple(
            breach
            for breach in breaches(load, binding, in_vietnam(starts_at).date())
            # The chairs of a room are no policy: what exceeds them was so before.
            if breach.policy.id is not None
        )
        if over:
            found.append(OverCap(meeting_id, code, title, starts_at, over))
    return found


def _suspects(session: Session, policies: Sequence[Policy], now: datetime) -> Suspects:
    """Meetings large enough for any policy at all; shared rooms are weighed by the sum."""
    least = {scope: min((item.maximum for item in policies if item.scope is scope), default=None) for scope in Scope}
    people, seats = func.sum(MeetingEndpoint.head_count), func.count()
    fullest, shared = func.max(MeetingEndpoint.head_count), func.count(MeetingEndpoint.physical_room_id)
    limits = [
        figure > limit
        for figure, limit in (
            (case((shared > 0, people), else_=fullest), least[Scope.ROOM]),
            (people, least[Scope.MEETING]),
            (seats, least[Scope.CONNECTIONS]),
        )
        if limit is not None
    ]
    if not limits:
        return {}
    query = (
        select(Meeting.id, Meeting.code, Meeting.title, Meeting.starts_at, Meeting.kind)
        .join(MeetingEndpoint, MeetingEndpoint.meeting_id == Meeting.id)
        .where(
            Meeting.state.in_((states.PLANNED, states.OPEN)),
            Meeting.ends_at >= now,
            MeetingEndpoint.withdrawn_at.is_(None),
        )
        .group_by(Meeting.id)
        .having(or_(*limits))
        .order_by(Meeting.starts_at)
        .limit(MOST_LISTED)
    )
    return {row.id: (row.code, row.title, row.starts_at, row.kind) for row in session.execute(query)}


def _loads(session: Session, suspects: Suspects) -> dict[UUID, tuple[RoomLoad, ...]]:
    lines = unit_lines(session)
    rows = session.execute(
        select(MeetingEndpoint.meeting_id, MeetingEndpoint.head_count, Endpoint.id, Endpoint.name)
        .add_columns(Endpoint.room_capacity, Endpoint.unit_id)
        .join(Endpoint, Endpoint.id == MeetingEndpoint.endpoint_id)
        .where(MeetingEndpoint.meeting_id.in_(suspects), MeetingEndpoint.withdrawn_at.is_(None))
        .order_by(MeetingEndpoint.position)
    ).all()
    rooms = rooms_of(session, {row.id for row in rows})
    seats: dict[UUID, list[Seated]] = {}
    for row in rows:
        line = lines.get(row.unit_id, frozenset())
        seat = Seated(row.name, row.head_count, row.room_capacity, line, rooms.get(row.id))
        seats.setdefault(row.meeting_id, []).append(seat)
    return {meeting_id: merged(found) for meeting_id, found in seats.items()}


def _allowed(session: Session, suspects: Suspects) -> dict[UUID, dict[UUID, int]]:
    found: dict[UUID, dict[UUID, int]] = {}
    query = select(CapException).where(CapException.meeting_id.in_(suspects), CapException.revoked_at.is_(None))
    for row in session.scalars(query):
        found.setdefault(row.meeting_id, {})[row.policy_id] = row.allowed
    return found
