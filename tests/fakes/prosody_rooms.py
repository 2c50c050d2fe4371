"""The hooks before a join, in Prosody's order (CONTRACTS §2): whoever passes all of them gets a seat."""

import re
from dataclasses import dataclass
from typing import Any

from tests.fakes.prosody_site import Refused, Room, Site
from tests.fakes.prosody_tokens import is_for_room

_RESOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Visitor:
    """Somebody who wants in: the real address, the verified claims, what the client says of itself."""

    jid: str
    claims: dict[str, Any]
    display_name: str
    password: str | None
    is_recorder: bool
    resource: str | None

    @property
    def bare(self) -> str:
        return self.jid.partition("/")[0]

    @property
    def host(self) -> str:
        return self.bare.rpartition("@")[2]

    @property
    def nick(self) -> str:
        """Clients take the first eight letters of their address; the recorder, signed in by name, random ones."""
        if self.resource is not None:
            return self.resource
        return self.jid.partition("/")[2][:8] if self.is_recorder else self.jid[:8]

    @property
    def standing(self) -> tuple[str, str]:
        """Affiliation and role by `mod_token_affiliation`."""
        user = self.claims.get("context", {}).get("user", {})
        raised = user.get("moderator") in (True, "true") or user.get("affiliation") in ("owner", "moderator", "teacher")
        return ("owner", "moderator") if raised else ("member", "participant")


class Gate:
    """The chain of `muc-occupant-pre-join`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def check(self, room: Room | None, name: str, visitor: Visitor, clock: float) -> float | None:
        """None where the visitor may sit down; seconds to wait where the rate limit queues. Raises Refused."""
        if not visitor.is_recorder and not is_for_room(visitor.claims, name, self._site):
            raise _refused("not-allowed", "cancel", text="Room and token mismatched")  # token_verification, 99
        if room is None:
            # restrict_room_creation: only focus may make rooms.
            raise _refused("not-allowed", "cancel", room_does_not_exist={"xmlns": "http://jitsi.org/jitmeet"})
        if not _RESOURCE.fullmatch(visitor.nick):
            raise _refused("not-allowed", "cancel", text="Invalid resource")  # muc_resource_validate, 11
        self._max_occupants(room, visitor)  # 10
        pause = self._rate_limit(room, clock)  # 9
        if pause is not None:
            return pause
        self._lobby(room, visitor)  # -4
        if room.password is not None and not visitor.is_recorder and visitor.password != room.password:
            raise _refused("not-authorized", "auth")  # -20
        return None

    def _max_occupants(self, room: Room, visitor: Visitor) -> None:
        if not self._site.global_max_occupants:
            return
        most = room.max_occupants or self._site.global_max_occupants
        counted = sum(not self._is_whitelisted(one.host) for one in room.occupants.values())
        counted += not self._site.whitelist_focus
        if counted >= most and not self._is_whitelisted(visitor.host):
            raise _refused("service-unavailable", "cancel")

    def _is_whitelisted(self, host: str) -> bool:
        return self._site.whitelist_recorder and host == self._site.recorder_domain

    def _rate_limit(self, room: Room, clock: float) -> float | None:
        second = self._site.scale
        room.recent_joins = [moment for moment in room.recent_joins if clock - moment < second]
        if len(room.recent_joins) >= self._site.joins_per_second:
            return second / self._site.joins_per_second
        room.recent_joins.append(clock)
        return None

    def _lobby(self, room: Room, visitor: Visitor) -> None:
        """Moderators are held as well; whitelisted hosts pass."""
        if not room.lobby or visitor.is_recorder or visitor.bare in room.admitted:
            return
        if not visitor.display_name:
            raise _refused("not-acceptable", "modify", displayname_required={})
        raise _refused("registration-required", "auth")


def _refused(condition: str, kind: str, **more: Any) -> Refused:
    return Refused("muc-join", type=kind, condition=condition, **more)
