"""A database, a broker and workers of our own below a scratch folder; workers can be killed, and are started again.

The service's supervisor and timetable are left out: this module starts dead workers anew and asks the reconciler, so
that nothing but the pipeline is measured.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psutil

from core.clock import utc_now
from core.database import create_everything
from core.runtime import Runtime, install
from core.services import postgres, valkey
from core.services.process import Launch, spawn
from core.settings import Settings, load_settings
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingKind, Urgency
from transcription.recordings.models import RecordingSource
from transcription.recordings.service import keep
from web.commands.plan import child_environment
from web.composition import build_runtime

ROOT = Path(__file__).resolve().parents[2]
SPEECH_QUEUES = ("speech", "short", "pieces")
OTHER_QUEUES = ("default", "media", "mail")


@dataclass
class Worker:
    """One Celery worker with one process for its tasks; what it needed counts over all of its lives."""

    name: str
    queues: Sequence[str]
    settings: Settings
    #: Where Celery finds its application; another one may hold stand-ins for the engines.
    application: str = "web.worker:celery"
    process: "subprocess.Popen[bytes] | None" = None
    peak_bytes: int = 0
    _cpu: dict[tuple[int, float], float] = field(default_factory=dict)
    _cpu_before: float = 0.0

    def start(self) -> None:
        options = ["-Q", ",".join(self.queues), "-n", f"{self.name}@bench", "-c", "1", "-l", "INFO"]
        quiet = ["--prefetch-multiplier", "1", "--without-gossip", "--without-mingle"]
        command = [sys.executable, "-m", "celery", "-A", self.application, "worker", *options, *quiet]
        environment = {
            **child_environment(self.settings),
            "DIEMCAU_WEIGHTS_PATH": str(self.settings.weights_directory),
            "DIEMCAU_SPEECH_THREADS": "1",
        }
        with self.log.open("ab") as log:
            self.process = spawn(Launch(command, ROOT, environment, orphan_signal=signal.SIGKILL), log)

    @property
    def log(self) -> Path:
        return self.settings.home / f"{self.name}.log"

    @property
    def cpu_seconds(self) -> float:
        """Processor time since `begin`, as last looked at."""
        return sum(self._cpu.values()) - self._cpu_before

    def begin(self) -> None:
        """What it needed so far no longer counts."""
        self.look()
        self._cpu_before = sum(self._cpu.values())

    def look(self) -> None:
        """Note processor time and memory of the worker and all it has started."""
        resident = 0
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                self._cpu[process.pid, process.create_time()] = times.user + times.system
                # Shared pages are counted once, among those who share them.
                resident += process.memory_full_info().pss
        self.peak_bytes = max(self.peak_bytes, resident)

    def kill(self) -> None:
        """As a power cut would: all of it at once."""
        self.look()
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def _family(self) -> list[psutil.Process]:
        if self.process is None or self.process.poll() is not None:
            return []
        try:
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.Error:
            return []


@contextlib.contextmanager
def installation(
    home: Path, weights: Path, speech_workers: int, application: str
) -> Iterator[tuple[Runtime, list[Worker]]]:
    """Database, broker, one worker for what is not speech, and so many for speech; all gone afterwards but `home`."""
    home.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        stack.enter_context(postgres.running(home))
        stack.enter_context(valkey.running(home))
        settings = load_settings(home=home, weights_path=weights)
        runtime = build_runtime(settings)
        stack.callback(install, None)
        stack.callback(runtime.database.dispose)
        create_everything(runtime.database)
        names = {"other": OTHER_QUEUES, **{f"speech-{n}": SPEECH_QUEUES for n in range(1, speech_workers + 1)}}
        workers = [Worker(name, queues, settings, application) for name, queues in names.items()]
        for worker in workers:
            worker.start()
            stack.callback(worker.kill)
        yield runtime, workers


def upload(runtime: Runtime, recording: Path) -> UUID:
    """A meeting with this recording. Returns the recording's id; its job has begun."""
    with runtime.database.transaction() as session, recording.open("rb") as stream:
        now = utc_now()
        meeting = Meeting(
            code=f"DO-{os.getpid()}-{time.monotonic_ns()}",
            title="Họp để đo",
            kind=MeetingKind.WEEKLY_BRIEFING,
            classification=Classification.UNCLASSIFIED,
            urgency=Urgency.NORMAL,
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            state="planned",
            room_name=None,
        )
        session.add(meeting)
        session.flush()
        return keep(session, meeting, stream, name=recording.name, source=RecordingSource.UPLOAD).id
