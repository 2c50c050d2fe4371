"""A Jibri as CONTRACTS §9 tells it. READ, NEVER RUN: taken from its sources, no real recorder was ever asked.

Health, startService, stopService over a real socket; a stop runs the finalize script given, blocking, as Jibri does.
"""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.fakes.http import Answer, LoopbackServer

_API = "/jibri/api/v1.0"


class FakeJibri:
    """`busy` and `healthy` may be set by a test; `started` keeps what was asked for."""

    def __init__(self, recordings: Path | None = None, finalize: list[str] | None = None) -> None:
        self.busy = "IDLE"
        self.healthy = True
        self.started: list[dict[str, Any]] = []
        self.stops = 0
        #: Answers 200 and never begins, as a Jibri does whose browser cannot reach the room.
        self.never_begins = False
        self._recordings = recordings
        self._finalize = finalize
        self._lock = threading.Lock()
        self.server = LoopbackServer(self._answer)

    @property
    def address(self) -> str:
        return self.server.address

    def end_by_itself(self) -> None:
        """An empty room, everybody muted, the line lost."""
        with self._lock:
            self.busy = "IDLE"

    def _answer(self, handler: BaseHTTPRequestHandler, method: str, body: bytes) -> Answer:
        with self._lock:
            if (method, handler.path) == ("GET", f"{_API}/health"):
                return _json(200, self._health())
            if (method, handler.path) == ("POST", f"{_API}/startService"):
                return self._start(json.loads(body))
            if (method, handler.path) == ("POST", f"{_API}/stopService"):
                return self._stop()
        return Answer(404)

    def _health(self) -> dict[str, Any]:
        state = "HEALTHY" if self.healthy else "UNHEALTHY"
        details = {"JibriManager": {"healthStatus": state, "detail": ""}}
        return {"status": {"busyStatus": self.busy, "health": {"healthStatus": state, "details": details}}}

    def _start(self, asked: dict[str, Any]) -> Answer:
        wanted = ("sessionId", "callParams", "callLoginParams", "sinkType")
        if self.busy != "IDLE" or any(not asked.get(key) for key in wanted):
            return Answer(412)
        self.started.append(asked)
        if not self.never_begins:
            self.busy = "BUSY"
        return Answer(200)

    def _stop(self) -> Answer:
        self.stops += 1
        if self.busy == "BUSY" and self.started and self._recordings is not None:
            self._leave_session(self.started[-1])
        self.busy = "IDLE"
        return Answer(200)

    def _leave_session(self, asked: dict[str, Any]) -> None:
        assert self._recordings is not None
        folder = self._recordings / asked["sessionId"]
        folder.mkdir(parents=True)
        room = asked["callParams"]["callUrlInfo"]["callName"]
        (folder / f"{room}_2026-04-08-14-00-12.mp4").write_bytes(b"video of " + asked["sessionId"].encode())
        # Started over HTTP there is no app_data: the metadata knows the address only.
        told = {"meeting_url": f"{asked['callParams']['callUrlInfo']['baseUrl']}/{room}", "participants": []}
        (folder / "metadata.json").write_text(json.dumps(told))
        if self._finalize:
            # The exit code is only logged.
            subprocess.run([*self._finalize, str(folder)], check=False)


def _json(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value).encode(), "application/json")
