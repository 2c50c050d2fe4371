"""Planning over the API: edit, extend, exceptions, series, templates; wrong zones, numbers and strangers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from core.audit import AuditRow
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.models import CapPolicy
from orchestrator.caps.service import ensure_default_policy
from orchestrator.meetings.models import Meeting
from tests.web.builders import Office, build_meeting, build_office
from tests.web.conftest import Script
from tests.web.test_api_meetings import body

Scripts = Callable[..., Script]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    return build_office(runtime)


@pytest.fixture
def meeting_id(runtime: Runtime, office: Office) -> UUID:
    return build_meeting(runtime, office)


def series(office: Office, **changes: Any) -> dict[str, Any]:
    return {
        "classification": "unclassified",
        "title": "Giao ban tuần",
        "rrule": "FREQ=WEEKLY;COUNT=4",
        "starts_at": "2026-04-16T08:00:00+07:00",
        "duration_minutes": 60,
        "endpoints": [{"endpoint_id": str(office.hall), "head_count": 5}],
    } | changes


def test_a_plan_is_edited_under_its_version(script_of: Scripts, office: Office, meeting_id: UUID) -> None:
    script = script_of(Role.OPERATOR)
    written = script.call("PUT", f"/meetings/{meeting_id}", json=body(office, title="Tên mới", version=1))
    assert written.status_code == 200, written.text
    assert (written.get_json()["title"], written.get_json()["version"]) == ("Tên mới", 2)
    stale = script.call("PUT", f"/meetings/{meeting_id}", json=body(office, version=1))
    assert (stale.status_code, stale.get_json()["error"]["code"]) == (409, "version_conflict")
    secret = script.call("PUT", f"/meetings/{meeting_id}", json=body(office, classification="secret", version=2))
    assert secret.status_code == 403
    alone = script.call("PUT", f"/meetings/{meeting_id}", json=body(office, version=2, following=True))
    assert alone.status_code == 404


def test_a_refused_secret_leaves_its_trace_whatever_was_asked(
    script_of: Scripts, office: Office, meeting_id: UUID, runtime: Runtime
) -> None:
    script = script_of(Role.OPERATOR)
    script.call("PUT", f"/meetings/{meeting_id}", json=body(office, classification="secret", version=1))
    for path in ("/series", "/series/preview"):
        assert script.post(path, series(office, classification="top_secret")).status_code == 403
    with runtime.database.transaction() as session:
        query = select(func.count()).select_from(AuditRow).where(AuditRow.action == "meeting.classified_refused")
        assert session.scalar(query) == 3


def test_reschedule_head_count_and_extend(script_of: Scripts, office: Office, meeting_id: UUID) -> None:
    script = script_of(Role.OPERATOR)
    period = {"starts_at": "2026-04-09T08:00:00+07:00", "ends_at": "2026-04-09T09:00:00+07:00"}
    assert script.post(f"/meetings/{meeting_id}/reschedule", period | {"version": 7}).status_code == 409
    moved = script.post(f"/meetings/{meeting_id}/reschedule", period)
    assert moved.get_json()["starts_at"].startswith("2026-04-09T")
    crowded = {"endpoint_id": str(office.hall), "count": 21}
    assert script.post(f"/meetings/{meeting_id}/head-count", crowded).status_code == 409
    assert script.post(f"/meetings/{meeting_id}/extend", {"minutes": 30}).status_code == 409
    script.post(f"/meetings/{meeting_id}/open")
    assert script.post(f"/meetings/{meeting_id}/extend", {"minutes": 0}).status_code == 422
    longer = script.post(f"/meetings/{meeting_id}/extend", {"minutes": 30}).get_json()
    assert (longer["ends_at"][:16], longer["needs_rejoin"]) in (
        ("2026-04-09T02:30", False),
        ("2026-04-09T09:30", False),
    )


def test_exceptions(script_of: Scripts, office: Office, meeting_id: UUID, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        policy = str(session.scalars(select(CapPolicy.id)).one())
    approver, operator = script_of(Role.APPROVER), script_of(Role.OPERATOR)
    asked = {"policy_id": policy, "allowed": 30, "reason": "Hội trường rộng"}
    path = f"/meetings/{meeting_id}/cap-exceptions"
    assert operator.post(path, asked).status_code == 403
    assert approver.post(path, asked | {"allowed": 20}).status_code == 422
    assert approver.post(path, asked | {"policy_id": str(uuid4())}).status_code == 404
    granted = approver.post(path, asked)
    assert granted.status_code == 201
    crowded = {"endpoint_id": str(office.hall), "count": 28}
    assert operator.post(f"/meetings/{meeting_id}/head-count", crowded).status_code == 200
    assert approver.call("DELETE", f"{path}/{granted.get_json()['id']}").get_json()["revoked_at"]
    assert len(operator.get(path).get_json()["items"]) == 1


def test_a_series_from_preview_to_its_end(script_of: Scripts, office: Office, runtime: Runtime) -> None:
    script = script_of(Role.OPERATOR)
    shown = script.post("/series/preview", series(office)).get_json()["items"]
    assert [item["on"] for item in shown if item["is_day_off"]] == ["2026-04-30"]
    assert shown[2]["proposed_on"] == "2026-05-04"
    made = script.post("/series", series(office, moved={"2026-04-30": "2026-05-04"}, rrule="FREQ=WEEKLY",
                                         through="2026-05-07"))  # fmt: skip
    assert made.status_code == 201, made.text
    series_id = made.get_json()["id"]
    found = script.get(f"/meetings?series_id={series_id}").get_json()["items"]
    assert len(found) == 4
    assert {item["series_id"] for item in found} == {series_id}
    more = script.post(f"/series/{series_id}/continue", {"through": "2026-05-21"})
    assert len(more.get_json()["items"]) == 2
    ended = script.post(f"/series/{series_id}/end", {"from_day": "2026-05-01", "reason": "Thôi"})
    assert ended.get_json()["ended_at"]
    with runtime.database.transaction() as session:
        off = select(func.count()).select_from(Meeting).where(Meeting.state == "cancelled")
        assert session.scalar(off) == 4
    assert [item["id"] for item in script.get("/series").get_json()["items"]] == [series_id]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rrule": "FREQ=DAILY;COUNT=10000"}, "series_too_long"),
        ({"rrule": "FREQ=WEEKLY"}, "series_endless"),
        ({"rrule": "FREQ=SECONDLY"}, "series_rule_invalid"),
        ({"rrule": "x" * 5000}, "series_rule_invalid"),
        ({"starts_at": "2026-04-16T08:00:00"}, "invalid"),
        ({"starts_at": "2026-04-16T08:00:00 Mars/Olympus"}, "invalid"),
        ({"duration_minutes": -1}, "invalid"),
        ({"title": "x" * 300}, "invalid"),
        ({"endpoints": []}, "invalid"),
        ({"endpoints": [{"endpoint_id": str(uuid4())}]}, "unknown_reference"),
        ({"timezone": "UTC"}, "invalid"),
    ],
)
def test_wrong_series(script_of: Scripts, office: Office, change: dict[str, Any], code: str) -> None:
    script = script_of(Role.OPERATOR)
    answer = script.post("/series", series(office, **change))
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, code), answer.text
    assert script.get("/meetings").get_json()["items"] == []


def test_templates_and_an_urgent_meeting(script_of: Scripts, office: Office) -> None:
    script = script_of(Role.OPERATOR)
    asked = {key: value for key, value in series(office).items() if key in ("title", "duration_minutes", "endpoints")}
    made = script.post("/meeting-templates", asked | {"name": "Họp khẩn", "chair_id": str(office.chair)})
    assert made.status_code == 201, made.text
    path = f"/meeting-templates/{made.get_json()['id']}"
    planned = script.post(f"{path}/meetings", {"classification": "unclassified"})
    assert (planned.status_code, planned.get_json()["urgency"]) == (201, "express")
    assert script.post("/meeting-templates", asked | {"name": "Họp khẩn"}).status_code == 409
    assert script.call("DELETE", path).get_json()["items"] == []
    assert script.post(f"{path}/meetings", {"classification": "unclassified"}).status_code == 409


def test_the_list_is_searched_and_paged(script_of: Scripts, office: Office, meeting_id: UUID) -> None:
    script = script_of(Role.OPERATOR)
    assert len(script.get("/meetings?q=giao%20ban&kind=weekly_briefing").get_json()["items"]) == 1
    assert script.get("/meetings?q=tong%20ket").get_json()["items"] == []
    for wrong in ("page=0", "page=x", "kind=la", "since=hom-nay", "since=2026-04-08T08:00:00", "q=" + "x" * 300):
        assert script.get(f"/meetings?{wrong}").status_code == 422, wrong


def test_others_do_not_plan(script_of: Scripts, office: Office, meeting_id: UUID) -> None:
    for role in (Role.SECRETARY, Role.UNIT, Role.ADMINISTRATOR):
        script = script_of(role)
        asked = (
            ("PUT", f"/meetings/{meeting_id}", body(office, version=1)),
            ("POST", "/series", series(office)),
            ("POST", "/series/preview", series(office)),
            ("GET", "/series", None),
            ("GET", "/meeting-templates", None),
            ("POST", f"/meetings/{meeting_id}/extend", {"minutes": 5}),
        )
        for method, path, content in asked:
            assert script.call(method, path, json=content).status_code == 403, (role, path)
    operator = script_of(Role.OPERATOR)
    for path in (f"/series/{uuid4()}", f"/meetings/{uuid4()}/cap-exceptions"):
        assert operator.get(path).status_code == 404
