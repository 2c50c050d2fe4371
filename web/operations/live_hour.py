"""The live hour in numbers: rooms, seats, connections, caps in force, alarms. Meetings are counted, never named.

In: a session, the present. Out: numbers; as many queries with one room as with many.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from orchestrator.caps import service as caps
from orchestrator.caps.caps import Scope, strictest
from orchestrator.caps.models import CapException, CapPolicy
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.meetings.states import OPEN, PLANNED


@dataclass(frozen=True)
class LiveHour:
    """The rooms that live now, together: connections of people, seats, and how full the fullest is (1: full)."""

    rooms: int
    connections: int
    seats: int
    fullest: float


def live_hour(session: Session) -> LiveHour:
    """Seats and connections of all living rooms; the recorder and the console of an operator take no seat."""
    alive = select(RoomLife.meeting_id).where(RoomLife.gone_at.is_(None))
    present = (
        select(PresenceInterval.meeting_id, func.count())
        .where(
            PresenceInterval.left_at.is_(None),
            PresenceInterval.meeting_id.in_(alive),
            ~PresenceInterval.is_recorder,
            ~PresenceInterval.is_console,
        )
        .group_by(PresenceInterval.meeting_id)
    )
    there: dict[UUID, int] = {meeting_id: count for meeting_id, count in session.execute(present)}
    seats = _seats(session, alive)
    shares = [there.get(meeting_id, 0) / number for meeting_id, number in seats.items() if number]
    return LiveHour(len(seats), sum(there.values()), sum(seats.values()), max(shares, default=0.0))


def _seats(session: Session, meeting_ids: Select[Any]) -> dict[UUID, int]:
    """Seats for the endpoints of each meeting: one each, never past the strictest cap on connections of its day."""
    places = func.count(MeetingEndpoint.id)
    query = select(Meeting.id, Meeting.kind, Meeting.starts_at, places).join(MeetingEndpoint)
    rows = session.execute(query.where(Meeting.id.in_(meeting_ids)).group_by(Meeting.id)).all()
    granted: dict[UUID, dict[UUID, int]] = {}
    exceptions = select(CapException.meeting_id, CapException.policy_id, CapException.allowed)
    exceptions = exceptions.where(CapException.revoked_at.is_(None), CapException.meeting_id.in_(meeting_ids))
    for meeting_id, policy_id, allowed in session.execute(exceptions):
        granted.setdefault(meeting_id, {})[policy_id] = allowed
    policies = [
        policy for policy in caps.policies_now(session) if policy.scope is Scope.CONNECTIONS and not policy.unit_ids
    ]
    found = {}
    for meeting_id, kind, starts_at, count in rows:
        day = in_vietnam(starts_at).date()
        binding = [policy for policy in policies if policy.is_valid_on(day) and policy.binds_kind(kind)]
        cap = strictest([caps.with_allowed(policy, granted.get(meeting_id, {})) for policy in binding])
        found[meeting_id] = count if cap is None else min(count, cap.maximum)
    return found


def caps_in_force(session: Session, now: datetime) -> list[tuple[str, int]]:
    """The strictest number of each scope that holds today."""
    today = in_vietnam(now).date()
    valid = and_(CapPolicy.valid_from <= today, or_(CapPolicy.valid_until.is_(None), CapPolicy.valid_until >= today))
    query = select(CapPolicy.scope, func.min(CapPolicy.maximum)).where(valid).group_by(CapPolicy.scope)
    return sorted((scope.value, number) for scope, number in session.execute(query))


def exceptions_granted(session: Session) -> int:
    """Meetings that may exceed a cap and are not over yet."""
    ahead = select(Meeting.id).where(Meeting.state.in_((PLANNED, OPEN)))
    query = select(func.count()).where(CapException.revoked_at.is_(None), CapException.meeting_id.in_(ahead))
    return session.scalar(query) or 0


def alarms(session: Session) -> list[tuple[str, int, int]]:
    """Kinds of alarm of live rooms: how many nobody has dealt with, how often they were raised in all."""
    unsettled = func.count().filter(LiveAlarm.resolved_at.is_(None))
    query = select(LiveAlarm.kind, unsettled, func.sum(LiveAlarm.times)).group_by(LiveAlarm.kind)
    return [(kind, still, int(times)) for kind, still, times in session.execute(query.order_by(LiveAlarm.kind))]
