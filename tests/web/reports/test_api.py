"""Quick reports over the API: the same rules, refusals as JSON, bodies that lie about their types."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from core.permissions import Role
from tests.web.conftest import Script
from tests.web.reports.conftest import Desk

GOOD = {"tong_so": 134, "hoan_thanh": 88, "dang_cach_ly": 46}


@pytest.fixture
def unit(script_of: Callable[..., Script], desk: Desk) -> Script:
    return script_of(Role.UNIT, unit_ids=[desk.units[0]])


@pytest.fixture
def secretary(script_of: Callable[..., Script]) -> Script:
    return script_of(Role.SECRETARY)


def revisions(desk: Desk, unit: int = 0, day: int = 8) -> str:
    return f"/reports/periods/{desk.period(day)}/units/{desk.units[unit]}/revisions"


def test_report_correct_compile_and_fetch(unit: Script, secretary: Script, desk: Desk) -> None:
    first = unit.post(revisions(desk), {"values": GOOD, "base_number": 0})
    assert first.status_code == 201
    assert first.get_json()["values"] == GOOD
    compiled = secretary.post(f"/reports/periods/{desk.period()}/compilations")
    assert compiled.status_code == 201
    better = {**GOOD, "tong_so": 135, "dang_cach_ly": 47}
    second = unit.post(revisions(desk), {"values": better, "base_number": 1, "reason": "Đếm sót"})
    assert second.get_json()["number"] == 2
    assert [row["number"] for row in unit.get(revisions(desk)).get_json()["items"]] == [2, 1]
    again = secretary.post(f"/reports/periods/{desk.period()}/compilations").get_json()
    assert (again["number"], again["because"]) == (2, "correction")
    assert secretary.get(f"/reports/compilations/{again['id']}").get_json()["content"]["totals"]["tong_so"] == "135"
    file = secretary.get(f"/reports/compilations/{again['id']}/document.xlsx")
    assert file.data.startswith(b"PK")
    assert secretary.get(f"/reports/compilations/{again['id']}/document.exe").status_code == 422


def test_the_board_and_the_list_of_periods(unit: Script, secretary: Script, desk: Desk) -> None:
    unit.post(revisions(desk), {"nil": True})
    board = secretary.get(f"/reports/periods/{desk.period()}").get_json()
    assert board["period"]["counts"] == {"units": 4, "reported": 1, "late": 0, "missing": 3}
    assert {line["state"] for line in board["lines"]} == {"in_time", "waiting"}
    (period,) = unit.get("/reports/periods").get_json()["items"]
    assert period["id"] == str(desk.period())
    assert secretary.get("/reports/periods?page=0").status_code == 422


def test_a_wrong_sum_names_its_numbers_and_fields(unit: Script, desk: Desk) -> None:
    answer = unit.post(revisions(desk), {"values": {**GOOD, "dang_cach_ly": 45}})
    assert answer.status_code == 422
    error = answer.get_json()["error"]
    assert error["code"] == "report_invalid"
    assert "134 khác 88 + 45 = 133" in error["message"]
    assert error["detail"]["faults"][0]["field"] == "tong_so"


@pytest.mark.parametrize(
    "body",
    [
        {"values": {**GOOD, "tong_so": 10**20}},
        {"values": {**GOOD, "tong_so": -1}},
        {"values": {**GOOD, "tong_so": "NaN"}},
        {"values": {**GOOD, "tong_so": True}},
        {"values": {**GOOD, "tong_so": [134]}},
        {"values": {**GOOD, "tong_so": "１３４"}},
        {"values": {}},
        {"values": "134"},
        {"values": {**GOOD, "la": 1}},
        {"values": GOOD, "note": "x" * 5000},
        {"values": GOOD, "note": 7},
        {"values": GOOD, "base_number": -1},
        {"values": GOOD, "thua": 1},
        {"values": {"roster": []}},
    ],
)
def test_bad_bodies_change_nothing(unit: Script, desk: Desk, body: dict[str, Any]) -> None:
    assert unit.post(revisions(desk), body).status_code == 422
    assert unit.get(revisions(desk)).get_json()["items"] == []


def test_not_a_number_in_json_is_refused(unit: Script, desk: Desk) -> None:
    raw = '{"values": {"tong_so": NaN, "hoan_thanh": Infinity, "dang_cach_ly": 46}}'
    answer = unit.call("POST", revisions(desk), data=raw, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_others_reports_do_not_exist(unit: Script, secretary: Script, desk: Desk) -> None:
    assert unit.post(revisions(desk, 1), {"values": GOOD}).status_code == 404
    assert unit.get(revisions(desk, 1)).status_code == 404
    assert unit.get(f"/reports/periods/{uuid4()}").status_code == 404
    assert unit.get(f"/reports/compilations/{uuid4()}").status_code == 404
    assert secretary.post(revisions(desk), {"values": GOOD}).status_code == 403
    assert unit.post(f"/reports/periods/{desk.period()}/compilations").status_code == 403
    assert unit.get("/reports/forms").status_code == 404


def test_stale_and_unexplained_corrections(unit: Script, desk: Desk) -> None:
    unit.post(revisions(desk), {"values": GOOD})
    other = {**GOOD, "tong_so": 135, "dang_cach_ly": 47}
    stale = unit.post(revisions(desk), {"values": other, "base_number": 0, "reason": "x"})
    assert (stale.status_code, stale.get_json()["error"]["code"]) == (409, "report_conflict")
    unexplained = unit.post(revisions(desk), {"values": other})
    assert (unexplained.status_code, unexplained.get_json()["error"]["code"]) == (422, "report_reason_missing")
    assert unit.post(revisions(desk, day=9), {"values": GOOD}).status_code == 409


def test_forms_are_made_and_revised(secretary: Script, unit: Script, desk: Desk) -> None:
    units = [str(desk.units[0])]
    made = secretary.post("/reports/forms", {"code": "f0-f4", "preset": "f0-f4", "unit_ids": units})
    assert made.status_code == 201
    definition = {
        "indicators": [{"code": "a", "label": "A"}, {"code": "b", "label": "B", "minimum": None}],
        "constraints": [{"text": "a <= b"}],
    }
    revised = secretary.post(f"/reports/forms/{made.get_json()['id']}/versions", {"definition": definition})
    assert revised.get_json()["version_number"] == 2
    assert {row["code"] for row in secretary.get("/reports/forms").get_json()["items"]} == {"cach-ly", "f0-f4"}
    assert unit.post("/reports/forms", {"code": "x", "preset": "f0-f4", "unit_ids": units}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"preset": "khong-co"},
        {},
        {"definition": {"indicators": []}},
        {"definition": {"indicators": [{"code": "a"}]}},
        {"definition": {"indicators": [{"code": "a", "label": "A", "kind": "sql"}]}},
        {"definition": {"indicators": [{"code": "a", "label": "A", "minimum": 1e30}]}},
        {"definition": {"indicators": [{"code": "a", "label": "A"}], "constraints": [{"text": "a = b"}]}},
        {"definition": {"indicators": [{"code": "a", "label": "A"}] * 300}},
        {"preset": "cach-ly", "schedule": {"cut_off": "25:00"}},
        {"preset": "cach-ly", "schedule": {"reminder_minutes": [0]}},
        {"preset": "cach-ly", "unit_ids": []},
        {"preset": "cach-ly", "unit_ids": ["x"]},
        {"preset": "cach-ly", "code": "có dấu"},
    ],
)
def test_bad_forms_are_refused(secretary: Script, desk: Desk, wrong: dict[str, Any]) -> None:
    body = {"code": "moi", "name": "Mới", "unit_ids": [str(desk.units[0])], **wrong}
    assert secretary.post("/reports/forms", body).status_code == 422
