"""The finalize script as the real process it is: copies, verifies, announces, deletes nothing, leaves a mark."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from sqlalchemy import select

from core.runtime import Runtime, install
from tests.fakes.http import Answer, LoopbackServer
from tests.fakes.jibri import FakeJibri
from tests.fakes.service import ROOT, serving
from tests.transcription.recordings.test_receive import add_meeting
from transcription.recordings.models import Recording
from transcription.recordings.tasks import sweep_recordings
from web.app import create_app

SCRIPT = ROOT / "deploy" / "jibri" / "finalize"
SESSION = "b1f2c3d4-0000-4000-8000-00000000ab01"
ROOM = "giao-ban-tuan-15-k3x9"
VIDEO = f"{ROOM}_2026-04-08-14-00-12.mp4"
KEY = "khoa-ghi-hinh-0123456789"


class Hook:
    """A receiver that answers with a list of statuses, the last one for ever."""

    def __init__(self) -> None:
        self.statuses = [202]
        self.got: list[tuple[str | None, object]] = []
        self.server = LoopbackServer(self._answer)

    def _answer(self, handler: BaseHTTPRequestHandler, _method: str, body: bytes) -> Answer:
        self.got.append((handler.headers.get("Authorization"), json.loads(body)))
        return Answer(self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0])


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    yield hook
    hook.server.close()


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """What Jibri left: a video and its metadata."""
    folder = tmp_path / "jibri" / SESSION
    folder.mkdir(parents=True)
    (folder / VIDEO).write_bytes(os.urandom(300_000))
    (folder / "metadata.json").write_text('{"participants": []}')
    return folder


def finalize(tmp_path: Path, folder: Path, url: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it as Jibri does: the folder is its only argument."""
    safe, key = tmp_path / "an toàn", tmp_path / "key"
    safe.mkdir(exist_ok=True)
    key.write_text(KEY)
    environment = {
        "PATH": os.environ["PATH"],
        "DIEMCAU_SAFE_DIRECTORY": str(safe),
        "DIEMCAU_RECORDINGS_URL": url,
        "DIEMCAU_RECORDINGS_KEY_FILE": str(key),
        "DIEMCAU_FINALIZE_CONFIG": str(tmp_path / "none.conf"),
        "DIEMCAU_TRIES": "3",
        "DIEMCAU_PAUSE_SECONDS": "0",
        **more,
    }
    return subprocess.run(
        [str(SCRIPT), str(folder)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def marks(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "an toàn" / SESSION).glob(".*")}


def test_it_copies_hashes_and_announces_and_deletes_nothing(tmp_path: Path, session: Path, hook: Hook) -> None:
    before = (session / VIDEO).read_bytes()
    done = finalize(tmp_path, session, hook.server.address)
    assert (done.returncode, done.stderr) == (0, "")
    kept = tmp_path / "an toàn" / SESSION
    assert (kept / VIDEO).read_bytes() == before == (session / VIDEO).read_bytes()
    sums = (kept / "SHA256SUMS").read_text()
    assert f"{hashlib.sha256(before).hexdigest()}  {VIDEO}\n" in sums
    assert "metadata.json" in sums
    assert hook.got == [(f"Bearer {KEY}", {"directory": SESSION})]
    assert marks(tmp_path) == {".announced"}


def test_run_twice_it_copies_and_announces_once(tmp_path: Path, session: Path, hook: Hook) -> None:
    for _ in range(2):
        assert finalize(tmp_path, session, hook.server.address).returncode == 0
    assert len(hook.got) == 1
    assert [path.name for path in (tmp_path / "an toàn").iterdir()] == [SESSION]


def test_a_service_that_is_away_is_asked_again(tmp_path: Path, session: Path, hook: Hook) -> None:
    hook.statuses = [503, 500, 202]
    assert finalize(tmp_path, session, hook.server.address).returncode == 0
    assert len(hook.got) == 3


@pytest.mark.parametrize(("status", "calls"), [(500, 3), (401, 1), (404, 1), (422, 1)])
def test_what_cannot_be_announced_is_left_with_a_mark(
    tmp_path: Path, session: Path, hook: Hook, status: int, calls: int
) -> None:
    hook.statuses = [status]
    done = finalize(tmp_path, session, hook.server.address)
    assert done.returncode == 2
    assert len(hook.got) == calls
    assert "left to the sweep" in done.stderr
    assert KEY not in done.stderr
    assert marks(tmp_path) == {".unannounced"}
    hook.statuses = [202]
    assert finalize(tmp_path, session, hook.server.address).returncode == 0
    assert marks(tmp_path) == {".announced"}


def test_nobody_listens_and_no_key(tmp_path: Path, session: Path) -> None:
    assert finalize(tmp_path, session, "http://127.0.0.1:9/").returncode == 2
    assert finalize(tmp_path, session, "http://127.0.0.1:9/", DIEMCAU_RECORDINGS_KEY_FILE="/khong-co").returncode == 2
    assert marks(tmp_path) == {".unannounced"}


def test_a_folder_kept_earlier_and_damaged_steps_aside(tmp_path: Path, session: Path, hook: Hook) -> None:
    finalize(tmp_path, session, hook.server.address)
    kept = tmp_path / "an toàn" / SESSION
    (kept / VIDEO).write_bytes(b"hong")
    assert finalize(tmp_path, session, hook.server.address).returncode == 0
    assert (kept / VIDEO).stat().st_size == 300_000
    aside = [path for path in (tmp_path / "an toàn").iterdir() if "-damaged-" in path.name]
    assert (aside[0] / VIDEO).read_bytes() == b"hong"


def test_a_half_copy_of_a_killed_run_is_done_again(tmp_path: Path, session: Path, hook: Hook) -> None:
    left = tmp_path / "an toàn" / f".incoming-{SESSION}"
    left.mkdir(parents=True)
    (left / VIDEO).write_bytes(b"nua")
    assert finalize(tmp_path, session, hook.server.address).returncode == 0
    assert not left.exists()


@pytest.mark.parametrize("folder", ["/khong-co", "tên lạ", "empty"])
def test_what_is_no_session_is_refused_and_nothing_is_written(
    tmp_path: Path, hook: Hook, session: Path, folder: str
) -> None:
    (tmp_path / "tên lạ").mkdir()
    (tmp_path / "empty").mkdir()
    done = finalize(tmp_path, Path(folder) if folder.startswith("/") else tmp_path / folder, hook.server.address)
    assert done.returncode == 1
    assert hook.got == []
    assert not [path for path in (tmp_path / "an toàn").iterdir() if not path.name.startswith(".")]


def test_a_full_disk_leaves_everything_where_it_is(tmp_path: Path, session: Path, hook: Hook) -> None:
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "cp").write_text("#!/bin/sh\necho 'cp: No space left on device' >&2\nexit 1\n")
    (fake / "cp").chmod(0o755)
    done = finalize(tmp_path, session, hook.server.address, PATH=f"{fake}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert (session / VIDEO).exists()
    assert hook.got == []


def test_key_and_address_may_come_from_its_configuration(tmp_path: Path, session: Path, hook: Hook) -> None:
    config = tmp_path / "finalize.conf"
    config.write_text(f"DIEMCAU_RECORDINGS_URL={hook.server.address}/jitsi/recordings\n")
    assert finalize(tmp_path, session, "", DIEMCAU_FINALIZE_CONFIG=str(config)).returncode == 0


def recordings(runtime: Runtime) -> list[Recording]:
    with runtime.database.transaction() as database:
        return list(database.scalars(select(Recording)))


def configured(runtime: Runtime, tmp_path: Path) -> Runtime:
    """The service reads the safe folder."""
    safe = tmp_path / "an toàn"
    safe.mkdir(exist_ok=True)
    runtime.settings = runtime.settings.model_copy(update={"jibri_directory": safe})
    install(runtime)
    return runtime


def test_from_jibris_stop_to_our_recording_over_real_sockets(runtime: Runtime, tmp_path: Path) -> None:
    """Jibri (read, never run) stops, runs the real script, which tells the real service."""
    runtime = configured(runtime, tmp_path)
    add_meeting(runtime, room=ROOM)
    key = runtime.settings.jitsi_recordings_secret.get_secret_value()
    with serving(create_app(runtime, testing=True)) as address:
        wrapper = tmp_path / "wrapper"
        (tmp_path / "key").write_text(key)
        config = tmp_path / "finalize.conf"
        config.write_text(
            f"DIEMCAU_SAFE_DIRECTORY='{tmp_path}/an toàn'\nDIEMCAU_RECORDINGS_URL={address}/jitsi/recordings\n"
            f"DIEMCAU_RECORDINGS_KEY_FILE={tmp_path}/key\n"
        )
        wrapper.write_text(f'#!/bin/sh\nDIEMCAU_FINALIZE_CONFIG={config} exec {SCRIPT} "$@"\n')
        wrapper.chmod(0o755)
        jibri = FakeJibri(tmp_path / "jibri", [str(wrapper)])
        jibri.busy = "BUSY"
        jibri.started.append(
            {
                "sessionId": SESSION,
                "callParams": {"callUrlInfo": {"baseUrl": "https://meet.example.vn", "callName": ROOM}},
            }
        )
        jibri.server.close()
        jibri._stop()
        (recording,) = recordings(runtime)
        assert recording.sha256 == hashlib.sha256(b"video of " + SESSION.encode()).hexdigest()
        assert marks(tmp_path) == {".announced"}


def test_what_was_left_with_a_mark_is_swept_at_once(
    runtime: Runtime, tmp_path: Path, session: Path, hook: Hook
) -> None:
    runtime = configured(runtime, tmp_path)
    add_meeting(runtime, room=ROOM)
    hook.statuses = [503]
    assert finalize(tmp_path, session, hook.server.address).returncode == 2
    started = time.monotonic()
    sweep_recordings()
    assert [recording.size_bytes for recording in recordings(runtime)] == [300_000]
    assert time.monotonic() - started < 30
    assert (session / VIDEO).exists()
