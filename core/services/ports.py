"""Free ports of the loopback address.

Asking the system for "any" port gives one out of the range it also hands to outgoing connections: by the time a
service binds it, some client of this machine may hold it. Ports are therefore taken from below that range.

A service binds its port seconds after it was chosen. Until then the port is spoken for: nobody who asks here, in this
process or another, is given the same one.
"""

import atexit
import random
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from socket import AF_INET, AF_UNIX, SO_REUSEADDR, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, socket

LOWEST = 10_000
RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
TRIES = 500
#: As many ports as one process waits for at a time, and more; an older one is in use by then, or no longer wanted.
SPOKEN_FOR = 64

_claims: deque[tuple[socket, ...]] = deque()


def free_port(wanted: int | None = None) -> int:
    """A port of 127.0.0.1 that nothing listens on, and whose successor is free too (the live streams listen there).

    Args:
        wanted: taken where nothing listens on it, whoever it was given to.

    Raises:
        OSError: none was found.
    """
    if wanted is not None and _is_free(wanted):
        return wanted
    # Not a secret: only two processes that look at the same moment should not find the same one.
    some = random.SystemRandom()
    highest = _first_outgoing() - 2
    for _ in range(TRIES):
        port = some.randint(LOWEST, highest)
        if _is_free(port) and _claim(port):
            return port
    raise OSError(f"no free port between {LOWEST} and {highest}")


def _is_free(port: int) -> bool:
    """True if both the port and the next can be bound now; the last port of all has the one before it beside it."""
    with ExitStack() as stack:
        try:
            for number in (port, port + 1 if port < 65535 else port - 1):
                probe = stack.enter_context(socket(AF_INET, SOCK_STREAM))
                probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def _claim(port: int) -> bool:
    """True if the port and its successor are now this process's; the claim ends with the process, however that ends.

    The sign of a claim is a name without a file (Linux's abstract sockets), which the system gives to one owner only.
    """
    with ExitStack() as undone:
        sockets = []
        for number in (port, port + 1):
            mine = undone.enter_context(socket(AF_UNIX, SOCK_DGRAM))
            try:
                mine.bind(f"\0diemcau-port-{number}")
            except OSError:
                return False
            sockets.append(mine)
        undone.pop_all()
    _claims.append(tuple(sockets))
    _let_go(SPOKEN_FOR)
    return True


def _let_go(but: int) -> None:
    """Give back the oldest claims."""
    while len(_claims) > but:
        for oldest in _claims.popleft():
            oldest.close()


atexit.register(_let_go, 0)


def _first_outgoing() -> int:
    """Where the system's range for outgoing connections begins; Linux's default where that cannot be read."""
    try:
        first = int(RANGE.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 32768
    return first if first > LOWEST + 1000 else 65536
