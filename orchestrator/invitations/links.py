"""Personal links: made, found, told again. One link leads an endpoint to its answer page and into the room.

A token is an HMAC of the link's id under a key of the installation: 256 bits that nobody can guess. The database keeps
its SHA-256 and finds a link by that, so no comparison leaks how much of a guess was right, and a stolen backup opens
nothing; yet the installation can write the link into a mail whenever it is sent. Links are never logged.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.mail.placeholders import resolves
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.invitations.models import JoinLink
from orchestrator.meetings import states
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.refusals import MeetingOver

_LONGEST_TOKEN = 200
JOIN_SECRET, ANSWER_SECRET = "join_link", "answer_link"  # noqa: S105 (kinds of secrets, not secrets)


def create_links(
    session: Session, actor: Actor | None, meeting: Meeting, *, only: Collection[UUID] | None = None
) -> list[tuple[MeetingEndpoint, str]]:
    """A new link for every endpoint of the meeting, or for those named; older ones stop working.

    Args:
        only: ids of meeting endpoints.

    Returns:
        each meeting endpoint with its raw token.

    Raises:
        Forbidden, NotFound (an endpoint of another meeting), MeetingOver, ClassifiedRefused.
    """
    require(actor, Action.PLAN_MEETING, meeting)
    refuse_classified(meeting.classification)
    session.refresh(meeting, with_for_update={"of": Meeting})
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    places = [place for place in meeting.endpoints if only is None or place.id in only]
    if only is not None and len(places) != len(set(only)):
        raise NotFound
    _revoke(session, [place.id for place in places])
    made = [(place, _new_link(place)) for place in places]
    session.add_all(link for _, link in made)
    session.flush()
    audit.record(session, actor, "meeting.links_created", "meeting", meeting.id, count=len(made))
    return [(place, token_of(link.id)) for place, link in made]


def ensured_links(session: Session, places: Iterable[MeetingEndpoint]) -> dict[UUID, JoinLink]:
    """The live link of each place, made where there is none; the caller holds the meeting's lock."""
    places = list(places)
    links = live_links(session, [place.id for place in places])
    for place in places:
        link = links.get(place.id)
        if link is not None and hash_token(token_of(link.id)) != link.token_hash:
            # Made under another secret of the installation: it opens, but nobody can write it down again.
            _revoke(session, [place.id])
            link = None
        if link is None:
            session.add(fresh := _new_link(place))
            links[place.id] = fresh
    session.flush()
    return links


def live_links(session: Session, place_ids: Collection[UUID]) -> dict[UUID, JoinLink]:
    """Links that work, by meeting endpoint."""
    query = select(JoinLink).where(JoinLink.meeting_endpoint_id.in_(place_ids), JoinLink.revoked_at.is_(None))
    return {link.meeting_endpoint_id: link for link in session.scalars(query)}


def find_link(session: Session, token: str) -> JoinLink | None:
    """The live link behind a token; None for anything else, however long or strange."""
    if len(token) > _LONGEST_TOKEN:
        return None
    query = select(JoinLink).where(JoinLink.token_hash == hash_token(token), JoinLink.revoked_at.is_(None))
    return session.scalar(query)


def join_url(token: str) -> str:
    """The address that leads into the room."""
    return f"{current().settings.external_url}/join/{token}"


def answer_url(token: str) -> str:
    """The address of the answer page."""
    return f"{current().settings.external_url}/tra-loi/{token}"


def token_of(link_id: UUID) -> str:
    """The token of a link: 43 letters fit for an address."""
    secret = current().settings.secret_key.get_secret_value().encode()
    # A key of its own: neither the cookie's signer nor the API's tokens share it.
    key = hashlib.sha256(b"personal-link:" + secret).digest()
    return base64.urlsafe_b64encode(hmac.digest(key, link_id.bytes, "sha256")).rstrip(b"=").decode()


def hash_token(token: str) -> str:
    """Hex SHA-256; a token has 256 secret bits, so no salt and no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@resolves(JOIN_SECRET)
def _join_secret(session: Session, link_id: str) -> str | None:
    token = _token_told(session, link_id)
    return join_url(token) if token else None


@resolves(ANSWER_SECRET)
def _answer_secret(session: Session, link_id: str) -> str | None:
    token = _token_told(session, link_id)
    return answer_url(token) if token else None


def _token_told(session: Session, link_id: str) -> str | None:
    """The token for a mail that is being sent; None where the link was replaced meanwhile."""
    link = session.get(JoinLink, UUID(link_id))
    if link is None or link.revoked_at is not None:
        return None
    token = token_of(link.id)
    return token if hash_token(token) == link.token_hash else None


def _new_link(place: MeetingEndpoint) -> JoinLink:
    identity = uuid4()
    return JoinLink(
        id=identity,
        meeting_endpoint_id=place.id,
        token_hash=hash_token(token_of(identity)),
        revoked_at=None,
        first_used_at=None,
    )


def _revoke(session: Session, place_ids: list[UUID]) -> None:
    session.execute(
        update(JoinLink)
        .where(JoinLink.meeting_endpoint_id.in_(place_ids), JoinLink.revoked_at.is_(None))
        .values(revoked_at=current().clock())
    )
