"""Whole files become recordings: alone or as a batch, now or by the sweep; what is forgotten goes."""

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.accounts import Account, create_account
from core.audit import AuditRow
from core.errors import Invalid, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import declare_classified
from tests.conftest import FixedClock
from tests.transcription.recordings.uploads.conftest import Sender
from transcription.pipeline.service import latest_job
from transcription.recordings.models import Recording, RecordingSource
from transcription.recordings.uploads import service, states
from transcription.recordings.uploads.models import RecordingUpload
from transcription.recordings.uploads.subscribers import discard_uploads
from transcription.recordings.uploads.tasks import sweep_uploads

NAMES = ("hop_2026-04-08-14-00-00.mp4", "hop_2026-04-08-14-30-00.mp4")


@pytest.fixture
def account(runtime: Runtime, sender: Sender) -> Sender:
    """A sender whose account exists: the sweep acts for it."""
    with runtime.database.transaction() as session:
        row = create_account(
            session, login="van.hanh", password="một câu dài dễ nhớ", display_name="Hà", roles={Role.OPERATOR}
        )
        sender.actor = Actor(row.id, row.display_name, row.role_set)
    return sender


def recordings(runtime: Runtime) -> list[Recording]:
    with runtime.database.transaction() as session:
        return list(session.scalars(select(Recording).order_by(Recording.original_name)))


def test_files_chosen_together_are_heard_as_one(sender: Sender, runtime: Runtime) -> None:
    batch = uuid4()
    first, second = (sender.begin(3, name, batch, 2) for name in NAMES)
    sender.send(second, 0, b"def")
    sender.finish(second)
    assert (sender.row(second).state, recordings(runtime)) == (states.COMPLETE, [])
    sender.send(first, 0, b"abc")
    sender.finish(first)
    whole_id = sender.row(first).recording_id
    assert sender.row(second).recording_id == whole_id
    with runtime.database.transaction() as session:
        whole = session.get_one(Recording, whole_id)
        assert whole.source == RecordingSource.JOINED
        assert [part.offset_seconds for part in whole.parts] == [0.0, 1800.0]
        jobs = [latest_job(session, recording.id) for recording in recordings(runtime)]
        assert sorted(job.state for job in jobs if job) == ["cancelled", "cancelled", "running"]
    assert sender.stored() == ["recordings"] * 3


def test_two_equal_files_of_a_batch_are_one_recording(sender: Sender, runtime: Runtime) -> None:
    batch = uuid4()
    for name in NAMES:
        last = sender.begin(3, name, batch, 2)
        sender.send(last, 0, b"abc")
    sender.finish(last)
    assert len(recordings(runtime)) == 1
    assert sender.row(last).recording_id == recordings(runtime)[0].id


def test_a_batch_is_what_its_first_file_said(
    sender: Sender, runtime: Runtime, actor_factory: Callable[..., Actor]
) -> None:
    batch = uuid4()
    sender.begin(3, batch=batch, batch_size=2)
    with pytest.raises(Invalid):
        sender.begin(3, batch=batch, batch_size=3)
    with pytest.raises(Invalid):
        Sender(runtime, actor_factory(Role.OPERATOR), sender.meeting_id).begin(3, batch=batch, batch_size=2)
    sender.begin(3, batch=batch, batch_size=2)
    with pytest.raises(Invalid):
        sender.begin(3, batch=batch, batch_size=2)


def test_what_is_left_of_a_batch_is_kept(account: Sender, runtime: Runtime, fixed_clock: FixedClock) -> None:
    batch = uuid4()
    whole, half = (account.begin(3, name, batch, 2) for name in NAMES)
    account.send(whole, 0, b"abc")
    account.send(half, 0, b"d")
    fixed_clock.now += timedelta(hours=48)
    sweep_uploads()
    assert account.row(whole).state == states.KEPT
    assert [row.original_name for row in recordings(runtime)] == [NAMES[0]]
    with runtime.database.transaction() as session, pytest.raises(NotFound):
        service.get_upload(session, account.actor, account.meeting_id, half)
    assert account.stored() == ["recordings"]


def test_the_sweep_finishes_what_a_dead_process_did_not(account: Sender, runtime: Runtime) -> None:
    upload_id = account.begin(3)
    account.send(upload_id, 0, b"abc")
    sweep_uploads()
    sweep_uploads()
    assert account.row(upload_id).state == states.KEPT
    assert [row.received_from for row in recordings(runtime)] == [account.actor.account_id]


def test_who_may_no_longer_send_keeps_nothing(account: Sender, runtime: Runtime) -> None:
    upload_id = account.begin(3)
    account.send(upload_id, 0, b"abc")
    with runtime.database.transaction() as session:
        session.get_one(Account, account.actor.account_id).roles = [Role.UNIT.value]
    sweep_uploads()
    row = account.row(upload_id)
    assert (row.state, row.refusal) == (states.REFUSED, {"code": "not_found", "params": {}})
    assert account.stored() == []


def test_a_full_disk_at_the_end_is_tried_again(
    account: Sender, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = account.begin(3)
    account.send(upload_id, 0, b"abc")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(runtime.storage, "put", full)
        account.finish(upload_id)
    row = account.row(upload_id)
    assert row.state == states.COMPLETE
    assert row.refusal == {"code": "recording_not_kept", "params": {"reason": "No space left on device"}}
    sweep_uploads()
    assert (account.row(upload_id).state, account.row(upload_id).refusal) == (states.KEPT, None)


def test_the_forgotten_goes_and_every_byte_puts_it_off(
    sender: Sender, runtime: Runtime, fixed_clock: FixedClock
) -> None:
    idle, busy = sender.begin(9), sender.begin(9)
    sender.send(idle, 0, b"abc")
    fixed_clock.now += timedelta(hours=47)
    sender.send(busy, 0, b"abc")
    fixed_clock.now += timedelta(hours=1)
    sweep_uploads()
    with runtime.database.transaction() as session:
        assert session.scalars(select(RecordingUpload.id)).all() == [busy]
        expired = select(AuditRow.detail).where(AuditRow.action == "recording_upload.expired")
        assert session.scalars(expired).one()["offset_bytes"] == 3
    assert sender.stored() == ["uploads"]


def test_what_a_killed_process_left_is_cleared(sender: Sender, runtime: Runtime) -> None:
    """A part in the storage that nobody has written down, once no request can be at it any more."""
    sender.send(sender.begin(9), 0, b"abc")
    shelf = runtime.settings.home / "objects" / "uploads"
    (mine,) = [path for path in shelf.rglob("*") if path.is_file()]
    old, fresh = [shelf.parent / runtime.storage.put_bytes(b"x", prefix="uploads").key for _ in range(2)]
    for path in (mine, old):
        os.utime(path, (1, 1))
    sweep_uploads()
    assert [path.exists() for path in (mine, old, fresh)] == [True, False, True]


def test_a_meeting_that_became_classified_loses_what_was_on_its_way(
    sender: Sender, runtime: Runtime, actor_factory: Callable[..., Actor]
) -> None:
    upload_id = sender.begin(9)
    sender.send(upload_id, 0, b"abc")
    with runtime.database.transaction() as session:
        declare_classified(session, actor_factory(Role.OPERATOR), sender.meeting_id, Classification.SECRET)
    with runtime.database.transaction() as session:
        discard_uploads(session, {"id": str(sender.meeting_id)})
    assert sender.stored() == []
    with runtime.database.transaction() as session:
        assert session.scalars(select(RecordingUpload)).all() == []
