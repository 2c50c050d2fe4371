"""FakeProsody: one state machine of a Prosody with Jitsi's modules, as CONTRACTS §1-§7 have seen it.

In: clients that join and leave (plain calls) and time that passes. Out: reservation calls, events and its own HTTP, all
over real sockets. Judged by `tests/data/jitsi/conformance.json`, whose 43 cases a real Prosody passes elsewhere.
"""

import threading
import time
from uuid import uuid4

from tests.fakes.prosody_events import EventSync
from tests.fakes.prosody_http import ProsodyHttp
from tests.fakes.prosody_reservations import TIMER_SECONDS, Reservations
from tests.fakes.prosody_rooms import Gate, Visitor
from tests.fakes.prosody_site import Occupant, Outcome, Refused, Room, Site
from tests.fakes.prosody_tokens import KeyRing, verify_token

#: Jicofo leaves a room nobody came to; muc_cleanup_backend_services one with the recorder alone; mod_smacks waits.
JICOFO_WAITS, CLEANUP_WAITS, HIBERNATION = 15.0, 20.0, 60.0


class FakeProsody:
    """Start it with `with`; `now()` is its clock, moved by `pass_time` or by setting `offset`."""

    def __init__(self, site: Site, *, offset: float = 0.0) -> None:
        self.site = site
        self.offset = offset
        self._lock = threading.RLock()
        self._rooms: dict[str, Room] = {}
        self._next_timer = self.now() + TIMER_SECONDS
        self.keys = KeyRing(site.key_server)
        self.reservations = Reservations(site, self.now)
        self.events = EventSync(site)
        self._gate = Gate(site)
        self.http = ProsodyHttp(self)

    def __enter__(self) -> "FakeProsody":
        return self

    def __exit__(self, *_: object) -> None:
        self.events.close()
        self.reservations.close()
        self.http.server.close()

    @property
    def address(self) -> str:
        """Base of its HTTP."""
        return self.http.server.address

    def now(self) -> float:
        return time.time() + self.offset

    def join(
        self,
        room: str,
        token: str | None = None,
        *,
        display_name: str = "",
        password: str | None = None,
        recorder: bool = False,
        skip_conference: bool = False,
        resource: str | None = None,
    ) -> Outcome:
        """One client's way in (CONTRACTS §2): sign in, ask focus for the conference, enter the room."""
        try:
            claims = {} if recorder else verify_token(token, self.site, self.keys, self.now())
            jid = f"jibri@{self.site.recorder_domain}" if recorder else f"{uuid4()}@{self.site.domain}"
            visitor = Visitor(f"{jid}/{uuid4().hex[:12]}", claims, display_name, password, recorder, resource)
            if not skip_conference:
                self._request_conference(room, visitor)
            return self._enter(room, visitor)
        except Refused as refusal:
            return refusal.outcome

    def leave(self, occupant: Occupant, moment: float | None = None) -> None:
        """Somebody goes; the room dies with the last one."""
        with self._lock:
            room = next((one for one in self._rooms.values() if one.occupants.get(occupant.nick) is occupant), None)
            if room is None:
                return
            del room.occupants[occupant.nick]
            occupant.left_at = max(int(moment or self.now()), occupant.joined_at)
            self.events.occupant_left(room, occupant)
            if not room.occupants:
                self._destroy(room)
            elif self._only_backend(room):
                room.idle_since = self.now()

    def cut(self, occupant: Occupant) -> None:
        """The line drops: Prosody keeps the connection until its hibernation is over."""
        occupant.lost_at = self.now() + HIBERNATION

    def destroy(self, name: str) -> bool:
        """End a room from outside: end-meeting, the XMPP administrator. False where there is none."""
        with self._lock:
            room = self._rooms.get(name.lower())
            if room is not None:
                self._destroy(room)
            return room is not None

    def shut_down(self) -> None:
        """SIGTERM: every room dies in order."""
        with self._lock:
            for room in list(self._rooms.values()):
                self._destroy(room)

    def crash(self) -> None:
        """SIGKILL: nothing is sent, nothing remembered."""
        with self._lock:
            self._rooms.clear()
            self.reservations.forget_everything()

    def pass_time(self, seconds: float) -> None:
        """Let time go by, a second at a time, with all timers."""
        for _ in range(int(seconds)):
            self.offset += 1
            self._tick()

    def settle(self) -> None:
        """Wait until everything posted so far was taken or dropped."""
        self.events.settle()
        self.reservations.settle()

    def room(self, name: str) -> Room | None:
        return self._rooms.get(name.lower())

    def rooms(self) -> list[Room]:
        return list(self._rooms.values())

    def sessions(self) -> int:
        return sum(len(room.occupants) for room in self.rooms())

    def _request_conference(self, name: str, visitor: Visitor) -> None:
        """The IQ to focus. A client of the main host that finds no room makes the module ask; the recorder does not."""
        if name.lower() not in self._rooms and self.site.reservations and not visitor.is_recorder:
            granted = self.reservations.ask(name, visitor.bare)
            with self._lock:
                room = self._make_room(name)
                room.max_occupants, room.password, room.lobby = granted.max_occupants, granted.password, granted.lobby
            return
        with self._lock:
            self._make_room(name)

    def _make_room(self, name: str) -> Room:
        room = self._rooms.get(name.lower())
        if room is None:
            room = self._rooms[name.lower()] = Room(name.lower(), int(self.now()), idle_since=self.now())
            self.events.room_created(room)
        return room

    def _enter(self, name: str, visitor: Visitor) -> Outcome:
        while True:
            with self._lock:
                room = self._rooms.get(name.lower())
                pause = self._gate.check(room, name, visitor, time.monotonic())
                if pause is None and room is not None:
                    return self._seat(room, visitor)
            # Queued by the rate limit; the whole chain runs again afterwards.
            time.sleep(pause or 0)

    def _seat(self, room: Room, visitor: Visitor) -> Outcome:
        affiliation, role = visitor.standing
        user = visitor.claims.get("context", {}).get("user", {})
        occupant = Occupant(
            visitor.jid, visitor.nick, visitor.display_name, int(self.now()), dict(user), affiliation, role
        )
        room.occupants[occupant.nick] = occupant
        room.everybody.append(occupant)
        room.idle_since = self.now() if self._only_backend(room) else None
        self.events.occupant_joined(room, occupant)
        return Outcome("joined", affiliation=affiliation, role=role, occupant=occupant)

    def _only_backend(self, room: Room) -> bool:
        return all(one.host == self.site.recorder_domain for one in room.occupants.values())

    def _destroy(self, room: Room) -> None:
        del self._rooms[room.name]
        moment = int(self.now())
        for occupant in list(room.occupants.values()):
            occupant.left_at = max(moment, occupant.joined_at)
            self.events.occupant_left(room, occupant)
        room.occupants.clear()
        self.events.room_destroyed(room, moment)
        self.reservations.give_back(room.name)

    def _tick(self) -> None:
        now = self.now()
        with self._lock:
            for room in list(self._rooms.values()):
                for occupant in list(room.occupants.values()):
                    if occupant.lost_at is not None and occupant.lost_at <= now:
                        self.leave(occupant, occupant.lost_at)
                waits = CLEANUP_WAITS if room.occupants else JICOFO_WAITS
                if room.name in self._rooms and room.idle_since is not None and now - room.idle_since >= waits:
                    self._destroy(room)
            if now < self._next_timer:
                return
            self._next_timer = now + TIMER_SECONDS
            for name in self.reservations.tick(now):
                if not self.destroy(name):
                    self.reservations.evict(name)
