"""The real services under the real supervisor: start, health, a killed worker, a second start, a clean end."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.services.ports import free_port
from core.services.process import wait_until
from core.services.registry import read_record
from tests.commands.conftest import ROOT, call, environment, one_line

pytestmark = pytest.mark.journey
START_SECONDS = 150
SAID = "Điểm Cầu sẵn sàng tại"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def supervisor(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`diemcau up`, ready; whatever a failed test leaves is ended."""
    variables = {"DIEMCAU_WEIGHTS_PATH": os.environ.get("DIEMCAU_WEIGHTS_PATH", str(ROOT / "var" / "weights"))}
    with (home / "up.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "web.commands", "up", "--sample", "--port", str(port)],
            cwd="/",
            env=environment(home, **variables),
            stdout=output,
            stderr=output,
        )
    # It is ready a moment before it has said so, and what it says is looked at.
    wait_until(
        lambda: process.poll() is not None or (is_ready(home) and SAID in (home / "up.log").read_text()),
        START_SECONDS,
        pause_seconds=0.2,
    )
    assert process.poll() is None, (home / "up.log").read_text()
    yield process
    process.send_signal(signal.SIGINT)
    process.wait(60)


def is_ready(home: Path) -> bool:
    record = read_record(home)
    return record is not None and record.ready


def ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def status(home: Path) -> tuple[int, dict[str, dict[str, object]]]:
    result = call(home, "status", "--json")
    return result.returncode, {row["name"]: row for row in json.loads(result.stdout)["services"]}


@pytest.mark.usefixtures("supervisor")
def test_everything_answers(home: Path, port: int) -> None:
    code, services = status(home)
    assert code == 0
    workers = ["worker-speech", "worker-pieces", "worker-general"]
    assert list(services) == ["database", "broker", "web", *workers, "beat", "live"]
    assert ask(port, "/healthz") == 200
    assert ask(port, "/readyz") == 200


@pytest.mark.usefixtures("supervisor")
def test_the_sign_ins_are_printed_and_files_are_private(home: Path) -> None:
    printed = (home / "up.log").read_text()
    for login, password in json.loads((home / "sign-ins.json").read_text()).items():
        assert login in printed
        assert password in printed
    for name in ("secrets.json", "sign-ins.json", "logs/web.log"):
        assert (home / name).stat().st_mode & 0o077 == 0, name


@pytest.mark.usefixtures("supervisor")
def test_the_web_listens_on_loopback_only(home: Path, port: int) -> None:
    _, services = status(home)
    members = [psutil.Process(int(str(row["pid"]))) for row in services.values()]
    listening = {
        (connection.laddr.ip, connection.laddr.port)
        for member in members
        for connection in member.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    # The screens and, beside them, the streams of what is being said.
    assert listening == {("127.0.0.1", port), ("127.0.0.1", port + 1)}


def test_a_second_up_says_who_runs(home: Path, supervisor: "subprocess.Popen[bytes]", port: int) -> None:
    result = call(home, "up", "--port", free_port())
    assert result.returncode == 1
    assert f"tiến trình {supervisor.pid}, http://127.0.0.1:{port}" in one_line(result)


@pytest.mark.usefixtures("supervisor")
def test_another_installation_on_the_same_port_says_so(open_folder: Path, port: int) -> None:
    result = call(open_folder / "khac", "up", "--port", port)
    assert result.returncode == 2
    assert f"cổng {port}" in one_line(result)


@pytest.mark.usefixtures("supervisor")
@pytest.mark.parametrize("name", ["worker-speech", "web", "database", "broker", "beat", "worker-general", "live"])
def test_kill_9_of_any_service_is_healed(home: Path, port: int, name: str) -> None:
    _, before = status(home)
    killed = psutil.Process(int(str(before[name]["pid"])))
    children = killed.children(recursive=True)
    killed.kill()
    assert wait_until(lambda: status(home)[1][name]["pid"] not in {None, killed.pid}, 30)
    assert wait_until(lambda: status(home)[0] == 0, 60), status(home)
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    assert ask(port, "/readyz") == 200


def test_down_ends_everything(open_folder: Path) -> None:
    """With an installation of its own, since it ends."""
    home = open_folder / "để dừng"
    home.mkdir()
    variables = {"DIEMCAU_WEIGHTS_PATH": str(ROOT / "var" / "weights"), "DIEMCAU_PORT": str(free_port())}
    with (home / "up.log").open("wb") as output:
        command = [sys.executable, "-P", "-m", "web.commands", "up"]
        process = subprocess.Popen(command, env=environment(home, **variables), stdout=output, stderr=output)
    wait_until(lambda: process.poll() is not None or is_ready(home), START_SECONDS, pause_seconds=0.2)
    assert process.poll() is None, (home / "up.log").read_text()
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) > 10
    begin = time.monotonic()
    assert call(home, "down").returncode == 0
    assert process.wait(5) == 0
    assert time.monotonic() - begin < 30
    assert not [member for member in family if member.is_running() and member.status() != psutil.STATUS_ZOMBIE]
    assert call(home, "status").returncode == 1
    assert call(home, "down").stderr == "Điểm Cầu không chạy.\n"
