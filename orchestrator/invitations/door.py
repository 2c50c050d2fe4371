"""A click on a personal link: a fresh token and the way into the room, or the sentence that says why not.

The seat is given under the meeting's row lock, so that thirty who click at once for twenty seats are exactly twenty.
Tokens are minted per click, name the endpoint as the user (CONTRACTS §1, §4) and are never logged.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.messages import say
from core.runtime import current
from orchestrator.caps import service as caps
from orchestrator.invitations.links import find_link
from orchestrator.invitations.models import JoinGrant
from orchestrator.invitations.seats import has_room, holders, strangers
from orchestrator.jitsi.keys import signing_key
from orchestrator.jitsi.tokens import Grant, Issuer, mint_token
from orchestrator.live.models import PresenceInterval
from orchestrator.live.service import connections_of
from orchestrator.meetings.doors import Door, last_moment
from orchestrator.meetings.entrance import door_of, door_plan, door_sentence, opens_at
from orchestrator.meetings.models import Meeting, MeetingEndpoint


class LinkStatus(StrEnum):
    """What a click on a link leads to."""

    READY = "ready"
    NOT_YET = "not_yet"
    FULL = "full"
    CANCELLED = "cancelled"
    ENDED = "ended"
    CLASSIFIED = "classified"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LinkAnswer:
    """The answer to a click: where to go, or a sentence. `url` carries a token: redirect to it, never log it."""

    status: LinkStatus
    sentence: str
    title: str = ""
    endpoint_name: str = ""
    starts_at: datetime | None = None
    opens_at: datetime | None = None
    url: str | None = field(default=None, repr=False)


def resolve_link(session: Session, token: str, now: datetime) -> LinkAnswer:
    """Answer a click: a redirect with a token minted for this click, or what stands against it."""
    link = find_link(session, token)
    if link is None:
        return LinkAnswer(LinkStatus.UNKNOWN, say("door_unknown"))
    place = link.meeting_endpoint
    meeting = place.meeting
    door = door_of(meeting, now)
    if door is not Door.OPEN:
        return _answer(LinkStatus(door.value), door_sentence(meeting, now), place)
    seats = endpoint_seats(session, meeting)
    if not _take_seat(session, place, seats, now):
        return _answer(LinkStatus.FULL, say("door_full", title=meeting.title, seats=seats), place)
    link.first_used_at = link.first_used_at or now
    return _answer(LinkStatus.READY, door_sentence(meeting, now), place, url=_room_url(place, now))


def endpoint_seats(session: Session, meeting: Meeting) -> int:
    """Seats for endpoints: one each, at most what the strictest cap on connections leaves beside the console's own."""
    day = in_vietnam(meeting.starts_at).date()
    cap = caps.connection_cap(session, day, kind=meeting.kind, meeting_id=meeting.id)
    planned = len(meeting.endpoints)
    if cap is None:
        return planned
    console = select(
        exists().where(
            PresenceInterval.meeting_id == meeting.id, PresenceInterval.is_console, PresenceInterval.left_at.is_(None)
        )
    )
    return min(planned, cap - bool(session.scalar(console)))


def _take_seat(session: Session, place: MeetingEndpoint, seats: int, now: datetime) -> bool:
    """Give the endpoint its seat, or say that none is left. Clicks of one meeting wait for each other here."""
    # NO KEY: events of the room, which only refer to the meeting, need not wait.
    session.execute(select(Meeting.id).where(Meeting.id == place.meeting_id).with_for_update(key_share=True))
    rows = session.execute(
        select(JoinGrant.meeting_endpoint_id, JoinGrant.granted_at).where(JoinGrant.meeting_id == place.meeting_id)
    )
    grants: dict[UUID, datetime] = {holder: granted_at for holder, granted_at in rows}
    connections = connections_of(session, place.meeting_id)
    central = place.meeting.central_endpoint
    held = holders(grants, connections, now)
    if not has_room(place.id, held, strangers(connections, now), seats, central.id if central else None):
        return False
    row = insert(JoinGrant).values(
        id=uuid4(), meeting_id=place.meeting_id, meeting_endpoint_id=place.id, granted_at=now, clicks=1
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=["meeting_endpoint_id"], set_={"granted_at": now, "clicks": JoinGrant.clicks + 1}
        )
    )
    return True


def _answer(status: LinkStatus, sentence: str, place: MeetingEndpoint, *, url: str | None = None) -> LinkAnswer:
    meeting = place.meeting
    return LinkAnswer(
        status=status,
        sentence=sentence,
        title=meeting.title,
        endpoint_name=place.endpoint.name,
        starts_at=meeting.starts_at,
        opens_at=opens_at(meeting),
        url=url,
    )


def _room_url(place: MeetingEndpoint, now: datetime) -> str:
    settings = current().settings
    meeting = place.meeting
    room = meeting.room_name or ""
    grant = Grant(
        room=room,
        user_id=str(place.id),
        user_name=place.endpoint.name,
        room_ends_at=last_moment(door_plan(meeting)),
        is_moderator=place.is_central,
        group=str(meeting.id),
    )
    issuer = Issuer(settings.jitsi_app_id, settings.jitsi_domain)
    token = mint_token(grant, issuer, signing_key(settings), now)
    return f"https://{settings.jitsi_domain}/{quote(room)}?jwt={token}"
