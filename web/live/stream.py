"""The live text as server-sent events: the same bounded streams as the console's (`web.console.stream`), own places.

All pages of one meeting and language in one process share one look at the database.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from core.runtime import current
from orchestrator.meetings.models import Meeting
from web.console.stream import HEARTBEAT_SECONDS, LIFE_SECONDS, RETRY_MILLISECONDS, Places
from web.languages.choice import reader_language
from web.live.snapshot import Look, look_at

#: Words come several times in a second; a look costs some milliseconds, whoever many pages ask.
LOOK_SECONDS = 0.5
#: Streams per process; see `web.commands.plan.WEB_THREADS`.
MOST_STREAMS = 16


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    at: float = float("-inf")
    look: Look = field(default_factory=lambda: Look({}, (), ()))


class Lookout:
    """The newest look at each meeting, at most `LOOK_SECONDS` old."""

    def __init__(self) -> None:
        self._kept: dict[tuple[UUID, str], _Kept] = {}
        self._lock = threading.Lock()

    def look(self, meeting_id: UUID) -> Look:
        """A look at a meeting; the caller has been asked for rights."""
        kept = self._of(meeting_id)
        with kept.lock:
            now = time.monotonic()
            if now - kept.at >= LOOK_SECONDS * 0.7:
                kept.look, kept.at = fresh_look(meeting_id), now
            return kept.look

    def _of(self, meeting_id: UUID) -> _Kept:
        # A look holds words, so there is one for each language that is read.
        asked = (meeting_id, reader_language())
        with self._lock:
            oldest = time.monotonic() - 10 * LIFE_SECONDS
            for known in [key for key, kept in self._kept.items() if kept.at < oldest and key != asked]:
                del self._kept[known]
            return self._kept.setdefault(asked, _Kept())


lookout = Lookout()
places = Places(MOST_STREAMS)


def fresh_look(meeting_id: UUID) -> Look:
    """Look at the database now."""
    with current().database.transaction() as session:
        return look_at(session, session.get_one(Meeting, meeting_id), current().clock())


def events(meeting_id: UUID, known: str, may_go_on: Callable[[], bool]) -> Iterator[str]:
    """The stream: what was said since the version the page knows, until its life is over."""
    started = spoke = time.monotonic()
    yield f"retry: {RETRY_MILLISECONDS}\n: lắng nghe\n\n"
    # The session may end, the right be taken or the content be closed while somebody watches.
    while time.monotonic() - started < LIFE_SECONDS and may_go_on():
        look = lookout.look(meeting_id)
        if look.version != known:
            told = json.dumps(look.since(known), ensure_ascii=False)
            known, spoke = look.version, time.monotonic()
            yield f"id: {known}\nevent: board\ndata: {told}\n\n"
        elif time.monotonic() - spoke >= HEARTBEAT_SECONDS:
            spoke = time.monotonic()
            yield "event: beat\ndata: {}\n\n"
        time.sleep(LOOK_SECONDS)
