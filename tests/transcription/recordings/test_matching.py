"""Which meeting a recording belongs to: our mark, our session, the room and the time; never a guess."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.runtime import Runtime, install
from orchestrator.jitsi.models import RecorderRun
from orchestrator.live.models import LiveAlarm
from orchestrator.live.recording import recording_metadata
from tests.transcription.recordings.test_receive import add_meeting
from transcription.errors import RecordingDamaged, RoomUnknown
from transcription.recordings.jibri import take_over
from transcription.recordings.models import Recording
from transcription.recordings.tasks import sweep_recordings

ROOM = "giao-ban-tuan-15-k3x9"
NAME = "x_2026-04-08-14-00-12.mp4"


@pytest.fixture
def root(runtime: Runtime, tmp_path: Path) -> Path:
    root = tmp_path / "jibri"
    root.mkdir()
    runtime.settings = runtime.settings.model_copy(update={"jibri_directory": root})
    install(runtime)
    return root


def leave(root: Path, told: Any = None, *, name: str = NAME, session: str = "b1f2c3d4") -> Path:
    folder = root / session
    folder.mkdir()
    (folder / name).write_bytes(b"video")
    if told is not None:
        (folder / "metadata.json").write_text(json.dumps(told))
    return folder


def taken(runtime: Runtime, folder: Path) -> UUID:
    (recording,) = take_over(runtime.database, folder)
    return recording.meeting_id


def alarms(runtime: Runtime) -> list[tuple[str, str]]:
    with runtime.database.transaction() as session:
        return [(row.kind, row.subject) for row in session.scalars(select(LiveAlarm))]


@pytest.mark.parametrize("nested", [False, True])
def test_our_mark_leads_to_the_meeting_whatever_the_names_say(runtime: Runtime, root: Path, nested: bool) -> None:
    meeting_id = add_meeting(runtime, room=ROOM)
    mark = recording_metadata(meeting_id)
    told = {"file_recording_metadata": mark} if nested else mark
    assert taken(runtime, leave(root, told | {"participants": []})) == meeting_id


@pytest.mark.parametrize("mark", [7, "", "khong-phai-ma", "00000000-0000-4000-8000-000000000000", None, []])
def test_a_mark_that_is_none_falls_back_to_the_room(runtime: Runtime, root: Path, mark: object) -> None:
    meeting_id = add_meeting(runtime, room=ROOM)
    told = {"diemcau_meeting_id": mark, "meeting_url": f"https://meet.example.vn/{ROOM}"}
    assert taken(runtime, leave(root, told)) == meeting_id


def test_a_mark_against_the_room_is_left_to_a_person(runtime: Runtime, root: Path) -> None:
    other = add_meeting(runtime, room="phong-khac")
    add_meeting(runtime, room=ROOM)
    told = recording_metadata(other) | {"meeting_url": f"https://meet.example.vn/{ROOM}"}
    with pytest.raises(RoomUnknown):
        taken(runtime, leave(root, told))
    assert alarms(runtime) == [("recording_unmatched", "b1f2c3d4")]


def test_a_session_started_from_the_console_is_known_by_its_folder(runtime: Runtime, root: Path) -> None:
    meeting_id = add_meeting(runtime, room=ROOM)
    moment = datetime(2026, 4, 8, 7, tzinfo=UTC)
    with runtime.database.transaction() as session:
        run = RecorderRun(meeting_id=meeting_id, recorder_url=None, state="ended", changed_at=moment, began_at=None)
        session.add(run)
        session.flush()
        name = str(run.id)
    assert taken(runtime, leave(root, session=name)) == meeting_id


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (f"{ROOM}_2026-04-08-00-00-12.mp4", True),  # the recorder's clock is in another zone
        (f"{ROOM}_2026-04-01-14-00-12.mp4", False),  # a rehearsal of the week before
        (f"{ROOM}_2026-13-41-14-00-12.mp4", True),  # no time at all
        (f"{ROOM}.mp4", True),
    ],
)
def test_the_room_counts_only_near_its_time(runtime: Runtime, root: Path, name: str, found: bool) -> None:
    meeting_id = add_meeting(runtime, room=ROOM)
    folder = leave(root, name=name)
    if found:
        assert taken(runtime, folder) == meeting_id
    else:
        with pytest.raises(RoomUnknown):
            taken(runtime, folder)


def test_an_unknown_room_is_one_alarm_however_often_it_is_swept(runtime: Runtime, root: Path) -> None:
    folder = leave(root, name="phong-la_2026-04-08-14-00-12.mp4")
    (folder / "SHA256SUMS").write_text("")
    for _ in range(3):
        sweep_recordings()
    assert alarms(runtime) == [("recording_unmatched", "b1f2c3d4")]
    assert folder.exists()


def test_a_file_that_is_not_what_was_hashed_is_not_taken(runtime: Runtime, root: Path) -> None:
    add_meeting(runtime, room=ROOM)
    folder = leave(root, name=f"{ROOM}_2026-04-08-14-00-12.mp4")
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  {ROOM}_2026-04-08-14-00-12.mp4\n")
    with pytest.raises(RecordingDamaged, match="SHA-256"):
        take_over(runtime.database, folder)
    sweep_recordings()
    assert alarms(runtime) == [("recording_damaged", "b1f2c3d4")]
    with runtime.database.transaction() as session:
        assert session.scalars(select(Recording)).all() == []


def test_one_folder_that_cannot_be_read_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, runtime: Runtime, root: Path
) -> None:
    add_meeting(runtime, room=ROOM)
    for session in ("a-shut", "b-open"):
        folder = leave(root, session=session, name=f"{ROOM}_2026-04-08-14-00-12.mp4")
        (folder / "SHA256SUMS").write_text("")
    (root / "a-shut" / f"{ROOM}_2026-04-08-14-00-12.mp4").write_bytes(b"other")
    whole = Path.iterdir

    def shut(path: Path) -> object:
        if path.name == "a-shut":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "iterdir", shut)
    sweep_recordings()
    with runtime.database.transaction() as session:
        assert [row.original_name for row in session.scalars(select(Recording))] == [
            f"b-open/{ROOM}_2026-04-08-14-00-12.mp4"
        ]


def test_a_copy_that_is_still_being_made_is_not_looked_at(runtime: Runtime, root: Path) -> None:
    add_meeting(runtime, room=ROOM)
    folder = leave(root, session=".incoming-b1", name=f"{ROOM}_2026-04-08-14-00-12.mp4")
    (folder / "SHA256SUMS").write_text("")
    sweep_recordings()
    with runtime.database.transaction() as session:
        assert session.scalars(select(Recording)).all() == []
