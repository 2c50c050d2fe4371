"""`mod_reservations` as CONTRACTS §3 tells it: asks the service over a real socket, once per life of a room.

Verbatim form, retries on 5xx and broken lines, none on a time-out; refusals remembered and evicted by a timer of 60 s.
"""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.prosody_site import Refused, Site

REMEMBERED_SECONDS = 30
TIMER_SECONDS = 60
#: util.datetime: a T, seconds, fraction allowed; without a zone it is taken as UTC.
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|([+-]\d\d):?(\d\d))?")
INVALID = (500, "Invalid response from reservation server")


@dataclass
class Reservation:
    """What Prosody knows of a room: pending, granted, or refused for a while."""

    room: str
    asked_at: float
    meeting_id: str | None = None
    ends_at: float | None = None
    max_occupants: float | None = None
    lobby: bool = False
    password: str | None = None
    error: tuple[int, str] | None = None
    done: threading.Event = field(default_factory=threading.Event)


class Reservations:
    """The module's memory and its calls. `calls` keeps `METHOD path` in order, `forms` the bodies as sent."""

    def __init__(self, site: Site, now: Callable[[], float]) -> None:
        self._site = site
        self._now = now
        self._known: dict[str, Reservation] = {}
        self._lock = threading.Lock()
        self.calls: list[str] = []
        self.forms: list[str] = []
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="reservations")
        self._pending: list[Future[tuple[int, str]]] = []

    def ask(self, room: str, owner: str) -> Reservation:
        """Wait for the answer of the service; whoever comes meanwhile waits for the same. Raises Refused."""
        with self._lock:
            known = self._known.get(room.lower())
            mine = known is None
            if known is None:
                known = self._known[room.lower()] = Reservation(room, self._now())
        if mine:
            self._fill(known, owner)
            known.done.set()
        known.done.wait()
        if known.error is not None:
            code, text = known.error
            raise Refused(
                "conference-request",
                type="cancel",
                condition="service-unavailable",
                text=text,
                reservation_error={"error-code": str(code)},
            )
        return known

    def give_back(self, room: str) -> None:
        """The room died: DELETE in the background, tried again like the rest, then forgotten."""
        with self._lock:
            known = self._known.pop(room.lower(), None)
        if known is not None and known.meeting_id is not None:
            path = f"/conference/{known.meeting_id}"
            self._pending.append(self._pool.submit(self._call, "DELETE", path, None))

    def settle(self) -> None:
        """Wait until every DELETE so far was taken or given up."""
        pending, self._pending = self._pending, []
        wait(pending)

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def forget_everything(self) -> None:
        with self._lock:
            self._known.clear()

    def tick(self, now: float) -> list[str]:
        """The timer of 60 s: old refusals go; rooms whose time is over are named, for somebody to destroy them."""
        with self._lock:
            for room, known in list(self._known.items()):
                if known.error is not None and now - known.asked_at >= REMEMBERED_SECONDS:
                    del self._known[room]
            return [room for room, known in self._known.items() if known.ends_at is not None and known.ends_at <= now]

    def evict(self, room: str) -> None:
        """A reservation whose room never arose ends without a word."""
        with self._lock:
            self._known.pop(room, None)

    def _fill(self, known: Reservation, owner: str) -> None:
        moment = datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        form = "&".join(
            f"{key}={_encoded(value)}"
            for key, value in (("start_time", moment), ("mail_owner", owner), ("name", known.room))
        )
        self.forms.append(form)
        status, body = self._call("POST", "/conference", form)
        if status == 409:
            conflict = _json(body).get("conflict_id")
            if conflict is None:
                known.error = (409, _message(body))
                return
            status, body = self._call("GET", f"/conference/{conflict}", None)
        if status == -1:
            known.error = (500, "Reservation lookup timed out")
        elif status not in (200, 201):
            known.error = (status, _message(body))
        else:
            self._read(known, body)

    def _read(self, known: Reservation, body: str) -> None:
        """Take the plan over, or find it invalid as a whole."""
        data = _json(body)
        starts_at, duration = _moment(data.get("start_time")), _number(data.get("duration"))
        owner, name = data.get("mail_owner", False), data.get("name")
        whole = data.get("id") is not None and owner is not False and owner is not None
        if not whole or starts_at is None or duration is None or str(name).lower() != known.room.lower():
            known.error = INVALID
            return
        if self._site.honour_max_occupants and "max_occupants" in data:
            known.max_occupants = _number(data["max_occupants"])
            if known.max_occupants is None or known.max_occupants < 1:
                known.error = INVALID
                return
        if self._site.honour_password and "password" in data:
            if not isinstance(data["password"], str):
                known.error = INVALID
                return
            known.password = data["password"]
        known.lobby = self._site.honour_lobby and data.get("lobby") in (True, "true")
        if starts_at + duration <= self._now():
            known.error = (419, "Reservation expired")
            return
        known.meeting_id, known.ends_at = str(data["id"]), starts_at + duration

    def _call(self, method: str, path: str, form: str | None) -> tuple[int, str]:
        """One call with its retries. Status 0: no line; -1: no answer in time, which is not tried again."""
        status, body = 0, ""
        for attempt in range(self._site.api_retries + 1):
            if attempt:
                time.sleep(self._site.api_retry_delay * self._site.scale)
            self.calls.append(f"{method} {path}")
            status, body = self._once(method, path, form)
            if 0 < status < 500 or status == -1:
                break
        return status, body

    def _once(self, method: str, path: str, form: str | None) -> tuple[int, str]:
        address = urlsplit(self._site.api_prefix)
        headers = {"Connection": "close", "User-Agent": "Prosody (13.0.1; posix)", **self._site.api_headers}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=self._site.api_timeout)
        try:
            connection.request(method, address.path + path, form, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except TimeoutError:
            return -1, ""
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


def _encoded(value: str) -> str:
    """Percent-encoding with lower-case hex, as util.http does it."""
    return re.sub(
        rb"[^a-zA-Z0-9.~_-]", lambda found: b"%%%02x" % found[0][0], value.encode("utf-8", "surrogateescape")
    ).decode()


def _json(body: str) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _message(body: str) -> str:
    found = _json(body).get("message")
    return found if isinstance(found, str) else "Rejected by reservation server"


def _moment(value: object) -> float | None:
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    zone = f"{found[2]}:{found[3]}" if found[2] else "+00:00"
    return datetime.fromisoformat(found[1] + zone).timestamp()


def _number(value: object) -> float | None:
    """Lua's tonumber."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None
