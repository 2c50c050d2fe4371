"""Other roles end every session of an account; a password that is easily guessed is refused."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.accounts import Account
from core.audit import AuditRow
from core.passwords import is_easily_guessed
from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_office
from tests.web.conftest import PASSWORD, Browser

AddAccount = Callable[..., UUID]


def cookies(browser: Browser) -> str:
    return str(sorted(str(found) for found in browser.client._cookies.values()))  # type: ignore[attr-defined]


def test_new_roles_end_every_session_and_show_at_the_next_sign_in(
    app: Flask, add_account: AddAccount, browser_of: Callable[..., Browser], runtime: Runtime
) -> None:
    account_id = add_account("le.tan", Role.SECRETARY)
    here, there = Browser(app.test_client()), Browser(app.test_client())
    here.sign_in("le.tan")
    there.sign_in("le.tan")
    admin = browser_of(Role.ADMINISTRATOR)
    assert admin.post(f"/quan-tri/tai-khoan/{account_id}/vai-tro", {"roles": ["registrar"]}).status_code == 302
    assert here.get("/thong-bao").status_code == 302
    assert there.get("/thong-bao").status_code == 302
    here.sign_in_again()
    assert here.get("/go-bang").status_code == 403
    with runtime.database.transaction() as session:
        detail = session.scalars(select(AuditRow.detail).where(AuditRow.action == "account.roles_changed")).one()
    assert detail == {"roles": ["registrar"], "before": ["secretary"]}


def test_the_same_roles_end_nothing(app: Flask, add_account: AddAccount, browser_of: Callable[..., Browser]) -> None:
    account_id = add_account("le.tan", Role.SECRETARY)
    browser = Browser(app.test_client())
    browser.sign_in("le.tan")
    browser_of(Role.ADMINISTRATOR).post(f"/quan-tri/tai-khoan/{account_id}/vai-tro", {"roles": ["secretary"]})
    assert browser.get("/thong-bao").status_code == 200


def test_who_changes_the_own_roles_goes_on_with_a_new_session(
    app: Flask, add_account: AddAccount, runtime: Runtime
) -> None:
    account_id = add_account("quan.tri", Role.ADMINISTRATOR)
    browser, elsewhere = Browser(app.test_client()), Browser(app.test_client())
    browser.sign_in("quan.tri")
    elsewhere.sign_in("quan.tri")
    before = cookies(browser)
    path = f"/quan-tri/tai-khoan/{account_id}/vai-tro"
    assert browser.post(path, {"roles": ["administrator", "secretary"]}).status_code == 302
    assert cookies(browser) != before
    assert browser.get("/thong-bao").status_code == 200
    assert elsewhere.get("/quan-tri/").status_code == 302
    refused = browser.post(path, {"roles": ["secretary"]})
    assert refused.status_code == 422
    assert "không thể tự bỏ vai trò quản trị" in refused.text
    with runtime.database.transaction() as session:
        assert session.get_one(Account, account_id).roles == ["administrator", "secretary"]


@pytest.mark.parametrize(("roles", "sentence"), [([], "ít nhất một"), (["unit"], "phải thuộc ít nhất một đơn vị")])
def test_refused_roles_change_nothing(
    add_account: AddAccount, browser_of: Callable[..., Browser], runtime: Runtime, roles: list[str], sentence: str
) -> None:
    account_id = add_account("le.tan", Role.SECRETARY)
    answer = browser_of(Role.ADMINISTRATOR).post(f"/quan-tri/tai-khoan/{account_id}/vai-tro", {"roles": roles})
    assert answer.status_code == 422
    assert sentence in answer.text
    with runtime.database.transaction() as session:
        assert session.get_one(Account, account_id).roles == ["secretary"]


def test_a_unit_is_given_with_its_role(
    add_account: AddAccount, browser_of: Callable[..., Browser], runtime: Runtime
) -> None:
    office = build_office(runtime)
    account_id = add_account("le.tan", Role.SECRETARY)
    typed = {"roles": ["unit"], "unit_ids": [str(office.archive)]}
    answer = browser_of(Role.ADMINISTRATOR).post(f"/quan-tri/tai-khoan/{account_id}/vai-tro", typed)
    assert answer.status_code == 302


def test_a_password_that_is_easily_guessed_is_refused(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of(Role.SECRETARY)
    for new in ("password1234", "Matkhau@123456", "secretary-0-2026"):
        typed = {"current_password": PASSWORD, "new_password": new, "repeated_password": new}
        answer = browser.post("/doi-mat-khau", typed)
        assert answer.status_code == 422
        assert "dễ đoán" in answer.text
    assert browser.sign_in(browser.login).status_code == 302


@pytest.mark.parametrize("password", ["một câu dài dễ nhớ", "k7m2q-x9wtp-3vhdj-r5czn", "trâu vàng uống nước ao sâu"])
def test_phrases_and_generated_passwords_pass(password: str) -> None:
    assert not is_easily_guessed(password, ("thu.ky", "Nguyễn Thị Thử"))
