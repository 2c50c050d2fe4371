"""Steering the work on a recording from the screen and by scripts: stop, go on, again with other parameters."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask

from core.errors import Invalid
from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office, build_recording
from tests.web.conftest import Browser, Script
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from web.rerunning import engines, rerun_parameters
from web.templating import about_time

Browsers = Callable[..., Browser]
Scripts = Callable[..., Script]


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


@pytest.fixture
def job_id(runtime: Runtime, meeting_id: UUID) -> UUID:
    with runtime.database.transaction() as session:
        return build_recording(session, meeting_id).id


@pytest.fixture
def done_job(runtime: Runtime, job_id: UUID) -> UUID:
    """Every stage has come to its end."""
    with runtime.database.transaction() as session:
        job = session.get_one(TranscriptionJob, job_id)
        runs = {Stage(run.stage): run for run in job.stage_runs}
        for stage, plan in PLAN.items():
            run = runs.setdefault(stage, StageRun(job_id=job_id, stage=stage, run_number=1))
            run.state, run.artifact_key, run.artifact_sha256, run.progress = "done", "x/y", "0" * 64, 1.0
            run.inputs = {need.value: str(runs[need].id) for need in plan.needs}
            session.add(run)
            session.flush()
        job.state = "done"
    return job_id


def parameters(runtime: Runtime, job_id: UUID) -> dict[str, object]:
    with runtime.database.transaction() as session:
        return dict(session.get_one(TranscriptionJob, job_id).parameters)


def test_work_is_stopped_and_gone_on_with(browser_of: Browsers, meeting_id: UUID, job_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    running = browser.get(f"/cuoc-hop/{meeting_id}").text
    assert "Dừng gỡ băng…" in running
    assert "Đang đo tốc độ" in running
    assert browser.post(f"/cong-viec/{job_id}/dung").status_code == 302
    stopped = browser.get(f"/cuoc-hop/{meeting_id}/ban-ghi").text
    assert 'data-active="no"' in stopped
    assert "Làm tiếp từ chỗ dừng" in stopped
    assert browser.post(f"/cong-viec/{job_id}/dung").status_code == 409
    assert browser.post(f"/cong-viec/{job_id}/tiep").status_code == 302
    assert "Đang gỡ băng" in browser.get(f"/cuoc-hop/{meeting_id}/ban-ghi").text


@pytest.mark.parametrize("path", ["dung", "tiep", "chay-lai"])
def test_others_steer_nothing(browser_of: Browsers, job_id: UUID, path: str) -> None:
    assert browser_of(Role.APPROVER).post(f"/cong-viec/{job_id}/{path}").status_code == 403
    assert browser_of(Role.OPERATOR).post(f"/cong-viec/{uuid4()}/{path}").status_code == 404


def test_a_stage_runs_again_with_what_was_typed(
    browser_of: Browsers, runtime: Runtime, meeting_id: UUID, done_job: UUID
) -> None:
    browser = browser_of(Role.SECRETARY)
    typed = {
        "stage": "recognise",
        "engine": "faster-whisper",
        "minimum_speakers": "2",
        "maximum_speakers": "",
        "vocabulary": "Thủy Ngạn\n\n Đắk  Riêng \nThủy Ngạn",
    }
    for wrong in ({"engine": "lạ"}, {"minimum_speakers": "0"}, {"minimum_speakers": "9", "maximum_speakers": "3"}):
        refused = browser.post(f"/cong-viec/{done_job}/chay-lai", typed | wrong)
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert parameters(runtime, done_job) == {}
    assert browser.post(f"/cong-viec/{done_job}/chay-lai", typed).status_code == 302
    asked = {"engine": "faster-whisper", "minimum_speakers": 2, "vocabulary": ["Thủy Ngạn", "Đắk Riêng"]}
    assert parameters(runtime, done_job) == asked
    page = browser.get(f"/cuoc-hop/{meeting_id}/ban-ghi").text
    assert "bộ nhận dạng Whisper (faster-whisper); số người nói ít nhất 2; từ vựng thêm 2 cụm từ" in page


def test_scripts_do_the_same(script_of: Scripts, runtime: Runtime, done_job: UUID) -> None:
    script = script_of(Role.OPERATOR)
    again = script.post(f"/jobs/{done_job}/stages/recognise/rerun", {"vocabulary": ["Thủy Ngạn"]})
    assert again.status_code == 202, again.text
    assert again.get_json()["remaining_seconds"] is None
    assert parameters(runtime, done_job) == {"vocabulary": ["Thủy Ngạn"]}
    assert script_of(Role.APPROVER).post(f"/jobs/{done_job}/cancel").status_code == 403
    assert script.post(f"/jobs/{done_job}/cancel").get_json()["state"] == "cancelled"
    assert script.post(f"/jobs/{done_job}/cancel").status_code == 409
    assert script.post(f"/jobs/{done_job}/resume").get_json()["state"] == "running"
    assert script.post(f"/jobs/{done_job}/resume").status_code == 409


def test_only_engines_of_this_machine_may_be_asked_for() -> None:
    assert engines()[0] == "auto"
    assert rerun_parameters(engine="auto") == {"engine": "auto"}
    assert rerun_parameters(engine="", vocabulary=[" "]) == {}
    for wrong in ({"vocabulary": ["x" * 121]}, {"vocabulary": [str(n) for n in range(501)]}):
        with pytest.raises(Invalid):
            rerun_parameters(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "dưới 1 phút"),
        (29, "dưới 1 phút"),
        (750, "khoảng 12 phút"),
        (3600, "khoảng 1 giờ"),
        (4980, "khoảng 1 giờ 20 phút"),
    ],
)
def test_time_as_one_says_it(app: Flask, seconds: float, words: str) -> None:
    with app.test_request_context():
        assert about_time(seconds) == words
