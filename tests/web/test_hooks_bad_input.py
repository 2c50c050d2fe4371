"""Bad input at the conference's doors: forged, replayed, malformed, enormous; nothing changes and nothing breaks."""

import hmac
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from core.runtime import Runtime
from orchestrator.jitsi import hooks
from orchestrator.jitsi.models import RecorderStatus, RoomReservation
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.meetings.models import Meeting
from tests.web.builders import STARTS, build_meeting, build_office

BASE = int(STARTS.timestamp())


@pytest.fixture
def meeting(runtime: Runtime) -> Meeting:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        return session.get_one(Meeting, meeting_id)


@pytest.fixture
def post(app: Flask, runtime: Runtime) -> Callable[..., TestResponse]:
    """`post(family, path, …)` with the family's own secret."""

    def send(family: str, path: str, **options: Any) -> TestResponse:
        secret = getattr(runtime.settings, f"jitsi_{family}_secret").get_secret_value()
        return app.test_client().post(path, headers={"Authorization": f"Bearer {secret}"}, **options)

    return send


Post = Callable[..., TestResponse]


def rows(runtime: Runtime) -> list[int]:
    tables = (RoomReservation, RoomLife, PresenceInterval, LiveAlarm, RecorderStatus)
    with runtime.database.transaction() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def joined(meeting: Meeting, **changes: Any) -> dict[str, Any]:
    occupant = {"occupant_jid": "a300cc2b-1@meet.rig/x", "joined_at": BASE, "id": str(meeting.endpoints[0].id)}
    return {"room_name": meeting.room_name, "occupant": occupant | changes.pop("occupant", {})} | changes


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer x", "Basic x", "Bearer \xe1", "bearer", "Bearer a b c", "Token {key}", "{key}"]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/jitsi/conference"),
        ("GET", "/jitsi/conference/x"),
        ("DELETE", "/jitsi/conference/x"),
        ("POST", "/jitsi/events/occupant/joined"),
        ("POST", "/jitsi/recordings"),
    ],
)
def test_forged_calls_are_401(app: Flask, runtime: Runtime, method: str, path: str, header: str) -> None:
    key = runtime.settings.jitsi_events_secret.get_secret_value()
    headers = {"Authorization": header.format(key=key)} if header else {}
    assert app.test_client().open(path, method=method, headers=headers, data={"name": "x"}).status_code == 401
    assert rows(runtime) == [0] * 5


def test_keys_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch, app: Flask, runtime: Runtime) -> None:
    seen: list[int] = []

    def compare(one: bytes, other: bytes) -> bool:
        seen.append(len(one))
        return hmac.compare_digest(one, other)

    monkeypatch.setattr(hooks, "hmac", type("Hmac", (), {"compare_digest": staticmethod(compare)}))
    app.test_client().post("/jitsi/conference", headers={"Authorization": "Bearer sai"})
    app.test_client().post("/jitsi/recorder/sai/v1/status", json={})
    assert seen == [3, 3]


@pytest.mark.parametrize("status", [400, 403])
@pytest.mark.parametrize("length", [300, 5000])
def test_names_of_many_letters(post: Post, runtime: Runtime, meeting: Meeting, status: int, length: int) -> None:
    name = "ê" * length if status == 403 else ""
    answer = post("hook", "/jitsi/conference", data={"name": name, "mail_owner": "x" * length, "start_time": "y"})
    assert answer.status_code == status
    assert len(answer.get_json()["message"]) < 400


def test_an_event_with_a_name_of_300_letters_is_kept_as_an_alarm(
    post: Post, runtime: Runtime, meeting: Meeting
) -> None:
    body = joined(meeting, room_name="ê" * 300)
    assert post("events", "/jitsi/events/occupant/joined", json=body).get_json() == {"received": "alarm"}
    assert rows(runtime) == [0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("family", "path"),
    [("hook", "/jitsi/conference"), ("events", "/jitsi/events/room/created"), ("recordings", "/jitsi/recordings")],
)
def test_an_enormous_body_is_413_before_it_is_read(post: Post, runtime: Runtime, family: str, path: str) -> None:
    answer = post(family, path, data=b"x" * (5 * 1024 * 1024), content_type="application/json")
    assert answer.status_code == 413
    assert rows(runtime) == [0] * 5


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "", "application/xml"])
def test_a_reservation_of_the_wrong_type_is_400(post: Post, runtime: Runtime, meeting: Meeting, kind: str) -> None:
    body = f'{{"name": "{meeting.room_name}"}}'
    answer = post("hook", "/jitsi/conference", data=body, content_type=kind)
    assert answer.status_code == 400
    assert rows(runtime) == [0] * 5


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_events_are_json_whatever_they_call_themselves(
    app: Flask, runtime: Runtime, meeting: Meeting, kind: str
) -> None:
    secret = runtime.settings.jitsi_events_secret.get_secret_value()
    headers = {"Authorization": f"Bearer {secret}"}
    path = "/jitsi/events/occupant/joined"
    form = app.test_client().post(path, headers=headers, data="room_name=x", content_type=kind)
    assert form.status_code == 400
    assert rows(runtime) == [0] * 5


