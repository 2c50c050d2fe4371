"""What we ask the parts of the site's Jitsi (CONTRACTS §5, §9-§11): values out, `JitsiUnavailable` where they fail.

Prosody's answers were seen on a real one; those of Jibri, Jicofo and the bridge were read in their sources, never run.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.settings import Settings
from orchestrator.jitsi.errors import JitsiAnswerUnreadable, JitsiUnavailable, PartNotConfigured
from orchestrator.jitsi.http import HttpPart, Reply

PROSODY, JIBRI, JICOFO, BRIDGE = "Máy chủ họp (Prosody)", "Máy ghi (Jibri)", "Điều phối (Jicofo)", "Cầu hình (JVB)"
#: Jibri answers a stop only after its finalize script has run.
STOP_SECONDS = 120.0


@dataclass(frozen=True)
class CensusRoom:
    """One line of `/room-census`: people without focus (0 is really 0), the recorder counted."""

    name: str
    host: str
    participants: int
    created_at: datetime | None
    leaked: bool


@dataclass(frozen=True)
class RoomVoice:
    """One line of `/room`: the occupant's nick and what its client calls itself, which nobody has verified."""

    nick: str
    display_name: str


class ProsodyClient:
    """Prosody's HTTP, answered only to the name of its virtual host."""

    def __init__(self, settings: Settings) -> None:
        if not settings.jitsi_prosody_url:
            raise PartNotConfigured(part=PROSODY, setting="DIEMCAU_JITSI_PROSODY_URL")
        self._domain = settings.xmpp_domain
        self._http = HttpPart(PROSODY, settings.jitsi_prosody_url, headers={"Host": self._domain})

    def census(self) -> tuple[CensusRoom, ...] | None:
        """Every room that lives; None where `muc_census` is not loaded. Raises JitsiUnavailable."""
        reply = self._http.get("/room-census")
        if reply.status == 404:
            return None
        listed = _good(reply).mapping().get("room_census")
        # Lua writes an empty table as an object.
        if not listed:
            return ()
        if not isinstance(listed, list):
            raise JitsiAnswerUnreadable(part=PROSODY, reason="room_census")
        return tuple(_census_room(item) for item in listed)

    def room_size(self, room: str) -> int | None:
        """People in a room by `muc_size`, the recorder counted; None without a room.

        1 may also mean 0: only focus is in (CONTRACTS §5, seen). `occupants` tells the two apart.

        Raises:
            JitsiUnavailable. A 404 is only believed where the module is known to answer: see `measures_rooms`.
        """
        reply = self._room_call("/room-size", room)
        if reply.status == 404:
            return None
        return _count(_good(reply).mapping().get("participants"), "participants")

    def measures_rooms(self) -> bool:
        """Whether `muc_size` is loaded: without a question it answers 400; an unknown path is 404, like no room."""
        return self._http.get("/room-size").status == 400

    def occupants(self, room: str) -> tuple[RoomVoice, ...] | None:
        """Who is in a room, focus left out, the recorder not; None without a room. Raises JitsiUnavailable."""
        reply = self._room_call("/room", room)
        if reply.status == 404:
            return None
        listed = _good(reply).json()
        if not listed:
            return ()
        if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
            raise JitsiAnswerUnreadable(part=PROSODY, reason="/room")
        return tuple(
            RoomVoice(str(item.get("jid", "")).partition("/")[2], _text(item.get("display_name"))) for item in listed
        )

    def sessions(self) -> int | None:
        """Client sessions of the whole server; None where the module is not loaded. Raises JitsiUnavailable."""
        reply = self._http.get("/sessions")
        if reply.status == 404:
            return None
        return _count(_good(reply).body.decode("ascii", "replace").strip(), "sessions")

    def _room_call(self, path: str, room: str) -> Reply:
        # Parameters are not URL-decoded there; our room names need no encoding.
        return self._http.get(path, {"room": room, "domain": self._domain})


