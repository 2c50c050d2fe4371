"""The desk's page and its points: who may, what is told, what a drawing of the sound gets; corrections carried over."""

import io
import re
import wave
from collections.abc import Callable
from uuid import UUID, uuid4

import numpy as np
import pytest
from docx import Document

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import (
    Office,
    build_meeting,
    build_office,
    build_recording,
    build_transcript,
    transcript_document,
)
from tests.web.conftest import Browser, Script
from transcription.document import TranscriptDocument
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun
from transcription.transcripts.models import Transcript
from transcription.transcripts.service import publish
from web.secretary import desk as desk_page

Browsers = Callable[..., Browser]
Scripts = Callable[..., Script]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def meeting_id(runtime: Runtime, office: Office) -> UUID:
    return build_meeting(runtime, office)


@pytest.fixture
def transcript_id(runtime: Runtime, meeting_id: UUID) -> UUID:
    with runtime.database.transaction() as session:
        return build_transcript(session, meeting_id)


def test_only_those_who_correct_open_the_desk(browser_of: Browsers, transcript_id: UUID) -> None:
    path = f"/go-bang/{transcript_id}/hieu-dinh"
    assert browser_of(Role.APPROVER).get(path).status_code == 403
    secretary = browser_of(Role.SECRETARY)
    assert secretary.get(f"/go-bang/{uuid4()}/hieu-dinh").status_code == 404
    assert path in secretary.get(f"/go-bang/{transcript_id}").text
    page = secretary.get(path)
    assert page.status_code == 200
    assert f"/api/v1/transcripts/{transcript_id}/changes" in page.text
    assert "Trung tâm kiểm tra đường truyền" not in page.text, "the lines come by themselves"


def test_the_drawing_may_bring_one_stylesheet_of_its_own(
    browser_of: Browsers, transcript_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(Role.SECRETARY)
    path = f"/go-bang/{transcript_id}/hieu-dinh"
    monkeypatch.setattr(desk_page, "WAVE", "css/app.css")  # any file that is there
    answers = [browser.get(path) for _ in range(2)]
    nonces = {re.findall(r'data-nonce="([^"]+)"', answer.text)[0] for answer in answers}
    assert len(nonces) == 2
    policy = answers[0].headers["Content-Security-Policy"]
    assert re.search(r"style-src 'self' 'nonce-[\w-]+';", policy)
    assert "script-src 'self';" in policy
    monkeypatch.setattr(desk_page, "WAVE", "built/not-there.js")
    plain = browser.get(path)
    assert "data-nonce" not in plain.text
    assert "nonce" not in plain.headers["Content-Security-Policy"]


def test_lines_and_what_changed_since(script_of: Scripts, transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    path = f"/transcripts/{transcript_id}"
    told = script.get(f"{path}/lines").get_json()
    assert (told["number"], [line["id"] for line in told["lines"]]) == (0, ["s0001", "s0002"])
    assert told["lines"][0]["words"][2]["probability"] == 0.3
    change = {"kind": "set", "id": "s0002", "text": "Trung tâm Thông tin kiểm tra"}
    saved = script.post(f"{path}/changes", {"base_number": 0, "changes": [change]}).get_json()
    assert (saved["number"], saved["conflicts"], saved["lines"]) == (1, [], None)
    since = script.get(f"{path}/lines?since=0").get_json()
    assert since["entries"] == saved["entries"]
    assert since["entries"][0]["text"] == "Trung tâm Thông tin kiểm tra"
    assert script.get(f"{path}/lines?since=1").get_json()["entries"] == []
    assert script.get(f"{path}/lines?since=9").status_code == 422
    assert script_of(Role.APPROVER).get(f"{path}/lines").status_code == 200


def test_a_conflict_tells_both_texts(script_of: Scripts, transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    path = f"/transcripts/{transcript_id}/changes"
    for text in ("bản của họ", "bản của tôi"):
        told = script.post(
            path, {"base_number": 0, "changes": [{"kind": "set", "id": "s0001", "text": text}]}
        ).get_json()
    (conflict,) = told["conflicts"]
    assert (conflict["id"], conflict["yours"]["text"], conflict["theirs"]["text"]) == (
        "s0001",
        "bản của tôi",
        "bản của họ",
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"kind": "split", "id": "s0001", "letters": 3}, 200),
        ({"kind": "split", "id": "s0001", "letters": 0}, 422),
        ({"kind": "split", "id": "s0001", "letters": -1}, 422),
        ({"kind": "merge", "id": "s0001", "next_id": "s0002"}, 200),
        ({"kind": "merge", "id": "s0002", "next_id": "s0001"}, 422),
        ({"kind": "rename", "old": "Người nói 2", "new": "Lê Ngọc Ánh"}, 200),
        ({"kind": "rename", "old": "Người nói 2", "new": "a\u0007b"}, 422),
        ({"kind": "confirm", "id": "s0002"}, 200),
        ({"kind": "confirm", "id": "lạ"}, 404),
        ({"kind": "erase", "id": "s0002"}, 422),
        ({"kind": "set", "id": "s0001", "text": "x" * 20_001}, 422),
    ],
    ids=lambda value: f"{value['kind']}-{sorted(value.items())[-1][1]}"[:24] if isinstance(value, dict) else str(value),
)
def test_changes_are_judged(script_of: Scripts, transcript_id: UUID, change: dict[str, object], status: int) -> None:
    answer = script_of(Role.SECRETARY).post(
        f"/transcripts/{transcript_id}/changes", {"base_number": 0, "changes": [change]}
    )
    assert answer.status_code == status, answer.text


