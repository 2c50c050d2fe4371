"""A supervisor over small sleepers, run as a process of its own: `python -m tests.services.stand HOME PLAN`.

Each sleeper starts a child of its own, as Celery and gunicorn do, and writes both numbers to `HOME/NAME.pids`.
"""

import os
import signal
import sys
from pathlib import Path

from core.services import ServiceError
from core.services.places import installation_mark
from core.services.process import Launch
from core.services.registry import MARK_VARIABLE
from core.services.service import Plan, Service, Step
from core.services.supervisor import Supervisor

SLEEPER = """
import os, signal, sys, time
path, manner = sys.argv[1:3]
if manner == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if manner == "sick":
    sys.exit("Không đọc được cấu hình")
child = os.fork()
if child == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(300)
    os._exit(0)
with open(path + ".new", "w") as stream:
    stream.write(f"{os.getpid()} {child}")
os.replace(path + ".new", path)
time.sleep(300)
"""


def pids_path(home: Path, name: str) -> Path:
    """Where a sleeper leaves its number and its child's."""
    return home / f"{name}.pids"


def sleeper(home: Path, name: str, manner: str = "kind") -> Service:
    """A service that is healthy once it has written its numbers."""
    path = pids_path(home, name)
    environment = {"PATH": os.environ["PATH"], MARK_VARIABLE: installation_mark(home)}

    def prepare() -> Launch:
        path.unlink(missing_ok=True)
        command = [sys.executable, "-c", SLEEPER, str(path), manner]
        return Launch(command, home, environment, orphan_signal=signal.SIGTERM)

    return Service(name, name.capitalize(), prepare, path.exists, [(signal.SIGTERM, 1)], start_seconds=20)


def step(home: Path, code: int) -> Step:
    """A one-off that ends with this code."""
    command = [sys.executable, "-c", f"print('bước thử'); raise SystemExit({code})"]
    return Step("step", "Bước thử", lambda: Launch(command, home, {"PATH": os.environ["PATH"]}))


def make_plan(home: Path, kind: str) -> Plan:
    """The plans the tests ask for by name."""
    good: Plan = [
        [sleeper(home, "first"), sleeper(home, "second")],
        step(home, 0),
        [sleeper(home, "third", "stubborn")],
    ]
    return {
        "good": good,
        "sick": [[sleeper(home, "first")], [sleeper(home, "third", "sick")]],
        "failing-step": [[sleeper(home, "first")], step(home, 3)],
    }[kind]


def main(home: Path, kind: str) -> int:
    """Run until a signal; prints `READY` in between."""
    supervisor = Supervisor(make_plan(home, kind), home, address="http://127.0.0.1:1", announce=_say)
    try:
        supervisor.run(ready=lambda: _say("READY"))
    except ServiceError as error:
        _say(str(error))
        return 1
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
