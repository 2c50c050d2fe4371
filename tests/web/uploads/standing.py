"""The web server as a site runs it: gunicorn with its processes, killed and started again."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psutil

from core.services.ports import free_port
from core.settings import Settings
from web.commands.plan import child_environment, web_answers, web_command

ROOT = Path(__file__).parents[3]


class Standing:
    """One web server over the test's database and folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.model_copy(update={"port": free_port()})
        self.starts = 0
        self.most_bytes = 0
        self._log = settings.home / "web.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        environment = {
            **child_environment(self.settings),
            "DATABASE_URL": self.settings.database_url,
            "BROKER_URL": self.settings.broker_url,
            "STORAGE_URL": self.settings.storage_url,
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                web_command(self.settings), cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.starts += 1
        answers, deadline = web_answers(self.settings.port), time.monotonic() + 300
        while not answers():
            assert self._process.poll() is None, self._log.read_text()[-2000:]
            assert time.monotonic() < deadline, "the web server does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """As a breakdown does: nobody is asked to finish anything."""
        if self._process is not None:
            self.measure()
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def measure(self) -> int:
        """The most memory of its own that one of its processes has had, in bytes (shared pages left out)."""
        assert self._process is not None
        for process in psutil.Process(self._process.pid).children():
            memory = process.memory_full_info()
            self.most_bytes = max(self.most_bytes, memory.uss)
        return self.most_bytes
