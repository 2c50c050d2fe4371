"""Asks every service how it is, beside the supervisor's loop, since an answer may take seconds.

In: the keepers. Out: their states kept true, and a kill for a process that lives but no longer answers. Starts nothing:
children must be started by the main thread, to which their orphan signal is bound.
"""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from core.services.keeper import Keeper

LOOP_PAUSE_SECONDS = 0.25
#: How often one that runs is asked, and one that has just been started or has not answered.
CALM_SECONDS, EAGER_SECONDS = 10, 0.5


class Prober:
    """One thread that sees to it that every service is asked in time; each question has a thread of its own."""

    def __init__(self, keepers: Sequence[Keeper]) -> None:
        self._keepers = keepers
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="prober", daemon=True)
        self._asked_at: dict[str, float] = {}
        #: process number → when it last answered, or was first asked
        self._good_at: dict[int, float] = {}

    def start(self) -> None:
        """Begin asking."""
        self._thread.start()

    def stop(self) -> None:
        """Stop asking; a question already asked may still be answered, to nobody."""
        self._done.set()

    def _run(self) -> None:
        waiting: dict[str, Future[None]] = {}
        with ThreadPoolExecutor(max(len(self._keepers), 1), "probe") as pool:
            while not self._done.wait(LOOP_PAUSE_SECONDS):
                for keeper in self._keepers:
                    name = keeper.service.name
                    if self._is_due(keeper) and (name not in waiting or waiting[name].done()):
                        self._asked_at[name] = time.monotonic()
                        waiting[name] = pool.submit(self._ask, keeper)

    def _is_due(self, keeper: Keeper) -> bool:
        pause = CALM_SECONDS if keeper.record.state == "running" else EAGER_SECONDS
        return time.monotonic() - self._asked_at.get(keeper.service.name, 0) >= pause

    def _ask(self, keeper: Keeper) -> None:
        pid = keeper.pid
        if pid is None:
            return
        healthy = keeper.service.is_healthy()
        if self._done.is_set() or pid != keeper.pid:
            return  # it was replaced meanwhile; the answer is about another process
        keeper.answered(healthy)
        now = time.monotonic()
        last = now if healthy else self._good_at.get(pid, now)
        self._good_at[pid] = last
        limit = keeper.service.longest_silence_seconds
        if limit is not None and now - last > limit:
            keeper.end_early()
