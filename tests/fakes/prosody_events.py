"""`event_sync` as CONTRACTS §7 tells it: each event is posted by itself, so arrival is not order of happening.

In: what happened in a room. Out: JSON over a real socket; tried again a few times, then dropped for ever.
"""

import http.client
import json
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.prosody_site import Occupant, Room, Site


class EventSync:
    """Posts in the background. `dropped` keeps what nobody took after all retries."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="event-sync")
        self._pending: list[Future[None]] = []
        self.dropped: list[tuple[str, dict[str, Any]]] = []
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def room_created(self, room: Room) -> None:
        self._post("room/created", self._room(room, "muc-room-created") | {"created_at": room.created_at})

    def room_destroyed(self, room: Room, moment: int) -> None:
        body = self._room(room, "muc-room-destroyed") | {"created_at": room.created_at, "destroyed_at": moment}
        self._post("room/destroyed", body | {"all_occupants": [_occupant(one) for one in room.everybody]})

    def occupant_joined(self, room: Room, occupant: Occupant) -> None:
        self._post("occupant/joined", self._moved(room, occupant, "muc-occupant-joined"))

    def occupant_left(self, room: Room, occupant: Occupant) -> None:
        self._post("occupant/left", self._moved(room, occupant, "muc-occupant-left"))

    def settle(self) -> None:
        """Wait until everything so far was taken or dropped."""
        pending, self._pending = self._pending, []
        for done in wait(pending).done:
            done.result()

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _room(self, room: Room, event_name: str) -> dict[str, Any]:
        return {
            "event_name": event_name,
            "room_name": room.name,
            "room_jid": f"{room.name}@{self._site.muc}",
            "is_breakout": False,
        }

    def _moved(self, room: Room, occupant: Occupant, event_name: str) -> dict[str, Any]:
        count = {"active_occupants_count": len(room.occupants)}
        return self._room(room, event_name) | count | {"occupant": _occupant(occupant)}

    def _post(self, name: str, body: dict[str, Any]) -> None:
        if self._site.events_prefix:
            self._pending.append(self._pool.submit(self._deliver, name, body))

    def _deliver(self, name: str, body: dict[str, Any]) -> None:
        for attempt in range(self._site.events_retries + 1):
            if attempt:
                time.sleep(self._site.events_retry_delay * self._site.scale)
            status = self._once(name, body)
            if 200 <= status < 300:
                self.sent.append((name, body))
                return
            if 0 < status < 500:
                break
        self.dropped.append((name, body))

    def _once(self, name: str, body: dict[str, Any]) -> int:
        address = urlsplit(self._site.events_prefix)
        headers = {"Content-Type": "application/json", "Connection": "close", **self._site.events_headers}
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=self._site.events_timeout)
        try:
            connection.request("POST", f"{address.path}/events/{name}", json.dumps(body), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def _occupant(occupant: Occupant) -> dict[str, Any]:
    """The real address and the verified user; the recorder has none."""
    told: dict[str, Any] = {**occupant.user, "occupant_jid": occupant.jid, "joined_at": occupant.joined_at}
    return told if occupant.left_at is None else told | {"left_at": occupant.left_at}
