"""The web server in front of a site, as far as a probe asks it: a page for what it does not know, as Jitsi's does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<!DOCTYPE html><html><title>Jitsi Meet</title></html>"


@dataclass
class WebServer:
    """`answers` maps a path without its query to status and body; `asked` is what came."""

    url: str
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)


@contextmanager
def running_web_server() -> Iterator[WebServer]:
    """Start it on loopback, stop it at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._answer(405)

        def _answer(self, otherwise: int) -> None:
            path = self.path.partition("?")[0]
            server.asked.append((self.command, self.path, self.headers.get("Authorization") or ""))
            status, body = server.answers.get(path, (otherwise, PAGE))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Silent."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = WebServer(f"http://127.0.0.1:{listener.server_address[1]}")
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join(timeout=5)
