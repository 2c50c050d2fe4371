"""Keeps one service alive: starts it, notices its death, waits before the next attempt, stops it with all its kin."""

import contextlib
import logging
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from core.services import ServiceError, logs
from core.services.process import Launch, signal_group, spawn
from core.services.registry import ProcessRecord, birth_of
from core.services.service import Service

log = logging.getLogger(__name__)

#: Pauses before the second, third … start in a row; the last one repeats.
BACK_OFF_SECONDS = (0.2, 1, 2, 5, 10, 30)
#: Whoever has lived this long starts counting from the first pause again.
SETTLED_SECONDS = 60


def back_off_seconds(starts_in_a_row: int) -> float:
    """Pause before the next start, after so many that ended early (0 or more)."""
    return BACK_OFF_SECONDS[min(starts_in_a_row, len(BACK_OFF_SECONDS) - 1)]


class Keeper:
    """One service with its present process."""

    def __init__(self, service: Service, log_folder: Path, changed: Callable[[], None]) -> None:
        self.service = service
        self.record = ProcessRecord(service.name, service.title, 0, "")
        self._log_folder = log_folder
        self._changed = changed
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._next_start = 0.0
        self._early_ends = 0

    @property
    def pid(self) -> int | None:
        """Number of the present process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process.

        Raises:
            ServiceError: it cannot be prepared or its program is missing.
        """
        launch = self.service.prepare()
        self._process = self._spawn(launch)
        self._started_at = time.monotonic()
        self.record.pid, self.record.birth = self._process.pid, birth_of(self._process.pid)
        self._set_state("starting")

    def is_up(self) -> bool:
        """Whether the process lives and answers; remembers the first yes."""
        if self._process is None or self._process.poll() is not None or not self.service.is_healthy():
            return False
        if self.record.state != "running":
            self._set_state("running")
        return True

    def tend(self) -> None:
        """Look after the process once: notice its end, start it again when its pause is over. Never raises for a
        service that fails: it is tried again and again, with growing pauses."""
        if self._process is not None and self._process.poll() is not None:
            self._bury()
        elif self._process is None and time.monotonic() >= self._next_start:
            try:
                self.start()
            except ServiceError as error:
                log.warning("%s: %s", self.service.name, error)
                self._wait_longer()

    def answered(self, healthy: bool) -> None:
        """Take note of a health check made elsewhere."""
        if self.record.state in {"running", "starting", "silent"} and self._process is not None:
            state = "running" if healthy else ("silent" if self.record.state != "starting" else "starting")
            if state != self.record.state:
                self._set_state(state)

    def end_early(self) -> None:
        """Kill a process that lives but does not answer; `tend` starts the next one."""
        if self._process is not None:
            log.warning("%s does not answer and is restarted", self.service.name)
            signal_group(self._process.pid, signal.SIGKILL)

    def ask_to_stop(self, number: signal.Signals) -> None:
        """Send a signal to the process itself; its children are its own business as long as it lives."""
        if self._process is not None and self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    def is_gone(self) -> bool:
        """Whether the process has ended."""
        return self._process is None or self._process.poll() is not None

    def finish(self) -> None:
        """Kill whatever is left of the process and its group."""
        if self._process is not None:
            signal_group(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
        self.service.tidy()
        self.record.birth = ""
        self._set_state("stopped")

    def last_words(self) -> str:
        """Last line of its log."""
        return logs.tail(self._log_folder, self.service.name)

    def _spawn(self, launch: Launch) -> subprocess.Popen[bytes]:
        with logs.open_log(self._log_folder, self.service.name) as output:
            try:
                return spawn(launch, output)
            except OSError as error:
                raise ServiceError(f"Không chạy được {launch.command[0]}: {error.strerror}") from error

    def _bury(self) -> None:
        process = self._process
        if process is None:
            return
        # Its children first: a killed Celery parent would leave them working beside the next one's.
        signal_group(process.pid, signal.SIGKILL)
        log.warning("%s ended with code %s", self.service.name, process.wait())
        if time.monotonic() - self._started_at > SETTLED_SECONDS:
            self._early_ends = 0
        self._process = None
        self.record.birth = ""
        self.record.restarts += 1
        self._wait_longer()

    def _wait_longer(self) -> None:
        self._next_start = time.monotonic() + back_off_seconds(self._early_ends)
        self._early_ends += 1
        self._set_state("waiting")

    def _set_state(self, state: str) -> None:
        self.record.state = state
        self._changed()
