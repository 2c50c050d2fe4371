"""Everything a console shows of one meeting, read in a fixed number of queries and put into one frozen value.

In: a meeting and the present. Out: its endpoints with presence, checks, people and caps; log, messages, agenda, alarms,
roll. Rights are the caller's business.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from orchestrator.attendance.models import HeadCount
from orchestrator.attendance.roll import Answer
from orchestrator.attendance.service import answers_of, heads_counted
from orchestrator.invitations.models import Invitation
from orchestrator.jitsi.ending import RoomEnd, RoomEndState, end_state_of
from orchestrator.live.alarms import alarms_of
from orchestrator.live.checks import latest_checks
from orchestrator.live.incident_rules import Line, open_incidents, standing
from orchestrator.live.incidents import incidents_of, line_of
from orchestrator.live.models import AgendaMark, Incident, LiveAlarm, LiveMessage, ReadinessCheck
from orchestrator.live.place_caps import MeetingCaps, caps_of
from orchestrator.live.presence import Connection, merged, seats_taken
from orchestrator.live.recording import RecorderState, recorder_state
from orchestrator.live.service import connections_of
from orchestrator.live.talk import agenda_mark_of, messages_of
from orchestrator.live.wall import LastCheck, PlaceState, Standing, standing_of
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting, MeetingEndpoint


@dataclass(frozen=True)
class Place:
    """One endpoint of the meeting as the wall shows it."""

    row: MeetingEndpoint
    standing: Standing
    #: Open connections; more than one means that an old line has not been given up yet.
    connections: int
    check: ReadinessCheck | None
    #: Most people its room may hold; None where no cap binds.
    cap: int | None
    counted: HeadCount | None
    troubles: tuple[Line, ...]
    #: Whom to call: named in the answer to the invitation, else by the directory; empty where nobody is.
    contact: str

    @property
    def registered(self) -> int:
        """People registered behind it."""
        return self.row.head_count

    @property
    def is_over_cap(self) -> bool:
        """Whether more people are registered or were counted than its room may hold."""
        people = max(self.registered, self.counted.count if self.counted else 0)
        return self.cap is not None and people > self.cap

    @property
    def needs_a_look(self) -> bool:
        """Whether an operator should look here first."""
        return (
            bool(self.troubles) or self.is_over_cap or self.standing.state in (PlaceState.DROPPED, PlaceState.PROBLEMS)
        )


@dataclass(frozen=True)
class Seats:
    """Connections of the main room: in use, the most there can be, strangers among them."""

    used: int
    most: int
    strangers: int


@dataclass(frozen=True)
class Board:
    """One meeting at one moment."""

    meeting: Meeting
    places: tuple[Place, ...]
    seats: Seats
    #: The log as it stands, in the order of happening, and every row as written.
    log: tuple[Line, ...]
    rows: Sequence[Incident]
    open: tuple[Line, ...]
    messages: Sequence[LiveMessage]
    reached: AgendaMark | None
    alarms: Sequence[LiveAlarm]
    roll: tuple[Answer, ...]
    recorder: RecorderState
    #: What became of the room once the meeting is over.
    room_end: RoomEndState

    @property
    def is_over(self) -> bool:
        """Whether the meeting is closed or cancelled."""
        return states.MEETING.is_final(self.meeting.state)

    def count(self, *wanted: PlaceState) -> int:
        """Endpoints in one of these states."""
        return sum(place.standing.state in wanted for place in self.places)

    @property
    def people_registered(self) -> int:
        """People registered over all rooms."""
        return sum(place.registered for place in self.places)

    @property
    def people_counted(self) -> int | None:
        """People counted over all rooms; None before anybody counted."""
        counted = [place.counted.count for place in self.places if place.counted]
        return sum(counted) if counted else None


def board_of(session: Session, meeting: Meeting, now: datetime) -> Board:
    """The board of a meeting at this moment."""
    connections = connections_of(session, meeting.id)
    rows = incidents_of(session, meeting.id)
    lines = [line_of(row) for row in rows]
    troubles = open_incidents(lines)
    caps = caps_of(session, meeting)
    checks = latest_checks(session, meeting.id)
    heads = heads_counted(session, meeting.id)
    answered = _answered_contacts(session, meeting.id)
    is_over = states.MEETING.is_final(meeting.state)
    own: dict[object, list[Connection]] = defaultdict(list)
    for connection in connections:
        own[connection.holder].append(connection)
    return Board(
        meeting=meeting,
        places=tuple(
            Place(
                row=row,
                standing=_standing(meeting, own[row.id], checks.get(row.id), now, is_over=is_over),
                connections=sum(item.takes_seat_at(now) for item in own[row.id]),
                check=checks.get(row.id),
                cap=caps.rooms.get(row.id),
                counted=heads.get(row.id),
                troubles=tuple(line for line in troubles if line.place == row.id),
                contact=answered.get(row.id) or _said(row.endpoint.contact, row.endpoint.contact_phone),
            )
            for row in meeting.endpoints
        ),
        seats=_seats(meeting, connections, caps, now),
        log=standing(lines),
        rows=rows,
        open=troubles,
        messages=messages_of(session, meeting.id),
        reached=agenda_mark_of(session, meeting.id),
        alarms=alarms_of(session, meeting.id),
        roll=answers_of(session, meeting),
        recorder=recorder_state(session, meeting.id),
        room_end=end_state_of(session, meeting.id) if is_over else RoomEndState(RoomEnd.NONE),
    )


def most_connections(meeting: Meeting, connection_cap: int | None) -> int:
    """The most connections endpoints may hold: one each, never past the cap. The console's own counts beside them."""
    planned = len(meeting.endpoints)
    return planned if connection_cap is None else min(planned, connection_cap)


def _standing(
    meeting: Meeting, own: Sequence[Connection], check: ReadinessCheck | None, now: datetime, *, is_over: bool
) -> Standing:
    intervals = merged(item.interval for item in own if not item.is_recorder)
    last = LastCheck(check.at, tuple(check.problems)) if check else None
    return standing_of(intervals, last, starts_at=meeting.starts_at, now=now, is_over=is_over)


def _answered_contacts(session: Session, meeting_id: UUID) -> Mapping[UUID, str]:
    query = select(Invitation.meeting_endpoint_id, Invitation.contact_name, Invitation.contact_phone)
    rows = session.execute(query.where(Invitation.meeting_id == meeting_id))
    return {place_id: _said(name, phone) for place_id, name, phone in rows}


def _said(name: str, phone: str) -> str:
    return ", ".join(part for part in (name, phone) if part)


def _seats(meeting: Meeting, connections: Sequence[Connection], caps: MeetingCaps, now: datetime) -> Seats:
    return Seats(
        used=seats_taken(connections, now),
        most=most_connections(meeting, caps.connections),
        strangers=sum(item.holder is None and item.takes_seat_at(now) for item in connections),
    )
