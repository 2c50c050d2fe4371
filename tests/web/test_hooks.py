"""Hooks of the conference: the secret of each family, malformed bodies that change nothing, the good answers."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.invitations.service import create_links
from orchestrator.jitsi.keys import KeyUse, signing_key
from orchestrator.live.console_seat import CONSOLE_SEATS
from orchestrator.live.models import LiveAlarm
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import cancel_meeting
from tests.web.builders import STARTS, build_meeting, build_office, sound, system
from transcription.recordings.models import Recording

FAMILIES = {"hook": "/jitsi/conference", "events": "/jitsi/events/room/created", "recordings": "/jitsi/recordings"}


@pytest.fixture
def meeting(runtime: Runtime) -> Meeting:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        return session.get_one(Meeting, meeting_id)


@pytest.fixture
def call(app: Flask, runtime: Runtime) -> Callable[..., TestResponse]:
    """`call(method, path, family="events", …)` with the family's own secret."""

    def send(method: str, path: str, *, family: str = "hook", **options: Any) -> TestResponse:
        secret = getattr(runtime.settings, f"jitsi_{family}_secret").get_secret_value()
        headers = {"Authorization": f"Bearer {secret}", **options.pop("headers", {})}
        return app.test_client().open(path, method=method, headers=headers, **options)

    return send


Call = Callable[..., TestResponse]


@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer sai", "Basic sai", "bearer \xff"])
def test_without_the_secret_nothing_opens(app: Flask, family: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = app.test_client().post(FAMILIES[family], headers=headers, data={"name": "x"})
    assert answer.status_code == 401


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_the_secret_of_another_family_is_worth_nothing(call: Call, family: str) -> None:
    other = next(name for name in FAMILIES if name != family)
    assert call("POST", FAMILIES[family], family=other, data={"name": "x"}).status_code == 401


def test_a_signed_in_person_is_no_hook(app: Flask, browser_of: Callable[..., Any]) -> None:
    browser = browser_of(*Role)
    assert browser.post("/jitsi/conference", {"name": "x"}).status_code == 401


def test_reservation_answers_from_the_plan(call: Call, meeting: Meeting) -> None:
    form = {"name": meeting.room_name, "start_time": "2026-04-08T07:00:00.000Z", "mail_owner": "a@meet.rig"}
    answer = call("POST", "/jitsi/conference", data=form)
    assert answer.status_code == 200
    plan = answer.get_json()
    assert plan["id"] == str(meeting.id)
    assert plan["max_occupants"] == 2 + CONSOLE_SEATS
    assert None not in plan.values()
    assert call("GET", f"/jitsi/conference/{meeting.id}").get_json()["name"] == meeting.room_name
    assert call("DELETE", f"/jitsi/conference/{meeting.id}").status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [({}, 400), ({"name": ""}, 400), ({"name": "phong-la"}, 403), ({"name": "\x00"}, 400), ({"name": "x" * 9000}, 403)],
)
def test_other_rooms_are_refused_with_a_sentence(call: Call, form: dict[str, str], status: int) -> None:
    answer = call("POST", "/jitsi/conference", data=form)
    assert answer.status_code == status
    assert answer.get_json()["message"]


@pytest.mark.parametrize("identity", ["la", "x" * 300, "5f0c1c36-2f7e-4a35-9d53-0a6f4c1b7e21", "%00"])
def test_unknown_reservations_are_404(call: Call, identity: str) -> None:
    for method in ("GET", "DELETE"):
        assert call(method, f"/jitsi/conference/{identity}").status_code in (400, 404)


def event(meeting: Meeting) -> dict[str, Any]:
    return {
        "event_name": "muc-room-created",
        "room_name": meeting.room_name,
        "room_jid": f"{meeting.room_name}@conference.meet.example.vn",
        "is_breakout": False,
        "created_at": int(STARTS.timestamp()),
    }


