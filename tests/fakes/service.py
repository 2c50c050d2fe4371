"""Our own web service as a Prosody meets it: over a real socket, in this process or in one that can be killed."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from core.services.ports import free_port
from core.settings import PREFIX, Settings
from tests.fakes.prosody_site import Site

ROOT = Path(__file__).resolve().parents[2]


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on loopback, a thread per request; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class ServiceProcess:
    """The web server as it runs at a site (gunicorn), on a port of its own, over the test's database and folder."""

    def __init__(self, settings: Settings) -> None:
        self.port = free_port()
        self._log = settings.home / "service.log"
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(PREFIX)},
            f"{PREFIX}HOME": str(settings.home),
            f"{PREFIX}DATABASE_URL": settings.database_url,
            f"{PREFIX}BROKER_URL": "memory://",
            f"{PREFIX}STORAGE_URL": settings.storage_url,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "web.wsgi:app"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"the service did not start: {self._log.read_text()[-2000:]}")

    def _answers(self) -> bool:
        """An answer, not only an open port: the port is open before the application is loaded."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL to the whole group: nobody says goodbye."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def site_of(settings: Settings, address: str, **changes: object) -> Site:
    """The configuration of a Prosody that asks our service at this address, with our tokens and secrets."""
    values: dict[str, object] = {
        "domain": settings.xmpp_domain,
        "app_id": settings.jitsi_app_id,
        "audience": settings.jitsi_app_id,
        "app_secret": settings.jitsi_app_secret.get_secret_value(),
        "api_prefix": f"{address}/jitsi",
        "api_headers": {"Authorization": f"Bearer {settings.jitsi_hook_secret.get_secret_value()}"},
        "events_prefix": f"{address}/jitsi",
        "events_headers": {"Authorization": f"Bearer {settings.jitsi_events_secret.get_secret_value()}"},
    }
    return Site(**{**values, **changes})  # type: ignore[arg-type]
