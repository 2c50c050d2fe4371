"""Jicofo and a video bridge as CONTRACTS §10 and §11 tell them. READ, NEVER RUN."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes.http import Answer, LoopbackServer


class FakeJicofo:
    """`opens_rooms`: its `/conference-request/v1` is switched on, which a site must not leave so."""

    def __init__(self, *, opens_rooms: bool = False) -> None:
        self.health_status = 200
        self.opens_rooms = opens_rooms
        self.asked_for: list[bytes] = []
        self.server = LoopbackServer(self._answer)

    @property
    def address(self) -> str:
        return self.server.address

    def _answer(self, handler: BaseHTTPRequestHandler, method: str, body: bytes) -> Answer:
        if handler.path == "/about/health":
            return Answer(self.health_status)
        if handler.path == "/stats":
            told = {"conferences": 2, "participants": 17, "visitors": 0, "jibri": {"recording_active": 1}}
            return _json(200, told)
        if handler.path == "/conference-request/v1" and self.opens_rooms:
            self.asked_for.append(body)
            return Answer(200 if json.loads(body or b"{}").get("room") else 400) if method == "POST" else Answer(405)
        return Answer(404)


class FakeBridge:
    """`colibri`: its REST is on (`videobridge.apis.rest.enabled`)."""

    def __init__(self, *, colibri: bool = True) -> None:
        self.health_status = 200
        self.colibri = colibri
        self.server = LoopbackServer(self._answer)

    @property
    def address(self) -> str:
        return self.server.address

    def _answer(self, handler: BaseHTTPRequestHandler, method: str, _body: bytes) -> Answer:
        if handler.path == "/about/health":
            return Answer(self.health_status)
        if handler.path == "/colibri/stats" and self.colibri:
            return _json(200, {"conferences": 2, "endpoints": 17, "stress_level": 0.21, "bit_rate_download": 9000})
        return Answer(404)


def _json(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value).encode(), "application/json")
