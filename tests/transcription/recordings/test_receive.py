"""Receiving recordings: kept with their hash, once, from those who may, and never for a classified meeting."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.errors import ClassifiedRefused, Forbidden, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingKind
from transcription.errors import RecordingNotKept
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings import service
from transcription.recordings.models import Recording

NAME = "Họp giao ban/tuần 15 – bản ghi.mp4"


def add_meeting(
    runtime: Runtime, classification: Classification = Classification.UNCLASSIFIED, room: str | None = None
) -> UUID:
    with runtime.database.transaction() as session:
        meeting = Meeting(
            code=uuid4().hex, title="Họp giao ban", kind=MeetingKind.WEEKLY_BRIEFING, state="closed",
            classification=classification, starts_at=datetime(2026, 4, 8, 7, tzinfo=UTC),
            ends_at=datetime(2026, 4, 8, 8, tzinfo=UTC), room_name=room,
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        return meeting.id


@pytest.fixture
def operator(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.OPERATOR)


def upload(runtime: Runtime, actor: Actor, meeting_id: UUID, data: bytes = b"sound", name: str = NAME) -> Recording:
    with runtime.database.transaction() as session:
        return service.receive_upload(session, actor, meeting_id, name, BytesIO(data))


def stored_files(runtime: Runtime) -> Iterator[str]:
    root = runtime.settings.home / "objects" / "recordings"
    yield from (str(path) for path in root.rglob("*") if path.is_file())


def test_an_upload_is_kept_with_its_hash_and_its_job_begins(runtime: Runtime, operator: Actor) -> None:
    recording = upload(runtime, operator, add_meeting(runtime))
    assert recording.sha256 == hashlib.sha256(b"sound").hexdigest()
    assert runtime.storage.read_bytes(recording.object_key) == b"sound"
    with runtime.database.transaction() as session:
        job = session.scalars(select(TranscriptionJob)).one()
        assert job.recording_id == recording.id
        assert session.scalars(select(StageRun)).first() is not None


def test_a_name_with_vietnamese_letters_and_slashes_is_shown_and_never_a_path(
    runtime: Runtime, operator: Actor
) -> None:
    recording = upload(runtime, operator, add_meeting(runtime), name="../../Họp/giao\x00 ban\n.mp4")
    assert recording.original_name == "../../Họp/giao ban.mp4"
    assert "giao" not in recording.object_key


def test_the_same_file_again_is_the_same_recording(runtime: Runtime, operator: Actor) -> None:
    meeting_id = add_meeting(runtime)
    first, second = upload(runtime, operator, meeting_id), upload(runtime, operator, meeting_id, name="tên khác.mp4")
    assert first.id == second.id
    assert len(list(stored_files(runtime))) == 1


def test_the_same_file_for_another_meeting_is_another_recording(runtime: Runtime, operator: Actor) -> None:
    assert upload(runtime, operator, add_meeting(runtime)).id != upload(runtime, operator, add_meeting(runtime)).id


def test_an_empty_file_is_kept_too(runtime: Runtime, operator: Actor) -> None:
    assert upload(runtime, operator, add_meeting(runtime), data=b"").size_bytes == 0


@pytest.mark.parametrize("classification", [value for value in Classification if value != "unclassified"])
def test_a_classified_meeting_takes_no_file(runtime: Runtime, operator: Actor, classification: Classification) -> None:
    meeting_id = add_meeting(runtime, classification)
    with pytest.raises(ClassifiedRefused, match="26/2020"):
        upload(runtime, operator, meeting_id)
    assert list(stored_files(runtime)) == []


@pytest.mark.parametrize("role", [Role.APPROVER, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_others_may_not_upload(runtime: Runtime, actor_factory: Callable[..., Actor], role: Role) -> None:
    meeting_id = add_meeting(runtime)
    with pytest.raises((Forbidden, NotFound)):
        upload(runtime, actor_factory(role), meeting_id)


def test_a_meeting_that_is_not_there_takes_no_file(runtime: Runtime, operator: Actor) -> None:
    with pytest.raises(NotFound):
        upload(runtime, operator, uuid4())


def test_a_full_disk_says_so_and_leaves_nothing_half(
    runtime: Runtime, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runtime.storage, "put", full)
    with pytest.raises(RecordingNotKept, match="No space"):
        upload(runtime, operator, add_meeting(runtime))
    with runtime.database.transaction() as session:
        assert session.scalars(select(Recording)).all() == []


def test_only_listeners_open_the_sound(runtime: Runtime, operator: Actor, actor_factory: Callable[..., Actor]) -> None:
    recording = upload(runtime, operator, add_meeting(runtime))
    with runtime.database.transaction() as session:
        found, stream = service.open_recording(session, actor_factory(Role.SECRETARY), recording.id)
        with stream:
            assert (found.id, stream.read()) == (recording.id, b"sound")
        with pytest.raises(Forbidden):
            service.open_recording(session, operator, recording.id)