@pytest.mark.parametrize(
    "moment", ["2026-04-08T14:00:00", "2026-04-08T14:00:00+07:00", BASE * 1000, 0, -1, True, [], "x", 1e400]
)
def test_moments_that_are_no_unix_seconds(post: Post, runtime: Runtime, meeting: Meeting, moment: object) -> None:
    body = joined(meeting, occupant={"joined_at": moment})
    assert post("events", "/jitsi/events/occupant/joined", json=body).status_code == 400
    assert rows(runtime) == [0] * 5


def test_a_replayed_event_changes_nothing(post: Post, runtime: Runtime, meeting: Meeting) -> None:
    came = joined(meeting)
    went = joined(meeting, occupant={"left_at": BASE + 60})
    for name, body in (("joined", came), ("left", went), ("joined", came), ("left", went), ("joined", came)):
        assert post("events", f"/jitsi/events/occupant/{name}", json=body).status_code == 200
    with runtime.database.transaction() as session:
        (row,) = session.scalars(select(PresenceInterval))
        assert row.left_at is not None
        assert not row.left_is_assumed


def test_a_replayed_reservation_is_the_same_reservation(post: Post, runtime: Runtime, meeting: Meeting) -> None:
    form = {"name": meeting.room_name, "mail_owner": "a@meet.rig", "start_time": "2026-04-08T07:00:00.000Z"}
    answers = [post("hook", "/jitsi/conference", data=form).get_json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert rows(runtime)[0] == 1


STATUS = {"jibriId": "jibri-1", "status": {"busyStatus": "IDLE", "health": {"healthStatus": "HEALTHY"}}}


def recorder(runtime: Runtime, what: str) -> str:
    return f"/jitsi/recorder/{runtime.settings.jitsi_recordings_secret.get_secret_value()}/v1/{what}"


def test_a_recorder_says_how_it_is(app: Flask, runtime: Runtime) -> None:
    for _ in range(2):
        assert app.test_client().post(recorder(runtime, "status"), json=STATUS).status_code == 200
    assert rows(runtime)[4] == 1


@pytest.mark.parametrize("key", ["sai", "x" * 500, "%00", "\xe1"])
def test_a_recorder_with_a_wrong_key_is_401(app: Flask, runtime: Runtime, key: str) -> None:
    assert app.test_client().post(f"/jitsi/recorder/{key}/v1/status", json=STATUS).status_code in (400, 401)
    assert rows(runtime) == [0] * 5


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("status", []),
        ("status", {}),
        ("status", {"jibriId": "x" * 300, "status": {}}),
        ("status", {"jibriId": "a", "status": "IDLE"}),
        ("session/status", {}),
        ("session/status", {"session": 7}),
        ("session/status", {"session": {"sessionId": "x", "status": "on"}}),
        ("session/status", {"session": {"sessionId": str(uuid4()), "status": 7}}),
    ],
)
def test_malformed_words_of_a_recorder_are_400(app: Flask, runtime: Runtime, what: str, body: object) -> None:
    assert app.test_client().post(recorder(runtime, what), json=body).status_code == 400
    assert rows(runtime) == [0] * 5


def test_a_session_that_is_not_ours_is_known_as_such(app: Flask, runtime: Runtime) -> None:
    body = {"jibriId": "a", "session": {"sessionId": str(uuid4()), "status": "on"}}
    assert app.test_client().post(recorder(runtime, "session/status"), json=body).get_json() == {"known": False}


def test_the_key_of_a_recorder_is_never_written_to_the_log(
    app: Flask, runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    app.test_client().post(recorder(runtime, "status"), json=STATUS)
    assert runtime.settings.jitsi_recordings_secret.get_secret_value() not in caplog.text
