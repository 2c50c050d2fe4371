"""A bad line between a browser and the server: breaks where it is told to, and counts what was sent through it."""

import contextlib
import socket
import threading
from collections.abc import Callable

from core.services.ports import free_port

CHUNK_BYTES = 64 * 1024


class BadLine:
    """Listens on a port of its own and hands everything on to the server's.

    Args:
        breaks: after so many bytes from the browser, all together, the line breaks; with what is done then.
    """

    def __init__(self, server_port: int, breaks: list[tuple[int, Callable[[], None]]]) -> None:
        self.port = free_port()
        self.sent_bytes = 0
        self.broken = 0
        self._server_port, self._breaks = server_port, sorted(breaks, key=lambda pair: pair[0])
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """No line any more."""
        self._listening.close()
        self._cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        with browser:
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                return
            with server:
                with self._lock:
                    self._open |= {browser, server}
                back = threading.Thread(target=self._hand_on, args=(server, browser), daemon=True)
                back.start()
                self._hand_on(browser, server, self._count)
                back.join()
                with self._lock:
                    self._open -= {browser, server}

    def _hand_on(
        self, source: socket.socket, target: socket.socket, count: Callable[[int], None] | None = None
    ) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK_BYTES):
                if count:
                    count(len(chunk))
                target.sendall(chunk)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _count(self, size: int) -> None:
        with self._lock:
            self.sent_bytes += size
            due = self._breaks.pop(0) if self._breaks and self.sent_bytes >= self._breaks[0][0] else None
        if due:
            self.broken += 1
            self._cut()
            due[1]()
            raise OSError("the line broke")

    def _cut(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
