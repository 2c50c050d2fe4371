"""Meetings over the API: strangers, refusals with their sentence, life, links."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.audit import AuditRow
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from orchestrator.meetings.models import Meeting
from tests.web.builders import Office, build_meeting, build_office
from tests.web.conftest import Browser, Script


@pytest.fixture
def office(runtime: Runtime) -> Office:
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    return build_office(runtime)


def body(office: Office, **changes: Any) -> dict[str, Any]:
    return {
        "classification": "unclassified",
        "title": "Họp giao ban trực tuyến tuần 15",
        "starts_at": "2026-04-08T14:00:00+07:00",
        "ends_at": "2026-04-08T15:00:00+07:00",
        "endpoints": [
            {"endpoint_id": str(office.hall), "head_count": 12, "is_central": True},
            {"endpoint_id": str(office.archive_room), "head_count": 3},
        ],
        "chair_id": str(office.chair),
        "agenda": [{"title": "Báo cáo tuần", "unit_id": str(office.archive)}],
    } | changes


def test_only_operators_plan(script_of: Callable[..., Script], office: Office) -> None:
    for role in (Role.UNIT, Role.SECRETARY, Role.ADMINISTRATOR):
        assert script_of(role).post("/meetings", body(office)).status_code == 403


def test_a_plan_is_stored_and_found(script_of: Callable[..., Script], office: Office) -> None:
    script = script_of(Role.OPERATOR)
    planned = script.post("/meetings", body(office))
    assert planned.status_code == 201
    meeting = planned.get_json()
    assert meeting["state"] == "planned"
    assert meeting["room_name"].startswith("hop-giao-ban")
    assert [seat["head_count"] for seat in meeting["endpoints"]] == [12, 3]
    assert meeting["participants"][0]["role"] == "chair"
    assert script.get(f"/meetings/{meeting['id']}").get_json() == meeting
    assert [item["id"] for item in script.get("/meetings").get_json()["items"]] == [meeting["id"]]


def test_over_the_cap_is_409_with_numbers_and_basis(script_of: Callable[..., Script], office: Office) -> None:
    crowded = [{"endpoint_id": str(office.hall), "head_count": 35}]
    answer = script_of(Role.OPERATOR).post("/meetings", body(office, endpoints=crowded))
    assert answer.status_code == 409
    error = answer.get_json()["error"]
    assert error["code"] == "cap_exceeded_room"
    assert error["detail"]["counted"] == 35
    assert "20" in error["message"]
    assert "2047/TB-BCĐ" in error["message"]


def test_a_classified_plan_is_refused_and_leaves_only_the_trace(
    script_of: Callable[..., Script], office: Office, runtime: Runtime
) -> None:
    secret = "Kế hoạch không được để lại dấu vết"
    answer = script_of(Role.OPERATOR).post("/meetings", body(office, classification="secret", title=secret))
    assert answer.status_code == 403
    assert "26/2020/NĐ-CP" in answer.get_json()["error"]["message"]
    with runtime.database.transaction() as session:
        assert session.scalar(select(Meeting)) is None
        trace = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert trace is not None
        assert trace.action == "meeting.classified_refused"
        assert secret not in str(trace.detail)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"classification": None}, 422),
        ({"classification": "lạ"}, 422),
        ({"starts_at": "2026-04-08T14:00:00"}, 422),
        ({"ends_at": "2026-04-08T13:00:00+07:00"}, 422),
        ({"endpoints": []}, 422),
        ({"endpoints": [{"endpoint_id": str(uuid4())}]}, 422),
        ({"chair_id": str(uuid4())}, 422),
        ({"title": "  "}, 422),
        ({"title": "x" * 5000}, 422),
    ],
)
def test_bad_plans_are_refused_whole(
    script_of: Callable[..., Script], office: Office, change: dict[str, Any], status: int
) -> None:
    script = script_of(Role.OPERATOR)
    answer = script.post("/meetings", body(office, **change))
    assert answer.status_code == status, answer.text
    assert script.get("/meetings").get_json()["items"] == []


def test_an_endpoint_is_in_one_meeting_at_a_time(script_of: Callable[..., Script], office: Office) -> None:
    script = script_of(Role.OPERATOR)
    script.post("/meetings", body(office))
    answer = script.post("/meetings", body(office, chair_id=None))
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "endpoint_taken"


def test_a_stranger_unit_gets_404_and_its_own_meeting_without_the_room(
    script_of: Callable[..., Script], office: Office, runtime: Runtime
) -> None:
    meeting_id = build_meeting(runtime, office)
    stranger = script_of(Role.UNIT)
    assert stranger.get(f"/meetings/{meeting_id}").status_code == 404
    assert stranger.get("/meetings").get_json()["items"] == []
    invited = script_of(Role.UNIT, unit_ids=[office.archive])
    meeting = invited.get(f"/meetings/{meeting_id}").get_json()
    assert meeting["room_name"] is None
    assert invited.post(f"/meetings/{meeting_id}/links").status_code == 403


def test_unknown_and_unreadable_identities_are_404(script_of: Callable[..., Script]) -> None:
    script = script_of(Role.OPERATOR)
    assert script.get(f"/meetings/{uuid4()}").status_code == 404
    assert script.get("/meetings/khong-phai-ma").status_code == 404


def test_links_lead_to_the_door(
    script_of: Callable[..., Script], anonymous: Browser, office: Office, runtime: Runtime
) -> None:
    meeting_id = build_meeting(runtime, office)
    script = script_of(Role.OPERATOR)
    first = script.post(f"/meetings/{meeting_id}/links")
    assert first.status_code == 201
    links = first.get_json()["items"]
    assert [link["endpoint_id"] for link in links] == [str(office.hall), str(office.archive_room)]
    path = links[0]["url"].partition("127.0.0.1:8000")[2]
    entered = anonymous.get(path)
    assert entered.status_code == 303
    assert entered.location.startswith("https://meet.example.vn/")
    script.post(f"/meetings/{meeting_id}/links")
    assert anonymous.get(path).status_code == 404


def test_open_close_cancel(script_of: Callable[..., Script], office: Office, runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, office)
    script = script_of(Role.OPERATOR)
    assert script.post(f"/meetings/{meeting_id}/open").get_json()["state"] == "open"
    assert script.post(f"/meetings/{meeting_id}/open").status_code == 409
    assert script.post(f"/meetings/{meeting_id}/close").get_json()["state"] == "closed"
    assert script.post(f"/meetings/{meeting_id}/cancel", {"reason": "bận"}).status_code == 409


def test_every_error_is_vietnamese_json(script_of: Callable[..., Script]) -> None:
    script = script_of(Role.OPERATOR)
    for method, path in (("DELETE", "/meetings"), ("GET", "/khong-co"), ("POST", f"/meetings/{uuid4()}/cancel")):
        answer = script.call(method, path, json={})
        assert answer.status_code in (404, 405, 422)
        assert answer.get_json()["error"]["message"]


def test_a_retired_endpoint_is_refused_with_a_sentence_and_kept_where_it_is(
    script_of: Callable[..., Script], office: Office
) -> None:
    operator, administrator = script_of(Role.OPERATOR), script_of(Role.ADMINISTRATOR)
    planned = operator.post("/meetings", body(office)).get_json()
    assert administrator.post(f"/endpoints/{office.archive_room}/retire", {"version": 1}).status_code == 200
    later = {"starts_at": "2026-04-09T14:00:00+07:00", "ends_at": "2026-04-09T15:00:00+07:00"}
    refused = operator.post("/meetings", body(office, **later))
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "entry_retired")
    assert "“Phòng họp Cục Lưu trữ” đã ngừng sử dụng" in refused.get_json()["error"]["message"]
    edited = operator.call("PUT", f"/meetings/{planned['id']}", json=body(office, title="Tên mới", version=1))
    assert edited.status_code == 200, "an endpoint that was planned before stays in its meeting"
