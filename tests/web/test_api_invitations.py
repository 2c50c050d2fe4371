"""Invitations over the API: who may, what is sent once, where it goes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from core.mail.models import OutgoingMail
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from tests.conftest import MOMENT
from tests.web.builders import build_meeting, build_office
from tests.web.conftest import Script

Scripts = Callable[..., Script]


@pytest.fixture
def path(runtime: Runtime) -> str:
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    meeting_id = build_meeting(runtime, build_office(runtime), MOMENT + timedelta(days=3))
    return f"/meetings/{meeting_id}/invitations"


def mails(runtime: Runtime) -> int:
    with runtime.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(OutgoingMail)) or 0


def place_of(script: Script, path: str, number: int) -> UUID:
    return UUID(script.get(path).get_json()["items"][number]["meeting_endpoint_id"])


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.UNIT, Role.ADMINISTRATOR])
def test_only_the_operator_sends(script_of: Scripts, path: str, role: Role) -> None:
    assert script_of(role).post(f"{path}/send").status_code == 403


def test_without_an_address_nothing_is_sent_and_the_endpoints_are_named(
    script_of: Scripts, path: str, runtime: Runtime
) -> None:
    refused = script_of(Role.OPERATOR).post(f"{path}/send")
    assert refused.status_code == 409, refused.text
    assert "Trụ sở Bộ" in refused.get_json()["error"]["message"]
    assert mails(runtime) == 0


def test_it_is_sent_once_and_again_only_when_asked(script_of: Scripts, path: str, runtime: Runtime) -> None:
    script = script_of(Role.OPERATOR)
    place = place_of(script, path, 0)
    listed = script.call("PUT", f"{path}/{place}/addresses", json={"addresses": ["truso@bomau.example"]})
    assert listed.status_code == 200, listed.text
    assert listed.get_json()["items"][0]["addresses"] == ["truso@bomau.example"]
    report = {"sent": ["Trụ sở Bộ"], "unchanged": [], "without_address": ["Phòng họp Cục Lưu trữ"]}
    assert script.post(f"{path}/send").get_json() == report
    assert script.post(f"{path}/send").get_json() == report | {"sent": [], "unchanged": ["Trụ sở Bộ"]}
    assert mails(runtime) == 1
    again = script.post(f"{path}/send", {"only": [str(place)], "again": True}).get_json()
    assert (again["sent"], mails(runtime)) == (["Trụ sở Bộ"], 2)
    row = script.get(path).get_json()["items"][0]
    assert (row["standing"], row["answer"], row["sent_at"] is not None) == ("waiting", None, True)


def test_bad_input(script_of: Scripts, path: str) -> None:
    script = script_of(Role.OPERATOR)
    place = place_of(script, path, 0)
    assert script.call("PUT", f"{path}/{place}/addresses", json={"addresses": ["không phải"]}).status_code == 422
    assert script.call("PUT", f"{path}/{uuid4()}/addresses", json={"addresses": []}).status_code == 404
    assert script.post(f"{path}/send", {"only": [str(uuid4())]}).status_code == 404
    assert script.post(f"{path}/send", {"nobody": True}).status_code == 422
    assert script.get(f"/meetings/{uuid4()}/invitations").status_code == 404
