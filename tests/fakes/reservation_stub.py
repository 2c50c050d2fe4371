"""A reservation service that answers as a `plan` of the conformance table says; keeps the calls it got."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from tests.fakes.http import Answer, LoopbackServer

#: Keys of a plan that steer the stub; all others go into the answer as they are, null included.
_STEERING = frozenset({"status", "message", "body", "raw", "start_offset"})


class ReservationStub:
    """`plan` None: no booking is known, answered with 403."""

    def __init__(self, plan: dict[str, Any] | None) -> None:
        self._plan = plan
        self._lock = threading.Lock()
        self.calls: list[str] = []
        self.server = LoopbackServer(self._answer)

    def _answer(self, handler: BaseHTTPRequestHandler, method: str, body: bytes) -> Answer:
        with self._lock:
            self.calls.append(f"{method} {handler.path}")
        if method == "DELETE":
            return _json(200, {})
        if method == "GET":
            return _json(404, {"message": "unknown"})
        if self._plan is None:
            return _json(403, {"message": "Phòng họp không có trong kế hoạch"})
        form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        return self._planned(self._plan, form)

    def _planned(self, plan: dict[str, Any], form: dict[str, str]) -> Answer:
        status = plan.get("status", 200)
        if "raw" in plan:
            return Answer(status, plan["raw"].encode(), "text/html")
        if status == 204:
            return Answer(204)
        if status >= 400:
            return _json(status, plan.get("body", {"message": plan.get("message", "")}))
        starts_at = datetime.now(UTC) + timedelta(seconds=plan.get("start_offset", 0))
        answer = {
            "id": "mtg-1",
            "name": form["name"],
            "mail_owner": form["mail_owner"],
            "start_time": starts_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "duration": 3600,
            **{key: value for key, value in plan.items() if key not in _STEERING},
        }
        if answer["start_time"] == "@+07:00":
            there = starts_at + timedelta(hours=7)
            answer["start_time"] = there.strftime("%Y-%m-%dT%H:%M:%S+07:00")
        return _json(status, answer)


def _json(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json")
