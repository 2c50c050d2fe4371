"""Caps on screens: presets by one click, policies of kinds and units, exceptions with a reason and their register."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from tests.web.builders import Office, build_meeting, build_office
from tests.web.conftest import Browser
from tests.web.test_planning import fields

Browsers = Callable[..., Browser]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    return build_office(runtime)


def test_presets_bind_by_one_click_and_list_what_they_break(
    browser_of: Browsers, runtime: Runtime, office: Office
) -> None:
    build_meeting(runtime, office)
    admin = browser_of(Role.ADMINISTRATOR)
    assert "không cuộc họp nào bị hủy" not in admin.get("/quan-tri/gioi-han").text
    assert admin.post("/quan-tri/gioi-han/mau/ct-16").status_code == 302
    page = admin.get("/quan-tri/gioi-han").text
    assert "không cuộc họp nào bị hủy" in page
    assert "Họp giao ban trực tuyến tuần 15" in page
    assert admin.post("/quan-tri/gioi-han/mau/ct-16").status_code == 409
    assert admin.post("/quan-tri/gioi-han/mau/ct-19").status_code == 422
    assert admin.post("/quan-tri/gioi-han/mau/ct-19", {"maximum": "30"}).status_code == 302
    assert admin.post("/quan-tri/gioi-han/mau/khong-co").status_code == 404
    assert browser_of(Role.OPERATOR).post("/quan-tri/gioi-han/mau/ct-15").status_code == 403


def test_a_policy_of_kinds_units_and_roles_is_shown(browser_of: Browsers, office: Office) -> None:
    admin = browser_of(Role.ADMINISTRATOR)
    typed = {
        "name": "Trần riêng",
        "scope": "room",
        "maximum": "8",
        "legal_basis": "CV 12",
        "valid_from": "2026-01-01",
        "kinds": ["review"],
        "units": [str(office.archive)],
        "may_exceed": ["operator"],
        "note": "Giữ khoảng cách 1 m",
    }
    assert admin.post("/quan-tri/gioi-han", typed).status_code == 302
    page = admin.get("/quan-tri/gioi-han").text
    for words in ("Hội nghị sơ kết, tổng kết", "Cục Văn thư và Lưu trữ", "Giữ khoảng cách 1 m", "Điều hành kỹ thuật."):
        assert words in page
    for change in ({"kinds": ["la"]}, {"units": [str(uuid4())]}, {"may_exceed": ["unit"]}, {"maximum": "-1"}):
        assert admin.post("/quan-tri/gioi-han", typed | change).status_code == 422


def test_an_exception_is_granted_on_the_page_of_the_meeting(
    browser_of: Browsers, runtime: Runtime, office: Office
) -> None:
    meeting_id = build_meeting(runtime, office)
    approver, operator, admin = browser_of(Role.APPROVER), browser_of(Role.OPERATOR), browser_of(Role.ADMINISTRATOR)
    page = approver.get(f"/cuoc-hop/{meeting_id}").text
    policy = re.search(r'<option value="([0-9a-f-]{36})">Trần phòng họp', page)
    assert policy
    assert "Cho cuộc họp này vượt trần" not in operator.get(f"/cuoc-hop/{meeting_id}").text
    typed = {"policy_id": policy.group(1), "allowed": "30", "reason": "Hội trường rộng"}
    assert operator.post(f"/cuoc-hop/{meeting_id}/vuot-tran", typed).status_code == 403
    assert approver.post(f"/cuoc-hop/{meeting_id}/vuot-tran", typed | {"reason": ""}).status_code == 422
    assert approver.post(f"/cuoc-hop/{meeting_id}/vuot-tran", typed).status_code == 302
    count = {"endpoint_id": str(office.hall), "count": "28"}
    assert operator.post(f"/cuoc-hop/{meeting_id}/so-nguoi", count).status_code == 302
    shown = operator.get(f"/cuoc-hop/{meeting_id}").text
    assert "Hội trường rộng" in shown
    assert "Hội trường rộng" in admin.get("/quan-tri/gioi-han/so-vuot-tran").text
    back = re.search(r"/vuot-tran/([0-9a-f-]{36})/thu-hoi", approver.get(f"/cuoc-hop/{meeting_id}").text)
    assert back
    assert approver.post(f"/cuoc-hop/{uuid4()}/vuot-tran/{back.group(1)}/thu-hoi").status_code == 404
    assert approver.post(f"/cuoc-hop/{meeting_id}/vuot-tran/{back.group(1)}/thu-hoi").status_code == 302
    assert "Đã thu hồi" in approver.get(f"/cuoc-hop/{meeting_id}").text


def test_who_may_exceed_is_asked_for_the_reason_on_the_form(
    browser_of: Browsers, runtime: Runtime, office: Office
) -> None:
    browser = browser_of(Role.OPERATOR, Role.APPROVER)
    typed = fields(office, **{f"heads-{office.hall}": "26"})
    refused = browser.post("/cuoc-hop/moi", typed).text
    policy = re.search(r'name="exception_policy" value="([0-9a-f-]{36})"', refused)
    assert policy
    granted = {"exception_policy": policy.group(1), "exception_allowed": "26", "exception_reason": "Hội trường rộng"}
    assert browser.post("/cuoc-hop/moi", typed | granted).status_code == 302
    assert 'name="exception_policy"' not in browser_of(Role.OPERATOR).post("/cuoc-hop/moi", typed).text
