"""Reading what `event_sync` sends (CONTRACTS §7): a JSON object in, an event in our own words out.

The payload has no event id, no sequence and no signature; only what is needed is read, everything is checked.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from orchestrator.refusals import HookUnreadable

_LONGEST = 1024
#: Moments before 2000 or after 2100 are no moments of a meeting.
_EARLIEST_SECONDS, _LATEST_SECONDS = 946_684_800, 4_102_444_800
#: Prosody's hidden host that Jibri and the transcriber log in to.
_RECORDER_HOSTS = ("recorder.", "hidden.")


class EventName(StrEnum):
    """The four addresses events are posted to, below `/events/`."""

    ROOM_CREATED = "room/created"
    ROOM_DESTROYED = "room/destroyed"
    OCCUPANT_JOINED = "occupant/joined"
    OCCUPANT_LEFT = "occupant/left"


@dataclass(frozen=True)
class Occupant:
    """One connection: its real address, its times, and the verified `context.user.id` of its token."""

    jid: str
    joined_at: datetime | None
    left_at: datetime | None
    user_id: UUID | None
    is_recorder: bool


@dataclass(frozen=True)
class RoomEvent:
    """What happened, where and when; `payload` is the body as it came, for alarms."""

    name: EventName
    room_name: str
    is_breakout: bool
    breakout_room_id: str | None
    created_at: datetime | None
    destroyed_at: datetime | None
    occupants: tuple[Occupant, ...]
    payload: dict[str, Any]


def parse_event(name: str, payload: object, recorder_domain: str = "") -> RoomEvent:
    """Read one event.

    Args:
        name: the part of the address after `/events/`, for example `occupant/joined`.
        payload: the decoded JSON body.
        recorder_domain: the site's own name for the host recorders sign in to, beside the usual ones.

    Raises:
        HookUnreadable: an unknown event, or a body without what this event must have.
    """
    try:
        event_name = EventName(name)
    except ValueError as error:
        raise HookUnreadable(reason="không rõ loại sự kiện") from error
    data = _object(payload, "nội dung")
    event = RoomEvent(
        name=event_name,
        room_name=_room(data),
        is_breakout=data.get("is_breakout") is True,
        breakout_room_id=_optional_text(data, "breakout_room_id"),
        created_at=_moment(data, "created_at"),
        destroyed_at=_moment(data, "destroyed_at"),
        occupants=_occupants(event_name, data, recorder_domain),
        payload=storable(data),
    )
    if event_name is EventName.ROOM_CREATED and event.created_at is None:
        raise HookUnreadable(reason="thiếu created_at")
    if event_name is EventName.ROOM_DESTROYED and event.destroyed_at is None:
        raise HookUnreadable(reason="thiếu destroyed_at")
    if event.created_at and event.destroyed_at and event.destroyed_at < event.created_at:
        raise HookUnreadable(reason="destroyed_at trước created_at")
    return event


def is_recorder(real_jid: str, recorder_domain: str = "") -> bool:
    """Whether an address belongs to the hidden host that recorders and transcribers sign in to."""
    host = real_jid.partition("/")[0].rpartition("@")[2].lower()
    return host.startswith(_RECORDER_HOSTS) or (host != "" and host == recorder_domain.lower())


def _occupants(name: EventName, data: Mapping[str, Any], recorder_domain: str) -> tuple[Occupant, ...]:
    if name in (EventName.ROOM_CREATED, EventName.ROOM_DESTROYED):
        listed = data.get("all_occupants") or []
        if not isinstance(listed, list):
            raise HookUnreadable(reason="all_occupants không phải danh sách")
        return tuple(_occupant(item, recorder_domain) for item in listed)
    occupant = _occupant(data.get("occupant"), recorder_domain)
    if name is EventName.OCCUPANT_JOINED and occupant.joined_at is None:
        raise HookUnreadable(reason="thiếu joined_at")
    if name is EventName.OCCUPANT_LEFT and occupant.left_at is None:
        raise HookUnreadable(reason="thiếu left_at")
    return (occupant,)


def _occupant(value: object, recorder_domain: str) -> Occupant:
    data = _object(value, "occupant")
    jid = _text(data, "occupant_jid")
    joined_at, left_at = _moment(data, "joined_at"), _moment(data, "left_at")
    if joined_at and left_at and left_at < joined_at:
        raise HookUnreadable(reason="left_at trước joined_at")
    user_id = _identity(data.get("id"))
    return Occupant(jid, joined_at, left_at, user_id, user_id is None and is_recorder(jid, recorder_domain))


def _room(data: Mapping[str, Any]) -> str:
    """The node of the room, lower case, without `[tenant]`."""
    name = _text(data, "room_name").partition("@")[0].lower()
    return name.rpartition("]")[2] if name.startswith("[") else name


def _object(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise HookUnreadable(reason=f"{what} không phải đối tượng JSON")
    return value


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value or len(value) > _LONGEST or "\x00" in value:
        raise HookUnreadable(reason=f"{key} thiếu hoặc sai")
    return value


def _optional_text(data: Mapping[str, Any], key: str) -> str | None:
    return _text(data, key) if data.get(key) else None


def _moment(data: Mapping[str, Any], key: str) -> datetime | None:
    value = data.get(key)
    if value is None:
        return None
    try:
        seconds = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except ValueError:
        seconds = None
    if seconds is None or not _EARLIEST_SECONDS <= seconds <= _LATEST_SECONDS:
        raise HookUnreadable(reason=f"{key} không phải số giây Unix")
    return datetime.fromtimestamp(seconds, UTC)


def storable(value: Any) -> Any:
    """The same value as PostgreSQL's JSONB can hold it: no NUL letters, no numbers that are none."""
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _identity(value: object) -> UUID | None:
    """Our own tokens carry an endpoint's identity; anything else was not minted here."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
