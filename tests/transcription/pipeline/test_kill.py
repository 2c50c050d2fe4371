"""`kill -9` in the middle of recognition, with a real process, a real heartbeat and the real clock."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.clock import utc_now
from core.permissions import Actor
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.transcription import sounds
from tests.transcription.fakes import FakeRecognizer
from transcription.pipeline import policy, states
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import FinishedPiece, StageRun, TranscriptionJob
from transcription.pipeline.reconciler import reconcile
from transcription.recordings.service import receive_upload
from transcription.transcripts.models import Transcript

ROOT = Path(__file__).parents[3]
WANTED_PIECES = 2
PATIENCE_SECONDS = 200.0


def _finished(runtime: Runtime) -> int:
    with runtime.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(FinishedPiece)) or 0


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(
    runtime: Runtime,
    secretary: Actor,
    meeting_id: UUID,
    engines: FakeRecognizer,
    work_off: Callable[[], int],
    fixed_clock: FixedClock,
    tmp_path: Path,
) -> None:
    fixed_clock.now = utc_now()
    path = sounds.write_wav(tmp_path / "s.wav", sounds.demo_stretch(0.5, 30.5))
    with runtime.database.transaction() as session, path.open("rb") as stream:
        receive_upload(session, secretary, meeting_id, path.name, stream)
    command = [sys.executable, "-m", "tests.transcription.pipeline.slow_worker", runtime.database.url, str(tmp_path)]
    worker = subprocess.Popen(command, cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while _finished(runtime) < WANTED_PIECES:
            assert worker.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        worker.kill()
        worker.wait()
    before = _finished(runtime)
    with runtime.database.transaction() as session:
        run = session.scalars(select(StageRun).where(StageRun.stage == Stage.RECOGNISE)).one()
        assert run.state == states.RUNNING
    fixed_clock.now = utc_now() + timedelta(seconds=policy.GRACE_SECONDS + policy.HEARTBEAT_SECONDS)
    # Killed between two pieces it held nothing; what it held is given back.
    reconcile(runtime)
    work_off()
    with runtime.database.transaction() as session:
        assert session.scalars(select(TranscriptionJob.state)).one() == states.DONE
        assert len(session.scalars(select(Transcript)).all()) == 1
        assert set(session.scalars(select(StageRun.run_number))) == {1}
    # What was finished before the kill was not heard again.
    assert len(engines.asked) + before == _finished(runtime)
