"""A recording through all stages on a real database, with fake engines."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core.outbox import OutboxEvent
from core.permissions import Actor
from core.runtime import Runtime
from tests.transcription import sounds
from tests.transcription.fakes import FakeRecognizer
from transcription.engines.contract import EngineSettings
from transcription.pipeline import runner, service, work
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.models import StageRun
from transcription.recordings.models import Recording
from transcription.recordings.service import receive_upload
from transcription.transcripts import service as transcripts

WorkOff = Callable[[], int]


def upload(runtime: Runtime, actor: Actor, meeting_id: UUID, content: bytes, name: str = "họp.wav") -> UUID:
    with runtime.database.transaction() as session:
        return receive_upload(session, actor, meeting_id, name, BytesIO(content)).id


def stages_of(runtime: Runtime, actor: Actor, recording_id: UUID) -> service.JobProgress:
    with runtime.database.transaction() as session:
        job = service.job_of_recording(session, recording_id)
        return service.progress(session, actor, job.id)


@pytest.fixture
def speech(tmp_path: Path) -> bytes:
    """Eight seconds in which somebody speaks."""
    return sounds.write_wav(tmp_path / "s.wav", sounds.demo_stretch(0.5, 8.5)).read_bytes()


def test_a_recording_becomes_a_published_transcript(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, work_off: WorkOff, speech: bytes
) -> None:
    recording_id = upload(runtime, secretary, meeting_id, speech)
    assert work_off() == len(PLAN)
    progress = stages_of(runtime, secretary, recording_id)
    assert progress.state == "done"
    assert progress.progress == 1.0
    assert [item.attempt for item in progress.stages] == [1] * len(PLAN)
    with runtime.database.transaction() as session:
        transcript = transcripts.current_transcript(session, secretary, meeting_id)
        assert transcript is not None
        revision = transcripts.latest(session, transcript.id)
        assert (revision.number, revision.source) == (0, "machine")
        document = transcripts.document_of(session, revision)
        assert document.has_speech
        assert document.speakers == ("Người nói 1",)
        topics = set(session.scalars(select(OutboxEvent.topic)))
        recording = session.get_one(Recording, recording_id)
        assert recording.state == "verified"
        assert recording.duration_seconds == pytest.approx(8.0, abs=0.1)
    assert {"recording.received", "transcript.published", "transcription_job.completed"} <= topics


def test_a_message_that_comes_twice_changes_nothing(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, work_off: WorkOff, speech: bytes
) -> None:
    upload(runtime, secretary, meeting_id, speech)
    work_off()
    with runtime.database.transaction() as session:
        run_ids = list(session.scalars(select(StageRun.id)))
    asked = list(engines.asked)
    for run_id in run_ids:
        runner.run_stage(runtime, run_id)
    with runtime.database.transaction() as session:
        assert len(list(session.scalars(select(StageRun.id)))) == len(run_ids)
        assert set(session.scalars(select(StageRun.attempt))) == {1}
    assert engines.asked == asked


def test_silence_is_a_result_and_not_a_fault(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, work_off: WorkOff, tmp_path: Path
) -> None:
    silent = sounds.write_wav(tmp_path / "im lặng.wav", sounds.silence(5)).read_bytes()
    recording_id = upload(runtime, secretary, meeting_id, silent)
    work_off()
    progress = stages_of(runtime, secretary, recording_id)
    assert progress.state == "done"
    assert engines.asked == []
    with runtime.database.transaction() as session:
        transcript = transcripts.current_transcript(session, secretary, meeting_id)
        assert transcript is not None
        revision = transcripts.latest(session, transcript.id)
        assert revision.quality["result"] == "no_speech"
        assert transcripts.document_of(session, revision).segments == ()


@pytest.mark.parametrize(
    ("content", "stage", "kind"),
    [
        (b"", Stage.INGEST, "empty_file"),
        ("Biên bản cuộc họp giao ban.\n".encode() * 50, Stage.VERIFY, "not_media"),
    ],
)
def test_a_file_that_is_no_recording_is_kept_and_says_what_to_do(
    runtime: Runtime,
    secretary: Actor,
    meeting_id: UUID,
    engines: FakeRecognizer,
    work_off: WorkOff,
    content: bytes,
    stage: Stage,
    kind: str,
) -> None:
    recording_id = upload(runtime, secretary, meeting_id, content, "họp.mp4")
    work_off()
    progress = stages_of(runtime, secretary, recording_id)
    assert progress.state == "failed"
    failed = next(item for item in progress.stages if item.stage == stage)
    assert failed.fault is not None
    assert (failed.fault.kind, failed.fault.source, failed.fault.retryable) == (kind, "media", False)
    assert "tải lên lại" in failed.fault.sentence()
    with runtime.database.transaction() as session:
        recording = session.get_one(Recording, recording_id)
        assert recording.state == "unusable"
        assert runtime.storage.read_bytes(recording.object_key) == content


def test_a_model_that_is_missing_is_told_before_the_recording_is_decoded(
    runtime: Runtime,
    secretary: Actor,
    meeting_id: UUID,
    engines: FakeRecognizer,
    work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        nowhere = EngineSettings(Path("weights"), pyannote_model="không/có")
        patch.setattr(work, "engine_settings", lambda _settings: nowhere)
        recording_id = upload(runtime, secretary, meeting_id, b"not looked at")
        assert work_off() == 1
    failed = stages_of(runtime, secretary, recording_id).stages[0]
    assert failed.fault is not None
    assert (failed.stage, failed.fault.kind) == (Stage.INGEST, "model_missing")
    assert "DIEMCAU_PYANNOTE_MODEL" in failed.fault.sentence()
    with runtime.database.transaction() as session:
        # Nothing is wrong with the recording: once the model is there, the stage is run again.
        assert session.get_one(Recording, recording_id).state == "received"


def test_a_stage_run_again_by_hand_makes_a_second_transcript(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, work_off: WorkOff, speech: bytes
) -> None:
    recording_id = upload(runtime, secretary, meeting_id, speech)
    work_off()
    with runtime.database.transaction() as session:
        job = service.job_of_recording(session, recording_id)
        service.rerun_stage(session, secretary, job.id, "diarise", {"maximum_speakers": 2})
    # diarise, merge, name_speakers and publish run again; recognise does not.
    assert work_off() == 4
    with runtime.database.transaction() as session:
        runs = session.scalars(select(StageRun).where(StageRun.stage == Stage.RECOGNISE)).all()
        assert [run.run_number for run in runs] == [1]
        assert session.get_one(type(job), job.id).state == "done"


def test_corrections_outlive_a_stage_run_again(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, engines: FakeRecognizer, work_off: WorkOff, speech: bytes
) -> None:
    recording_id = upload(runtime, secretary, meeting_id, speech)
    work_off()
    with runtime.database.transaction() as session:
        first = transcripts.current_transcript(session, secretary, meeting_id)
        assert first is not None
        segment = transcripts.document_of(session, transcripts.latest(session, first.id)).segments[0]
        transcripts.correct_segment(session, secretary, first.id, 0, segment.id, text="Chào các đồng chí.")
        job = service.job_of_recording(session, recording_id)
        service.rerun_stage(session, secretary, job.id, "merge")
    work_off()
    with runtime.database.transaction() as session:
        current = transcripts.current_transcript(session, secretary, meeting_id)
        assert current is not None
        assert current.id == first.id
        assert transcripts.latest(session, current.id).number == 1
