"""An installation in a network of its own that has nothing but a loopback address: the kernel refuses all else.

`python -m tests.journeys.sealed COMMAND…` runs a command there, with all the processes it ever starts, native ones
too. `bridge` lets the tests, which stay outside, reach the one port of its web server. `attempts` says how often
anything inside asked for a way to another address: a try is counted even where whoever tried kept it to himself.
"""

import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW_NETWORK = 0x40000000
_SET_FLAGS, _UP, _RUNNING = 0x8914, 0x1, 0x40
_FLAGS = struct.Struct("16sh14x")


def is_possible() -> bool:
    """False where this account may not make a network (that takes root, or a right like its)."""
    return subprocess.run(sealed("true"), capture_output=True, check=False).returncode == 0


def sealed(*command: str) -> list[str]:
    """The command that runs this one in a network of its own."""
    return [sys.executable, "-m", "tests.journeys.sealed", *command]


def attempts(process: int) -> int:
    """How many packets or connections had no way out of the network that this process is in."""
    ways = dict(line.split() for line in Path(f"/proc/{process}/net/snmp6").read_text().splitlines())
    lines = [line.split() for line in Path(f"/proc/{process}/net/snmp").read_text().splitlines()]
    names, values = (words for words in lines if words[0] == "Ip:")
    return int(values[names.index("OutNoRoutes")]) + int(ways["Ip6OutNoRoutes"])


@contextmanager
def bridge(process: int, port: int) -> Iterator[None]:
    """What connects to the port out here is connected to the same port in there."""
    with Path(f"/proc/{process}/ns/net").open("rb") as network, socket.create_server(("127.0.0.1", port)) as door:
        threading.Thread(target=_serve, args=(door, network.fileno(), port), daemon=True).start()
        yield
        door.shutdown(socket.SHUT_RDWR)


def _serve(door: socket.socket, network: int, port: int) -> None:
    with suppress(OSError):  # the door was closed
        while True:
            threading.Thread(target=_carry, args=(door.accept()[0], network, port), daemon=True).start()


def _carry(outside: socket.socket, network: int, port: int) -> None:
    """One connection, both ways. Only this thread goes into the other network."""
    with outside:
        if _libc().setns(network, _NEW_NETWORK) != 0:
            return
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as inside:
            back = threading.Thread(target=_copy, args=(inside, outside), daemon=True)
            back.start()
            _copy(outside, inside)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def main(command: list[str]) -> None:
    """Leave the network of the house, raise the loopback address, become the command."""
    if _libc().unshare(_NEW_NETWORK) != 0:
        raise SystemExit("no network of one's own on this machine")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, _FLAGS.pack(b"lo", _UP | _RUNNING))
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
