"""What an operator relies on: order, restarts, a clean end, and nothing left after any kind of death."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core.services.process import wait_until
from core.services.registry import read_record, record_path, running_supervisor
from tests.services.stand import pids_path

ROOT = Path(__file__).resolve().parents[2]
Starter = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Starts supervisors in `tmp_path`; kills whatever a failed test left."""
    started: list[subprocess.Popen[str]] = []

    def starter(kind: str = "good", *, wait: bool = True) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.services.stand", str(tmp_path), kind]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        if wait:
            assert process.stdout is not None
            assert any(line == "READY\n" for line in process.stdout)
        return process

    yield starter
    for process in started:
        process.kill()
        process.communicate()
    for path in tmp_path.glob("*.pids"):
        for pid in map(int, path.read_text().split()):
            if psutil.pid_exists(pid):
                os.kill(pid, signal.SIGKILL)


def numbers(home: Path) -> set[int]:
    """All processes that the sleepers have told of."""
    return {int(word) for path in home.glob("*.pids") for word in path.read_text().split()}


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE}


def leader(home: Path, name: str) -> int:
    return int(pids_path(home, name).read_text().split()[0])


def stop(process: subprocess.Popen[str], number: signal.Signals = signal.SIGINT) -> int:
    process.send_signal(number)
    return process.wait(20)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_and_leaves_no_process(start: Starter, tmp_path: Path, number: signal.Signals) -> None:
    supervisor = start()
    pids = numbers(tmp_path)
    assert len(alive(pids)) == 6  # three services with a child each
    begin = time.monotonic()
    assert stop(supervisor, number) == 0
    assert not alive(pids), "a process was left behind"
    assert time.monotonic() - begin < 6
    assert not record_path(tmp_path).exists()


def test_services_start_in_the_order_of_the_plan(start: Starter, tmp_path: Path) -> None:
    start()
    record = read_record(tmp_path)
    assert record is not None
    assert record.ready
    assert [entry.name for entry in record.processes] == ["first", "second", "third"]
    born = [psutil.Process(leader(tmp_path, name)).create_time() for name in ("first", "second", "third")]
    assert born == sorted(born)


def test_starting_twice_says_so_and_disturbs_nothing(start: Starter, tmp_path: Path) -> None:
    first = start()
    pids = numbers(tmp_path)
    second = start(wait=False)
    output, _ = second.communicate(timeout=20)
    assert second.returncode == 1
    assert output == (
        f"Điểm Cầu đang chạy rồi (tiến trình {first.pid}, http://127.0.0.1:1). Muốn dừng, hãy chạy: ./diemcau down\n"
    )
    assert alive(pids) == pids


@pytest.mark.parametrize("name", ["first", "third"])
def test_a_killed_service_is_restarted_and_its_children_go_first(start: Starter, tmp_path: Path, name: str) -> None:
    start()
    before = pids_path(tmp_path, name).read_text()
    killed, orphan = map(int, before.split())
    os.kill(killed, signal.SIGKILL)
    path = pids_path(tmp_path, name)
    assert wait_until(lambda: path.exists() and path.read_text() not in {before, ""}, 15)
    assert not alive({killed, orphan}), "the dead parent's child would work beside the new one's"
    assert wait_until(lambda: (running_supervisor(tmp_path) or pytest.fail()).processes[0].state == "running", 10)


def test_after_kill_of_the_supervisor_the_next_start_ends_what_is_left(start: Starter, tmp_path: Path) -> None:
    supervisor = start()
    old = numbers(tmp_path)
    supervisor.kill()
    supervisor.wait()
    # Children of the sleepers and the stubborn one ignore SIGTERM: they are what a worker in a long stage is.
    assert alive(old)
    assert running_supervisor(tmp_path) is None
    second = start()
    assert not alive(old)
    assert len(alive(numbers(tmp_path))) == 6
    assert stop(second) == 0


def test_a_stranger_with_a_recorded_number_is_left_alone(start: Starter, tmp_path: Path) -> None:
    supervisor = start()
    supervisor.kill()
    supervisor.wait()
    with subprocess.Popen(["/bin/sleep", "60"], start_new_session=True) as stranger:
        text = record_path(tmp_path).read_text()
        record_path(tmp_path).write_text(text.replace(str(leader(tmp_path, "third")), str(stranger.pid)))
        second = start()
        assert stranger.poll() is None
        stop(second)
        assert stranger.poll() is None
        stranger.kill()


def test_a_service_that_never_comes_up_is_named_and_the_others_are_stopped(start: Starter, tmp_path: Path) -> None:
    process = start("sick", wait=False)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    last = output.splitlines()[-1]
    assert last.startswith("Third không khởi động được. Xem ")
    assert last.endswith("Không đọc được cấu hình")
    assert not alive(numbers(tmp_path))


def test_a_failing_step_stops_the_start(start: Starter, tmp_path: Path) -> None:
    process = start("failing-step", wait=False)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Bước thử không thành công" in output.splitlines()[-1]
    assert not alive(numbers(tmp_path))


def test_a_stop_during_the_start_leaves_nothing(start: Starter, tmp_path: Path) -> None:
    process = start("sick", wait=False)
    assert wait_until(lambda: pids_path(tmp_path, "first").exists(), 15)
    assert stop(process, signal.SIGTERM) in {0, 1}
    assert not alive(numbers(tmp_path))


def test_a_broken_record_does_not_block_the_next_start(start: Starter, tmp_path: Path) -> None:
    record_path(tmp_path).parent.mkdir()
    record_path(tmp_path).write_text("{ nửa chừng")
    assert stop(start()) == 0
