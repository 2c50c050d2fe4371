"""Parts of one meeting joined to one recording, captions of another system: by the screen and by scripts."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from core.errors import Invalid
from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office, sound
from tests.web.conftest import Browser, Script
from transcription.recordings.models import Recording, RecordingPart, RecordingSource
from web.operator.joining import read_offset

Browsers = Callable[..., Browser]
Scripts = Callable[..., Script]
VTT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Phan Quốc Bảo: Tôi đề nghị các đơn vị báo cáo.

2
00:00:05.000 --> 00:00:09.000
Trụ sở Bộ: Trung tâm Thông tin đã kiểm tra đường truyền.
"""


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


def files(*parts: tuple[str, float]) -> dict[str, Any]:
    return {"file": [(io.BytesIO(sound(seconds)), name) for name, seconds in parts]}


def rows(runtime: Runtime) -> dict[str, UUID]:
    with runtime.database.transaction() as session:
        return {row.original_name: row.id for row in session.scalars(select(Recording))}


def places(runtime: Runtime) -> list[tuple[str, float | None]]:
    """Parts of the one whole, in order."""
    query = (
        select(Recording.original_name, RecordingPart.offset_seconds)
        .join(RecordingPart, RecordingPart.part_id == Recording.id)
        .order_by(RecordingPart.position)
    )
    with runtime.database.transaction() as session:
        return [(name, offset) for name, offset in session.execute(query)]


def test_several_files_sent_at_once_are_parts_of_one(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    browser = browser_of(Role.OPERATOR)
    assert (
        browser.post(f"/cuoc-hop/{meeting_id}/ban-ghi", files(("phần 2.wav", 2), ("phần 1.wav", 3))).status_code == 302
    )
    assert [name for name, _offset in places(runtime)] == ["phần 1.wav", "phần 2.wav"]
    page = browser.get(f"/cuoc-hop/{meeting_id}").text
    assert page.count("Đã ghép vào bản ghi khác") == 2
    assert page.count("Dừng gỡ băng…") == 1, "only the whole is worked on"
    assert "Ghép các phần thành một bản ghi" not in page


def test_recordings_that_are_there_are_joined_where_each_began(
    browser_of: Browsers, runtime: Runtime, meeting_id: UUID
) -> None:
    browser = browser_of(Role.SECRETARY)
    for part in (("a.wav", 2.0), ("b.wav", 3.0)):
        browser.post(f"/cuoc-hop/{meeting_id}/ban-ghi", files(part))
    assert "Ghép các phần thành một bản ghi" in browser.get(f"/cuoc-hop/{meeting_id}").text
    known = rows(runtime)
    typed: dict[str, Any] = {"recording_id": [str(known["a.wav"]), str(known["b.wav"])]}
    path = f"/cuoc-hop/{meeting_id}/ghep"
    assert browser.post(path, {"recording_id": [str(known["a.wav"])]}).status_code == 422
    assert browser.post(path, {"recording_id": [str(known["a.wav"]), str(uuid4())]}).status_code == 404
    assert browser.post(path, typed | {f"offset-{known['a.wav']}": "sớm"}).status_code == 422
    offsets = {f"offset-{known['a.wav']}": "1:02:30", f"offset-{known['b.wav']}": "0:05"}
    assert browser.post(path, typed | offsets).status_code == 302
    assert places(runtime) == [("b.wav", 5.0), ("a.wav", 3750.0)]
    assert browser_of(Role.APPROVER).post(path, typed).status_code == 403


def test_scripts_join_and_send_captions(script_of: Scripts, runtime: Runtime, meeting_id: UUID) -> None:
    script = script_of(Role.OPERATOR)
    for part in (("a.wav", 2.0), ("b.wav", 3.0)):
        assert script.call("POST", f"/meetings/{meeting_id}/recordings", data=files(part)).status_code == 201
    known = rows(runtime)
    body = {"recording_ids": [str(known["a.wav"]), str(known["b.wav"])], "offsets": [0, 90]}
    joined = script.post(f"/meetings/{meeting_id}/recordings/join", body)
    assert (joined.status_code, joined.get_json()["source"]) == (201, RecordingSource.JOINED), joined.text
    assert places(runtime) == [("a.wav", 0.0), ("b.wav", 90.0)]
    assert script.post(f"/meetings/{meeting_id}/recordings/join", body | {"offsets": [90, 0]}).status_code == 422
    sent = {"file": (io.BytesIO(VTT.encode()), "GMT20260408-070003_Recording.transcript.vtt")}
    assert script.call("POST", f"/meetings/{meeting_id}/captions", data=sent).status_code == 201
    assert script.call("POST", f"/meetings/{meeting_id}/captions", data={}).status_code == 422
    other = script_of(Role.APPROVER)
    sent = {"file": (io.BytesIO(VTT.encode()), "a.vtt")}
    assert other.call("POST", f"/meetings/{meeting_id}/captions", data=sent).status_code == 403


def test_captions_become_a_transcript_to_read(browser_of: Browsers, meeting_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    path = f"/cuoc-hop/{meeting_id}/phu-de"
    for wrong in (b"", b"xin ch\xff", "không có mốc".encode()):
        refused = browser.post(path, {"file": (io.BytesIO(wrong), "x.vtt")})
        assert refused.status_code == 422
        assert "tệp phụ đề" in refused.text
    assert browser.post(path).status_code == 422
    assert browser.post(path, {"file": (io.BytesIO(VTT.encode()), "họp.vtt")}).status_code == 302
    page = browser.get("/go-bang").text
    assert "Máy gỡ, chưa có người sửa" in page
    link = re.search(r"/go-bang/[0-9a-f-]{36}", page)
    assert link
    assert "Phụ đề nhập từ họp.vtt" in browser.get(link.group()).text
    assert browser_of(Role.APPROVER).post(path, {"file": (io.BytesIO(VTT.encode()), "x.vtt")}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("", None), ("90", 90.0), ("1:30", 90.0), ("1:02:30,5", 3750.5), ("0:00", 0.0)],
    ids=["nothing", "seconds", "minutes", "hours", "zero"],
)
def test_where_a_part_begins(app: Flask, typed: str, seconds: float | None) -> None:
    with app.test_request_context():
        assert read_offset(typed) == seconds


@pytest.mark.parametrize("typed", ["sớm", "1:2:3:4", "-5", "nan", "1e9"])
def test_what_is_no_time(app: Flask, typed: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid):
        read_offset(typed)
