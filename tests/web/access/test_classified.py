"""Nothing of a meeting marked mật or above comes in, whatever the entry: plan, room, upload, transcript, API, CLI.

One meeting is declared classified after the fact, with everything there already; every entry is tried by somebody who
has the right, and each answers with article 6 of Decree 26/2020/NĐ-CP. Prosody's and Jibri's own doors are tried in
`tests/orchestrator/jitsi`, the live stream in `tests/transcription/live`.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.database import Base
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import declare_classified
from tests.web.access.world import World, build_world
from tests.web.builders import sound, system
from tests.web.conftest import Browser, Script
from web.commands.border import BadInput
from web.commands.known_facts import read_known

pytestmark = pytest.mark.slow

PLAN = {
    "classification": "secret",
    "title": "Họp về một việc",
    "starts_at": "2026-05-05T08:00:00+07:00",
    "ends_at": "2026-05-05T09:00:00+07:00",
}
SERIES = {
    "classification": "secret",
    "title": "Họp về một việc",
    "starts_at": "2026-05-05T08:00:00+07:00",
    "duration_minutes": 60,
    "rrule": "FREQ=WEEKLY;COUNT=2",
}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "100"}
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin chao\n"
#: Tables in which anything new would be a leak.
QUIET = (
    "recording",
    "recording_upload",
    "transcription_job",
    "stage_run",
    "transcript_revision",
    "notice_revision",
    "room_reservation",
    "join_link",
    "invitation_letter_revision",
    "recorder_run",
    "draft",
    "live_utterance",
)


def api_entries(world: World) -> dict[str, tuple[str, str, Any]]:
    """What → (method, address, body). A body that is bytes is a file."""
    side, meeting = world.own.values, f"/meetings/{world.own.values['meeting_id']}"
    endpoint = [{"endpoint_id": str(side["endpoint_id"]), "head_count": 1}]
    return {
        "plan": ("POST", "/meetings", {**PLAN, "endpoints": endpoint}),
        "edit of a plan": ("PUT", meeting, {**PLAN, "endpoints": endpoint, "version": 1}),
        "series": ("POST", "/series", {**SERIES, "endpoints": endpoint}),
        "room": ("POST", f"{meeting}/open", {}),
        "links": ("POST", f"{meeting}/links", {}),
        "invitations": ("POST", f"{meeting}/invitations/send", {}),
        "recording": ("POST", f"{meeting}/recordings", sound()),
        "captions": ("POST", f"{meeting}/captions", VTT),
        "file in parts": (
            "POST",
            f"{meeting}/uploads",
            {"headers": TUS},
        ),
        "joined parts": ("POST", f"{meeting}/recordings/join", {"recording_ids": [str(side["recording_id"])] * 2}),
        "stage run again": ("POST", f"/jobs/{side['job_id']}/stages/recognise/rerun", {}),
        "work gone on with": ("POST", f"/jobs/{side['job_id']}/resume", {}),
        "another draft": ("POST", f"{meeting}/drafts", {}),
    }


def screen_entries(world: World) -> dict[str, tuple[str, dict[str, Any]]]:
    meeting = f"/cuoc-hop/{world.own.values['meeting_id']}"
    console = f"/dieu-hanh/{world.own.values['meeting_id']}"
    return {
        "screen: recording": (f"{meeting}/ban-ghi", {"file": (io.BytesIO(sound()), "hop.wav")}),
        "screen: captions": (f"{meeting}/phu-de", {"file": (io.BytesIO(VTT), "hop.vtt")}),
        "screen: room": (f"{console}/mo", {}),
        "screen: recorder": (f"{console}/ghi-hinh", {"act": "start"}),
        "screen: invitations": (f"{meeting}/giay-moi/gui", {}),
    }


def rows(runtime: Runtime) -> dict[str, int]:
    with runtime.database.transaction() as session:
        return {
            name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0 for name in QUIET
        }


def ask(script: Script, method: str, address: str, body: Any) -> Any:
    if isinstance(body, bytes):
        data = {"file": (io.BytesIO(body), "hop.vtt" if body is VTT else "hop.wav")}
        return script.call(method, address, data=data, content_type="multipart/form-data")
    if "headers" in body:
        return script.call(method, address, **body)
    return script.call(method, address, json=body)


def test_every_entry_is_shut(
    runtime: Runtime,
    add_account: Callable[..., UUID],
    browser_of: Callable[..., Browser],
    script_of: Callable[..., Script],
) -> None:
    world = build_world(runtime, add_account)
    with runtime.database.transaction() as session:
        declare_classified(session, system(Role.OPERATOR), world.own.values["meeting_id"], Classification.SECRET)
    everybody = (Role.OPERATOR, Role.SECRETARY, Role.APPROVER)
    script, browser = script_of(*everybody), browser_of(*everybody)
    before = rows(runtime)
    answers = {}
    for what, (method, address, body) in api_entries(world).items():
        answer = ask(script, method, address, body)
        answers[what] = (answer.status_code, "26/2020" in answer.text)
    for what, (address, form) in screen_entries(world).items():
        answer = browser.post(address, form, follow_redirects=True)
        answers[what] = (answer.status_code in (200, 403), "26/2020" in answer.text)
    assert {what: answer for what, answer in answers.items() if answer not in ((403, True), (True, True))} == {}
    assert rows(runtime) == before


def test_the_command_line_reads_no_facts_of_a_classified_meeting(tmp_path: Path) -> None:
    path = tmp_path / "meeting.json"
    path.write_text(json.dumps({"meeting": {"title": "Họp", "classification": "Mật"}}))
    with pytest.raises(BadInput, match="26/2020"):
        read_known(path, None, ())
