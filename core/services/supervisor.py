"""Starts all services of an installation in order, restarts what dies, stops them in reverse and leaves nothing behind.

In: a plan (tiers of services and one-off steps, as data) and the data folder. Out: running services until SIGINT or
SIGTERM.
Meant to be the only thing its process does: it takes over signal handling and the orphans of its children.
"""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType

from core.services import ServiceError, logs
from core.services.keeper import Keeper
from core.services.prober import Prober
from core.services.process import adopt_orphans, end_group, spawn, wait_until
from core.services.registry import (
    SupervisorRecord,
    birth_of,
    end_leftovers,
    installation_lock,
    record_path,
    write_record,
)
from core.services.service import Plan, Step, Tier

log = logging.getLogger(__name__)

LOOP_PAUSE_SECONDS = 0.1
TRIM_PAUSE_SECONDS = 60


class Stopping(Exception):
    """A stop signal came while services were still starting."""


class Supervisor:
    """Runs one plan in one data folder."""

    def __init__(
        self, plan: Plan, home: Path, *, address: str = "", port: int = 0, announce: Callable[[str], None] = log.info
    ) -> None:
        self.plan = plan
        self.home = home
        self.log_folder = home / "logs"
        self._announce = announce
        self._keepers: list[list[Keeper]] = []
        self._record = SupervisorRecord(os.getpid(), birth_of(os.getpid()), address, port)
        self._stop_signals = 0
        #: The prober's thread writes as well.
        self._write_lock = threading.Lock()

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Start everything, call `ready`, look after it until told to stop, stop everything.

        Raises:
            AlreadyRunning: another supervisor holds the data folder.
            ServiceError: something did not start; all that had started is stopped again.
        """
        with installation_lock(self.home):
            adopt_orphans()
            for name in end_leftovers(self.home):
                self._announce(f"Đã dừng tiến trình còn sót lại của lần chạy trước: {name}")
            with self._signals_caught():
                try:
                    self._write()
                    self._start()
                    self._record.ready = True
                    self._write()
                    ready()
                    self._watch()
                except Stopping:
                    self._announce("Nhận lệnh dừng khi đang khởi động.")
                finally:
                    self._stop()

    def _start(self) -> None:
        for part in self.plan:
            if isinstance(part, Step):
                self._run_step(part)
            else:
                self._start_tier(part)

    def _start_tier(self, tier: Tier) -> None:
        keepers = [Keeper(service, self.log_folder, self._write) for service in tier]
        self._keepers.append(keepers)
        self._record.processes += [keeper.record for keeper in keepers]
        begin = time.monotonic()
        for keeper in keepers:
            keeper.start()
        waiting = list(keepers)
        while waiting:
            self._stop_if_told()
            for keeper in list(waiting):
                if keeper.is_up():
                    waiting.remove(keeper)
                    self._announce(f"✓ {keeper.service.title} ({_seconds(begin)})")
                elif time.monotonic() - begin > keeper.service.start_seconds:
                    raise ServiceError(self._did_not_start(keeper))
                else:
                    # Already here what dies is started again, e.g. a database that waits for the last crash to clear.
                    keeper.tend()
                    if keeper.record.restarts > 3:
                        raise ServiceError(self._did_not_start(keeper))
            time.sleep(LOOP_PAUSE_SECONDS / 2)

    def _did_not_start(self, keeper: Keeper) -> str:
        path = logs.log_path(self.log_folder, keeper.service.name)
        return f"{keeper.service.title} không khởi động được. Xem {path}: {keeper.last_words()}"

    def _run_step(self, step: Step) -> None:
        begin = time.monotonic()
        with logs.open_log(self.log_folder, step.name) as output:
            process = spawn(step.prepare(), output)
        try:
            while process.poll() is None:
                self._stop_if_told()
                if time.monotonic() - begin > step.limit_seconds:
                    raise ServiceError(f"{step.title}: quá {step.limit_seconds:.0f} giây chưa xong.")
                time.sleep(LOOP_PAUSE_SECONDS / 2)
        finally:
            code = end_group(process, signal.SIGTERM, 5)
        if code:
            path = logs.log_path(self.log_folder, step.name)
            raise ServiceError(f"{step.title} không thành công. Xem {path}: {logs.tail(self.log_folder, step.name)}")
        self._announce(f"✓ {step.title} ({_seconds(begin)})")

    def _watch(self) -> None:
        trimmed = time.monotonic()
        prober = Prober(self._all())
        prober.start()
        try:
            while not self._stop_signals:
                for keeper in self._all():
                    keeper.tend()
                self._reap_adopted()
                if time.monotonic() - trimmed > TRIM_PAUSE_SECONDS:
                    trimmed = time.monotonic()
                    for keeper in self._all():
                        logs.trim(self.log_folder, keeper.service.name)
                time.sleep(LOOP_PAUSE_SECONDS)
        finally:
            prober.stop()

    def _stop(self) -> None:
        for keepers in reversed(self._keepers):
            _stop_tier(keepers, lambda: self._stop_signals > 1)
        self._reap_adopted()
        # A grandchild in a group of its own can only be left over here; its mark gives it away.
        end_leftovers(self.home)
        record_path(self.home).unlink(missing_ok=True)

    def _reap_adopted(self) -> None:
        known = {keeper.pid for keeper in self._all()}
        for pid in _zombie_children():
            if pid not in known:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)

    def _all(self) -> list[Keeper]:
        return [keeper for keepers in self._keepers for keeper in keepers]

    def _write(self) -> None:
        with self._write_lock:
            write_record(self.home, self._record)

    def _stop_if_told(self) -> None:
        if self._stop_signals:
            raise Stopping

    @contextlib.contextmanager
    def _signals_caught(self) -> Iterator[None]:
        def note(_number: int, _frame: FrameType | None) -> None:
            self._stop_signals += 1

        numbers = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` leaves it
            numbers.append(signal.SIGHUP)
        before = {number: signal.signal(number, note) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _stop_tier(keepers: list[Keeper], hurry: Callable[[], bool]) -> None:
    """Ask all services of a tier at once, each by its own plan, then kill what is left."""
    rounds = max((len(keeper.service.stop) for keeper in keepers), default=0)
    for number in range(rounds):
        living = [keeper for keeper in keepers if not keeper.is_gone() and number < len(keeper.service.stop)]
        for keeper in reversed(living):
            keeper.ask_to_stop(keeper.service.stop[number][0])
        patience = max((keeper.service.stop[number][1] for keeper in living), default=0)
        wait_until(partial(_gone_or_hurried, living, hurry), patience)
    for keeper in reversed(keepers):
        keeper.finish()


def _gone_or_hurried(keepers: list[Keeper], hurry: Callable[[], bool]) -> bool:
    return hurry() or all(keeper.is_gone() for keeper in keepers)


def _zombie_children() -> list[int]:
    path = Path(f"/proc/self/task/{os.getpid()}/children")
    children = [int(word) for word in path.read_text().split()] if path.exists() else []
    return [pid for pid in children if birth_of(pid) == ""]


def _seconds(begin: float) -> str:
    return f"{time.monotonic() - begin:.1f} giây".replace(".", ",")
