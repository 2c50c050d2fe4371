"""The embedded database: what it can, that it survives, and that it runs for root and for ordinary people."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from core.services import ServiceError, postgres_files
from core.services.places import others_may_reach
from core.services.postgres import FORGETFUL, PostgresService, running
from core.services.process import end_group, spawn, wait_until
from core.services.valkey import ValkeyService
from core.services.valkey import running as running_valkey

ROOT = Path(__file__).resolve().parents[2]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture(scope="module")
def service() -> Iterator[PostgresService]:
    with running() as service:
        yield service


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can walk to, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def python_for_everybody() -> str:
    """A Python of our version that an ordinary account may run; ours may lie below a closed home."""
    mine = Path(sys.executable).resolve()
    system = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    for path in (mine, system):
        if path.exists() and others_may_reach(path):
            return str(path)
    pytest.skip("no Python that an ordinary account may run")


def answer(service: PostgresService, query: str) -> object:
    with psycopg.connect(service.conninfo) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


@pytest.mark.parametrize("name", ["btree_gist", "unaccent", "pg_trgm", "vector"])
def test_the_extensions_are_there(service: PostgresService, name: str) -> None:
    assert answer(service, f"SELECT count(*) FROM pg_extension WHERE extname = '{name}'") == 1  # noqa: S608


def test_vietnamese_letters_are_letters(service: PostgresService) -> None:
    assert answer(service, "SELECT upper('điểm cầu ở Đắk Lắk, ỷ')") == "ĐIỂM CẦU Ở ĐẮK LẮK, Ỷ"
    assert answer(service, "SELECT unaccent('Đường Nguyễn Huệ')") == "Duong Nguyen Hue"
    assert answer(service, "SELECT similarity('ộ', 'ộ')") == 1  # zero where pg_trgm sees no letter in it


def test_there_is_no_tcp_port_and_the_clock_is_utc(service: PostgresService) -> None:
    assert answer(service, "SHOW listen_addresses") == ""
    assert answer(service, "SHOW timezone") == "UTC"
    assert answer(service, "SHOW unix_socket_permissions") == "0700"
    assert (service.sockets.stat().st_mode & 0o077) == 0


def test_nothing_is_left_behind() -> None:
    with running() as service:
        home, sockets = service.home, service.sockets
        server = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    assert not psutil.pid_exists(server)
    assert not home.exists()
    assert not sockets.exists()


def test_data_survives_kill_9_and_the_stale_pid_file_does_not_block(open_folder: Path) -> None:
    service = PostgresService(open_folder)
    for round_number in range(2):
        with (open_folder / "log").open("ab") as output:
            process = spawn(service.prepare(), output)
        assert wait_until(service.is_healthy, 20)
        if round_number == 0:
            with psycopg.connect(service.conninfo) as connection:
                connection.execute("CREATE TABLE ghi_nho AS SELECT 'còn đây' AS noi_dung")
            process.kill()
            process.wait()
            # As after a restart of the machine: the number in the pid file belongs to somebody else now.
            pid_file = open_folder / "postgres" / "postmaster.pid"
            lines = pid_file.read_text().splitlines()
            assert wait_until(lambda: not _backends(open_folder / "postgres"), 10)
            pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
        else:
            assert answer(service, "SELECT noi_dung FROM ghi_nho") == "còn đây"
            end_group(process, signal.SIGINT, 10)


def test_a_server_that_outlived_its_supervisor_is_stopped_first(open_folder: Path) -> None:
    service = PostgresService(open_folder, options=FORGETFUL)
    with (open_folder / "log").open("ab") as output:
        old = spawn(service.prepare(), output)
        assert wait_until(service.is_healthy, 20)
        new = spawn(service.prepare(), output)
        assert old.wait(15) == 0, "asked to shut down, not killed"
        assert wait_until(service.is_healthy, 20)
        end_group(new, signal.SIGINT, 10)


def test_a_half_made_cluster_is_made_again(open_folder: Path) -> None:
    draft = open_folder / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")
    launch = PostgresService(open_folder).prepare()
    assert (launch.cwd / "base").is_dir()
    assert not draft.exists()


def test_data_of_another_version_is_refused_with_the_way_out(open_folder: Path) -> None:
    launch = PostgresService(open_folder).prepare()
    (launch.cwd / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServiceError, match="phiên bản 15.*sao lưu"):
        PostgresService(open_folder).prepare()


def test_a_folder_with_spaces_and_vietnamese_letters(open_folder: Path) -> None:
    home = open_folder / "Bộ Mẫu, dữ liệu (thử)"
    with running(home) as service, running_valkey(home):
        assert answer(service, "SELECT 1") == 1
    assert not service.sockets.exists()


def test_the_shell_of_the_caller_does_not_bend_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "6543", "PGHOST": "khong-co", "PGDATA": "/khong/co", "PGUSER": "ai"}.items():
        monkeypatch.setenv(name, value)
    with running() as service:
        assert answer(service, "SELECT current_user") == "postgres"


@needs_root
def test_started_by_root_the_server_runs_under_another_account(service: PostgresService) -> None:
    server = int((service.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    assert psutil.Process(server).uids().real != 0


@needs_root
def test_below_a_closed_folder_the_data_lies_elsewhere_and_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    monkeypatch.setattr(postgres_files, "OUTSIDE", open_folder / "lib")
    closed = tmp_path / "nha"
    closed.mkdir(mode=0o700)
    with running(closed / "var") as service:
        assert answer(service, "SELECT 1") == 1
        assert (closed / "var" / "postgres").is_symlink()
        assert (closed / "var" / "postgres").resolve().parent == open_folder / "lib"
    assert closed.stat().st_mode & 0o077 == 0


@needs_root
def test_a_link_to_data_that_is_gone_is_not_replaced_by_an_empty_database(tmp_path: Path) -> None:
    (tmp_path / "postgres").symlink_to("/var/lib/diemcau/khong-con")
    with pytest.raises(ServiceError, match="không có dữ liệu"):
        PostgresService(tmp_path).prepare()


@needs_root
def test_programs_below_a_closed_folder_are_copied(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_files, "OUTSIDE", open_folder / "lib")
    monkeypatch.setattr(postgres_files, "_others_may_run", lambda _: False)
    with running() as service:
        assert answer(service, "SELECT 1") == 1
        server = int((service.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        assert Path(psutil.Process(server).exe()).is_relative_to(open_folder / "lib")
    assert any((open_folder / "lib").rglob("vector.so"))


@needs_root
def test_an_ordinary_account_runs_everything_itself(open_folder: Path) -> None:
    person = pwd.getpwnam("nobody")
    home = open_folder / "nha cua toi"
    home.mkdir()
    os.chown(home, person.pw_uid, person.pw_gid)
    script = (
        "import sys, os; from pathlib import Path; from core.services import postgres, valkey\n"
        "home = Path(sys.argv[1])\n"
        "with postgres.running(home) as database, valkey.running(home) as broker:\n"
        "    print(database.is_healthy(), broker.is_healthy(), (home / 'postgres').stat().st_uid == os.getuid())\n"
    )
    done = subprocess.run(
        [python_for_everybody(), "-B", "-c", script, str(home)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": f"{ROOT}:{Path(psycopg.__file__).parents[1]}",
        },
        user=person.pw_uid,
        group=person.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "True True True\n", done.stderr


@needs_root
def test_root_starts_what_a_person_has_set_up_under_that_person(open_folder: Path) -> None:
    person = pwd.getpwnam("nobody")
    data = open_folder / "postgres"
    data.mkdir(mode=0o700)
    os.chown(data, person.pw_uid, person.pw_gid)
    launch = PostgresService(open_folder).prepare()
    assert launch.account is not None
    assert launch.account.uid == person.pw_uid
    shutil.rmtree(launch.cwd)


def test_the_broker_keeps_its_messages_over_kill_9(open_folder: Path) -> None:
    service = ValkeyService(open_folder)
    for round_number in range(2):
        with (open_folder / "log").open("ab") as output:
            process = spawn(service.prepare(), output)
        assert wait_until(service.is_healthy, 10)
        with redis.Redis(unix_socket_path=str(service.socket)) as client:
            if round_number == 0:
                client.rpush("speech", "một việc")
                client.execute_command("WAITAOF", 1, 0, 2000)
                process.kill()
                process.wait()
            else:
                assert client.lrange("speech", 0, -1) == ["một việc".encode()]
                assert client.config_get("port") == {"port": "0"}
                end_group(process, signal.SIGTERM, 10)


def test_nobody_answers_where_nothing_runs(open_folder: Path) -> None:
    assert not PostgresService(open_folder).is_healthy()
    with socket.socket(socket.AF_UNIX) as probe, pytest.raises(OSError):
        probe.connect(str(PostgresService(open_folder).sockets / ".s.PGSQL.5432"))


def _backends(data: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and Path(process.cwd()) == data:
                found.append(process)
        except psutil.Error:
            continue
    return found
