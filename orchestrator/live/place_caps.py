"""The caps that bind one meeting, as plain numbers for the console: people per room, connections of the conference."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from orchestrator.caps import service as caps
from orchestrator.caps.caps import Scope, strictest
from orchestrator.meetings.loads import unit_lines
from orchestrator.meetings.models import Meeting


@dataclass(frozen=True)
class MeetingCaps:
    """`rooms` by the meeting's endpoint, without those no cap binds; `connections` is None where none binds."""

    rooms: Mapping[UUID, int]
    connections: int | None


def caps_of(session: Session, meeting: Meeting) -> MeetingCaps:
    """The strictest numbers on the day of the meeting, exceptions granted to it included; chairs count as a cap."""
    day = in_vietnam(meeting.starts_at).date()
    granted = caps.allowed_of(session, meeting.id)
    valid = [
        caps.with_allowed(policy, granted)
        for policy in caps.policies_now(session)
        if policy.is_valid_on(day) and policy.binds_kind(meeting.kind)
    ]
    of_rooms = [policy for policy in valid if policy.scope is Scope.ROOM]
    lines = unit_lines(session) if any(policy.unit_ids for policy in of_rooms) else {}
    rooms: dict[UUID, int] = {}
    for place in meeting.endpoints:
        units = lines.get(place.endpoint.unit_id, frozenset())
        policy = strictest([item for item in of_rooms if item.binds_units(units)])
        numbers = [number for number in (policy and policy.maximum, place.endpoint.room_capacity) if number]
        if numbers:
            rooms[place.id] = min(numbers)
    whole = strictest([item for item in valid if item.scope is Scope.CONNECTIONS and not item.unit_ids])
    return MeetingCaps(rooms, whole.maximum if whole else None)
