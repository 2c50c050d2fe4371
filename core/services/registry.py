"""Who runs this installation: a lock that only one supervisor holds, and a record of its processes.

In: the data folder. Out: `run/supervisor.lock` (flock, freed by the kernel whatever happens) and `run/supervisor.json`
(read by `status`, `down`, and by the next supervisor, which ends what a killed one left).
"""

import contextlib
import fcntl
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from core.services import ServiceError
from core.services.places import installation_mark
from core.services.process import signal_group, wait_until

#: In the environment of every process we start, so that leftovers are recognised and strangers are not.
MARK_VARIABLE = "DIEMCAU_INSTALLATION"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class AlreadyRunning(ServiceError):
    """Another supervisor holds the lock of this data folder."""


@dataclass
class ProcessRecord:
    """One process as the record knows it."""

    name: str
    title: str
    pid: int
    #: Boot and start time, so that a later process with the same number is not mistaken for it; "" once it is gone.
    birth: str
    state: str = "starting"
    restarts: int = 0

    @property
    def alive(self) -> bool:
        """Whether exactly this process still runs."""
        return bool(self.birth) and birth_of(self.pid) == self.birth

    def is_gone(self) -> bool:
        """The opposite, as a question that can be asked again."""
        return not self.alive


@dataclass
class SupervisorRecord:
    """What `run/supervisor.json` holds."""

    pid: int
    birth: str
    #: Where people reach it, and the web server's own port on loopback.
    address: str
    port: int
    ready: bool = False
    processes: list[ProcessRecord] = field(default_factory=list)

    @property
    def alive(self) -> bool:
        """Whether the supervisor that wrote this still runs."""
        return birth_of(self.pid) == self.birth


def birth_of(pid: int) -> str:
    """Identity of a live process in time, "" if there is none (a zombie counts as none)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in {"Z", "X"} else f"{_BOOT_ID.read_text().strip()}:{fields[19]}"
    except OSError:
        return ""


def record_path(home: Path) -> Path:
    """The record of a data folder."""
    return home / "run" / "supervisor.json"


def write_record(home: Path, record: SupervisorRecord) -> None:
    """Replace the record in one go."""
    path = record_path(home)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1))
    draft.replace(path)


def read_record(home: Path) -> SupervisorRecord | None:
    """The record as last written; None if there is none or it is unreadable."""
    try:
        raw: dict[str, Any] = json.loads(record_path(home).read_text())
        processes = [ProcessRecord(**entry) for entry in raw.pop("processes")]
        return SupervisorRecord(**raw, processes=processes)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def running_supervisor(home: Path) -> SupervisorRecord | None:
    """The record of the supervisor that runs now, if one does."""
    record = read_record(home)
    return record if record is not None and record.alive else None


@contextlib.contextmanager
def installation_lock(home: Path) -> Iterator[None]:
    """Hold the data folder for one supervisor.

    Raises:
        AlreadyRunning: somebody holds it; the sentence says who and how to stop it.
    """
    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "supervisor.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            record = running_supervisor(home)
            who = f" (tiến trình {record.pid}, {record.address})" if record else ""
            raise AlreadyRunning(f"Điểm Cầu đang chạy rồi{who}. Muốn dừng, hãy chạy: ./diemcau down") from None
        yield
    finally:
        os.close(handle)


def end_leftovers(home: Path) -> list[str]:
    """End what a killed supervisor left behind. Called by the holder of the lock. Returns the names of those ended."""
    record = read_record(home)
    ended = []
    for entry in reversed(record.processes if record else []):
        if entry.alive:
            # Asked first: the database writes its data before it goes.
            signal_group(entry.pid, signal.SIGINT if entry.name == "database" else signal.SIGTERM)
            wait_until(entry.is_gone, 5)
            signal_group(entry.pid, signal.SIGKILL)
            ended.append(entry.name)
    for process in _marked_processes(home):
        # Members of a group whose leader died before us: a worker of Celery or gunicorn.
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(5)
            ended.append(process.name())
    return ended


def _marked_processes(home: Path) -> list[psutil.Process]:
    mark = installation_mark(home)
    own = {os.getpid(), os.getppid()}
    return [process for process in psutil.process_iter() if process.pid not in own and _mark_of(process) == mark]


def _mark_of(process: psutil.Process) -> str:
    try:
        return process.environ().get(MARK_VARIABLE, "")
    except (psutil.Error, OSError):
        return ""
