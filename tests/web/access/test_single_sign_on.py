"""The site's own sign-in service: a real OpenID Connect provider in a process of its own, on loopback."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import pytest
import requests
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from core.accounts import Account
from core.permissions import Role
from core.runtime import Runtime
from core.services.ports import free_port
from core.settings import Settings, SettingsError, load_settings
from core.sign_ins.models import BrowserSession, OutsideIdentity
from tests.conftest import FixedClock
from tests.web.conftest import PASSWORD, Browser
from tests.web.test_own_account import turn_on
from web.app import create_app

AddAccount = Callable[..., UUID]
SECRET = "k9Zt2VqLw7Xb4Rm8Hc1Yp6Nd3Fj5Gs0A"
LEAVE, BACK = "/dang-nhap/mot-lan", "/dang-nhap/mot-lan/tra-ve"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Address of a running provider; it lets everybody be whoever they say, for that is not what is tested."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/.well-known/openid-configuration", process)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the provider has ended"
        try:
            with requests.get(url, timeout=5) as answer:
                if answer.ok:
                    return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the provider did not start")


@pytest.fixture
def settings(settings: Settings, issuer: str) -> Settings:
    service = {"oidc_issuer": issuer, "oidc_client_id": "diem-cau", "oidc_name": "Tài khoản Bộ"}
    return load_settings(**settings.model_dump(exclude_unset=True) | service, oidc_client_secret=SECRET)


@pytest.fixture
def secretary(add_account: AddAccount) -> UUID:
    return add_account("thu.ky", Role.SECRETARY)


def at_the_service(answer: TestResponse, subject: str, **form: str) -> str:
    """What the person does there; the path it is sent back to."""
    assert answer.status_code == 302, answer.text
    with requests.post(answer.location, data={"sub": subject} | form, allow_redirects=False, timeout=10) as sent:
        assert sent.status_code == 302, sent.text
        back = urlsplit(sent.headers["Location"])
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def come_in(browser: Browser, subject: str, target: str = "") -> TestResponse:
    return browser.get(at_the_service(browser.get(f"{LEAVE}?{urlencode({'next': target})}"), subject))


def linked(app: Flask, subject: str, login: str = "thu.ky") -> Browser:
    """A browser whose person has linked the account."""
    browser = Browser(app.test_client())
    assert browser.sign_in(login).status_code == 302
    page = browser.post("/tai-khoan/mot-lan", {"password": PASSWORD})
    assert LEAVE in page.text
    assert browser.get(at_the_service(browser.get(LEAVE), subject)).location == "/tai-khoan"
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get("/tai-khoan").status_code == 200


def test_a_linked_account_comes_in_and_lands_where_it_wanted(app: Flask, runtime: Runtime, secretary: UUID) -> None:
    assert "đã liên kết" in linked(app, "cb-01").get("/tai-khoan").text.lower()
    browser = Browser(app.test_client())
    assert "Tài khoản Bộ" in browser.get("/dang-nhap").text
    assert come_in(browser, "cb-01", "/thong-bao").location == "/thong-bao"
    assert browser.get("/thong-bao").status_code == 200
    with runtime.database.transaction() as session:
        assert sorted(session.scalars(select(BrowserSession.method))) == ["password", "provider"]


def test_nobody_gets_an_account_or_a_role_by_coming_from_there(app: Flask, runtime: Runtime, secretary: UUID) -> None:
    browser = Browser(app.test_client())
    answer = come_in(browser, "thu.ky")  # the very login of an account, as subject and as e-mail
    assert answer.status_code == 403
    assert "Chưa tài khoản nào" in answer.text
    assert not is_in(browser)
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
        assert session.scalar(select(func.count()).select_from(OutsideIdentity)) == 0


def test_what_leaves_carries_state_nonce_and_challenge(app: Flask) -> None:
    one, other = (parse_qs(urlsplit(app.test_client().get(LEAVE).location).query) for _ in range(2))
    assert one["scope"] == ["openid"]
    assert one["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != other[name]
    assert SECRET not in str(one)


def test_an_answer_meant_for_another_browser_is_refused(app: Flask, secretary: UUID) -> None:
    linked(app, "cb-02")
    thief, victim = Browser(app.test_client()), Browser(app.test_client())
    path = at_the_service(thief.get(LEAVE), "cb-02")
    assert victim.get(path).status_code == 401
    assert not is_in(victim)


def test_an_answer_is_good_once(app: Flask, secretary: UUID) -> None:
    linked(app, "cb-03")
    browser = Browser(app.test_client())
    path = at_the_service(browser.get(LEAVE), "cb-03")
    assert browser.get(path).status_code == 302
    again = Browser(app.test_client())
    assert again.get(path).status_code == 401
    assert browser.get(path).status_code == 401


@pytest.mark.parametrize(
    "query", ["", "code=x", "state=x", "code=x&state=x", "error=access_denied", "error=%3Cscript%3E&state=x"]
)
def test_a_made_up_answer_is_refused_in_words(app: Flask, query: str) -> None:
    answer = app.test_client().get(f"{BACK}?{query}")
    assert answer.status_code == 401
    assert "đăng nhập lại" in answer.text
    assert "<script>" not in answer.text


def test_who_says_no_there_is_led_back(app: Flask) -> None:
    browser = Browser(app.test_client())
    assert browser.get(at_the_service(browser.get(LEAVE), "cb-04", action="deny")).status_code == 401


def test_a_forged_code_is_refused(app: Flask) -> None:
    browser = Browser(app.test_client())
    state = parse_qs(urlsplit(browser.get(LEAVE).location).query)["state"][0]
    assert browser.get(f"{BACK}?code=doan-bua&state={state}").status_code in (401, 502)
    assert not is_in(browser)


def test_linking_wants_the_password_and_a_form(app: Flask, runtime: Runtime, secretary: UUID) -> None:
    browser = Browser(app.test_client())
    browser.sign_in("thu.ky")
    assert browser.post("/tai-khoan/mot-lan", {"password": "sai"}).status_code == 422
    assert browser.client.post("/tai-khoan/mot-lan", data={"password": PASSWORD}).status_code == 400
    assert come_in(browser, "cb-05").status_code == 403, "a way there that nobody asked for links nothing"
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(OutsideIdentity)) == 0


def test_a_wish_to_link_does_not_last(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    browser = Browser(app.test_client())
    browser.sign_in("thu.ky")
    browser.post("/tai-khoan/mot-lan", {"password": PASSWORD})
    fixed_clock.now += timedelta(minutes=11)
    assert come_in(browser, "cb-06").status_code == 403


def test_one_identity_is_one_account(app: Flask, secretary: UUID, add_account: AddAccount) -> None:
    add_account("van.thu", Role.REGISTRAR)
    linked(app, "cb-07")
    other = Browser(app.test_client())
    other.sign_in("van.thu")
    other.post("/tai-khoan/mot-lan", {"password": PASSWORD})
    answer = other.get(at_the_service(other.get(LEAVE), "cb-07"))
    assert answer.status_code == 409
    assert "tài khoản khác" in answer.text


def test_an_unlinked_and_a_closed_account_do_not_come_in(app: Flask, runtime: Runtime, secretary: UUID) -> None:
    owner = linked(app, "cb-08")
    with runtime.database.transaction() as session:
        session.get_one(Account, secretary).active = False
    assert come_in(Browser(app.test_client()), "cb-08").status_code == 403
    with runtime.database.transaction() as session:
        session.get_one(Account, secretary).active = True
    assert owner.post("/tai-khoan/mot-lan/go", {"password": PASSWORD}).status_code == 302
    assert come_in(Browser(app.test_client()), "cb-08").status_code == 403


def test_our_second_factor_is_asked_for_all_the_same(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    telephone, _ = turn_on(linked(app, "cb-09"), fixed_clock)
    browser = Browser(app.test_client())
    assert come_in(browser, "cb-09").location.startswith("/dang-nhap/ma")
    assert not is_in(browser)
    assert browser.post("/dang-nhap/ma", {"code": telephone.at(fixed_clock.now)}).status_code == 302
    assert is_in(browser)


def test_who_just_came_from_there_needs_no_password_for_a_while(
    app: Flask, secretary: UUID, fixed_clock: FixedClock
) -> None:
    linked(app, "cb-10")
    browser = Browser(app.test_client())
    come_in(browser, "cb-10")
    asked = {"name": "Mã", "scopes": "read_meetings", "days": "7"}
    assert browser.post("/tai-khoan/ma-truy-cap", asked).status_code == 200
    fixed_clock.now += timedelta(minutes=11)
    assert browser.post("/tai-khoan/ma-truy-cap", asked).status_code == 422


def test_a_service_that_does_not_answer_is_said_in_words(runtime: Runtime) -> None:
    runtime.settings = runtime.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:1"})
    answer = create_app(runtime, testing=True).test_client().get(LEAVE)
    assert answer.status_code == 502
    assert "đăng nhập bằng mật khẩu" in answer.text


def test_an_id_token_of_another_issuer_is_not_believed(runtime: Runtime, issuer: str) -> None:
    wrong = {"oidc_issuer": issuer.replace("127.0.0.1", "localhost")}
    runtime.settings = runtime.settings.model_copy(update=wrong)
    app = create_app(runtime, testing=True)
    app.extensions["sign_in_service"].server_metadata.update({"issuer": issuer})
    app.extensions["sign_in_service"]._server_metadata_url = f"{issuer}/.well-known/openid-configuration"
    assert come_in(Browser(app.test_client()), "cb-11").status_code == 502


def test_without_such_a_service_there_is_no_door(runtime: Runtime, secretary: UUID) -> None:
    runtime.settings = runtime.settings.model_copy(update={"oidc_issuer": ""})
    app = create_app(runtime, testing=True)
    assert app.test_client().get(LEAVE).status_code == 404
    assert app.test_client().get(BACK).status_code == 404
    browser = Browser(app.test_client())
    browser.sign_in("thu.ky")
    assert "/tai-khoan/mot-lan" not in browser.get("/tai-khoan").text
    assert browser.post("/tai-khoan/mot-lan", {"password": PASSWORD}).status_code == 404


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"oidc_issuer": "http://sso.bo.example"}, "https://"),
        ({"oidc_issuer": "https://sso.bo.example"}, "OIDC_CLIENT_ID"),
        ({"oidc_issuer": "https://sso.bo.example", "oidc_client_id": "x"}, "OIDC_CLIENT_SECRET"),
    ],
    ids=["no-tls", "no-client", "no-secret"],
)
def test_half_a_configuration_stops_at_the_start(tmp_path: Path, given: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        load_settings(home=tmp_path, **given)
