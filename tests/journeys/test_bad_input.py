"""What is not a meeting's sound, through the whole installation: a clear sentence, the file kept, nothing invented."""

import io
import time
import wave
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.journeys.conftest import Installation
from tests.journeys.test_journey import start
from web.demo.client import ApiRefusal
from web.demo.journey import Journey, plan

pytestmark = [pytest.mark.journey, pytest.mark.speech, pytest.mark.timeout(600)]


@pytest.fixture
def journey(installation: Installation, tmp_path: Path) -> Any:
    """A walk that has got as far as a planned meeting."""
    journey = start(installation, tmp_path)
    yield journey
    journey.close()


def silence(path: Path, seconds: int = 6) -> Path:
    """48 kHz stereo without a sound."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes(bytes(4 * 48_000 * seconds))
    return path


def finished(journey: Journey, job_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        job: dict[str, Any] = journey.as_user("thu.ky").get(f"/jobs/{job_id}")
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.3)
    raise AssertionError(f"still at work: {job}")


def test_silence_ends_in_an_empty_draft_that_says_so(journey: Journey, tmp_path: Path) -> None:
    meeting = plan(journey)
    operator, secretary = journey.as_user("van.hanh"), journey.as_user("thu.ky")
    received = operator.upload(f"/meetings/{meeting['id']}/recordings", silence(tmp_path / "im lặng.wav"))
    assert finished(journey, received["job_id"])["state"] == "done"
    assert secretary.get(f"/meetings/{meeting['id']}/transcript")["segments"] == []
    notice = _notice(secretary, meeting["id"])
    assert secretary.get(f"/notices/{notice['id']}/directives")["items"] == []
    assert any("tiếng nói" in line for line in notice["revision"]["content"]["to_check"])


def test_a_text_file_named_mp4_is_kept_and_explained(journey: Journey, tmp_path: Path) -> None:
    meeting = plan(journey)
    operator = journey.as_user("van.hanh")
    file = tmp_path / "họp.mp4"
    file.write_text("Đây không phải là video.\n" * 50, encoding="utf-8")
    received = operator.upload(f"/meetings/{meeting['id']}/recordings", file)
    job = finished(journey, received["job_id"])
    assert job["state"] == "failed"
    (fault,) = [stage["fault"] for stage in job["stages"] if stage["fault"]]
    assert (fault["code"], fault["retryable"]) == ("fault_not_media", False)
    assert "tải lên lại" in fault["message"]
    (kept,) = operator.get(f"/meetings/{meeting['id']}/recordings")["items"]
    assert kept["size_bytes"] == file.stat().st_size


def test_a_classified_meeting_is_refused_at_the_plan_with_the_way_that_remains(journey: Journey) -> None:
    operator = journey.as_user("van.hanh")
    endpoint = operator.get("/endpoints")["items"][0]["id"]
    body = {
        "classification": "secret",
        "title": "Họp nội dung mật",
        "starts_at": "2026-04-10T08:00:00+07:00",
        "ends_at": "2026-04-10T09:00:00+07:00",
        "endpoints": [{"endpoint_id": endpoint}],
    }
    with pytest.raises(ApiRefusal, match="26/2020") as caught:
        operator.post("/meetings", body)
    assert (caught.value.status, caught.value.code) == (403, "classified_refused")
    titles = [meeting["title"] for meeting in operator.get("/meetings")["items"]]
    assert "Họp nội dung mật" not in titles


def test_a_stranger_gets_nothing(installation: Installation) -> None:
    for path in ("/api/v1/meetings", "/api/v1/tasks", "/api/v1/deliveries"):
        assert requests.get(installation.address + path, timeout=10).status_code == 401
    refused = requests.post(f"{installation.address}/jitsi/conference", data={"name": "x"}, timeout=10)
    assert refused.status_code == 401


def _notice(secretary: Any, meeting_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            found: dict[str, Any] = secretary.get(f"/meetings/{meeting_id}/notice")
        except ApiRefusal as refusal:
            assert refusal.status == 404
            time.sleep(0.3)
        else:
            return found
    raise AssertionError("no draft came")


def test_the_report_of_a_bad_call_is_json(installation: Installation) -> None:
    answer = requests.post(f"{installation.address}/api/v1/sessions", data=io.BytesIO(b"{broken"), timeout=10)
    assert answer.status_code in (400, 415, 422)
    assert answer.json()["error"]["message"]
