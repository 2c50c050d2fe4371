"""The administrator's screens: directory, accounts with a password shown once, caps, the audit trail."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import Office, build_office
from tests.web.conftest import Browser
from web.administrator.accounts import generated_password

SECRET = re.compile(r'class="secret">([^<]+)<')


@pytest.fixture
def admin(browser_of: Callable[..., Browser]) -> Browser:
    return browser_of(Role.ADMINISTRATOR)


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (
            "/quan-tri/don-vi",
            {"code": "VPB", "name": "Văn phòng Bộ", "abbreviations": "VPB, VP", "aliases": "Văn phòng"},
        ),
        ("/quan-tri/nguoi", {"full_name": "Hồ Văn Tiến", "title": "Giám đốc", "protocol_rank": "5"}),
        ("/quan-tri/diem-cau", {"code": "HT", "name": "Hội trường", "kind": "component", "room_capacity": "40"}),
    ],
)
def test_what_is_added_is_listed(admin: Browser, path: str, typed: dict[str, str]) -> None:
    assert admin.post(path, typed).status_code == 302
    page = admin.get(path).text
    assert typed.get("name", typed.get("full_name", "")) in page


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("/quan-tri/don-vi", {"code": "có cách", "name": "Văn phòng Bộ"}, "Văn phòng Bộ"),
        ("/quan-tri/don-vi", {"code": "TTTT", "name": "Trùng mã"}, "Trùng mã"),
        ("/quan-tri/nguoi", {"full_name": "", "title": "Giám đốc"}, "Giám đốc"),
        ("/quan-tri/diem-cau", {"code": "A", "name": "Phòng A", "kind": "lạ"}, "Phòng A"),
        ("/quan-tri/diem-cau", {"code": "A", "name": "Phòng A", "kind": "component", "room_capacity": "x"}, "Phòng A"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    admin: Browser, office: Office, path: str, typed: dict[str, str], kept: str
) -> None:
    answer = admin.post(path, typed)
    assert answer.status_code in (409, 422)
    assert f'value="{kept}"' in answer.text
    assert 'role="alert"' in answer.text


def test_a_new_account_signs_in_with_the_password_shown_once(app: Flask, admin: Browser, office: Office) -> None:
    typed = {"login": "don.vi", "display_name": "Lò Thị Mai", "roles": ["unit"], "unit_ids": [str(office.archive)]}
    shown = SECRET.search(admin.post("/quan-tri/tai-khoan", typed).text)
    assert shown
    assert shown.group(1) not in admin.get("/quan-tri/tai-khoan").text
    browser = Browser(app.test_client())
    assert browser.sign_in("don.vi", shown.group(1)).status_code == 302
    assert browser.get("/thong-bao-den").status_code == 200


@pytest.mark.parametrize(
    "change", [{"roles": []}, {"roles": ["unit"], "unit_ids": []}, {"login": "có cách"}, {"unit_ids": ["lạ"]}]
)
def test_a_wrong_account_is_refused(admin: Browser, change: dict[str, object]) -> None:
    typed = {"login": "moi", "display_name": "Người Mới", "roles": ["secretary"], "unit_ids": []} | change
    answer = admin.post("/quan-tri/tai-khoan", typed)
    assert answer.status_code == 422
    assert 'value="Người Mới"' in answer.text


def test_closing_and_a_new_password_end_sessions(app: Flask, admin: Browser, add_account: Callable[..., UUID]) -> None:
    account_id = add_account("thu.ky", Role.SECRETARY)
    browser = Browser(app.test_client())
    browser.sign_in("thu.ky")
    shown = SECRET.search(admin.post(f"/quan-tri/tai-khoan/{account_id}/mat-khau").text)
    assert shown
    assert browser.get("/thong-bao").status_code == 302
    assert browser.sign_in("thu.ky", shown.group(1)).status_code == 302
    admin.post(f"/quan-tri/tai-khoan/{account_id}/trang-thai", {"active": "no"})
    assert browser.get("/thong-bao").status_code == 302
    assert "Đã khóa" in admin.get("/quan-tri/tai-khoan").text


def test_nobody_closes_the_own_account(admin: Browser) -> None:
    own = re.search(r"/quan-tri/tai-khoan/([0-9a-f-]{36})/trang-thai", admin.get("/quan-tri/tai-khoan").text)
    assert own
    assert admin.post(f"/quan-tri/tai-khoan/{own.group(1)}/trang-thai", {"active": "no"}).status_code == 422
    assert admin.get("/quan-tri/tai-khoan").status_code == 200


def test_generated_passwords_differ_and_are_long() -> None:
    made = {generated_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 23 for password in made)


def test_a_cap_is_added_and_ended(admin: Browser) -> None:
    typed = {
        "name": "Trần kết nối",
        "scope": "connections",
        "maximum": "63",
        "legal_basis": "Công văn số 12/BNV",
        "valid_from": "2026-01-01",
    }
    assert admin.post("/quan-tri/gioi-han", typed).status_code == 302
    page = admin.get("/quan-tri/gioi-han").text
    assert "tối đa 63" in page
    ends = re.search(r"/quan-tri/gioi-han/[0-9a-f-]{36}/ket-thuc", page)
    assert ends
    assert admin.post(ends.group(), {"last_day": "2025-12-31"}).status_code == 422
    assert admin.post(ends.group(), {"last_day": "2026-03-31"}).status_code == 302
    assert "Hết hiệu lực" in admin.get("/quan-tri/gioi-han").text


@pytest.mark.parametrize("change", [{"maximum": "0"}, {"maximum": "nhiều"}, {"legal_basis": " "}, {"valid_from": ""}])
def test_a_wrong_cap_is_refused(admin: Browser, change: dict[str, str]) -> None:
    typed = {"name": "X", "scope": "room", "maximum": "5", "legal_basis": "CV 1", "valid_from": "2026-01-01"} | change
    answer = admin.post("/quan-tri/gioi-han", typed)
    assert answer.status_code == 422
    assert 'value="X"' in answer.text


def test_the_audit_trail_is_shown_and_checked(admin: Browser, office: Office, runtime: Runtime) -> None:
    page = admin.get("/quan-tri/nhat-ky").text
    assert "Đơn vị: thêm mới" in page
    assert "Trung tâm Thông tin" in page
    assert ">unit.created<" not in page
    assert "nguyên vẹn" in admin.post("/quan-tri/nhat-ky").text
    with runtime.database.transaction() as session:
        session.execute(text("ALTER TABLE audit_row DISABLE TRIGGER ALL"))
        session.execute(text("UPDATE audit_row SET action = 'unit.deleted' WHERE id = 2"))
    assert "bị phá vỡ tại dòng 2" in admin.post("/quan-tri/nhat-ky").text
