"""Recordings over the API: who may send one, what is refused before a byte is read, the job beside it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import declare_classified
from tests.web.builders import build_meeting, build_office, build_recording, sound, system
from tests.web.conftest import Script
from web.app import create_app


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


def send(script: Script, meeting_id: UUID, data: bytes, name: str = "họp giao ban/tuần 15.wav") -> Any:
    upload = {"file": (io.BytesIO(data), name)}
    return script.call("POST", f"/meetings/{meeting_id}/recordings", data=upload, content_type="multipart/form-data")


def stored_files(runtime: Runtime) -> list[Path]:
    return [path for path in Path(runtime.settings.home, "objects").rglob("*") if path.is_file()]


@pytest.mark.parametrize("role", [Role.UNIT, Role.APPROVER, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_others_may_not_send(script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime, role: Role) -> None:
    assert send(script_of(role), meeting_id, sound()).status_code == 403
    assert stored_files(runtime) == []


def test_a_recording_is_kept_and_its_job_begins(script_of: Callable[..., Script], meeting_id: UUID) -> None:
    script = script_of(Role.OPERATOR)
    answer = send(script, meeting_id, sound())
    assert answer.status_code == 201, answer.text
    received = answer.get_json()
    assert received["size_bytes"] == len(sound())
    assert received["original_name"].endswith("tuần 15.wav")
    job = script.get(f"/jobs/{received['job_id']}").get_json()
    assert job["state"] == "running"
    assert [stage["stage"] for stage in job["stages"]][:2] == ["ingest", "verify"]
    assert {"label", "state", "attempt", "progress", "fault"} <= set(job["stages"][0])
    items = script.get(f"/meetings/{meeting_id}/recordings").get_json()["items"]
    assert [item["id"] for item in items] == [received["id"]]


def test_the_same_file_twice_is_one_recording(
    script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime
) -> None:
    script = script_of(Role.SECRETARY)
    first, second = send(script, meeting_id, sound()), send(script, meeting_id, sound(), "tên khác.wav")
    assert first.get_json()["id"] == second.get_json()["id"]
    assert len(stored_files(runtime)) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"data": {}, "content_type": "multipart/form-data"},
        {"data": {"file": "chỉ là chữ"}, "content_type": "multipart/form-data"},
        {"json": {"file": "x"}},
        {"data": b"--x", "content_type": "multipart/form-data"},
    ],
)
def test_no_file_is_said_so(script_of: Callable[..., Script], meeting_id: UUID, options: dict[str, Any]) -> None:
    answer = script_of(Role.OPERATOR).call("POST", f"/meetings/{meeting_id}/recordings", **options)
    assert answer.status_code in (400, 422)
    assert answer.get_json()["error"]["message"]


def test_too_large_is_413_with_the_limit(
    app: Flask, script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime
) -> None:
    script = script_of(Role.OPERATOR)
    small = runtime.settings.model_copy(update={"upload_limit_bytes": 100 * 1024})
    runtime.settings = small
    script.client = create_app(runtime, testing=True).test_client()
    answer = send(script, meeting_id, b"x" * (300 * 1024))
    assert answer.status_code == 413
    assert "100 KB" in answer.get_json()["error"]["message"]
    assert stored_files(runtime) == []


def test_a_meeting_that_became_classified_takes_no_file(
    script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime
) -> None:
    with runtime.database.transaction() as session:
        declare_classified(session, system(Role.OPERATOR), meeting_id, Classification.SECRET)
    answer = send(script_of(Role.OPERATOR), meeting_id, sound())
    assert answer.status_code == 403
    assert answer.get_json()["error"]["code"] == "classified_refused"
    assert stored_files(runtime) == []


def test_nothing_is_left_of_the_way_through_the_disk(
    script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime
) -> None:
    assert send(script_of(Role.OPERATOR), meeting_id, sound()).status_code == 201
    assert list((runtime.settings.home / "uploads").iterdir()) == []


def test_a_full_disk_is_said_so(
    script_of: Callable[..., Script], meeting_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("web.receiving.TemporaryFile", full)
    answer = send(script_of(Role.OPERATOR), meeting_id, sound())
    assert answer.status_code == 507
    assert answer.get_json()["error"]["code"] == "recording_not_kept"


def test_unknown_meetings_and_jobs_are_404(script_of: Callable[..., Script]) -> None:
    script = script_of(Role.OPERATOR)
    assert send(script, uuid4(), sound()).status_code == 404
    assert script.get(f"/jobs/{uuid4()}").status_code == 404
    assert script.post(f"/jobs/{uuid4()}/stages/recognise/rerun").status_code == 404


def test_running_again_is_refused_while_a_stage_runs(
    script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime
) -> None:
    with runtime.database.transaction() as session:
        job_id = build_recording(session, meeting_id).id
    script = script_of(Role.SECRETARY)
    assert script.post(f"/jobs/{job_id}/stages/recognise/rerun").status_code == 409
    assert script.post(f"/jobs/{job_id}/stages/la/rerun").status_code == 422
    assert script_of(Role.APPROVER).post(f"/jobs/{job_id}/stages/recognise/rerun").status_code == 403
