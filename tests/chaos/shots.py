"""What is done to the installation: processes killed without a word, the broker emptied, workers frozen and thawed.

In: its data folder and a source of chance. Out: a line for each shot.
"""

import contextlib
import random
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import redis

from core.services.process import signal_group
from core.services.registry import ProcessRecord, running_supervisor
from core.services.valkey import ValkeyService
from tests.chaos.clock import shift
from transcription.pipeline import policy

#: How often each is hit, one against the other.
WEIGHTS = {
    "database": 2, "broker": 3, "web": 4, "worker-speech": 4, "worker-pieces": 4, "worker-general": 5, "beat": 1,
}  # fmt: skip
#: Longer than a worker may be silent: others take its work, then it comes back and wants to go on.
FROZEN_SECONDS = policy.GRACE_SECONDS + 8
FULL_SECONDS = 10.0


@dataclass
class Shots:
    """So many, at moments drawn by lot."""

    home: Path
    chance: random.Random
    kills: int
    pause_seconds: float
    done: Counter[str] = field(default_factory=Counter)
    emptied: int = 0
    frozen: int = 0
    #: A disk of its own for the stored files, where there is one: it can be filled.
    disk: Path | None = None
    filled: int = 0
    jumps: int = 0
    _thawing: list[threading.Timer] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return sum(self.done.values()) >= self.kills

    def fire(self) -> None:
        """Until all are spent."""
        while not self.is_over:
            time.sleep(self.chance.expovariate(1 / self.pause_seconds))
            self._one()
            if self.chance.random() < 0.06:
                self._empty_broker()
            if self.chance.random() < 0.04:
                self._freeze()
            if self.chance.random() < 0.05:
                self._fill_disk()
            if self.chance.random() < 0.05:
                self._jump()
        for timer in self._thawing:
            timer.join()
        shift(self.home, 0)

    def _one(self) -> None:
        record = running_supervisor(self.home)
        living = [entry for entry in (record.processes if record else []) if entry.alive and entry.name in WEIGHTS]
        if not living:
            return
        target = self.chance.choices(living, [WEIGHTS[entry.name] for entry in living])[0]
        way = self.chance.choice(("all of it", "one process"))
        if way == "all of it":
            signal_group(target.pid, signal.SIGKILL)
        else:
            with contextlib.suppress(psutil.Error):
                self.chance.choice(_family(target)).kill()
        self.done[target.name] += 1
        say(f"  {sum(self.done.values()):>4}  {target.name}: {way}")

    def _empty_broker(self) -> None:
        socket = str(ValkeyService(self.home).socket)
        with contextlib.suppress(redis.RedisError), contextlib.closing(redis.Redis(unix_socket_path=socket)) as client:
            client.flushall()
            self.emptied += 1
            say("        the broker was emptied")

    def _fill_disk(self) -> None:
        if self.disk is None:
            return
        ballast = self.disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as stream:
            while True:
                stream.write(bytes(1024 * 1024))
        self.filled += 1
        say(f"        the disk is full for {FULL_SECONDS:.0f} s")
        timer = threading.Timer(FULL_SECONDS, ballast.unlink)
        timer.start()
        self._thawing.append(timer)

    def _jump(self) -> None:
        seconds = self.chance.choice((-600, -90, 0, 90, 600))
        shift(self.home, seconds)
        self.jumps += 1
        say(f"        every clock is now {seconds} s off")

    def _freeze(self) -> None:
        record = running_supervisor(self.home)
        workers = [entry for entry in (record.processes if record else []) if entry.name.startswith("worker-s")]
        for worker in workers:
            if worker.alive and signal_group(worker.pid, signal.SIGSTOP):
                self.frozen += 1
                say(f"        {worker.name}: frozen for {FROZEN_SECONDS:.0f} s")
                timer = threading.Timer(FROZEN_SECONDS, signal_group, (worker.pid, signal.SIGCONT))
                timer.start()
                self._thawing.append(timer)


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _family(entry: ProcessRecord) -> list[psutil.Process]:
    leader = psutil.Process(entry.pid)
    return [leader, *leader.children(recursive=True)]
