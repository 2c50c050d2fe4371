"""Prosody's own HTTP (CONTRACTS §5, §6): muc_size, muc_census, muc_end_meeting; answers only to the name of its host.

Not loaded, unknown host, unknown path: 404 alike, as Prosody does it.
"""

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fakes.http import Answer, LoopbackServer
from tests.fakes.prosody_site import Refused, Room
from tests.fakes.prosody_tokens import KeyRing, verify_token

if TYPE_CHECKING:
    from tests.fakes.prosody import FakeProsody


class ProsodyHttp:
    """A server on a port of its own. `hang` makes every answer wait that many seconds."""

    def __init__(self, prosody: "FakeProsody") -> None:
        self._prosody = prosody
        self._system_keys = KeyRing(prosody.site.system_key_server)
        self.asked: list[str] = []
        self.server = LoopbackServer(self._answer)

    def _answer(self, handler: BaseHTTPRequestHandler, method: str, _body: bytes) -> Answer:
        self.asked.append(f"{method} {handler.path}")
        host = (handler.headers.get("Host") or "").partition(":")[0]
        address = urlsplit(handler.path)
        site = self._prosody.site
        if host != site.domain:
            return Answer(404, b"<h1>Unknown host</h1>", "text/html")
        # Parameters are not URL-decoded in this version.
        query = dict(part.partition("=")[::2] for part in address.query.split("&") if part)
        if method == "GET" and "muc_size" in site.http_modules:
            if address.path == "/sessions":
                return Answer(200, str(self._prosody.sessions()).encode(), "text/plain")
            if address.path in ("/room-size", "/room"):
                return self._room(address.path, query)
        if method == "GET" and address.path == "/room-census" and "muc_census" in site.http_modules:
            return _json(200, {"room_census": [self._census(room) for room in self._prosody.rooms()]})
        if method == "POST" and address.path == "/end-meeting" and "muc_end_meeting" in site.http_modules:
            return self._end(query, handler.headers.get("Authorization"))
        return Answer(404, b"<h1>Whatever you are looking for is not here</h1>", "text/html")

    def _room(self, path: str, query: dict[str, str]) -> Answer:
        if not query.get("room"):
            return Answer(400)
        room = self._prosody.room(query["room"]) if query.get("domain") == self._prosody.site.domain else None
        if room is None:
            return Answer(404)
        if path == "/room-size":
            # Occupants less one for focus, but 1 when only focus is in.
            return _json(200, {"participants": max(len(room.occupants), 1)})
        muc = self._prosody.site.muc
        everybody = [
            {"jid": f"{room.name}@{muc}/{one.nick}", "email": "", "display_name": one.display_name}
            for one in room.occupants.values()
        ]
        return _json(200, everybody)

    def _census(self, room: Room) -> dict[str, Any]:
        told = {"room_name": f"{room.name}@{self._prosody.site.muc}", "participants": len(room.occupants)}
        return told | {"created_time": str(room.created_at * 1000), "leaked": False}

    def _end(self, query: dict[str, str], authorization: str | None) -> Answer:
        site = self._prosody.site
        scheme, _, token = (authorization or "").partition(" ")
        if scheme != "Bearer":
            return Answer(401)
        if site.key_server is None and site.system_key_server is not None:
            # HS256 with a key address of its own: no token can ever verify (CONTRACTS §6, seen).
            return Answer(401)
        try:
            # Without an address of its own the module takes whatever lets people in.
            keys = self._system_keys if site.system_key_server else self._prosody.keys
            verify_token(token, site, keys, self._prosody.now())
        except Refused:
            return Answer(401)
        if not query.get("conference"):
            return Answer(400)
        done = self._prosody.destroy(query["conference"].partition("@")[0])
        return Answer(200 if done else 404)


def _json(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value).encode(), "application/json")