def test_an_event_is_taken(call: Call, meeting: Meeting) -> None:
    answer = call("POST", "/jitsi/events/room/created", family="events", json=event(meeting))
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["received"] in ("noted", "alarm")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b"null", b'"x"', b"{}", b'{"room_name": "\\u0000"}', b"[" * 100_000, b"\xff\xfe"]
)
def test_malformed_events_are_400_and_change_nothing(call: Call, runtime: Runtime, body: bytes) -> None:
    answer = call("POST", "/jitsi/events/room/created", family="events", data=body, content_type="application/json")
    assert answer.status_code == 400
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(LiveAlarm)) == 0


def test_unknown_events_are_refused(call: Call, meeting: Meeting) -> None:
    assert call("POST", "/jitsi/events/room/la", family="events", json=event(meeting)).status_code == 400


def test_keys_are_served_where_configured_and_nowhere_mixed_up(app: Flask, runtime: Runtime, tmp_path: Path) -> None:
    pem = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "login.pem").write_bytes(pem)
    runtime.settings = runtime.settings.model_copy(update={"jitsi_login_key": tmp_path / "login.pem"})
    key_id = signing_key(runtime.settings, KeyUse.LOGIN).key_id or ""
    name = hashlib.sha256(key_id.encode()).hexdigest() + ".pem"
    client = app.test_client()
    assert "BEGIN PUBLIC KEY" in client.get(f"/jitsi/keys/login/{name}").text
    assert client.get(f"/jitsi/keys/system/{name}").status_code == 404
    assert client.get("/jitsi/keys/login/..%2flogin.pem").status_code == 404


@pytest.fixture
def session_folder(runtime: Runtime, meeting: Meeting, tmp_path: Path) -> Path:
    root = tmp_path / "jibri"
    folder = root / "phiên-1"
    folder.mkdir(parents=True)
    (folder / f"{meeting.room_name}_2026-04-08-14-00-00.mp4").write_bytes(sound())
    told = {"meeting_url": f"https://meet.example.vn/{meeting.room_name}", "participants": []}
    (folder / "metadata.json").write_text(json.dumps(told))
    runtime.settings = runtime.settings.model_copy(update={"jibri_directory": root})
    return folder


def test_jibris_folder_is_taken_over_once(call: Call, session_folder: Path, runtime: Runtime) -> None:
    for _ in range(2):
        answer = call("POST", "/jitsi/recordings", family="recordings", json={"directory": str(session_folder)})
        assert answer.status_code == 202, answer.text
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Recording)) == 1


@pytest.mark.parametrize("directory", ["/etc", "..", "../..", "", None, 7, "\x00", "không-có", "x" * 5000])
def test_folders_elsewhere_are_refused(call: Call, session_folder: Path, runtime: Runtime, directory: object) -> None:
    answer = call("POST", "/jitsi/recordings", family="recordings", json={"directory": directory})
    assert answer.status_code in (400, 422), answer.text
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Recording)) == 0
    assert session_folder.exists()


def link_of(runtime: Runtime, meeting_id: UUID) -> str:
    with runtime.database.transaction() as session:
        found = session.get_one(Meeting, meeting_id)
        return create_links(session, system(Role.OPERATOR), found)[0][1]


def test_the_door_before_the_hour_tells_when_and_asks_again(app: Flask, runtime: Runtime) -> None:
    office = build_office(runtime)
    token = link_of(runtime, build_meeting(runtime, office, STARTS + timedelta(days=2)))
    page = app.test_client().get(f"/join/{token}")
    assert page.status_code == 200
    assert "13:00 ngày 10/04/2026" in page.text
    assert "data-reload-seconds" in page.text


def test_a_cancelled_meeting_says_why(app: Flask, runtime: Runtime, meeting: Meeting) -> None:
    token = link_of(runtime, meeting.id)
    with runtime.database.transaction() as session:
        cancel_meeting(session, system(Role.OPERATOR), meeting.id, "Trùng lịch công tác")
    page = app.test_client().get(f"/join/{token}")
    assert page.status_code == 410
    assert "Trùng lịch công tác" in page.text


def test_the_way_into_the_room_is_never_written_to_the_log(
    app: Flask, runtime: Runtime, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    token = link_of(runtime, meeting.id)
    location = app.test_client().get(f"/join/{token}").location
    assert token not in caplog.text
    assert location.partition("jwt=")[2] not in caplog.text
