"""Services for a command that needs them while it runs: those already up, or a supervisor started and stopped again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from core.services import ServiceError
from core.services.process import end_group
from core.services.registry import SupervisorRecord, running_supervisor
from core.settings import Settings
from web.commands.plan import ROOT

START_LIMIT_SECONDS = 180
STOP_LIMIT_SECONDS = 45


@contextlib.contextmanager
def services_running(settings: Settings, announce: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """Have all services up inside the block; gives the address of the web server on loopback.

    Services that are up already are used and left running. Otherwise a supervisor is started on `settings.port` and
    stopped at the end, whatever happens in the block.

    Args:
        settings: `home` and `port` decide where.
        announce: gets each line the supervisor says while it starts.

    Raises:
        ServiceError: the services did not start; the text is the supervisor's own last line.
    """
    record = running_supervisor(settings.home)
    if record is not None:
        yield _address(_wait_ready(settings.home, None))
        return
    environment = {**os.environ, "DIEMCAU_HOME": str(settings.home), "DIEMCAU_PORT": str(settings.port)}
    environment["PYTHONPATH"] = str(ROOT)
    log_folder = settings.home / "logs"
    log_folder.mkdir(parents=True, exist_ok=True)
    output = log_folder / "supervisor.log"
    with output.open("w+b") as stream:
        supervisor = subprocess.Popen(
            [sys.executable, "-P", "-m", "web.commands", "up"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            yield _address(_wait_ready(settings.home, supervisor, _Follower(output, announce)))
        finally:
            end_group(supervisor, signal.SIGTERM, STOP_LIMIT_SECONDS)


class _Follower:
    """Passes on the lines of a growing file, each once."""

    def __init__(self, path: Path, announce: Callable[[str], None]) -> None:
        self._path = path
        self._announce = announce
        self._told = 0
        self.last = ""

    def read(self) -> None:
        lines = self._path.read_text(errors="replace").splitlines()
        for line in lines[self._told :]:
            self._announce(line)
            self.last = line
        self._told = len(lines)


def _wait_ready(
    home: Path, supervisor: subprocess.Popen[bytes] | None, follower: _Follower | None = None
) -> SupervisorRecord:
    limit = time.monotonic() + START_LIMIT_SECONDS
    while True:
        if follower is not None:
            follower.read()
        record = running_supervisor(home)
        if record is not None and record.ready:
            return record
        ended = supervisor.poll() is not None if supervisor is not None else record is None
        if ended or time.monotonic() > limit:
            raise ServiceError(follower.last if follower and follower.last else "Các dịch vụ không khởi động được.")
        time.sleep(0.1)


def _address(record: SupervisorRecord) -> str:
    return f"http://127.0.0.1:{record.port}"
