"""The test page over plain requests: the link is the proof, sizes and figures are bounded, devices closed elsewhere."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.live.models import ReadinessCheck
from orchestrator.meetings.service import close_meeting
from tests.conftest import FixedClock
from tests.web.builders import system
from tests.web.conftest import Browser
from tests.web.console.builders import Hour
from web.check import views
from web.check.limits import LinkLimit, Turns

GOOD: dict[str, Any] = {
    "camera": "good",
    "microphone": "good",
    "speakers": "good",
    "browser_fits": True,
    "down_kbps": 20_000.4,
    "up_kbps": 8000,
    "round_trip_ms": 12,
    "camera_name": "Camera họp HD",
}


@pytest.fixture(autouse=True)
def _fresh_limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(views, "limit", LinkLimit())
    return


@pytest.fixture
def address(hour: Hour) -> str:
    return f"/kiem-tra/{hour.tokens[1]}"


def csrf(client: FlaskClient, address: str) -> dict[str, str]:
    text = client.get(address).text
    return {"X-CSRFToken": text.split('name="csrf_token" value="')[1].split('"')[0]}


def rows(runtime: Runtime) -> list[ReadinessCheck]:
    with runtime.database.transaction() as session:
        return list(session.scalars(select(ReadinessCheck)))


def test_the_page_names_endpoint_and_meeting_and_may_use_the_devices(app: Flask, hour: Hour, address: str) -> None:
    page = app.test_client().get(address)
    assert page.status_code == 200
    assert hour.names[1] in page.text
    assert "Họp giao ban trực tuyến tuần 15" in page.text
    assert page.headers["Permissions-Policy"].startswith("camera=(self), microphone=(self), geolocation=()")
    assert "frame-src" not in page.headers["Content-Security-Policy"]


def test_camera_and_microphone_stay_closed_everywhere_else(
    app: Flask, hour: Hour, browser_of: Callable[..., Browser]
) -> None:
    browser = browser_of(Role.OPERATOR)
    for path in (
        "/",
        "/dieu-hanh/",
        f"/dieu-hanh/{hour.meeting_id}/man-hinh",
        "/cuoc-hop",
        f"/kiem-tra/{hour.tokens[0]}/tre",
    ):
        assert browser.get(path).headers["Permissions-Policy"].startswith("camera=(), microphone=()")


def test_a_result_is_kept_and_answered_in_words(
    app: Flask, runtime: Runtime, hour: Hour, address: str, fixed_clock: FixedClock
) -> None:
    client = app.test_client()
    told = client.post(f"{address}/ket-qua", json=GOOD, headers=csrf(client, address))
    assert told.get_json() == {"ready": True, "sentence": "Đã gửi kết quả: mọi mục đạt. Điểm cầu sẵn sàng."}
    fixed_clock.now += timedelta(minutes=1)
    told = client.post(
        f"{address}/ket-qua", json={**GOOD, "camera": "bad", "up_kbps": 300}, headers=csrf(client, address)
    )
    assert told.get_json()["ready"] is False
    assert "camera không có hình, đường tải lên chậm" in told.get_json()["sentence"]
    kept = rows(runtime)
    assert [(row.meeting_endpoint_id, row.down_kbps) for row in kept] == [(hour.places[1], 20_000)] * 2
    assert "Còn vấn đề" in client.get(address).text


@pytest.mark.parametrize(
    "change",
    [
        {"camera": "tuyệt"},
        {"camera": None},
        {"camera": ["good"]},
        {"down_kbps": -1},
        {"down_kbps": "nhanh"},
        {"up_kbps": True},
        {"round_trip_ms": 1e300},
        {"camera_name": {"a": 1}},
    ],
)
def test_wrong_results_are_refused_and_nothing_is_kept(
    app: Flask, runtime: Runtime, address: str, change: dict[str, Any]
) -> None:
    client = app.test_client()
    told = client.post(f"{address}/ket-qua", json={**GOOD, **change}, headers=csrf(client, address))
    assert told.status_code == 422
    assert told.get_json()["sentence"]
    assert not rows(runtime)


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b'{"camera":', b"\xff", b'"x"'])
def test_no_object_is_no_result(app: Flask, runtime: Runtime, address: str, body: bytes) -> None:
    client = app.test_client()
    headers = csrf(client, address)
    told = client.post(f"{address}/ket-qua", data=body, content_type="application/json", headers=headers)
    assert told.status_code in (400, 422)
    assert not rows(runtime)


def test_without_the_token_of_its_page_nothing_is_taken(app: Flask, runtime: Runtime, address: str) -> None:
    assert app.test_client().post(f"{address}/ket-qua", json=GOOD).status_code == 400
    assert app.test_client().post(f"{address}/len", data=b"x").status_code == 400
    assert not rows(runtime)


@pytest.mark.parametrize("token", ["la", "x" * 300, "%2e%2e", "đường-dẫn"])
def test_an_invented_link_finds_nothing_and_measures_nothing(app: Flask, hour: Hour, token: str) -> None:
    client = app.test_client()
    for part in ("", "/tre", "/xuong"):
        assert client.get(f"/kiem-tra/{token}{part}").status_code == 404
    assert "Hãy mở lại đường dẫn trong thư mời mới nhất" in client.get(f"/kiem-tra/{token}").text
    headers = csrf(client, f"/kiem-tra/{hour.tokens[0]}")
    assert client.post(f"/kiem-tra/{token}/ket-qua", json=GOOD, headers=headers).status_code == 404


def test_transfers_have_a_size_and_a_number(app: Flask, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    assert len(client.get(f"{address}/xuong").data) == views.TRANSFER_BYTES
    headers = csrf(client, address)
    assert client.post(f"{address}/len", data=b"x" * 5000, headers=headers).get_json() == {"received": 5000}
    too_much = client.post(f"{address}/len", data=b"x" * (views.TRANSFER_BYTES + 1), headers=headers)
    assert too_much.status_code == 422
    monkeypatch.setattr(views, "limit", LinkLimit(3))
    assert [client.get(f"{address}/tre").status_code for _ in range(4)] == [204, 204, 204, 429]
    monkeypatch.setattr(views, "limit", LinkLimit())
    monkeypatch.setattr(views, "turns", Turns(1))
    with views.turns.turn() as free:
        assert free
        assert client.get(f"{address}/xuong").status_code == 503
    assert client.get(f"{address}/xuong").status_code == 200


def test_the_limit_forgets_after_a_minute_and_forgets_links() -> None:
    limit = LinkLimit(2)
    assert [limit.allows("a", second) for second in (0, 1, 2, 59.9, 60, 60.5, 61)] == [
        *(True, True, False, False, True, False, True)
    ]
    for number in range(6000):
        limit.allows(str(number), 100)
    assert len(limit._seen) == 5000


def test_when_the_meeting_is_over_the_page_says_so(app: Flask, runtime: Runtime, hour: Hour, address: str) -> None:
    client = app.test_client()
    headers = csrf(client, address)
    with runtime.database.transaction() as session:
        close_meeting(session, system(Role.OPERATOR), hour.meeting_id)
    assert "không cần kiểm tra nữa" in client.get(address).text
    refused = client.post(f"{address}/ket-qua", json=GOOD, headers=headers)
    assert refused.status_code == 409
    assert not rows(runtime)


def test_the_link_is_never_written_to_the_log(
    app: Flask, hour: Hour, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    app.test_client().get(address)
    assert hour.tokens[1] not in caplog.text