class Busy(StrEnum):
    """What a recorder is doing; EXPIRED: it must be started anew after a service."""

    IDLE = "IDLE"
    BUSY = "BUSY"
    EXPIRED = "EXPIRED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class RecorderHealth:
    """`/jibri/api/v1.0/health`."""

    busy: Busy
    is_healthy: bool
    environment: str = ""
    detail: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it would take a recording now."""
        return self.busy is Busy.IDLE and self.is_healthy


class JibriClient:
    """One recorder (CONTRACTS §9, read). It has no sign-in of its own: its address belongs on a private network."""

    def __init__(self, settings: Settings, address: str) -> None:
        self._settings = settings
        self.address = address
        self._http = HttpPart(JIBRI, address)

    def health(self) -> RecorderHealth:
        """Raises JitsiUnavailable."""
        return read_recorder_health(_good(self._http.get("/jibri/api/v1.0/health")).mapping())

    def start(self, session_id: UUID, room: str) -> None:
        """Have it record a room to a file; 200 only says that it will try.

        Raises:
            JitsiUnavailable: no answer, busy (412), or broken (500).
        """
        body = {
            "sessionId": str(session_id),
            "callParams": {"callUrlInfo": {"baseUrl": f"https://{self._settings.jitsi_domain}", "callName": room}},
            "callLoginParams": {
                "domain": self._settings.recorder_domain,
                "username": self._settings.jitsi_recorder_user,
                "password": self._settings.jitsi_recorder_password.get_secret_value(),
            },
            "sinkType": "file",
        }
        _good(self._http.post("/jibri/api/v1.0/startService", body))

    def stop(self) -> None:
        """End what it does; it answers after the file is closed and its finalize script has run."""
        _good(self._http.post("/jibri/api/v1.0/stopService", {}, read_seconds=STOP_SECONDS))


def read_recorder_health(told: Mapping[str, Any]) -> RecorderHealth:
    """Read `{"status": {"busyStatus", "health"}}`, as the health call and the status webhook send it."""
    status = _mapping(told.get("status"))
    health = _mapping(status.get("health"))
    try:
        busy = Busy(_text(status.get("busyStatus")).upper())
    except ValueError:
        busy = Busy.UNKNOWN
    details = _mapping(health.get("details"))
    sick = [name for name, value in details.items() if _detail_state(value) not in ("", "HEALTHY")]
    return RecorderHealth(
        busy,
        _text(health.get("healthStatus")).upper() == "HEALTHY",
        _text(_mapping(told.get("environmentContext")).get("name")),
        ", ".join(sick)[:200],
    )


class JicofoClient:
    """The focus (CONTRACTS §10, read)."""

    def __init__(self, settings: Settings) -> None:
        if not settings.jitsi_jicofo_url:
            raise PartNotConfigured(part=JICOFO, setting="DIEMCAU_JITSI_JICOFO_URL")
        self._http = HttpPart(JICOFO, settings.jitsi_jicofo_url)

    def health(self) -> bool:
        """Whether it is well; 404 means its check is switched off, which is no illness. Raises JitsiUnavailable."""
        return self._http.get("/about/health").status in (200, 404)

    def stats(self) -> Mapping[str, Any]:
        """Its figures as it tells them. Raises JitsiUnavailable."""
        return _good(self._http.get("/stats")).mapping()

    def answers_conference_requests(self) -> bool:
        """Whether `/conference-request/v1` opens rooms past the reservation (CONTRACTS §3, way 2)."""
        return opens_rooms(self._http)


class BridgeClient:
    """One video bridge (CONTRACTS §11, read)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._http = HttpPart(BRIDGE, address)

    def health(self) -> bool:
        """Raises JitsiUnavailable."""
        return self._http.get("/about/health").status == 200

    def stats(self) -> Mapping[str, Any] | None:
        """`/colibri/stats`; None where the bridge's REST is off. Counts media connections, not people."""
        reply = self._http.get("/colibri/stats")
        return None if reply.status == 404 else _good(reply).mapping()


def opens_rooms(part: HttpPart) -> bool:
    """Ask without naming a room, so that none comes into being: whoever would serve it complains about the body.

    A web server that knows no such path answers 404 or 405, or with a page of its own.
    """
    reply = part.post("/conference-request/v1", {})
    return reply.status in (200, 400, 403) and "html" not in reply.content_type


def _good(reply: Reply) -> Reply:
    if reply.status != 200:
        raise JitsiUnavailable(part=reply.part, reason=f"mã {reply.status}")
    return reply


def _census_room(item: object) -> CensusRoom:
    told = _mapping(item)
    name, _, host = _text(told.get("room_name")).partition("@")
    if not name:
        raise JitsiAnswerUnreadable(part=PROSODY, reason="room_name")
    return CensusRoom(
        name.lower(),
        host.lower(),
        _count(told.get("participants"), "participants"),
        _milliseconds(told.get("created_time")),
        told.get("leaked") is True,
    )


def _count(value: object, what: str) -> int:
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise JitsiAnswerUnreadable(part=PROSODY, reason=what)
    return int(number)


def _milliseconds(value: object) -> datetime | None:
    """`created_time` is a text of milliseconds, or absent."""
    try:
        seconds = float(value) / 1000 if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _detail_state(value: object) -> str:
    """Details are objects in the sources and plain texts in the document."""
    return _text(value.get("healthStatus") if isinstance(value, Mapping) else value).upper()
