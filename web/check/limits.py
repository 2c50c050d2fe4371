"""How often one link may measure its line, so that no endpoint can fill the line of the house.

In: a link, the present. Out: whether it may go on. Counts are kept in the process: with n processes a link has at most
n times as much, which is bounded too. Only hashes of links are kept.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

#: Requests of one link within a minute; a whole test needs about twelve.
PER_LINK = 60
WINDOW_SECONDS = 60.0
#: Measurements at the same moment in one process; more would measure each other.
AT_ONCE = 4
#: Links remembered; the one that was silent longest is forgotten first.
MOST_LINKS = 5000


class LinkLimit:
    """A sliding window per link."""

    def __init__(self, per_link: int = PER_LINK) -> None:
        self._per_link = per_link
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, link: str, now: float) -> bool:
        """Count one request of this link (its hash) at a moment in seconds; False where it is one too many."""
        with self._lock:
            moments = self._seen.pop(link, None) or deque()
            while moments and now - moments[0] >= WINDOW_SECONDS:
                moments.popleft()
            allowed = len(moments) < self._per_link
            if allowed:
                moments.append(now)
            self._seen[link] = moments
            while len(self._seen) > MOST_LINKS:
                del self._seen[next(iter(self._seen))]
            return allowed


class Turns:
    """A few measurements at once; whoever finds none free is told to wait."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(at_once)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether a turn was free; it is given back at the end."""
        got = self._free.acquire(blocking=False)
        try:
            yield got
        finally:
            if got:
                self._free.release()
