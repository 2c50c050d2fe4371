"""Sign-in, sign-out, the throttle, and what ends a session."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from core.accounts import Account
from core.permissions import Role
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.web.conftest import PASSWORD, Browser
from web.account.views import safe_next
from web.app import create_app
from web.security.throttle import LIMIT_PER_LOGIN, WINDOW_SECONDS, judge

AddAccount = Callable[..., UUID]
NEW = "một câu khác cũng dài"


def test_the_right_password_opens_and_leads_back(anonymous: Browser, add_account: AddAccount) -> None:
    add_account("thu.ky", Role.SECRETARY)
    answer = anonymous.post("/dang-nhap", {"login": " THU.KY ", "password": PASSWORD, "next": "/thong-bao"})
    assert answer.status_code == 302
    assert answer.location == "/thong-bao"
    assert anonymous.get("/thong-bao").status_code == 200


@pytest.mark.parametrize(("login", "password"), [("thu.ky", "sai"), ("khong.co", PASSWORD), ("", "")])
def test_a_wrong_pair_is_one_sentence_for_all(
    anonymous: Browser, add_account: AddAccount, login: str, password: str
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    answer = anonymous.post("/dang-nhap", {"login": login, "password": password})
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    assert anonymous.get("/").status_code == 302


def test_the_login_stays_typed_and_the_password_does_not(anonymous: Browser) -> None:
    page = anonymous.post("/dang-nhap", {"login": "thu.ky", "password": "mật-khẩu-sai"}).text
    assert 'value="thu.ky"' in page
    assert "mật-khẩu-sai" not in page


def test_too_many_failures_shut_the_door_even_for_the_right_password(
    anonymous: Browser, add_account: AddAccount, fixed_clock: FixedClock
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    for _ in range(LIMIT_PER_LOGIN):
        assert anonymous.sign_in("thu.ky", "sai").status_code == 401
    shut = anonymous.sign_in("Thu.Ky")
    assert shut.status_code == 429
    assert "15 phút" in shut.text
    fixed_clock.now += timedelta(seconds=WINDOW_SECONDS)
    assert anonymous.sign_in("thu.ky").status_code == 302


def test_a_success_clears_the_count(anonymous: Browser, add_account: AddAccount) -> None:
    add_account("thu.ky", Role.SECRETARY)
    for _ in range(LIMIT_PER_LOGIN - 1):
        anonymous.sign_in("thu.ky", "sai")
    assert anonymous.sign_in("thu.ky").status_code == 302
    anonymous.post("/dang-xuat")
    assert anonymous.sign_in("thu.ky", "sai").status_code == 401


@pytest.mark.parametrize(("age_seconds", "wait_seconds"), [(0, 900), (300, 600), (899, 1), (900, 0), (5000, 0)])
def test_the_rule_of_the_throttle(age_seconds: int, wait_seconds: int) -> None:
    now = datetime(2026, 4, 8, tzinfo=UTC)
    failures = [now - timedelta(seconds=age_seconds)] * 3
    assert judge(failures, 3, now).wait_seconds == wait_seconds
    assert judge(failures, 4, now).is_open


def test_sign_out_ends_the_session(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of(Role.OPERATOR)
    assert browser.post("/dang-xuat").status_code == 302
    assert browser.get("/cuoc-hop").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, add_account: AddAccount, runtime: Runtime
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    here, there = Browser(app.test_client()), Browser(app.test_client())
    here.sign_in("thu.ky")
    there.sign_in("thu.ky")
    typed = {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW}
    assert here.post("/doi-mat-khau", typed).status_code == 302
    assert here.get("/thong-bao").status_code == 200
    assert there.get("/thong-bao").status_code == 302
    assert there.sign_in("thu.ky").status_code == 401
    assert there.sign_in("thu.ky", NEW).status_code == 302


@pytest.mark.parametrize(
    ("current", "new", "repeated", "sentence"),
    [
        ("sai", NEW, NEW, "Mật khẩu hiện tại không đúng"),
        (PASSWORD, NEW, NEW + "!", "không giống nhau"),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 12 ký tự"),
    ],
)
def test_a_refused_new_password_says_why(
    browser_of: Callable[..., Browser], current: str, new: str, repeated: str, sentence: str
) -> None:
    browser = browser_of(Role.UNIT)
    typed = {"current_password": current, "new_password": new, "repeated_password": repeated}
    answer = browser.post("/doi-mat-khau", typed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_closed_account_is_out_at_once(browser_of: Callable[..., Browser], runtime: Runtime) -> None:
    browser = browser_of(Role.OPERATOR)
    with runtime.database.transaction() as session:
        for account in session.query(Account):
            account.active = False
    assert browser.get("/cuoc-hop").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://la.example", "//la.example", "/\\la.example", "javascript:alert(1)", "cuoc-hop", ""]
)
def test_the_way_back_never_leads_to_another_site(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_next(target) == "/"


def test_the_cookie_is_kept_from_scripts_and_other_sites(anonymous: Browser, add_account: AddAccount) -> None:
    add_account("thu.ky", Role.SECRETARY)
    cookie = anonymous.sign_in("thu.ky").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_where_the_site_says_so(runtime: Runtime) -> None:
    runtime.settings = runtime.settings.model_copy(update={"secure_cookies": True})
    client = create_app(runtime, testing=True).test_client()
    assert "Secure" in client.get("/dang-nhap").headers["Set-Cookie"]
