"""Addresses that must not answer to the world (CONTRACTS §3, §5, §6), asked over HTTP as anybody could.

A Jitsi web server answers nearly every path with its start page, so a page proves nothing: what counts is whether the
thing behind the path has answered.
"""

import json
from typing import Any

import requests

from orchestrator.jitsi.probe.findings import Check, Finding, broken, held, unchecked
from orchestrator.jitsi.probe.site import Site

#: seconds to connect, seconds to answer
TIMEOUT = (4, 10)
_MOST_BYTES = 256 * 1024


def conference_request(site: Site) -> Finding:
    """`/conference-request/v1` makes rooms past the reservation, for anybody. Asked without a room, it makes none."""
    answer = _ask(site, "POST", f"{site.public_url}/conference-request/v1", content={"properties": {}})
    if answer is None:
        return unchecked(Check.CONFERENCE_REQUEST, "no_answer", address=site.public_url)
    status, body = answer
    if status in (404, 405, 410, 403) or _is_page(body):
        return held(Check.CONFERENCE_REQUEST, "path_shut", status=status)
    if status in (502, 503, 504):
        return held(Check.CONFERENCE_REQUEST, "route_left", status=status)
    return broken(Check.CONFERENCE_REQUEST, "conference_request_open", status=status)


def room_size(site: Site, room: str) -> Finding:
    """Who is in a room is nobody's business outside."""
    query = f"room={room}&domain={site.domain}"
    paths = [f"/room-size?{query}", f"/room?{query}", "/sessions"]
    return _not_public(site, Check.ROOM_SIZE, paths)


def room_census(site: Site) -> Finding:
    """Which rooms there are is nobody's business outside."""
    return _not_public(site, Check.ROOM_CENSUS, ["/room-census"])


def end_meeting(site: Site, room: str, token: str) -> Finding:
    """A participant's token must not end a meeting. The room of the probe is at stake, nobody else's."""
    checked = []
    for base in filter(None, (site.public_url, site.prosody_url)):
        address = f"{base}/end-meeting?conference={room}@{site.muc_domain}"
        host = site.domain if base == site.prosody_url else ""
        answer = _ask(site, "POST", address, token=token, host=host)
        if answer is None:
            return unchecked(Check.END_MEETING, "no_answer", address=base)
        status, body = answer
        if status in (200, 204) and not _is_page(body):
            return broken(Check.END_MEETING, "end_meeting_open", address=base)
        checked.append(status)
    if any(status in (401, 403) for status in checked):
        return held(Check.END_MEETING, "end_meeting_refused", status=next(s for s in checked if s in (401, 403)))
    if not site.prosody_url:
        return held(Check.END_MEETING, "end_meeting_hidden", status=checked[0])
    return held(Check.END_MEETING, "path_shut", status=checked[-1])


def _not_public(site: Site, check: Check, paths: list[str]) -> Finding:
    for path in paths:
        answer = _ask(site, "GET", site.public_url + path)
        if answer is None:
            return unchecked(check, "no_answer", address=site.public_url)
        status, body = answer
        if status == 200 and not _is_page(body) and _tells_something(body):
            return broken(check, "path_public", path=path.partition("?")[0])
    return held(check, "path_shut", status=status)


def _tells_something(body: str) -> bool:
    """JSON or a plain number: a module of Prosody has answered."""
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _is_page(body: str) -> bool:
    return body.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<head", "<!--"))


def _ask(
    site: Site, method: str, address: str, *, content: Any = None, token: str = "", host: str = ""
) -> tuple[int, str] | None:
    """Status and beginning of the body; None where nobody answers."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if host:
        headers["Host"] = host
    try:
        with requests.request(
            method,
            address,
            json=content,
            headers=headers,
            timeout=TIMEOUT,
            allow_redirects=False,
            verify=str(site.ca_file) if site.ca_file else True,
            stream=True,
        ) as answer:
            body = answer.raw.read(_MOST_BYTES, decode_content=True)
            return answer.status_code, body.decode("utf-8", "replace")
    except (requests.RequestException, OSError):
        return None