def test_every_file_can_be_taken_away(script_of: Scripts, browser_of: Browsers, transcript_id: UUID) -> None:
    script, browser = script_of(Role.SECRETARY), browser_of(Role.SECRETARY)
    for kind, start in (("vtt", b"WEBVTT"), ("srt", b"1\r\n00:00:00,000"), ("docx", b"PK"), ("json", b"{")):
        assert script.get(f"/transcripts/{transcript_id}/export.{kind}").data.startswith(start)
        answer = browser.get(f"/go-bang/{transcript_id}/tai-ve.{kind}")
        assert answer.data.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]
    told = browser.get(f"/go-bang/{transcript_id}/tai-ve.txt").text
    assert told.startswith("Bản gỡ băng: Họp giao ban trực tuyến tuần 15\n14:00 ngày 08/04/2026\nMáy gỡ, chưa có người")
    paper = Document(io.BytesIO(browser.get(f"/go-bang/{transcript_id}/tai-ve.docx").data))
    assert paper.paragraphs[-1].text == "[00:12] Người nói 2: Trung tâm kiểm tra đường truyền"
    assert browser.get(f"/go-bang/{transcript_id}/tai-ve.exe").status_code == 404


def test_heights_of_the_sound(runtime: Runtime, browser_of: Browsers, meeting_id: UUID) -> None:
    samples = np.zeros(16_000 * 2 + 100, dtype="<i2")
    samples[800:1600] = -32_768
    samples[16_000:16_800] = 16_384
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(samples.tobytes())
    with runtime.database.transaction() as session:
        recording_id = build_recording(session, meeting_id, buffer.getvalue()).recording_id
    path = f"/am-thanh/{recording_id}/bien-do"
    answer = browser_of(Role.SECRETARY).get(path)
    assert answer.headers["X-Peaks-Per-Second"] == "20"
    heights = list(answer.data)
    assert len(heights) == 41
    assert (heights[1], heights[20], sum(heights)) == (255, 128, 383)
    assert browser_of(Role.OPERATOR).get(path).status_code == 403
    assert browser_of(Role.SECRETARY).get(f"/am-thanh/{uuid4()}/bien-do").status_code == 404


def test_a_sound_of_another_shape_has_no_drawing(runtime: Runtime, browser_of: Browsers, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        recording_id = build_recording(session, meeting_id, b"not a wave at all").recording_id
    assert browser_of(Role.SECRETARY).get(f"/am-thanh/{recording_id}/bien-do").status_code == 204


def rerun(runtime: Runtime, transcript_id: UUID, document: TranscriptDocument) -> UUID:
    """Another run of the same recording."""
    with runtime.database.transaction() as session:
        first = session.get_one(Transcript, transcript_id)
        job_id = session.get_one(StageRun, first.stage_run_id).job_id
        run = StageRun(
            job_id=job_id, stage=Stage.PUBLISH, run_number=2, state="done", artifact_key="x/z", artifact_sha256="1" * 64
        )
        session.add(run)
        session.flush()
        assert first.recording_id is not None
        return publish(
            session, stage_run_id=run.id, recording_id=first.recording_id, meeting_id=first.meeting_id,
            document=document, quality={},
        ).id  # fmt: skip


def test_corrections_are_carried_over_to_another_run(
    runtime: Runtime, browser_of: Browsers, script_of: Scripts, transcript_id: UUID
) -> None:
    browser, script = browser_of(Role.SECRETARY), script_of(Role.SECRETARY)
    assert browser.post(f"/go-bang/{transcript_id}/mang-sang").status_code == 409, "it is the one in use"
    change = {"kind": "set", "id": "s0001", "text": "Tôi yêu cầu các đơn vị"}
    script.post(f"/transcripts/{transcript_id}/changes", {"base_number": 0, "changes": [change]})
    later = rerun(runtime, transcript_id, transcript_document())
    page = browser.get(f"/go-bang/{later}").text
    assert f"/go-bang/{later}/mang-sang" in page
    assert browser.post(f"/go-bang/{later}/mang-sang").status_code == 302
    lines = script.get(f"/transcripts/{later}/lines").get_json()
    assert [line["text"] for line in lines["lines"]] == ["Tôi yêu cầu các đơn vị", "Trung tâm kiểm tra đường truyền"]
    assert browser.post(f"/go-bang/{uuid4()}/mang-sang").status_code == 404
    assert browser_of(Role.APPROVER).post(f"/go-bang/{later}/mang-sang").status_code == 403
