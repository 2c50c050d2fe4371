"""Write a year of meetings into an empty installation, in bulk: past the services, but inside every constraint."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.database import Base
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit
from orchestrator.live.models import PresenceInterval, RoomLife
from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingEndpoint,
    MeetingKind,
    Participant,
    ParticipantRole,
    Urgency,
)
from web.demo.sign_ins import ensure_administrator
from web.demo.year import YearMeeting, YearSize, meetings_of_year, person_name, person_title, unit_name

Row = dict[str, Any]
_CHUNK = 5_000
_KINDS = tuple(MeetingKind)


class NotEmpty(Exception):
    """There are meetings here already: a year of invented ones must not be mixed with somebody's own."""


def load_year(runtime: Runtime, size: YearSize) -> dict[str, int]:
    """Fill the empty installation; returns how many rows of each kind there are now. Raises NotEmpty."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        if session.scalar(select(func.count()).select_from(Meeting)):
            raise NotEmpty
        ensure_default_policy(session)
        ensure_administrator(session, runtime.settings.home)
        units = _keep(session, Unit, _units(size))
        people = _keep(session, Person, _people(size, units))
        endpoints = _keep(session, Endpoint, _endpoints(size, units))
        held = _keep_meetings(session, list(meetings_of_year(size, now)), now, endpoints, people)
        presence = _keep_presence(session, held, size.presence)
    return {
        "units": len(units),
        "people": len(people),
        "endpoints": len(endpoints),
        "meetings": size.meetings,
        "presence": presence,
    }


def _keep(session: Session, model: type[Base], rows: Sequence[Row]) -> list[UUID]:
    for start in range(0, len(rows), _CHUNK):
        session.execute(insert(model), rows[start : start + _CHUNK])
    return [row["id"] for row in rows]


def _units(size: YearSize) -> list[Row]:
    rows: list[Row] = []
    for number in range(size.units):
        # Every fifth is a house of its own; the four after it belong to it.
        parent = rows[number - number % 5]["id"] if number % 5 else None
        code = f"DV{number + 1:03d}"
        rows.append({"id": uuid4(), "code": code, "name": unit_name(number), "parent_id": parent})
    return rows


def _people(size: YearSize, units: Sequence[UUID]) -> list[Row]:
    return [
        {
            "id": uuid4(),
            "full_name": person_name(number),
            "title": person_title(number),
            "unit_id": units[number % len(units)],
            "email": f"nguoi{number + 1}@mau.invalid",
            "protocol_rank": 10 + number,
        }
        for number in range(size.people)
    ]


def _endpoints(size: YearSize, units: Sequence[UUID]) -> list[Row]:
    kinds = (EndpointKind.CENTRAL, EndpointKind.COMPONENT, EndpointKind.COMPONENT, EndpointKind.PERSONAL)
    return [
        {
            "id": uuid4(),
            "code": f"DC{number + 1:03d}",
            "name": f"Điểm cầu {unit_name(number % len(units))} {number // len(units) + 1}",
            "kind": kinds[number // len(units) % len(kinds)],
            "unit_id": units[number % len(units)],
            "room_capacity": 20 + number % 30,
        }
        for number in range(size.endpoints)
    ]


def _keep_meetings(
    session: Session, year: Sequence[YearMeeting], now: datetime, endpoints: Sequence[UUID], people: Sequence[UUID]
) -> list[tuple[YearMeeting, UUID, list[UUID]]]:
    """Write them all; gives back those that are over, with the rows of their endpoints."""
    made = [(meeting, uuid4(), [uuid4() for _ in meeting.endpoints]) for meeting in year]
    _keep(session, Meeting, [_meeting(meeting, key, now, people) for meeting, key, _ in made])
    seats = [row for meeting, key, seats in made for row in _seats(meeting, key, seats, now, endpoints)]
    _keep(session, MeetingEndpoint, seats)
    _keep(session, Participant, [row for made_one in made for row in _participants(*made_one, now, people)])
    _keep(session, AgendaItem, [row for meeting, key, _ in made for row in _agenda(meeting, key)])
    return [row for row in made if row[0].ends_at < now]


def _state(meeting: YearMeeting, now: datetime) -> str:
    if meeting.ends_at < now:
        return states.CLOSED
    return states.OPEN if meeting.starts_at <= now else states.PLANNED


def _meeting(meeting: YearMeeting, key: UUID, now: datetime, people: Sequence[UUID]) -> Row:
    return {
        "id": key,
        "code": f"HOP-{in_vietnam(meeting.starts_at):%Y%m%d}-N{meeting.number:05d}",
        "title": meeting.title,
        "kind": _KINDS[meeting.number % len(_KINDS)],
        "classification": Classification.UNCLASSIFIED,
        "urgency": Urgency.NORMAL,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "state": _state(meeting, now),
        "chair_id": people[meeting.people[0]],
        "secretary_id": people[meeting.people[1]],
        "room_name": f"hop-nam-{meeting.number:05d}-{key.hex[:10]}",
    }


def _seats(
    meeting: YearMeeting, key: UUID, seats: Sequence[UUID], now: datetime, endpoints: Sequence[UUID]
) -> Iterator[Row]:
    for position, (seat, endpoint) in enumerate(zip(seats, meeting.endpoints, strict=True), start=1):
        yield {
            "id": seat,
            "meeting_id": key,
            "meeting_starts_at": meeting.starts_at,
            "meeting_ends_at": meeting.ends_at,
            "meeting_state": _state(meeting, now),
            "endpoint_id": endpoints[endpoint],
            "position": position,
            "head_count": 3 + (meeting.number + position) % 15,
            "is_central": position == 1,
        }


def _participants(
    meeting: YearMeeting, key: UUID, seats: Sequence[UUID], now: datetime, people: Sequence[UUID]
) -> Iterator[Row]:
    roles = {0: ParticipantRole.CHAIR, 1: ParticipantRole.SECRETARY, 2: ParticipantRole.REPORTER}
    over = meeting.ends_at < now
    for place, person in enumerate(meeting.people):
        absent = over and (meeting.number + place) % 11 == 10
        attendance = Attendance.ABSENT if absent else Attendance.AT_ENDPOINT if over else Attendance.EXPECTED
        yield {
            "id": uuid4(),
            "meeting_id": key,
            "person_id": people[person],
            "position": place + 1,
            "meeting_endpoint_id": seats[place % len(seats)],
            "role": roles.get(place, ParticipantRole.MEMBER),
            "attendance": attendance,
            "absence_reason": "Đi công tác" if absent else "",
        }


def _agenda(meeting: YearMeeting, key: UUID) -> Iterator[Row]:
    for position, title in enumerate(meeting.agenda, start=1):
        yield {"id": uuid4(), "meeting_id": key, "position": position, "title": title}


def _keep_presence(session: Session, held: Sequence[tuple[YearMeeting, UUID, list[UUID]]], wanted: int) -> int:
    """One life of the room for each meeting held, and `wanted` intervals shared evenly among them."""
    _keep(
        session,
        RoomLife,
        [{"id": uuid4(), "meeting_id": key, "opened_at": m.starts_at, "gone_at": m.ends_at} for m, key, _ in held],
    )
    rows = [row for place, one in enumerate(held) for row in _intervals(*one, _share(wanted, len(held), place))]
    return len(_keep(session, PresenceInterval, rows))


def _share(total: int, parts: int, place: int) -> int:
    """The place-th of `parts` shares of a whole number, so that they add up to it."""
    return total * (place + 1) // parts - total * place // parts


def _intervals(meeting: YearMeeting, key: UUID, seats: Sequence[UUID], count: int) -> Iterator[Row]:
    """Endpoints that come, drop out and come back; the last interval of each ends with the meeting."""
    for place, seat in enumerate(seats):
        times = _share(count, len(seats), place)
        length = (meeting.ends_at - meeting.starts_at) / max(times, 1)
        for turn in range(times):
            joined_at = meeting.starts_at + turn * length
            last = turn == times - 1
            yield {
                "id": uuid4(),
                "meeting_id": key,
                "meeting_endpoint_id": seat,
                "occupant_jid": f"{uuid4()}@mau.invalid/{turn}",
                "joined_at": joined_at,
                "left_at": meeting.ends_at if last else joined_at + length - timedelta(seconds=20),
            }
