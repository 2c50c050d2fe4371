"""Forged forms are refused, with the cookie alone and with another session's token."""

from collections.abc import Callable

import pytest
from flask import Flask

from core.permissions import Role
from tests.web.conftest import Browser, Script


def test_a_form_without_the_token_changes_nothing(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of(Role.ADMINISTRATOR)
    answer = browser.client.post("/quan-tri/don-vi", data={"code": "X", "name": "Đơn vị lạ"})
    assert answer.status_code == 400
    assert "Biểu mẫu đã quá hạn" in answer.text
    assert "Đơn vị lạ" not in browser.get("/quan-tri/don-vi").text


def test_the_token_of_another_session_is_worth_nothing(browser_of: Callable[..., Browser]) -> None:
    mine, theirs = browser_of(Role.ADMINISTRATOR), browser_of(Role.ADMINISTRATOR)
    answer = mine.client.post("/quan-tri/don-vi", data={"code": "X", "name": "Y", "csrf_token": theirs.token()})
    assert answer.status_code == 400


def test_sign_in_itself_needs_the_token(anonymous: Browser) -> None:
    assert anonymous.client.post("/dang-nhap", data={"login": "a", "password": "b"}).status_code == 400


@pytest.mark.parametrize("path", ["/dang-xuat", "/doi-mat-khau", "/cuoc-hop/moi"])
def test_every_form_needs_it(browser_of: Callable[..., Browser], path: str) -> None:
    browser = browser_of(*Role)
    assert browser.client.post(path, data={}).status_code == 400


def test_the_api_with_a_cookie_needs_the_header(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of(Role.ADMINISTRATOR)
    unit = {"code": "TTTT", "name": "Trung tâm Thông tin"}
    refused = browser.client.post("/api/v1/units", json=unit)
    assert refused.status_code == 400
    assert refused.get_json()["error"]["code"] == "form_expired"
    headers = {"X-CSRFToken": browser.token()}
    assert browser.client.post("/api/v1/units", json=unit, headers=headers).status_code == 201


def test_a_bearer_token_needs_no_csrf(script_of: Callable[..., Script]) -> None:
    script = script_of(Role.ADMINISTRATOR)
    assert script.post("/units", {"code": "TTTT", "name": "Trung tâm Thông tin"}).status_code == 201


def test_a_made_up_bearer_header_does_not_switch_the_check_off(browser_of: Callable[..., Browser]) -> None:
    """The cookie must not be used once a token is named: or any page could add the header and skip the check."""
    browser = browser_of(Role.ADMINISTRATOR)
    answer = browser.client.post(
        "/api/v1/units", json={"code": "X", "name": "Y"}, headers={"Authorization": "Bearer x"}
    )
    assert answer.status_code == 401


def test_screens_do_not_take_bearer_tokens(app: Flask, script_of: Callable[..., Script]) -> None:
    script = script_of(Role.ADMINISTRATOR)
    answer = script.client.get("/quan-tri/", headers={"Authorization": f"Bearer {script.token}"})
    assert answer.status_code == 302
