"""Several recordings of one meeting: joined in order and place, each kept, heard once."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from tests.transcription import sounds
from tests.transcription.conftest import add_meeting
from tests.transcription.fakes import FakeRecognizer
from transcription.pipeline import states
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.service import latest_job
from transcription.recordings import parts, service
from transcription.recordings.models import Recording, RecordingSource

FIRST, SECOND = "hop_2026-04-08-14-00-00.mp4", "hop_2026-04-08-14-00-05.mp4"


def wav(folder: Path, seconds: float, hertz: float = 220.0) -> bytes:
    return sounds.write_wav(folder / f"{uuid4().hex}.wav", sounds.tone(seconds, hertz=hertz)).read_bytes()


def upload(runtime: Runtime, actor: Actor, meeting_id: UUID, name: str, data: bytes) -> UUID:
    with runtime.database.transaction() as session:
        return service.receive_upload(session, actor, meeting_id, name, BytesIO(data)).id


@pytest.fixture
def two(runtime: Runtime, secretary: Actor, meeting_id: UUID, tmp_path: Path) -> list[UUID]:
    return [
        upload(runtime, secretary, meeting_id, name, wav(tmp_path, 2.0, hertz))
        for name, hertz in ((FIRST, 220.0), (SECOND, 330.0))
    ]


def test_parts_are_heard_as_one_at_their_places_and_kept_as_they_came(
    runtime: Runtime,
    secretary: Actor,
    meeting_id: UUID,
    two: list[UUID],
    engines: FakeRecognizer,
    work_off: Callable[[], int],
) -> None:
    with runtime.database.transaction() as session:
        whole = parts.join_recordings(session, secretary, meeting_id, two)
        assert whole.source == RecordingSource.JOINED
        assert [part.offset_seconds for part in whole.parts] == [0.0, 5.0]
        assert whole.started_at is not None
        assert "ghép 2 phần" in whole.original_name
        whole_id = whole.id
        # Nothing is heard twice.
        assert {latest_job(session, part).state for part in two} == {states.CANCELLED}  # type: ignore[union-attr]
    work_off()
    with runtime.database.transaction() as session:
        row = session.get_one(Recording, whole_id)
        assert row.state == "verified"
        assert row.duration_seconds == pytest.approx(7.0, abs=0.05)
        job = session.scalars(select(TranscriptionJob).where(TranscriptionJob.recording_id == whole_id)).one()
        assert job.state == states.DONE
        run = next(run for run in job.stage_runs if run.stage == Stage.NORMALISE)
        assert [part["offset_seconds"] for part in run.summary["parts"]] == [0.0, 5.0]
        listed = json.loads(runtime.storage.read_bytes(row.object_key))
        assert [part["name"] for part in listed["parts"]] == [FIRST, SECOND]
        for part_id in two:
            part = session.get_one(Recording, part_id)
            runtime.storage.verify(part.object_key, part.sha256)


def test_a_part_whose_object_was_changed_stops_the_whole_at_its_first_stage(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, two: list[UUID], work_off: Callable[[], int]
) -> None:
    with runtime.database.transaction() as session:
        whole_id = parts.join_recordings(session, secretary, meeting_id, two).id
        key = session.get_one(Recording, two[1]).object_key
    (runtime.settings.home / "objects" / key).write_bytes(b"other")
    work_off()
    with runtime.database.transaction() as session:
        job = latest_job(session, whole_id)
        assert job is not None
        assert job.state == states.FAILED
        assert [run.stage for run in job.stage_runs] == [Stage.INGEST]


def test_the_same_parts_are_the_same_whole(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, two: list[UUID]
) -> None:
    with runtime.database.transaction() as session:
        first = parts.join_recordings(session, secretary, meeting_id, two).id
    with runtime.database.transaction() as session:
        assert parts.join_recordings(session, secretary, meeting_id, two).id == first
        assert parts.join_recordings(session, secretary, meeting_id, two, [0.0, 90.0]).id != first
        wholes = select(StageRun).join(TranscriptionJob).where(TranscriptionJob.recording_id == first)
        assert len(session.scalars(wholes).all()) == 1


def test_several_files_are_taken_in_the_order_of_their_moments(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, tmp_path: Path
) -> None:
    files = [(name, BytesIO(wav(tmp_path, 1.0, 200.0 + 10 * i))) for i, name in enumerate((SECOND, FIRST))]
    with runtime.database.transaction() as session:
        whole = parts.receive_parts(session, secretary, meeting_id, files)
        listed = json.loads(runtime.storage.read_bytes(whole.object_key))
    assert [part["name"] for part in listed["parts"]] == [FIRST, SECOND]


def test_names_without_moments_are_ordered_as_people_count(runtime: Runtime) -> None:
    rows = [Recording(original_name=name) for name in ("phần 10.mp3", "phần 9.mp3", "phần 1.mp3")]
    assert [row.original_name for row in parts.in_order(rows)] == ["phần 1.mp3", "phần 9.mp3", "phần 10.mp3"]


def test_what_cannot_be_joined_is_refused_with_the_reason(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, two: list[UUID]
) -> None:
    with runtime.database.transaction() as session:
        for ids, offsets in (
            ([two[0]], None),
            ([two[0], two[0]], None),
            (two, [0.0]),
            (two, [5.0, 5.0]),
            (two, [-1.0, 5.0]),
            (two, [0.0, float("nan")]),
        ):
            with pytest.raises(Invalid):
                parts.join_recordings(session, secretary, meeting_id, ids, offsets)
        with pytest.raises(NotFound):
            parts.join_recordings(session, secretary, meeting_id, [two[0], uuid4()])
        whole = parts.join_recordings(session, secretary, meeting_id, two)
        with pytest.raises(Invalid, match="đã được ghép"):
            parts.join_recordings(session, secretary, meeting_id, [whole.id, two[0]])


def test_recordings_of_another_meeting_are_unknown_here(
    runtime: Runtime, secretary: Actor, meeting_id: UUID, two: list[UUID]
) -> None:
    other = add_meeting(runtime, "phong-khac")
    with runtime.database.transaction() as session, pytest.raises(NotFound):
        parts.join_recordings(session, secretary, other, two)


def test_only_those_who_may_upload_may_join(
    runtime: Runtime, actor_factory: Callable[..., Actor], meeting_id: UUID, two: list[UUID]
) -> None:
    with runtime.database.transaction() as session, pytest.raises((Forbidden, NotFound)):
        parts.join_recordings(session, actor_factory(Role.REGISTRAR), meeting_id, two)


def test_nothing_is_joined_for_a_classified_meeting(runtime: Runtime, secretary: Actor) -> None:
    secret = add_meeting(runtime, None, Classification.SECRET)
    with runtime.database.transaction() as session, pytest.raises(ClassifiedRefused):
        parts.join_recordings(session, secretary, secret, [uuid4(), uuid4()])
