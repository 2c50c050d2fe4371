"""Pieces that all workers share: taken in turn, never done again after success, dropped when the job is cancelled."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, select

from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.transcription import sounds
from tests.transcription.conftest import add_meeting, pieces_wait, waiting_runs
from tests.transcription.fakes import FakeDiarizer, FakeRecognizer
from transcription.engines.contract import Progress, Sound
from transcription.engines.pyannote_windows import Heard, window_starts
from transcription.errors import CancelRefused, ResumeRefused
from transcription.faults import EngineFailed
from transcription.pipeline import claims, diarisation, pieces, runner, scheduling, service, states, steering
from transcription.pipeline.graph import Stage, queue_of
from transcription.pipeline.heart import Heart
from transcription.pipeline.models import FinishedPiece, StagePiece, StageRun, TranscriptionJob
from transcription.recordings.service import receive_upload
from transcription.tasks import run_piece

WorkOff = Callable[[], int]


def upload(runtime: Runtime, actor: Actor, meeting_id: UUID, folder: Path, seconds: float, seed: int = 1) -> UUID:
    """A recording of so many seconds, received. Returns its job's id."""
    path = sounds.write_wav(folder / f"{seed}-{seconds}.wav", sounds.noise(seconds, seed=seed))
    with runtime.database.transaction() as session, path.open("rb") as stream:
        recording = receive_upload(session, actor, meeting_id, path.name, stream)
        recording.duration_seconds = seconds
        return service.job_of_recording(session, recording.id).id


def listened(runtime: Runtime, job_id: UUID) -> UUID:
    """The stages before the shared ones, done without decoding anything: four seconds of speech, one of silence, …"""
    with runtime.database.transaction() as session:
        recording = session.get_one(TranscriptionJob, job_id).recording
        seconds, sound = recording.duration_seconds or 0.0, runtime.storage.read_bytes(recording.object_key)
    regions = [[start, min(start + 4.0, seconds)] for start in range(0, int(seconds), 5)]
    speech = json.dumps({"duration_seconds": seconds, "regions": regions}).encode()
    facts = {"media": {"channels": 1}}
    left = {Stage.INGEST: b"{}", Stage.VERIFY: b"{}", Stage.NORMALISE: sound, Stage.DETECT_SPEECH: speech}
    for stage, content in left.items():
        (run,) = runs_of(runtime, job_id, stage)
        stored = runtime.storage.put_bytes(content, prefix="artifacts")
        with runtime.database.transaction() as session:
            held = claims.claim(session, run.id)
            assert held is not None
            claims.complete(session, held, stored, facts)
    until_shared(runtime)
    return job_id


def until_shared(runtime: Runtime) -> None:
    """Everything but the pieces."""
    while run_ids := waiting_runs(runtime):
        for run_id in run_ids:
            runner.run_stage(runtime, run_id)


def runs_of(runtime: Runtime, job_id: UUID, stage: Stage) -> list[StageRun]:
    with runtime.database.transaction() as session:
        query = select(StageRun).where(StageRun.job_id == job_id, StageRun.stage == stage)
        return list(session.scalars(query.order_by(StageRun.run_number)))


def job_state(runtime: Runtime, job_id: UUID) -> str:
    with runtime.database.transaction() as session:
        return session.get_one(TranscriptionJob, job_id).state


@pytest.fixture
def job_id(runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, tmp_path: Path) -> UUID:
    """Twenty seconds, cut into four pieces that nobody has taken yet."""
    return listened(runtime, upload(runtime, secretary, meeting_id, tmp_path, 20.0))


def test_nothing_to_take_is_no_fault(runtime: Runtime, engines: FakeRecognizer) -> None:
    run_piece()
    assert engines.asked == []


def test_the_bar_shows_the_share_of_speech_that_is_done(runtime: Runtime, job_id: UUID, work_off: WorkOff) -> None:
    before = runs_of(runtime, job_id, Stage.RECOGNISE)[0].progress
    runner.run_piece(runtime)
    with runtime.database.transaction() as session:
        rows = session.scalars(select(StagePiece)).all()
        expected = sum(row.seconds for row in rows if row.state == states.DONE) / sum(row.seconds for row in rows)
    assert before == 0.0
    assert runs_of(runtime, job_id, Stage.RECOGNISE)[0].progress == pytest.approx(expected)
    assert 0.0 < expected < 1.0


def test_remaining_time_is_told_once_something_was_measured(
    runtime: Runtime, job_id: UUID, secretary: Actor, fixed_clock: FixedClock, work_off: WorkOff
) -> None:
    for _ in range(2):
        fixed_clock.now += timedelta(seconds=4)
        runner.run_piece(runtime)
    with runtime.database.transaction() as session:
        told = service.progress(session, secretary, job_id)
    assert told.remaining_seconds is not None
    assert 4.0 < told.remaining_seconds < 60.0
    work_off()
    with runtime.database.transaction() as session:
        assert service.progress(session, secretary, job_id).remaining_seconds is None


