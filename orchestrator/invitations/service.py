"""Personal links: make them, and answer a click with a fresh token or with the reason why not.

The token of a link is random, shown once and kept only as SHA-256; a link is found by the hash, so no comparison leaks
how much of a guess was right. Neither links nor tokens are ever logged.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.messages import say
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.invitations.models import JoinLink
from orchestrator.jitsi.keys import signing_key
from orchestrator.jitsi.tokens import Grant, Issuer, mint_token
from orchestrator.live.service import seats_in_use
from orchestrator.meetings import states
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.doors import Door, last_moment
from orchestrator.meetings.entrance import door_of, door_plan, door_sentence, opens_at
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.refusals import MeetingOver

_TOKEN_BYTES = 32
_LONGEST_TOKEN = 200


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


def create_links(
    session: Session, actor: Actor | None, meeting: Meeting, *, only: Collection[UUID] | None = None
) -> list[tuple[MeetingEndpoint, str]]:
    """A new link for every endpoint of the meeting, or for those named; older ones stop working.

    Args:
        only: ids of meeting endpoints.

    Returns:
        each meeting endpoint with its raw token, which is not kept and cannot be shown again.

    Raises:
        Forbidden, NotFound (an endpoint of another meeting), MeetingOver, ClassifiedRefused.
    """
    require(actor, Action.PLAN_MEETING, meeting)
    refuse_classified(meeting.classification)
    session.refresh(meeting, with_for_update=True)
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    places = [place for place in meeting.endpoints if only is None or place.id in only]
    if only is not None and len(places) != len(set(only)):
        raise NotFound
    _revoke(session, [place.id for place in places])
    links = [(place, secrets.token_urlsafe(_TOKEN_BYTES)) for place in places]
    session.add_all(
        JoinLink(meeting_endpoint_id=place.id, token_hash=hash_token(token), revoked_at=None, first_used_at=None)
        for place, token in links
    )
    audit.record(session, actor, "meeting.links_created", "meeting", meeting.id, count=len(links))
    return links


def join_url(token: str) -> str:
    """The address that goes into an invitation."""
    return f"{current().settings.external_url}/join/{token}"


def resolve_link(session: Session, token: str, now: datetime) -> LinkAnswer:
    """Answer a click: a redirect with a token minted for this click, or what stands against it."""
    link = _find(session, token)
    if link is None:
        return LinkAnswer(LinkStatus.UNKNOWN, say("door_unknown"))
    place = link.meeting_endpoint
    meeting = place.meeting
    door = door_of(meeting, now)
    if door is not Door.OPEN:
        return _answer(LinkStatus(door.value), door_sentence(meeting, now), place)
    seats = len(meeting.endpoints)
    if seats_in_use(session, meeting.id, now, besides=place.id) >= seats:
        return _answer(LinkStatus.FULL, say("door_full", title=meeting.title, seats=seats), place)
    link.first_used_at = link.first_used_at or now
    return _answer(LinkStatus.READY, door_sentence(meeting, now), place, url=_room_url(place, now))


def hash_token(token: str) -> str:
    """Hex SHA-256; a token has 256 random bits, so no salt and no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _find(session: Session, token: str) -> JoinLink | None:
    if len(token) > _LONGEST_TOKEN:
        return None
    query = select(JoinLink).where(JoinLink.token_hash == hash_token(token), JoinLink.revoked_at.is_(None))
    return session.scalar(query)


def _revoke(session: Session, place_ids: list[UUID]) -> None:
    session.execute(
        update(JoinLink)
        .where(JoinLink.meeting_endpoint_id.in_(place_ids), JoinLink.revoked_at.is_(None))
        .values(revoked_at=current().clock())
    )


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
