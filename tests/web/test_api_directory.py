"""Units, people and endpoints over the API; those who may not come first."""

from collections.abc import Callable
from typing import Any

import pytest

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_office
from tests.web.conftest import Script

BODIES: dict[str, dict[str, Any]] = {
    "/units": {"code": "VPB", "name": "Văn phòng Bộ", "abbreviations": ["VPB"]},
    "/people": {"full_name": "Hồ Văn Tiến", "title": "Giám đốc"},
    "/endpoints": {"code": "HN-01", "name": "Hội trường A", "kind": "central", "room_capacity": 40},
}


@pytest.mark.parametrize("path", sorted(BODIES))
@pytest.mark.parametrize("role", [Role.UNIT, Role.OPERATOR, Role.SECRETARY])
def test_only_the_administrator_adds(script_of: Callable[..., Script], path: str, role: Role) -> None:
    assert script_of(role).post(path, BODIES[path]).status_code == 403


@pytest.mark.parametrize("path", sorted(BODIES))
def test_units_do_not_read_the_directory(script_of: Callable[..., Script], path: str) -> None:
    assert script_of(Role.UNIT).get(path).status_code == 403


@pytest.mark.parametrize("path", sorted(BODIES))
def test_what_is_added_is_listed(script_of: Callable[..., Script], path: str) -> None:
    script = script_of(Role.ADMINISTRATOR)
    added = script.post(path, BODIES[path])
    assert added.status_code == 201
    assert script.get(path).get_json()["items"] == [added.get_json()]


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("/units", {"code": ""}),
        ("/units", {"code": "có dấu cách"}),
        ("/units", {"name": "x" * 251}),
        ("/units", {"parent_id": "không phải mã"}),
        ("/units", {"parent_id": "00000000-0000-4000-8000-000000000000"}),
        ("/units", {"names": "viết nhầm"}),
        ("/people", {"full_name": "\u200b\u0007"}),
        ("/people", {"email": "không phải thư"}),
        ("/people", {"protocol_rank": -1}),
        ("/endpoints", {"room_capacity": 0}),
        ("/endpoints", {"kind": "lạ"}),
    ],
)
def test_bad_values_are_named(script_of: Callable[..., Script], path: str, change: dict[str, Any]) -> None:
    answer = script_of(Role.ADMINISTRATOR).post(path, BODIES[path] | change)
    assert answer.status_code == 422
    assert answer.get_json()["error"]["message"].endswith(("gửi lại.", "danh mục."))


def test_a_code_is_given_once(script_of: Callable[..., Script], runtime: Runtime) -> None:
    build_office(runtime)
    answer = script_of(Role.ADMINISTRATOR).post("/units", {"code": "TTTT", "name": "Trùng"})
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "duplicate_code"


def test_the_document_describes_every_path(script_of: Callable[..., Script]) -> None:
    document = script_of(Role.UNIT).client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    expected = {"/api/v1/units", "/api/v1/meetings/{meeting_id}/recordings", "/api/v1/notices/{notice_id}/issue"}
    assert expected <= set(document["paths"])
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