def test_a_small_recording_does_not_stand_behind_a_large_one(
    runtime: Runtime,
    secretary: Actor,
    engines: FakeRecognizer,
    job_id: UUID,
    tmp_path: Path,
    fixed_clock: FixedClock,
) -> None:
    other = add_meeting(runtime, "phong-nho-x1")
    small = listened(runtime, upload(runtime, secretary, other, tmp_path, 10.0, seed=2))
    while runs_of(runtime, small, Stage.RECOGNISE)[0].state != states.DONE:
        fixed_clock.now += timedelta(seconds=1)
        runner.run_piece(runtime)
    large = runs_of(runtime, job_id, Stage.RECOGNISE)[0]
    assert large.state == states.RUNNING
    assert 0.0 < large.progress < 1.0


def test_two_workers_never_get_the_same_piece(runtime: Runtime, job_id: UUID) -> None:
    taken = set()
    (run,) = runs_of(runtime, job_id, Stage.RECOGNISE)
    while pieces_wait(runtime):
        with runtime.database.transaction() as session:
            held = pieces.claim_piece(session, run.id)
        assert held is not None
        taken.add(held.piece_id)
    with runtime.database.transaction() as session:
        assert len(taken) == session.scalar(select(func.count()).select_from(StagePiece))


def test_a_cancelled_job_drops_what_nobody_began_and_refuses_what_somebody_did(
    runtime: Runtime, job_id: UUID, secretary: Actor, engines: FakeRecognizer, work_off: WorkOff
) -> None:
    runner.run_piece(runtime)
    (run,) = runs_of(runtime, job_id, Stage.RECOGNISE)
    with runtime.database.transaction() as session:
        held = pieces.claim_piece(session, run.id)
    assert held is not None
    with runtime.database.transaction() as session:
        steering.cancel_job(session, secretary, job_id)
    heart = Heart(runtime, held)
    assert heart._write() is False
    result = runtime.storage.put_bytes(b"[]", prefix="pieces")
    with pytest.raises(claims.ClaimLost), runtime.database.transaction() as session:
        pieces.finish_piece(session, held, result)
    assert work_off() == 0
    assert engines.asked == [0]
    with runtime.database.transaction() as session:
        assert set(session.scalars(select(StagePiece.state))) == {states.DONE, states.CANCELLED}
        assert session.scalar(select(func.count()).select_from(FinishedPiece)) == 1
    assert job_state(runtime, job_id) == states.CANCELLED


def test_going_on_after_a_cancellation_begins_where_it_stopped(
    runtime: Runtime, job_id: UUID, secretary: Actor, engines: FakeRecognizer, work_off: WorkOff
) -> None:
    runner.run_piece(runtime)
    with runtime.database.transaction() as session:
        steering.cancel_job(session, secretary, job_id)
    with runtime.database.transaction() as session:
        steering.resume_job(session, secretary, job_id)
    work_off()
    assert job_state(runtime, job_id) == states.DONE
    assert len(engines.asked) == len(set(engines.asked))
    assert [run.state for run in runs_of(runtime, job_id, Stage.RECOGNISE)] == [states.CANCELLED, states.DONE]


def test_cancelling_before_the_first_stage_can_be_gone_on_with_as_well(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, tmp_path: Path, work_off: WorkOff
) -> None:
    job_id = upload(runtime, secretary, meeting_id, tmp_path, 6.0)
    with runtime.database.transaction() as session:
        steering.cancel_job(session, secretary, job_id)
    assert work_off() == 0
    with runtime.database.transaction() as session:
        steering.resume_job(session, secretary, job_id)
    assert [run.state for run in runs_of(runtime, job_id, Stage.INGEST)] == [states.CANCELLED, states.WAITING]


def test_only_what_is_under_way_can_be_cancelled_and_only_what_stopped_gone_on_with(
    runtime: Runtime, job_id: UUID, secretary: Actor, work_off: WorkOff
) -> None:
    with pytest.raises(ResumeRefused, match="tải lại trang"), runtime.database.transaction() as session:
        steering.resume_job(session, secretary, job_id)
    work_off()
    with pytest.raises(CancelRefused), runtime.database.transaction() as session:
        steering.cancel_job(session, secretary, job_id)


@pytest.mark.parametrize(("role", "refusal"), [(Role.UNIT, NotFound), (Role.REGISTRAR, Forbidden)], ids=str)
def test_others_may_not_cancel(
    runtime: Runtime, job_id: UUID, actor_factory: Callable[..., Actor], role: Role, refusal: type[Exception]
) -> None:
    for act in (steering.cancel_job, steering.resume_job):
        with pytest.raises(refusal), runtime.database.transaction() as session:
            act(session, actor_factory(role), job_id)


def test_the_same_sound_in_another_meeting_is_not_heard_again(
    runtime: Runtime, job_id: UUID, secretary: Actor, engines: FakeRecognizer, tmp_path: Path, work_off: WorkOff
) -> None:
    work_off()
    asked = list(engines.asked)
    meeting_id = add_meeting(runtime, "phong-khac-x2")
    other = listened(runtime, upload(runtime, secretary, meeting_id, tmp_path, 20.0))
    work_off()
    assert job_state(runtime, other) == states.DONE
    assert engines.asked == asked


