"""How Prosody's `mod_reservations` reads an answer (CONTRACTS §3), enough to judge what we send.

In: status, JSON text as it goes over the wire, the room asked for, the moment. Out: a verdict in its own words.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

#: What util.datetime accepts: a T, seconds, and a zone (without one the moment is taken as UTC).
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True)
class Verdict:
    """Whether the room comes into being; with which cap and until when, or with which code and text not."""

    code: int
    text: str = ""
    max_occupants: int | None = None
    ends_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.code == 0


INVALID = Verdict(500, "Invalid response from reservation server")


def judge(status: int, body: str, *, room: str, now: datetime) -> Verdict:
    """The verdict on one answer."""
    if status not in (200, 201):
        return Verdict(status, _message(body))
    try:
        data = json.loads(body)
    except ValueError:
        return INVALID
    start = _start(data.get("start_time"))
    duration = _number(data.get("duration"))
    if start is None or duration is None or not data.get("id") or data.get("mail_owner") is None:
        return INVALID
    if str(data.get("name", "")).lower() != room.lower():
        return INVALID
    cap = _number(data["max_occupants"]) if "max_occupants" in data else None
    if "max_occupants" in data and (cap is None or cap < 1):
        return INVALID
    if "password" in data and not isinstance(data["password"], str):
        return INVALID
    ends_at = start + timedelta(seconds=duration)
    if ends_at <= now:
        return Verdict(419, "Reservation expired")
    return Verdict(0, max_occupants=cap, ends_at=ends_at)


def _message(body: str) -> str:
    try:
        data: Any = json.loads(body)
    except ValueError:
        data = None
    found = data.get("message") if isinstance(data, dict) else None
    return found if isinstance(found, str) else "Rejected by reservation server"


def _start(value: object) -> datetime | None:
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    moment = datetime.fromisoformat(match[1] + (match[2] or "Z"))
    return moment.astimezone(UTC)


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(float(value))
    except ValueError:
        return None
