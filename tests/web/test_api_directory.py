"""Units, people and endpoints over the API; those who may not come first."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

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


@pytest.mark.parametrize("path", sorted(BODIES))
def test_a_change_names_its_version_and_leaves_the_rest(script_of: Callable[..., Script], path: str) -> None:
    script = script_of(Role.ADMINISTRATOR)
    added = script.post(path, BODIES[path]).get_json()
    one = f"{path}/{added['id']}"
    name = "full_name" if path == "/people" else "name"
    changed = script.call("PATCH", one, json={name: "Tên mới", "version": 1})
    assert changed.status_code == 200, changed.text
    assert changed.get_json() == added | {name: "Tên mới", "version": 2}
    late = script.call("PATCH", one, json={name: "Tên khác", "version": 1})
    assert late.status_code == 409
    assert late.get_json()["error"]["code"] == "version_conflict"
    assert script.call("PATCH", one, json={name: "Tên khác"}).status_code == 422
    assert script.get(one).get_json()[name] == "Tên mới"


@pytest.mark.parametrize("path", sorted(BODIES))
def test_only_the_administrator_changes(script_of: Callable[..., Script], path: str) -> None:
    added = script_of(Role.ADMINISTRATOR).post(path, BODIES[path]).get_json()
    one = f"{path}/{added['id']}"
    operator, unit = script_of(Role.OPERATOR), script_of(Role.UNIT)
    assert operator.get(one).status_code == 200
    assert operator.call("PATCH", one, json={"version": 1}).status_code == 403
    assert operator.post(f"{one}/retire", {"version": 1}).status_code == 403
    assert unit.get(one).status_code == 403


@pytest.mark.parametrize("path", sorted(BODIES))
def test_entries_are_retired_restored_and_deleted(script_of: Callable[..., Script], path: str) -> None:
    script = script_of(Role.ADMINISTRATOR)
    one = f"{path}/{script.post(path, BODIES[path]).get_json()['id']}"
    assert script.post(f"{one}/retire", {"version": 1}).get_json()["active"] is False
    assert script.get(path).get_json()["items"] == []
    assert script.get(f"{path}?use=retired").get_json()["total"] == 1
    assert script.post(f"{one}/restore", {"version": 2}).get_json()["active"] is True
    assert script.post(f"{one}/delete", {"version": 3}).status_code == 204
    assert script.get(one).status_code == 404


def test_lists_are_searched_and_paged(script_of: Callable[..., Script], runtime: Runtime) -> None:
    build_office(runtime)
    script = script_of(Role.OPERATOR)
    assert [item["code"] for item in script.get("/units?q=luu+tru").get_json()["items"]] == ["CVTLT"]
    page = script.get("/people?per_page=1&page=2").get_json()
    assert (page["total"], page["page"], page["pages"]) == (2, 2, 2)
    assert [item["full_name"] for item in page["items"]] == ["Đặng Thị Thùy Linh"]
    assert script.get("/endpoints?kind=lạ").status_code == 422


def upload(script: Script, path: str, text: str) -> Any:
    return script.call("POST", path, data={"file": (io.BytesIO(text.encode()), "x.csv")})


def test_a_file_is_looked_at_written_and_comes_back(script_of: Callable[..., Script], runtime: Runtime) -> None:
    build_office(runtime)
    script = script_of(Role.ADMINISTRATOR)
    text = "mã,tên,đơn vị cấp trên\nP1,Phòng Một,TTTT\n"
    looked = upload(script, "/directory/units/import?dry_run=true", text).get_json()
    assert (looked["new"], looked["written"]) == (1, False)
    assert script.get("/units?q=P1").get_json()["total"] == 0
    assert upload(script, "/directory/units/import", text).get_json()["written"] is True
    again = upload(script, "/directory/units/import", script.get("/directory/units/export?format=csv").text).get_json()
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 3)
    assert script.get("/directory/units/export").data.startswith(b"PK")


def test_a_faulty_file_is_answered_with_all_faults(script_of: Callable[..., Script], runtime: Runtime) -> None:
    script = script_of(Role.ADMINISTRATOR)
    answer = upload(script, "/directory/endpoints/import", "mã,tên,sức chứa\nA,Phòng A,0\nB,=B,-1\n")
    assert answer.status_code == 422
    faults = [(fault["line"], fault["column"]) for fault in answer.get_json()["faults"]]
    assert faults == [(2, "Sức chứa"), (3, "Sức chứa"), (3, "Tên điểm cầu")]
    assert script.get("/endpoints").get_json()["total"] == 0


def test_imports_need_the_right_a_kind_and_a_file(script_of: Callable[..., Script]) -> None:
    administrator, operator = script_of(Role.ADMINISTRATOR), script_of(Role.OPERATOR)
    assert upload(operator, "/directory/units/import", "mã,tên\nA,B\n").status_code == 403
    assert upload(administrator, "/directory/meetings/import", "mã,tên\nA,B\n").status_code == 404
    assert administrator.get("/directory/meetings/export").status_code == 404
    assert administrator.post("/directory/units/import", {}).status_code == 422


def test_a_person_is_linked_with_an_account(
    script_of: Callable[..., Script], add_account: Callable[..., UUID], runtime: Runtime
) -> None:
    office = build_office(runtime)
    account_id = str(add_account("thuy.linh", Role.SECRETARY))
    script = script_of(Role.ADMINISTRATOR)
    one = f"/people/{office.secretary}"
    linked = script.post(f"{one}/account", {"account_id": account_id, "version": 1})
    assert linked.get_json()["account_id"] == account_id, linked.text
    kept = script.call("PATCH", one, json={"title": "Chánh Văn phòng Bộ", "version": 2}).get_json()
    assert (kept["account_id"], kept["version"]) == (account_id, 3)
    taken = script.post(f"/people/{office.chair}/account", {"account_id": account_id, "version": 1})
    assert (taken.status_code, "Đặng Thị Thùy Linh" in taken.text) == (422, True)
    assert script_of(Role.OPERATOR).post(f"{one}/account", {"account_id": None, "version": 3}).status_code == 403
    assert script.post(f"{one}/account", {"account_id": None, "version": 3}).get_json()["account_id"] is None
    assert script.post(f"{one}/account", {"version": 4}).status_code == 422