def test_other_terms_are_applied_without_hearing_anything_again(
    runtime: Runtime, job_id: UUID, secretary: Actor, engines: FakeRecognizer, work_off: WorkOff
) -> None:
    work_off()
    asked = list(engines.asked)
    with runtime.database.transaction() as session:
        service.rerun_stage(session, secretary, job_id, "recognise", {"vocabulary": ["Cục Chuyển đổi số"]})
    work_off()
    first, second = runs_of(runtime, job_id, Stage.RECOGNISE)
    assert engines.asked == asked
    assert (second.state, second.artifact_sha256) == (states.DONE, first.artifact_sha256)


def test_a_kept_piece_that_is_damaged_is_heard_again(
    runtime: Runtime, job_id: UUID, engines: FakeRecognizer, work_off: WorkOff
) -> None:
    runner.run_piece(runtime)
    with runtime.database.transaction() as session:
        piece = session.scalars(select(StagePiece).where(StagePiece.state == states.DONE)).one()
    runtime.storage.delete(piece.artifact_key or "")
    work_off()
    assert job_state(runtime, job_id) == states.DONE
    assert sorted(engines.asked).count(piece.index) == 2
    assert len(engines.asked) == len(set(engines.asked)) + 1


def test_a_mistake_of_ours_in_a_piece_is_said_with_a_reference(
    runtime: Runtime, job_id: UUID, engines: FakeRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "recognize", lambda *_: 1 // 0)
    run_piece()
    (run,) = runs_of(runtime, job_id, Stage.RECOGNISE)
    assert run.state == states.FAILED
    assert run.fault is not None
    assert run.fault["kind"] == "unexpected"
    assert job_state(runtime, job_id) == states.FAILED
    assert not pieces_wait(runtime)


def test_a_fault_that_no_other_try_helps_ends_the_job_and_can_be_gone_on_with(
    runtime: Runtime,
    job_id: UUID,
    secretary: Actor,
    engines: FakeRecognizer,
    work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(EngineFailed, "retryable", False)
        patch.setattr(engines, "recognize", broken)
        runner.run_piece(runtime)
    assert job_state(runtime, job_id) == states.FAILED
    assert work_off() == 0
    with runtime.database.transaction() as session:
        steering.resume_job(session, secretary, job_id)
    work_off()
    assert job_state(runtime, job_id) == states.DONE


def broken(*_: object) -> None:
    raise EngineFailed(name="fake")


def test_invitations_stay_few_and_each_piece_brings_the_next(
    runtime: Runtime, job_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(scheduling, "enqueue", lambda task, *_, queue: sent.append(queue))
    with runtime.database.transaction() as session:
        scheduling.announce_pieces(session, 1000)
    assert sent == ["pieces"] * scheduling.MOST_INVITATIONS
    sent.clear()
    runner.run_piece(runtime)
    assert sent == ["pieces"]


def test_short_recordings_have_a_queue_that_long_ones_do_not_fill() -> None:
    assert queue_of(Stage.DETECT_SPEECH, 600.0) == "short"
    assert queue_of(Stage.DETECT_SPEECH, 7200.0) == "speech"
    assert queue_of(Stage.DETECT_SPEECH, None) == "speech"
    assert queue_of(Stage.RECOGNISE, 7200.0) == "short"
    assert queue_of(Stage.MERGE, 600.0) == "default"


class StretchDiarizer(FakeDiarizer):
    """Hears one voice in each window, and counts the stretches."""

    model = "fake"

    def __init__(self) -> None:
        self.stretches = 0

    def hear(self, sound: Sound, progress: Progress | None = None) -> Heard:
        self.stretches += 1
        starts = window_starts(sound.duration_seconds)
        activity = np.zeros((len(starts), 50, 3), dtype=bool)
        activity[:, :, 0] = True
        prints = np.zeros((len(starts), 3, 4), dtype=np.float32)
        prints[:, 0, 0] = 1.0
        return Heard(tuple(starts), activity, prints, activity.any(axis=1))


def test_another_number_of_speakers_hears_nothing_again(
    runtime: Runtime,
    secretary: Actor,
    meeting_id: UUID,
    engines: FakeRecognizer,
    tmp_path: Path,
    work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    diarizer = StretchDiarizer()
    monkeypatch.setattr(diarisation, "diarizer", lambda *_: diarizer)
    monkeypatch.setattr(diarisation, "STRETCH_WINDOWS", 4)
    job_id = listened(runtime, upload(runtime, secretary, meeting_id, tmp_path, 30.0))
    work_off()
    stretches = diarizer.stretches
    assert stretches > 1
    with runtime.database.transaction() as session:
        service.rerun_stage(session, secretary, job_id, "diarise", {"maximum_speakers": 2})
    work_off()
    first, second = runs_of(runtime, job_id, Stage.DIARISE)
    assert diarizer.stretches == stretches
    assert (second.state, second.artifact_sha256) == (states.DONE, first.artifact_sha256)
    assert job_state(runtime, job_id) == states.DONE
