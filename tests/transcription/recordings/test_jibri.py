"""Recordings of Jibri: three kinds of metadata, folders that are not its own, files nobody announced."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.runtime import Runtime, install
from tests.transcription.recordings.test_receive import add_meeting
from transcription.errors import RecorderFolderInvalid, RecordingGrowing, RoomUnknown
from transcription.recordings import jibri
from transcription.recordings.jibri import QUIET_SECONDS, receive_from_jibri, unannounced
from transcription.recordings.models import Recording, RosterState
from transcription.recordings.tasks import sweep_recordings

ROOM = "giao-ban-tuan-15-k3x9"
PEOPLE = [{"user": {"id": "dc-tttt", "name": "Trung tâm Thông tin"}, "group": "diem-cau"}, {"user": {"id": None}}]


@pytest.fixture
def folder(runtime: Runtime, tmp_path: Path) -> Path:
    """The recorder's folder, configured, and a meeting with the room."""
    root = tmp_path / "jibri"
    root.mkdir()
    settings = runtime.settings.model_copy(update={"jibri_directory": root})
    install(Runtime(settings, runtime.database, runtime.storage, runtime.celery, runtime.clock))
    add_meeting(runtime, room=ROOM)
    return root


def leave_session(folder: Path, metadata: Any = None, video: str = f"{ROOM}_2026-04-08-14-00-12.mp4") -> Path:
    session = folder / "b1f2c3d4"
    session.mkdir()
    (session / video).write_bytes(b"video")
    if metadata is not None:
        (session / "metadata.json").write_text(metadata if isinstance(metadata, str) else json.dumps(metadata))
    return session


def receive(runtime: Runtime, directory: Path) -> Recording:
    with runtime.database.transaction() as session:
        (recording,) = receive_from_jibri(session, directory)
        return recording


def recordings(runtime: Runtime) -> int:
    with runtime.database.transaction() as session:
        return len(session.scalars(select(Recording)).all())


def test_the_metadata_names_the_meeting_and_the_people(runtime: Runtime, folder: Path) -> None:
    told = {"meeting_url": f"https://meet.example.vn/{ROOM.upper()}", "participants": PEOPLE}
    recording = receive(runtime, leave_session(folder, told, video="khac_2026-04-08-14-00-12.mp4"))
    assert recording.roster_state == RosterState.KNOWN
    assert recording.roster[0] == {"id": "dc-tttt", "name": "Trung tâm Thông tin", "group": "diem-cau"}


def test_an_empty_list_of_people_is_no_error(runtime: Runtime, folder: Path) -> None:
    assert receive(runtime, leave_session(folder, {"participants": []})).roster_state == RosterState.EMPTY


@pytest.mark.parametrize("metadata", [None, "{broken", "[]", '{"participants": "x"}'])
def test_without_usable_metadata_the_file_name_is_enough(runtime: Runtime, folder: Path, metadata: str | None) -> None:
    assert receive(runtime, leave_session(folder, metadata)).roster_state == RosterState.MISSING


def test_the_recorders_file_stays_where_it_is(runtime: Runtime, folder: Path) -> None:
    session = leave_session(folder)
    receive(runtime, session)
    assert (session / f"{ROOM}_2026-04-08-14-00-12.mp4").read_bytes() == b"video"


def test_announced_twice_is_one_recording(runtime: Runtime, folder: Path) -> None:
    session = leave_session(folder)
    assert receive(runtime, session).id == receive(runtime, session).id
    assert recordings(runtime) == 1


def test_a_file_that_still_grows_is_left_until_it_is_whole(
    runtime: Runtime, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = leave_session(folder)
    (video,) = session.glob("*.mp4")
    keep = jibri.keep

    def keep_while_it_grows(*arguments: Any, **named: Any) -> Recording:
        kept = keep(*arguments, **named)
        with video.open("ab") as stream:
            stream.write(b" and more")
        return kept

    with monkeypatch.context() as patch:
        patch.setattr(jibri, "keep", keep_while_it_grows)
        with pytest.raises(RecordingGrowing) as caught:
            receive(runtime, session)
    assert "vẫn đang ghi" in caught.value.sentence()
    assert recordings(runtime) == 0
    assert not [path for path in (runtime.settings.home / "objects" / "recordings").rglob("*") if path.is_file()]
    assert runtime.storage.read_bytes(receive(runtime, session).object_key) == b"video and more"


def test_a_room_nobody_planned_is_refused_by_name(runtime: Runtime, folder: Path) -> None:
    with pytest.raises(RoomUnknown, match="phong-la"):
        receive(runtime, leave_session(folder, {"meeting_url": "https://meet.example.vn/phong-la"}))


@pytest.mark.parametrize("directory", ["..", ".", "/etc", "khong-co", "../jibri"])
def test_a_folder_outside_the_recorders_own_is_refused(runtime: Runtime, folder: Path, directory: str) -> None:
    with pytest.raises(RecorderFolderInvalid):
        receive(runtime, Path(directory))


def test_a_link_out_of_the_folder_is_not_followed(runtime: Runtime, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "private.mp4").write_bytes(b"private")
    session = folder / "s"
    session.mkdir()
    (session / "x.mp4").symlink_to(tmp_path / "private.mp4")
    with pytest.raises(RecorderFolderInvalid):
        receive(runtime, session)


def test_the_sweep_finds_what_nobody_announced_once_it_is_quiet(runtime: Runtime, folder: Path) -> None:
    session = leave_session(folder)
    video = session / f"{ROOM}_2026-04-08-14-00-12.mp4"
    sweep_recordings()
    assert recordings(runtime) == 0, "still being written"
    os.utime(video, (0, 0))
    sweep_recordings()
    sweep_recordings()
    assert recordings(runtime) == 1


@pytest.mark.parametrize(("age", "found"), [(QUIET_SECONDS - 1, False), (QUIET_SECONDS, True), (-3600, False)])
def test_the_sweeps_limit_is_exact_and_a_clock_ahead_waits(
    runtime: Runtime, folder: Path, age: float, found: bool
) -> None:
    video = leave_session(folder) / f"{ROOM}_2026-04-08-14-00-12.mp4"
    with runtime.database.transaction() as session:
        assert bool(list(unannounced(session, video.stat().st_mtime + age))) == found


def test_one_unknown_room_does_not_hold_up_the_others(runtime: Runtime, folder: Path) -> None:
    stranger = folder / "a-stranger"
    stranger.mkdir()
    (stranger / "phong-la_2026-04-08-14-00-12.mp4").write_bytes(b"other")
    session = leave_session(folder)
    for video in folder.rglob("*.mp4"):
        os.utime(video, (0, 0))
    sweep_recordings()
    assert recordings(runtime) == 1
    assert session.exists()
