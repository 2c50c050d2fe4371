"""Settings of the site that break a promise and can be seen from here: asked for without doing anything.

Each danger names what is at stake and what to change (CONTRACTS §3 ways around, §5, §6). What does not answer is no
danger, and no proof of safety either: `make jitsi-probe` proves the rest on the running site.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.messages import say
from core.settings import Settings
from orchestrator.jitsi.client import PROSODY, JicofoClient, ProsodyClient, opens_rooms
from orchestrator.jitsi.errors import JitsiUnavailable
from orchestrator.jitsi.http import HttpPart


@dataclass(frozen=True)
class Danger:
    """A code and the sentence for the operator."""

    code: str
    sentence: str


def dangers_of(settings: Settings) -> tuple[Danger, ...]:
    """Every danger that shows itself now."""
    return tuple(Danger(code, say(f"danger_{code}")) for code in _found(settings))


def _found(settings: Settings) -> Iterator[str]:
    if settings.jitsi_jicofo_url and _shows(lambda: JicofoClient(settings).answers_conference_requests()):
        yield "conference_request"
    public = HttpPart("public", settings.jitsi_public_url) if settings.jitsi_public_url else None
    if public is not None and _shows(lambda: opens_rooms(public)):
        yield "conference_request_public"
    if public is not None and _shows(lambda: _is_json(public, "/room-census")):
        yield "census_public"
    if not settings.jitsi_prosody_url:
        return
    if _shows(lambda: ProsodyClient(settings).census() is None):
        yield "census_missing"
    if settings.jitsi_login_key is None and _shows(lambda: _ends_meetings(settings)):
        yield "end_meeting_by_anybody"


def _shows(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except JitsiUnavailable:
        return False


def _is_json(part: HttpPart, path: str) -> bool:
    reply = part.get(path)
    return reply.status == 200 and b"room_census" in reply.body


def _ends_meetings(settings: Settings) -> bool:
    """Whether `muc_end_meeting` is loaded: without a token and a room it refuses, an unknown path is 404.

    With HS256 any participant's token ends any meeting there (seen).
    """
    part = HttpPart(PROSODY, settings.jitsi_prosody_url, headers={"Host": settings.xmpp_domain})
    return part.post("/end-meeting", {}).status in (400, 401)
