"""Transcripts over the API: read, correct, conflict, export."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office, build_transcript
from tests.web.conftest import Script


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


@pytest.fixture
def transcript_id(runtime: Runtime, meeting_id: UUID) -> UUID:
    with runtime.database.transaction() as session:
        return build_transcript(session, meeting_id)


@pytest.mark.parametrize("role", [Role.UNIT, Role.OPERATOR, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_others_do_not_read_what_was_said(
    script_of: Callable[..., Script], meeting_id: UUID, transcript_id: UUID, role: Role
) -> None:
    script = script_of(role)
    for path in (f"/meetings/{meeting_id}/transcript", f"/transcripts/{transcript_id}/export.vtt"):
        assert script.get(path).status_code == 403


def test_there_is_none_before_the_machine_is_done(script_of: Callable[..., Script], meeting_id: UUID) -> None:
    assert script_of(Role.SECRETARY).get(f"/meetings/{meeting_id}/transcript").status_code == 404


def test_the_machines_text_is_revision_zero(
    script_of: Callable[..., Script], meeting_id: UUID, transcript_id: UUID
) -> None:
    told = script_of(Role.APPROVER).get(f"/meetings/{meeting_id}/transcript").get_json()
    assert told["id"] == str(transcript_id)
    assert told["revision"]["number"] == 0
    assert told["revision"]["source"] == "machine"
    assert told["segments"][0]["words"][2]["probability"] == 0.3
    assert told["segments"][1]["flags"] == ["doubtful"]


def test_one_line_is_set_right(script_of: Callable[..., Script], meeting_id: UUID, transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    path = f"/transcripts/{transcript_id}/segments/s0002"
    saved = script.call("PATCH", path, json={"base_number": 0, "text": "Trung tâm Thông tin kiểm tra"})
    assert saved.status_code == 200
    assert saved.get_json()["number"] == 1
    line = script.get(f"/meetings/{meeting_id}/transcript").get_json()["segments"][1]
    assert line["text"] == "Trung tâm Thông tin kiểm tra"
    assert (line["start"], line["end"]) == (12.5, 18.0)


def test_the_same_line_from_an_old_base_conflicts_with_both_texts(
    script_of: Callable[..., Script], transcript_id: UUID
) -> None:
    script = script_of(Role.SECRETARY)
    path = f"/transcripts/{transcript_id}/segments/s0001"
    script.call("PATCH", path, json={"base_number": 0, "text": "bản của người khác"})
    answer = script.call("PATCH", path, json={"base_number": 0, "text": "bản của tôi"})
    assert answer.status_code == 409
    detail = answer.get_json()["error"]["detail"]
    assert "bản của tôi" in detail["yours"]
    assert "bản của người khác" in detail["theirs"]


def test_the_whole_text_is_saved_at_once(script_of: Callable[..., Script], transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    lines = [{"start": 0, "end": 18, "speaker": "Phan Quốc Bảo", "text": "Một dòng mới"}]
    saved = script.post(f"/transcripts/{transcript_id}/revisions", {"base_number": 0, "segments": lines})
    assert saved.status_code == 201
    assert script.get(f"/transcripts/{transcript_id}").get_json()["segments"][0]["text"] == "Một dòng mới"
    late = script.post(f"/transcripts/{transcript_id}/revisions", {"base_number": 0, "segments": lines})
    assert late.status_code == 409


@pytest.mark.parametrize(
    "line",
    [
        {"start": 5, "end": 1, "speaker": "A", "text": "ngược"},
        {"start": -1, "end": 1, "speaker": "A", "text": "âm"},
        {"start": "NaN", "end": 1, "speaker": "A", "text": "không phải số"},
        {"end": 1, "speaker": "A", "text": "thiếu"},
    ],
)
def test_bad_lines_are_refused(script_of: Callable[..., Script], transcript_id: UUID, line: dict[str, object]) -> None:
    script = script_of(Role.SECRETARY)
    answer = script.post(f"/transcripts/{transcript_id}/revisions", {"base_number": 0, "segments": [line]})
    assert answer.status_code == 422
    assert script.get(f"/transcripts/{transcript_id}").get_json()["revision"]["number"] == 0


def test_an_unknown_line_and_transcript_are_404(script_of: Callable[..., Script], transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    for path in (f"/transcripts/{transcript_id}/segments/la", f"/transcripts/{uuid4()}/segments/s0001"):
        assert script.call("PATCH", path, json={"base_number": 0, "text": "x"}).status_code == 404


def test_approvers_read_but_do_not_correct(script_of: Callable[..., Script], transcript_id: UUID) -> None:
    path = f"/transcripts/{transcript_id}/segments/s0001"
    assert script_of(Role.APPROVER).call("PATCH", path, json={"base_number": 0, "text": "x"}).status_code == 403


def test_exports_are_downloads(script_of: Callable[..., Script], transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    vtt = script.get(f"/transcripts/{transcript_id}/export.vtt")
    assert vtt.text.startswith("WEBVTT")
    assert "attachment" in vtt.headers["Content-Disposition"]
    assert script.get(f"/transcripts/{transcript_id}/export.json").get_json()["engine"] == "viet-asr"
    assert script.get(f"/transcripts/{transcript_id}/export.exe").status_code == 404


def test_a_line_is_confirmed_and_a_run_taken_into_use(script_of: Callable[..., Script], transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    confirmed = script.post(f"/transcripts/{transcript_id}/segments/s0002/confirm", {"base_number": 0})
    assert (confirmed.status_code, confirmed.get_json()["number"]) == (200, 1), confirmed.text
    line = script.get(f"/transcripts/{transcript_id}").get_json()["segments"][1]
    assert (line["flags"], line["text"]) == (["corrected"], "Trung tâm kiểm tra đường truyền")
    stale = script.post(f"/transcripts/{transcript_id}/segments/s0001/confirm", {"base_number": 0})
    assert stale.status_code == 409
    assert script.post(f"/transcripts/{transcript_id}/segments/la/confirm", {"base_number": 1}).status_code == 404
    assert script.post(f"/transcripts/{transcript_id}/adopt").get_json()["revision"]["number"] == 1
    assert script_of(Role.APPROVER).post(f"/transcripts/{transcript_id}/adopt").status_code == 403
