"""Workers that die, messages that are forgotten or come late: nothing lost, nothing twice."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from core.permissions import Actor
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.transcription import sounds
from tests.transcription.fakes import FakeRecognizer
from transcription.faults import EngineFailed
from transcription.pipeline import claims, policy, runner, service, states, work
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import FinishedPiece, StagePiece, StageRun, TranscriptionJob
from transcription.pipeline.reconciler import reconcile
from transcription.recordings.service import receive_upload
from transcription.transcripts.models import Transcript

WorkOff = Callable[[], int]


@pytest.fixture
def recording_id(runtime: Runtime, secretary: Actor, meeting_id: UUID, tmp_path: Path) -> UUID:
    """Twenty seconds of speech, uploaded: several pieces for the fake recogniser."""
    path = sounds.write_wav(tmp_path / "s.wav", sounds.demo_stretch(0.5, 20.5))
    with runtime.database.transaction() as session, path.open("rb") as stream:
        return receive_upload(session, secretary, meeting_id, path.name, stream).id


def the_run(runtime: Runtime, stage: Stage) -> StageRun:
    with runtime.database.transaction() as session:
        query = select(StageRun).where(StageRun.stage == stage).order_by(StageRun.run_number.desc()).limit(1)
        return session.scalars(query).one()


def work_until(runtime: Runtime, work_off: WorkOff, engines: FakeRecognizer, pieces: int) -> None:
    """Work until the recogniser is killed after so many pieces."""
    engines.break_at = pieces
    with pytest.raises(KeyboardInterrupt):
        work_off()
    engines.break_at = None


def test_a_killed_worker_costs_at_most_one_piece(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, work_off: WorkOff, fixed_clock: FixedClock
) -> None:
    work_until(runtime, work_off, engines, 2)
    assert the_run(runtime, Stage.RECOGNISE).state == states.RUNNING
    assert reconcile(runtime) == (0, 0)  # still within the grace period
    fixed_clock.now += timedelta(seconds=policy.GRACE_SECONDS + 1)
    assert reconcile(runtime)[0] == 1
    work_off()
    run = the_run(runtime, Stage.RECOGNISE)
    assert (run.state, run.attempt, run.run_number) == (states.DONE, 2, 1)
    assert len(engines.asked) == len(set(engines.asked))  # no piece twice
    with runtime.database.transaction() as session:
        assert len(session.scalars(select(Transcript)).all()) == 1
        assert len(session.scalars(select(FinishedPiece)).all()) == len(engines.asked)
        assert session.scalars(select(TranscriptionJob.state)).one() == states.DONE


def test_an_interrupted_run_gives_the_same_bytes_as_an_unbroken_one(
    runtime: Runtime,
    recording_id: UUID,
    engines: FakeRecognizer,
    work_off: WorkOff,
    fixed_clock: FixedClock,
    secretary: Actor,
) -> None:
    work_until(runtime, work_off, engines, 3)
    fixed_clock.now += timedelta(seconds=60)
    reconcile(runtime)
    work_off()
    broken = the_run(runtime, Stage.RECOGNISE).artifact_sha256
    with runtime.database.transaction() as session:
        job = service.job_of_recording(session, recording_id)
        service.rerun_stage(session, secretary, job.id, "recognise")
    work_off()
    again = the_run(runtime, Stage.RECOGNISE)
    assert again.run_number == 2
    assert again.artifact_sha256 == broken


def test_a_worker_that_comes_back_from_the_dead_may_not_write(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, fixed_clock: FixedClock
) -> None:
    run_id = the_run(runtime, Stage.INGEST).id
    with runtime.database.transaction() as session:
        old = claims.claim(session, run_id)
    assert old is not None
    fixed_clock.now += timedelta(seconds=60)
    reconcile(runtime)
    with runtime.database.transaction() as session:
        new = claims.claim(session, run_id)
    assert new is not None
    assert new.fencing_token > old.fencing_token
    artifact = runtime.storage.put_bytes(b"{}", prefix="artifacts")
    with pytest.raises(claims.ClaimLost), runtime.database.transaction() as session:
        claims.complete(session, old, artifact, {})
    heart = claims.Heart(runtime, old)
    assert heart._write() is False
    with runtime.database.transaction() as session:
        claims.complete(session, new, artifact, {})


def test_two_workers_cannot_claim_one_run(runtime: Runtime, recording_id: UUID, engines: FakeRecognizer) -> None:
    run_id = the_run(runtime, Stage.INGEST).id
    with runtime.database.transaction() as session:
        assert claims.claim(session, run_id) is not None
    with runtime.database.transaction() as session:
        assert claims.claim(session, run_id) is None


def test_a_forgotten_message_is_sent_again_later_and_later(
    runtime: Runtime, recording_id: UUID, fixed_clock: FixedClock
) -> None:
    assert reconcile(runtime) == (0, 0)
    fixed_clock.now += timedelta(seconds=policy.FIRST_REMINDER_SECONDS)
    assert reconcile(runtime) == (0, 1)
    fixed_clock.now += timedelta(seconds=policy.FIRST_REMINDER_SECONDS)
    assert reconcile(runtime) == (0, 0)
    fixed_clock.now += timedelta(seconds=policy.FIRST_REMINDER_SECONDS)
    assert reconcile(runtime) == (0, 1)


def test_workers_that_keep_dying_end_as_a_fault_for_people(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, work_off: WorkOff, fixed_clock: FixedClock
) -> None:
    for _ in range(policy.MOST_DEATHS):
        work_until(runtime, work_off, engines, 0)
        fixed_clock.now += timedelta(hours=1)
        reconcile(runtime)
        fixed_clock.now += timedelta(hours=1)
    run = the_run(runtime, Stage.RECOGNISE)
    assert run.state == states.FAILED
    assert run.fault is not None
    assert run.fault["kind"] == "worker_lost"
    with runtime.database.transaction() as session:
        assert session.scalars(select(TranscriptionJob.state)).one() == states.FAILED


def test_a_piece_is_not_blamed_for_deaths_that_come_from_outside(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, work_off: WorkOff, fixed_clock: FixedClock
) -> None:
    """Workers that die at several pieces of a recording are ended by the machine, not by one of its pieces."""
    for death in range(1, policy.MOST_DEATHS_AMONG_OTHERS + 1):
        work_until(runtime, work_off, engines, 0)
        with runtime.database.transaction() as session:
            last = session.scalars(select(StagePiece).order_by(StagePiece.index.desc()).limit(1)).one()
            last.setbacks = 1
        fixed_clock.now += timedelta(hours=1)
        reconcile(runtime)
        fixed_clock.now += timedelta(hours=1)
        state = the_run(runtime, Stage.RECOGNISE).state
        assert state == (states.FAILED if death == policy.MOST_DEATHS_AMONG_OTHERS else states.RUNNING)


def test_deaths_after_finished_pieces_do_not_add_up(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, work_off: WorkOff, fixed_clock: FixedClock
) -> None:
    for done in range(1, 4):
        work_until(runtime, work_off, engines, done)
        fixed_clock.now += timedelta(hours=1)
        reconcile(runtime)
        fixed_clock.now += timedelta(hours=1)
        assert the_run(runtime, Stage.RECOGNISE).setbacks == 1


def test_a_retryable_fault_is_tried_again_after_a_pause(
    runtime: Runtime,
    recording_id: UUID,
    engines: FakeRecognizer,
    work_off: WorkOff,
    fixed_clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = {"left": 2}
    hear = engines.recognize

    def stumble(*arguments: object) -> object:
        if broken["left"]:
            broken["left"] -= 1
            raise EngineFailed(name="fake")
        return hear(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engines, "recognize", stumble)
    work_off()
    run = the_run(runtime, Stage.RECOGNISE)
    # The other pieces went on meanwhile.
    assert (run.state, run.attempt) == (states.RUNNING, 2)
    with runtime.database.transaction() as session:
        piece = session.scalars(select(StagePiece).where(StagePiece.state != states.DONE)).one()
    assert (piece.state, piece.index) == (states.WAITING, 0)
    assert piece.not_before is not None
    assert piece.not_before > fixed_clock.now
    fixed_clock.now = piece.not_before
    assert reconcile(runtime)[1] == 1
    work_off()
    assert the_run(runtime, Stage.RECOGNISE).state == states.DONE


def test_a_mistake_of_ours_is_said_once_with_a_reference(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transcription.tasks import run_stage

    monkeypatch.setitem(work.WORK, Stage.INGEST, lambda bench: 1 // 0)
    monkeypatch.setattr(runner, "WORK", work.WORK)
    run_stage(str(the_run(runtime, Stage.INGEST).id))
    run = the_run(runtime, Stage.INGEST)
    assert run.state == states.FAILED
    assert run.fault is not None
    assert run.fault["kind"] == "unexpected"
    assert len(run.fault["params"]["reference"]) == 8


def test_a_database_that_is_away_for_a_moment_fails_nothing(
    runtime: Runtime,
    recording_id: UUID,
    engines: FakeRecognizer,
    work_off: WorkOff,
    fixed_clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from transcription.tasks import run_stage

    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, OSError("away"))

    with monkeypatch.context() as patch:
        patch.setitem(work.WORK, Stage.INGEST, away)
        run_stage(str(the_run(runtime, Stage.INGEST).id))
    assert the_run(runtime, Stage.INGEST).state == states.RUNNING
    fixed_clock.now += timedelta(minutes=1)
    reconcile(runtime)
    work_off()
    assert the_run(runtime, Stage.PUBLISH).state == states.DONE


def test_a_damaged_artifact_names_the_stage_to_run_again(
    runtime: Runtime, recording_id: UUID, engines: FakeRecognizer, secretary: Actor, work_off: WorkOff
) -> None:
    work_off()
    sound = the_run(runtime, Stage.NORMALISE)
    runtime.storage.delete(sound.artifact_key or "")
    with runtime.database.transaction() as session:
        job = service.job_of_recording(session, recording_id)
        service.rerun_stage(session, secretary, job.id, "detect_speech")
    work_off()
    run = the_run(runtime, Stage.DETECT_SPEECH)
    assert run.fault is not None
    assert run.fault["kind"] == "artifact_damaged"
    assert run.fault["params"] == {"stage": "normalise"}


def test_the_same_upload_twice_is_one_recording(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, recording_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        content = runtime.storage.read_bytes(session.scalars(select(TranscriptionJob)).one().recording.object_key)
    with runtime.database.transaction() as session:
        again = receive_upload(session, secretary, meeting_id, "khác tên.wav", BytesIO(content))
        assert again.id == recording_id
    with runtime.database.transaction() as session:
        assert len(session.scalars(select(TranscriptionJob)).all()) == 1
        assert runtime.storage.exists(again.object_key)
