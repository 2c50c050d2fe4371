"""What the live rooms of the year left: lives of rooms, who was in, checks before the hour, incidents."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from orchestrator.live.models import (
    CheckResult,
    CheckSource,
    Incident,
    IncidentKind,
    PresenceInterval,
    ReadinessCheck,
    RoomLife,
)
from web.demo.year_of_meetings.bulk import Row, keep
from web.demo.year_of_meetings.meeting_rows import Kept

_KINDS = (IncidentKind.NO_SOUND, IncidentKind.LINE_LOST, IncidentKind.NOTE)
_DROPPED_FOR = timedelta(seconds=20)


def keep_live(session: Session, held: Sequence[Kept], presence: int, operator: UUID) -> int:
    """One life of the room, a check of every endpoint and an incident for each meeting held; `presence` intervals
    shared evenly among them. Returns how many intervals."""
    keep(
        session,
        RoomLife,
        [
            {"id": uuid4(), "meeting_id": one.id, "opened_at": one.plan.starts_at, "gone_at": one.plan.ends_at}
            for one in held
        ],
    )
    keep(session, ReadinessCheck, [row for one in held for row in _checks(one)])
    keep(session, Incident, [_incident(one, operator) for one in held])
    rows = [row for number, one in enumerate(held) for row in _intervals(one, _share(presence, len(held), number))]
    return len(keep(session, PresenceInterval, rows))


def _share(total: int, parts: int, number: int) -> int:
    """One of `parts` shares of a whole number, so that they add up to it."""
    return total * (number + 1) // parts - total * number // parts


def _intervals(one: Kept, count: int) -> Iterator[Row]:
    """Endpoints that come, drop out and come back; the last interval of each ends with the meeting."""
    for number, place in enumerate(one.places):
        times = _share(count, len(one.places), number)
        length = (one.plan.ends_at - one.plan.starts_at) / max(times, 1)
        for turn in range(times):
            joined_at = one.plan.starts_at + turn * length
            yield {
                "id": uuid4(),
                "meeting_id": one.id,
                "meeting_endpoint_id": place,
                "occupant_jid": f"{uuid4()}@mau.invalid/{turn}",
                "joined_at": joined_at,
                "left_at": one.plan.ends_at if turn == times - 1 else joined_at + length - _DROPPED_FOR,
            }


def _checks(one: Kept) -> Iterator[Row]:
    for place, endpoint in zip(one.places, one.endpoints, strict=True):
        yield {
            "id": uuid4(),
            "meeting_endpoint_id": place,
            "endpoint_id": endpoint,
            "at": one.plan.starts_at - timedelta(minutes=40),
            "source": CheckSource.BROWSER,
            "camera": CheckResult.GOOD,
            "microphone": CheckResult.GOOD,
            "speakers": CheckResult.GOOD,
            "down_kbps": 9_000,
            "up_kbps": 4_000,
            "round_trip_ms": 25,
        }


def _incident(one: Kept, operator: UUID) -> Row:
    return {
        "id": uuid4(),
        "meeting_id": one.id,
        "meeting_endpoint_id": one.places[one.plan.number % len(one.places)],
        "kind": _KINDS[one.plan.number % len(_KINDS)],
        "at": one.plan.starts_at + timedelta(minutes=10),
        "actor_id": operator,
        "actor_name": "Quản trị viên",
    }
