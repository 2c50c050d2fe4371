"""One child process: started in a session of its own, told to go when its parent dies, killed with all its kin.

In: a `Launch`. Out: a running process; `end_group` leaves nothing of it.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from core.services.accounts import SystemAccount

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Launch:
    """What is needed to start one process."""

    command: Sequence[str]
    cwd: Path
    #: The whole environment, not an addition to ours.
    environment: Mapping[str, str]
    #: Whose rights it runs with; None: ours.
    account: SystemAccount | None = None
    #: Sent by the kernel when the starting process dies without a word (kill -9).
    orphan_signal: signal.Signals = field(default=signal.SIGTERM)


def spawn(launch: Launch, output: BinaryIO | int) -> subprocess.Popen[bytes]:
    """Start a process in a session and group of its own, standard input closed, output to `output`.

    Call it from the main thread: the orphan signal is bound to the starting thread.
    """
    account = launch.account
    return subprocess.Popen(
        list(launch.command),
        cwd=launch.cwd,
        env=dict(launch.environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        # After the change of account, because that change wipes the setting.
        preexec_fn=_die_with_parent(launch.orphan_signal, os.getpid()),
    )


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose own parent dies, so that they can be found and ended."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def signal_group(group: int, number: signal.Signals) -> bool:
    """Send a signal to a whole process group; False if nobody is left in it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        # PermissionError is what macOS and some sandboxes answer for a group of zombies.
        return False
    return True


def end_group(process: subprocess.Popen[bytes], number: signal.Signals, patience_seconds: float) -> int:
    """Ask the process to stop, wait, then kill whatever is left of its group. Returns its exit code."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_seconds)
    signal_group(process.pid, signal.SIGKILL)
    return process.wait()


def wait_until(condition: Callable[[], bool], seconds: float, *, pause_seconds: float = 0.05) -> bool:
    """Ask until the answer is yes or the time is over; returns the last answer."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(pause_seconds)
    return True


def _die_with_parent(number: signal.Signals, parent: int) -> Callable[[], None]:
    def in_the_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            # The parent died between fork and prctl: nobody would ever tell us.
            os.kill(os.getpid(), number)

    return in_the_child
