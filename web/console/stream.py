"""Changes of a meeting's board, told as they happen: server-sent events of a bounded life, and the same by asking.

In: who has the page open and the version it knows. Out: one event per change, with the whole snapshot, so that a lost
event costs nothing; a heartbeat in between; an end after a minute, after which the browser comes again by itself with
the version it knows (`Last-Event-ID`). A stream holds a thread of the web server for that minute, no database
connection between two looks, and there are never more streams than half of the threads: whoever is one too many gets
503 and asks by polling instead. All consoles of one meeting and language in one process share one look at the database.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from core.runtime import current
from orchestrator.live.board import board_of
from orchestrator.meetings.models import Meeting
from web.console.snapshot import Snapshot, snapshot_of
from web.languages.choice import reader_language

#: How often the database is looked at, how often silence is broken, how long one stream lives (seconds).
LOOK_SECONDS = 0.7
HEARTBEAT_SECONDS = 10.0
LIFE_SECONDS = 60.0
#: How long the browser waits before it comes again (milliseconds).
RETRY_MILLISECONDS = 1000
#: Streams per process; `web.commands.plan.WEB_THREADS` is twice as many.
MOST_STREAMS = 16


@dataclass
class _Look:
    lock: threading.Lock = field(default_factory=threading.Lock)
    at: float = float("-inf")
    snapshot: Snapshot = field(default_factory=dict)


class Lookout:
    """The newest snapshot of each meeting, at most `LOOK_SECONDS` old, however many ask."""

    def __init__(self) -> None:
        self._looks: dict[tuple[UUID, str], _Look] = {}
        self._lock = threading.Lock()

    def snapshot(self, meeting_id: UUID) -> Snapshot:
        """The snapshot of a meeting; the caller has been asked for rights."""
        look = self._look(meeting_id)
        with look.lock:
            now = time.monotonic()
            if now - look.at >= LOOK_SECONDS * 0.7:
                look.snapshot = fresh_snapshot(meeting_id)
                look.at = now
            return look.snapshot

    def _look(self, meeting_id: UUID) -> _Look:
        # A snapshot holds words, so there is one for each language that is read.
        asked = (meeting_id, reader_language())
        with self._lock:
            oldest = time.monotonic() - 10 * LIFE_SECONDS
            for known in [key for key, look in self._looks.items() if look.at < oldest and key != asked]:
                del self._looks[known]
            return self._looks.setdefault(asked, _Look())


class Places:
    """Streams that may be open at once in this process."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    def take(self) -> Callable[[], None] | None:
        """A place, as the function that gives it back (once, however often it is called); None where none is free."""
        if not self._free.acquire(blocking=False):
            return None
        given_back = threading.Lock()

        def give_back() -> None:
            if given_back.acquire(blocking=False):
                self._free.release()

        return give_back


lookout = Lookout()
places = Places(MOST_STREAMS)


def fresh_snapshot(meeting_id: UUID) -> Snapshot:
    """Look at the database now."""
    with current().database.transaction() as session:
        meeting = session.get_one(Meeting, meeting_id)
        return snapshot_of(board_of(session, meeting, current().clock()))


def events(meeting_id: UUID, known: str, may_go_on: Callable[[], bool]) -> Iterator[str]:
    """The stream: what changed since the version the browser knows, until its life is over."""
    started = spoke = time.monotonic()
    yield f"retry: {RETRY_MILLISECONDS}\n: lắng nghe\n\n"
    # The session may end, the right be taken or the content be closed while somebody watches.
    while time.monotonic() - started < LIFE_SECONDS and may_go_on():
        snapshot = lookout.snapshot(meeting_id)
        if snapshot["version"] != known:
            known = snapshot["version"]
            spoke = time.monotonic()
            yield f"id: {known}\nevent: board\ndata: {json.dumps(snapshot, ensure_ascii=False)}\n\n"
        elif time.monotonic() - spoke >= HEARTBEAT_SECONDS:
            spoke = time.monotonic()
            yield "event: beat\ndata: {}\n\n"
        time.sleep(LOOK_SECONDS)
