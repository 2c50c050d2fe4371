"""The installation that is fired at: the service's own supervisor and plan, stand-ins for its engines and its clock.

`python -m tests.chaos.installation HOME PORT` runs it until SIGINT; `… HOME PORT schema` makes its tables and people.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from core.database import create_everything
from core.runtime import Runtime, install
from core.services.ports import free_port
from core.services.process import Launch
from core.services.registry import SupervisorRecord, running_supervisor
from core.services.service import Plan, Service, Step, plain_launch
from core.services.supervisor import Supervisor
from core.settings import load_settings
from web.commands.plan import ROOT, application_tier, child_environment, stores_tier
from web.composition import build_runtime
from web.demo.sample import load_sample
from web.demo.sign_ins import read_sign_ins

START_SECONDS = 900
STAND_INS = {"web.worker:celery": "tests.chaos.application:celery", "web.wsgi:app": "tests.chaos.wsgi:app"}


@dataclass
class Installation:
    """What the others need to know of it."""

    home: Path
    address: str
    sign_ins: dict[str, str]
    runtime: Runtime

    @property
    def record(self) -> SupervisorRecord | None:
        """What its supervisor says now."""
        return running_supervisor(self.home)


@contextlib.contextmanager
def running(home: Path, environment: dict[str, str]) -> Iterator[Installation]:
    """Started, filled with the sample's people, and stopped as by Ctrl-C."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", __name__, str(home), str(port)]
    with (home / "up.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(process, home)
        told = {"storage_url": environment["STORAGE_URL"]} if "STORAGE_URL" in environment else {}
        runtime = build_runtime(load_settings(home=home, port=port, **told))
        yield Installation(home, f"http://127.0.0.1:{port}", read_sign_ins(home), runtime)
        runtime.database.dispose()
        install(None)
    finally:
        process.terminate()
        process.wait(120)


def _wait(process: "subprocess.Popen[bytes]", home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        record = running_supervisor(home)
        if record is not None and record.ready:
            return
        time.sleep(0.2)
    raise RuntimeError(f"the installation did not start:\n{(home / 'up.log').read_text()[-3000:]}")


def supervise(home: Path, port: int) -> None:
    """Run the services, in the foreground."""
    settings = load_settings(home=home, port=port)
    command = [sys.executable, "-m", "tests.chaos.installation", str(home), str(port), "schema"]
    schema = Step("schema", "Schema", plain_launch(command, ROOT, child_environment(settings)))
    plan: Plan = [stores_tier(settings), schema, [_with_stand_ins(service) for service in application_tier(settings)]]
    Supervisor(plan, home, address=settings.external_url, port=port, announce=print).run()


def _with_stand_ins(service: Service) -> Service:
    def prepare() -> Launch:
        launch = service.prepare()
        return replace(launch, command=[STAND_INS.get(word, word) for word in launch.command])

    # A machine that does much else besides may take its time.
    return replace(service, prepare=prepare, start_seconds=START_SECONDS)


def make_schema(home: Path, port: int) -> None:
    """Every table of the models, and the sample's ministry."""
    runtime = build_runtime(load_settings(home=home, port=port))
    create_everything(runtime.database)
    load_sample(runtime)


if __name__ == "__main__":
    act = make_schema if sys.argv[3:] == ["schema"] else supervise
    act(Path(sys.argv[1]), int(sys.argv[2]))
