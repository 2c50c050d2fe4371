"""Bytes come in parts: in order, once, proved where a sum came along, kept as far as they came where a line broke."""

import hashlib
import io
import threading
from collections.abc import Callable
from uuid import uuid4

import pytest

from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from tests.transcription.conftest import add_meeting
from tests.transcription.recordings.uploads.conftest import Sender
from transcription.errors import RecordingNotKept
from transcription.recordings.models import Recording
from transcription.recordings.uploads import room, service, states
from transcription.recordings.uploads.errors import (
    UploadDamaged,
    UploadNoRoom,
    UploadOffsetWrong,
    UploadOver,
    UploadsTooMany,
    UploadTooLarge,
)
from transcription.recordings.uploads.receiving import Checksum, LineBroken, read_checksum


class Breaking(io.RawIOBase):
    """Gives its bytes and then breaks off."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        chunk = self._data.read(size)
        if not chunk:
            raise LineBroken
        return chunk


def test_three_parts_become_one_recording(sender: Sender, runtime: Runtime) -> None:
    upload_id = sender.begin(9)
    assert sender.send(upload_id, 0, b"abc").offset_bytes == 3
    assert not sender.send(upload_id, 3, b"de").is_complete
    assert sender.stored() == ["uploads", "uploads"]
    assert sender.send(upload_id, 5, b"fghi").is_complete
    sender.finish(upload_id)
    row = sender.row(upload_id)
    assert (row.state, row.is_duplicate, row.refusal) == (states.KEPT, False, None)
    with runtime.database.transaction() as session:
        recording = session.get_one(Recording, row.recording_id)
        assert recording.sha256 == hashlib.sha256(b"abcdefghi").hexdigest()
        assert runtime.storage.read_bytes(recording.object_key) == b"abcdefghi"
        assert recording.received_from == sender.actor.account_id
    assert sender.stored() == ["recordings"]


def test_the_same_bytes_again_are_the_same_recording(sender: Sender) -> None:
    first, second = sender.begin(3), sender.begin(3, "tên khác.wav")
    for upload_id in (first, second):
        sender.send(upload_id, 0, b"abc")
        sender.finish(upload_id)
    assert sender.row(first).recording_id == sender.row(second).recording_id
    assert (sender.row(first).is_duplicate, sender.row(second).is_duplicate) == (False, True)
    assert sender.stored() == ["recordings"]


def test_a_broken_line_costs_what_was_not_here_yet(sender: Sender) -> None:
    upload_id = sender.begin(9)
    assert sender.send(upload_id, 0, Breaking(b"abcd")).offset_bytes == 4
    assert sender.send(upload_id, 4, Breaking(b"")).offset_bytes == 4
    assert sender.stored() == ["uploads"]


def test_what_broke_off_cannot_be_proved_and_is_left(sender: Sender) -> None:
    upload_id = sender.begin(9)
    whole = Checksum("sha256", hashlib.sha256(b"abcdefghi").digest())
    with pytest.raises(UploadDamaged):
        sender.send(upload_id, 0, Breaking(b"abcd"), whole)
    assert sender.stored() == []
    assert sender.send(upload_id, 0, b"abcdefghi", whole).is_complete


@pytest.mark.parametrize("offset", [0, 2, 4])
def test_a_hole_or_a_repetition_is_refused_before_it_is_read(sender: Sender, offset: int) -> None:
    upload_id = sender.begin(9)
    sender.send(upload_id, 0, b"abc")
    with pytest.raises(UploadOffsetWrong, match="3"):
        sender.send(upload_id, offset, b"xy")
    assert sender.stored() == ["uploads"]


def test_more_than_was_announced_is_refused(sender: Sender) -> None:
    upload_id = sender.begin(3)
    with pytest.raises(UploadTooLarge):
        sender.send(upload_id, 0, b"x" * 3_000_000)
    assert (sender.stored(), sender.row(upload_id).offset_bytes) == ([], 0)


def test_nothing_comes_after_the_end(sender: Sender) -> None:
    upload_id = sender.begin(3)
    sender.send(upload_id, 0, b"abc")
    with pytest.raises(UploadOver):
        sender.send(upload_id, 3, b"d")


def test_two_at_the_same_place_at_the_same_moment(sender: Sender) -> None:
    """A line that seems dead and the one after it: both bring the same bytes, one is written down."""
    upload_id, barrier = sender.begin(6), threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    class Together(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            chunk = super().read(size)
            if not chunk:
                barrier.wait()
            return chunk

    def send() -> None:
        try:
            sender.send(upload_id, 0, Together(b"abc"))  # type: ignore[arg-type]
            outcomes.append("kept")
        except UploadOffsetWrong:
            outcomes.append("refused")

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "refused"]
    assert (sender.stored(), sender.row(upload_id).offset_bytes) == (["uploads"], 3)


def test_nobody_sees_or_feeds_another_ones_upload(
    sender: Sender, runtime: Runtime, actor_factory: Callable[..., Actor]
) -> None:
    upload_id = sender.begin(3)
    other = Sender(runtime, actor_factory(Role.OPERATOR), sender.meeting_id)
    with pytest.raises(NotFound):
        other.send(upload_id, 0, b"abc")
    with runtime.database.transaction() as session, pytest.raises(NotFound):
        service.discard(session, other.actor, sender.meeting_id, upload_id)
    with runtime.database.transaction() as session:
        assert service.unfinished_uploads(session, other.actor, sender.meeting_id) == []
    elsewhere = Sender(runtime, sender.actor, add_meeting(runtime, "phong-khac-1a2b"))
    with pytest.raises(NotFound):
        elsewhere.send(upload_id, 0, b"abc")


def test_who_may_announce(sender: Sender, runtime: Runtime, actor_factory: Callable[..., Actor]) -> None:
    with pytest.raises(Forbidden):
        Sender(runtime, actor_factory(Role.APPROVER), sender.meeting_id).begin(3)
    with pytest.raises(NotFound):
        Sender(runtime, sender.actor, uuid4()).begin(3)
    secret = add_meeting(runtime, None, Classification.SECRET)
    with pytest.raises(ClassifiedRefused):
        Sender(runtime, sender.actor, secret).begin(3)


def test_caps_and_room_are_asked_before_a_byte_is_sent(
    sender: Sender, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.settings = runtime.settings.model_copy(update={"uploads_per_person": 1, "upload_limit_bytes": 10})
    with pytest.raises(UploadTooLarge, match="10 byte"):
        sender.begin(11)
    with monkeypatch.context() as patch:
        patch.setattr(room, "free_bytes", lambda _storage: 5)
        with pytest.raises(UploadNoRoom):
            sender.begin(10)
    first = sender.begin(10)
    with pytest.raises(UploadsTooMany):
        sender.begin(1)
    with runtime.database.transaction() as session:
        service.discard(session, sender.actor, sender.meeting_id, first)
    sender.begin(1)


def test_a_full_disk_is_said_and_what_was_sent_stays(
    sender: Sender, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = sender.begin(6)
    sender.send(upload_id, 0, b"abc")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(runtime.storage, "put", full)
        with pytest.raises(RecordingNotKept, match="No space"):
            sender.send(upload_id, 3, b"def")
    assert sender.send(upload_id, 3, b"def").is_complete


@pytest.mark.parametrize("header", ["", "sha256", "md5 abcd", "sha256 !!", "sha256 YWJj", "sha1 YWJj"])
def test_a_sum_nobody_can_check_is_refused(header: str) -> None:
    with pytest.raises(Invalid):
        read_checksum(header)
