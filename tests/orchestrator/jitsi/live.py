"""Clients of a live meeting in tests: they click their link, and their browser takes the token to FakeProsody."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import jwt
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime, current
from orchestrator.directory import service as directory
from orchestrator.directory.models import EndpointKind
from orchestrator.invitations.service import create_links, resolve_link
from orchestrator.live.models import PresenceInterval
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.service import plan_meeting
from tests.fakes.prosody import FakeProsody
from tests.fakes.prosody_site import Outcome
from tests.orchestrator.conftest import Ministry, plan_of


@dataclass(frozen=True)
class Live:
    """A planned meeting that may be entered now: its room and the personal links of its endpoints."""

    meeting_id: UUID
    room: str
    links: tuple[str, ...]
    place_ids: tuple[UUID, ...]


def build_live(
    session: Session, operator: Actor, administrator: Actor, ministry: Ministry, *, endpoints: int = 4
) -> Live:
    """Plan a meeting that begins a minute after the runtime's present, and commit it: others read it."""
    now = current().clock().replace(microsecond=0)
    added = [
        directory.create_endpoint(session, administrator, _component(n, ministry.units[1].id))
        for n in range(endpoints - len(ministry.endpoints))
    ]
    places = [*ministry.endpoints, *added][:endpoints]
    plan = plan_of(
        ministry,
        starts_at=now + timedelta(minutes=1),
        ends_at=now + timedelta(minutes=91),
        endpoints=[PlannedEndpoint(place.id, 1, is_central=n == 0) for n, place in enumerate(places)],
    )
    meeting = plan_meeting(session, operator, plan)
    links = create_links(session, operator, meeting)
    live = Live(meeting.id, meeting.room_name or "", tuple(token for _, token in links), tuple(p.id for p, _ in links))
    session.commit()
    return live


def _component(number: int, unit_id: UUID) -> directory.NewEndpoint:
    name = f"Điểm cầu thành phần {number:02}"
    return directory.NewEndpoint(f"TP-{number:02}", name, EndpointKind.COMPONENT, unit_id)


def token_of(runtime: Runtime, live: Live, place: int) -> str:
    """The token a click on this endpoint's link leads to."""
    with runtime.database.transaction() as session:
        answer = resolve_link(session, live.links[place], runtime.clock())
    assert answer.url is not None, answer
    return parse_qs(urlsplit(answer.url).query)["jwt"][0]


def enter(runtime: Runtime, prosody: FakeProsody, live: Live, place: int) -> Outcome:
    """Click and go in, as the endpoint's browser does: it calls itself what the token calls it."""
    return carry(prosody, live.room, token_of(runtime, live, place))


def carry(prosody: FakeProsody, room: str, token: str) -> Outcome:
    """A browser with this token."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return prosody.join(room, token, display_name=claims["context"]["user"]["name"])


def open_stays(runtime: Runtime, live: Live) -> list[PresenceInterval]:
    """Rows of connections that are in."""
    with runtime.database.transaction() as session:
        query = select(PresenceInterval).where(
            PresenceInterval.meeting_id == live.meeting_id, PresenceInterval.left_at.is_(None)
        )
        return list(session.scalars(query))


def present(runtime: Runtime, live: Live) -> list[int]:
    """Numbers of the endpoints that are in, each connection once; -1 for one of no endpoint."""
    numbers = {place: number for number, place in enumerate(live.place_ids)}
    return sorted(numbers.get(row.meeting_endpoint_id, -1) for row in open_stays(runtime, live))  # type: ignore[arg-type]


def truth(prosody: FakeProsody, live: Live) -> list[int]:
    """The same, as it really is."""
    room = prosody.room(live.room)
    numbers = {str(place): number for number, place in enumerate(live.place_ids)}
    people = room.occupants.values() if room else ()
    return sorted(numbers.get(str(one.user.get("id")), -1) for one in people)


def meeting_of(runtime: Runtime, live: Live) -> Meeting:
    """The meeting as stored now."""
    with runtime.database.transaction() as session:
        return session.get_one(Meeting, live.meeting_id)


def real_time(runtime: Runtime) -> Runtime:
    """The runtime with the machine's clock: a process of our own knows no other."""
    return replace(runtime, clock=lambda: datetime.now(UTC))
