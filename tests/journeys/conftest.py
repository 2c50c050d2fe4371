"""A whole installation for the journeys: database, broker, web, workers and beat, in a data folder of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.runtime import install
from core.services.ports import free_port
from core.services.registry import SupervisorRecord, running_supervisor
from core.settings import Settings, load_settings
from tests.journeys import sealed
from web.composition import build_runtime
from web.demo.sample import load_sample
from web.demo.sign_ins import read_sign_ins

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180


@dataclass
class Installation:
    """A running installation and its keys."""

    settings: Settings
    address: str
    sign_ins: dict[str, str]
    is_sealed: bool

    @property
    def record(self) -> SupervisorRecord:
        """What the supervisor says of its processes now."""
        record = running_supervisor(self.settings.home)
        assert record is not None, "the supervisor is gone"
        return record


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Started once for all journeys, stopped as a person would with Ctrl-C.

    Where this account may make a network, it runs in one that has a loopback address and nothing else.
    """
    home = tmp_path_factory.mktemp("installation") / "dữ liệu"
    home.mkdir()
    port = free_port()
    command = [sys.executable, "-m", "web.commands", "up", "--port", str(port)]
    is_sealed = sealed.is_possible()
    if is_sealed:
        command = sealed.sealed(*command)
    environment = {**os.environ, "DIEMCAU_HOME": str(home)}
    with (home / "up.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(process, home)
        settings = load_settings(home=home, port=port)
        runtime = build_runtime(settings)
        load_sample(runtime)
        runtime.database.dispose()
        install(None)
        with sealed.bridge(process.pid, port) if is_sealed else nullcontext():
            yield Installation(settings, f"http://127.0.0.1:{port}", read_sign_ins(home), is_sealed)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait(process: "subprocess.Popen[bytes]", home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        record = running_supervisor(home)
        if record is not None and record.ready:
            return
        time.sleep(0.2)
    pytest.fail(f"the installation did not start:\n{(home / 'up.log').read_text()[-3000:]}")
