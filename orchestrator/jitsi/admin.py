"""Acting on a running room through an administrator's account on the site's Prosody (CONTRACTS §5, §6).

In: the name of a room. Out: who is in it by real address; a room ended, an occupant removed. Calls are synchronous, end
within their patience, and fail as typed refusals. Nothing here joins a room, so nothing here takes a seat.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from core.errors import Refusal
from core.messages import say
from core.settings import Settings
from orchestrator.jitsi.admin_stream import AdminStream, Hindrance, StreamRefused, StreamTarget, StreamUnavailable

T = TypeVar("T")

#: Connecting, signing in and one question take a tenth of a second on the machine itself.
PATIENCE_SECONDS = 10.0
LONGEST_REASON = 300


class AdminNotConfigured(Refusal):
    """The site gave us no administrator's account."""

    code = "room_admin_not_configured"
    http_status = 409


class AdminUnavailable(Refusal):
    """Prosody cannot be reached, does not answer, or refuses our account; parameters `hindrance`, `reason` in words."""

    code = "room_admin_unavailable"
    http_status = 503


class AdminRefused(Refusal):
    """Prosody refuses this act (not an owner, the target is an administrator …); parameter `reason`."""

    code = "room_admin_refused"
    http_status = 409


class RoomNotRunning(Refusal):
    """There is no such room at this moment; parameter `room`."""

    code = "room_not_running"
    http_status = 409


@dataclass(frozen=True)
class Occupant:
    """One connection in a room.

    Attributes:
        real_jid: its full address; what event_sync calls `occupant_jid`.
        nick: its name in the room.
        affiliation: owner, admin, member or none.
        role: moderator, participant or visitor.
    """

    real_jid: str
    nick: str
    affiliation: str
    role: str

    @property
    def bare_jid(self) -> str:
        """The address without its resource: what a room bans."""
        return self.real_jid.partition("/")[0]

    @property
    def host(self) -> str:
        """The host it signed in to: clients', recorders' or accounts'."""
        return self.bare_jid.rpartition("@")[2]


class RoomAdmin(Protocol):
    """What may be done to a room from outside. `room` is the name without its host."""

    def occupants(self, room: str) -> tuple[Occupant, ...]:
        """Everybody in the room, focus and recorder included.

        Raises:
            RoomNotRunning, AdminUnavailable, AdminRefused
        """

    def end_room(self, room: str, reason: str) -> None:
        """Destroy the room; everybody is shown the reason.

        Raises:
            RoomNotRunning, AdminUnavailable, AdminRefused
        """

    def remove(self, room: str, real_jid: str, reason: str) -> None:
        """Put one account's connections out of the room.

        It does not stick: with a token that still holds, the same endpoint comes back under a new address (§6).

        Raises:
            RoomNotRunning, AdminUnavailable, AdminRefused
        """


class XmppRoomAdmin:
    """`RoomAdmin` over XMPP; every call opens a stream of its own and closes it."""

    def __init__(self, settings: Settings, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Raises AdminNotConfigured where the account or its password is not set."""
        password = settings.jitsi_admin_password.get_secret_value()
        if not settings.jitsi_admin_jid or not password:
            raise AdminNotConfigured
        self._muc_domain = settings.muc_domain
        self._patience = patience_seconds
        self._target = StreamTarget(
            jid=settings.jitsi_admin_jid,
            password=password,
            host=settings.jitsi_xmpp_host,
            port=settings.jitsi_xmpp_port,
            ca_file=settings.jitsi_xmpp_ca_file,
        )

    def occupants(self, room: str) -> tuple[Occupant, ...]:
        """Everybody in the room by real address (§5: `muc#admin` get by role), without joining."""

        async def ask(stream: AdminStream) -> tuple[Occupant, ...]:
            items = [item for role in ("moderator", "participant", "visitor") for item in await stream.roles(jid, role)]
            return tuple(Occupant(item["jid"], item["nick"], item["affiliation"], item["role"]) for item in items)

        jid = self._room_jid(room)
        return self._run(room, ask)

    def end_room(self, room: str, reason: str) -> None:
        """Destroy the room with our reason (§6: `muc#owner`)."""
        jid = self._room_jid(room)
        self._run(room, lambda stream: stream.destroy(jid, reason[:LONGEST_REASON]))

    def remove(self, room: str, real_jid: str, reason: str) -> None:
        """Ban the bare address, then lift the ban.

        Taking the role away is refused to whoever is not in the room (§6). The ban is lifted at once: addresses of
        guests are used once and would only fill the room's list, and an account (a recorder) must be able to return.
        """
        bare = real_jid.partition("/")[0]
        if "@" not in bare:
            raise AdminRefused(reason="jid-malformed")
        jid = self._room_jid(room)

        async def act(stream: AdminStream) -> None:
            await stream.set_affiliation(jid, bare, "outcast", reason[:LONGEST_REASON])
            await stream.set_affiliation(jid, bare, "none", "")

        self._run(room, act)

    def _room_jid(self, room: str) -> str:
        if not room or any(letter in room for letter in "@/ '\"<>&") or len(room) > 255:
            raise RoomNotRunning(room=room)
        return f"{room.lower()}@{self._muc_domain}"

    def _run(self, room: str, act: Callable[[AdminStream], Awaitable[T]]) -> T:
        async def whole() -> T:
            async with asyncio.timeout(self._patience), AdminStream(self._target, self._patience) as stream:
                return await act(stream)

        try:
            return asyncio.run(whole())
        except StreamRefused as error:
            if error.condition in ("item-not-found", "gone"):
                raise RoomNotRunning(room=room) from error
            raise AdminRefused(reason=error.condition) from error
        except StreamUnavailable as error:
            raise _unavailable(error.hindrance) from error
        except TimeoutError as error:
            raise _unavailable(Hindrance.TIMEOUT) from error


def _unavailable(hindrance: Hindrance) -> AdminUnavailable:
    return AdminUnavailable(hindrance=hindrance.value, reason=say(f"room_admin_{hindrance.value}"))
