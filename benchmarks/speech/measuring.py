"""A command goes in and is run to its end; what it cost comes out: wall and processor time, memory of its tree."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from transcription import offline

_HOUSE = Path(__file__).resolve().parents[2]
_SAMPLE_SECONDS = 0.2


class Failed(Exception):
    """The program ended with an error; its last lines are the message."""


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and processor, and the most memory that the program with all its processes held at once."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0

    def then(self, other: "Cost") -> "Cost":
        """Of two programs run one after the other."""
        return Cost(
            self.wall_seconds + other.wall_seconds,
            self.cpu_seconds + other.cpu_seconds,
            max(self.peak_bytes, other.peak_bytes),
        )


def run(module: str, arguments: Sequence[str], *, threads: int, python: str = sys.executable) -> Cost:
    """Run `python -m module …` in a process of its own. Raises Failed."""
    offline.seal()
    bound = {name: str(threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    environment = {**os.environ, **bound, "PYTHONPATH": str(_HOUSE), "PYTHONWARNINGS": "ignore"}
    started = time.monotonic()
    process = subprocess.Popen(
        [python, "-m", module, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors: list[bytes] = []
    reading = threading.Thread(target=lambda: errors.append(process.stderr.read() if process.stderr else b""))
    reading.start()
    peak, usage, status = 0, None, 0
    while usage is None:
        peak = max(peak, _memory(process.pid))
        pid, status, resources = os.wait4(process.pid, os.WNOHANG)
        if pid:
            usage = resources
        else:
            time.sleep(_SAMPLE_SECONDS)
    process.returncode = os.waitstatus_to_exitcode(status)
    reading.join()
    if process.stderr:
        process.stderr.close()
    if process.returncode != 0:
        raise Failed(b"".join(errors).decode(errors="replace").strip()[-800:])
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, peak)


def _memory(pid: int) -> int:
    """Resident memory of a process and all it has started; pages that two of them share count twice."""
    try:
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for member in family:
        try:
            total += member.memory_info().rss
        except psutil.Error:
            continue
    return total
