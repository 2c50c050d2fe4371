"""One's own account: sessions that are listed and ended, limits of time, the second factor."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from core.sign_ins import second_factor
from core.sign_ins.models import BrowserSession, SecondFactor
from tests.conftest import FixedClock
from tests.web.conftest import PASSWORD, Browser
from web.security.throttle import LIMIT_PER_LOGIN

AddAccount = Callable[..., UUID]


@pytest.fixture
def secretary(add_account: AddAccount) -> UUID:
    return add_account("thu.ky", Role.SECRETARY)


def browser(app: Flask, agent: str = "Trình duyệt thử") -> Browser:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = agent
    return Browser(client)


def is_in(one: Browser) -> bool:
    return one.get("/tai-khoan").status_code == 200


def test_a_stolen_session_is_seen_and_ended(app: Flask, secretary: UUID) -> None:
    mine, stolen = browser(app, "Máy cơ quan"), browser(app, "Máy lạ")
    for one in (mine, stolen):
        assert one.sign_in("thu.ky").status_code == 302
    page = unescape(mine.get("/tai-khoan").text)
    assert "Máy lạ" in page
    assert "Phiên này" in page
    (address,) = re.findall(r'action="(/tai-khoan/phien/[0-9a-f-]+/ket-thuc)"', page)
    assert mine.post(address).status_code == 302
    assert not is_in(stolen)
    assert is_in(mine)


def test_all_others_end_at_once(app: Flask, secretary: UUID) -> None:
    mine, others = browser(app), [browser(app) for _ in range(3)]
    for one in (mine, *others):
        one.sign_in("thu.ky")
    mine.post("/tai-khoan/phien/ket-thuc-khac")
    assert (is_in(mine), [is_in(one) for one in others]) == (True, [False, False, False])


def test_nobody_ends_a_strangers_session(
    app: Flask, runtime: Runtime, secretary: UUID, add_account: AddAccount
) -> None:
    add_account("nguoi.la", Role.UNIT)
    victim, stranger = browser(app), browser(app)
    victim.sign_in("thu.ky")
    stranger.sign_in("nguoi.la")
    with runtime.database.transaction() as session:
        row_id = session.scalar(select(BrowserSession.id).where(BrowserSession.account_id == secretary))
    assert stranger.post(f"/tai-khoan/phien/{row_id}/ket-thuc").status_code == 404
    assert is_in(victim)


def test_a_signed_out_cookie_is_worth_nothing(app: Flask, secretary: UUID) -> None:
    one = browser(app)
    one.sign_in("thu.ky")
    copied = one.client.get_cookie("diemcau")
    assert copied is not None
    one.post("/dang-xuat")
    thief = browser(app)
    thief.client.set_cookie("diemcau", copied.value)
    assert not is_in(thief)


def test_a_session_ends_when_it_is_not_used(
    app: Flask, runtime: Runtime, secretary: UUID, fixed_clock: FixedClock
) -> None:
    idle = timedelta(minutes=runtime.settings.session_idle_minutes)
    one = browser(app)
    one.sign_in("thu.ky")
    for _ in range(3):
        fixed_clock.now += idle - timedelta(minutes=1)
        assert is_in(one)
    fixed_clock.now += idle
    assert not is_in(one)


def test_a_session_that_is_always_used_ends_as_well(
    app: Flask, runtime: Runtime, secretary: UUID, fixed_clock: FixedClock
) -> None:
    one = browser(app)
    one.sign_in("thu.ky")
    began = fixed_clock.now
    while is_in(one):
        fixed_clock.now += timedelta(minutes=runtime.settings.session_idle_minutes - 1)
    assert fixed_clock.now - began >= timedelta(hours=runtime.settings.session_hours)
    assert fixed_clock.now - began < timedelta(hours=runtime.settings.session_hours + 2)


def turn_on(one: Browser, clock: FixedClock) -> tuple[pyotp.TOTP, list[str]]:
    """The app of the account's person, and the codes on paper."""
    page = one.post("/tai-khoan/hai-buoc", {"password": PASSWORD}).text
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert secret is not None
    app = pyotp.TOTP(secret.group(1).replace(" ", ""))
    shown = one.post("/tai-khoan/hai-buoc/xac-nhan", {"code": app.at(clock.now)}).text
    clock.now += timedelta(seconds=second_factor.STEP_SECONDS)
    return app, re.findall(r"<li><code>([a-z0-9-]+)</code></li>", shown)


def test_with_the_second_factor_the_password_alone_opens_nothing(
    app: Flask, secretary: UUID, fixed_clock: FixedClock
) -> None:
    owner = browser(app)
    owner.sign_in("thu.ky")
    telephone, _ = turn_on(owner, fixed_clock)
    one = browser(app)
    assert one.sign_in("thu.ky").location.startswith("/dang-nhap/ma")
    assert not is_in(one)
    assert one.post("/dang-nhap/ma", {"code": "000000"}).status_code == 401
    answer = one.post("/dang-nhap/ma", {"code": telephone.at(fixed_clock.now), "next": "/thong-bao"})
    assert (answer.status_code, answer.location) == (302, "/thong-bao")
    assert is_in(one)


def test_a_code_is_good_once(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    owner = browser(app)
    owner.sign_in("thu.ky")
    telephone, paper = turn_on(owner, fixed_clock)
    assert len(paper) == second_factor.RECOVERY_CODES
    for code in (telephone.at(fixed_clock.now), paper[0].upper()):
        first, second = browser(app), browser(app)
        for one in (first, second):
            one.sign_in("thu.ky")
        assert first.post("/dang-nhap/ma", {"code": code}).status_code == 302
        assert second.post("/dang-nhap/ma", {"code": code}).status_code == 401
    assert "Còn 9 mã" in owner.get("/tai-khoan").text


def test_codes_cannot_be_tried_without_end(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    owner = browser(app)
    owner.sign_in("thu.ky")
    telephone, _ = turn_on(owner, fixed_clock)
    guesser = browser(app)
    for number in range(LIMIT_PER_LOGIN):
        guesser.sign_in("thu.ky")  # the right password does not clear the count
        assert guesser.post("/dang-nhap/ma", {"code": f"{number:06}"}).status_code == 401
    assert guesser.post("/dang-nhap/ma", {"code": telephone.at(fixed_clock.now)}).status_code == 429


def test_the_first_step_does_not_count_for_ever(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    owner = browser(app)
    owner.sign_in("thu.ky")
    telephone, _ = turn_on(owner, fixed_clock)
    one = browser(app)
    one.sign_in("thu.ky")
    fixed_clock.now += timedelta(minutes=6)
    assert one.post("/dang-nhap/ma", {"code": telephone.at(fixed_clock.now)}).location.startswith("/dang-nhap?")
    assert not is_in(one)


def test_an_open_browser_cannot_change_the_second_factor_without_the_password(
    app: Flask, runtime: Runtime, secretary: UUID, fixed_clock: FixedClock
) -> None:
    owner = browser(app)
    owner.sign_in("thu.ky")
    assert owner.post("/tai-khoan/hai-buoc", {"password": "đoán"}).status_code == 422
    turn_on(owner, fixed_clock)
    assert owner.post("/tai-khoan/hai-buoc/tat", {"password": "đoán"}).status_code == 422
    assert owner.post("/tai-khoan/hai-buoc", {"password": PASSWORD}).status_code == 422, "it is on already"
    assert owner.post("/tai-khoan/hai-buoc/tat", {"password": PASSWORD}).status_code == 302
    with runtime.database.transaction() as session:
        assert session.get(SecondFactor, secretary) is None
    assert browser(app).sign_in("thu.ky").location == "/"


def test_a_wrong_first_code_shows_the_same_picture(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    one = browser(app)
    one.sign_in("thu.ky")
    shown = one.post("/tai-khoan/hai-buoc", {"password": PASSWORD}).text
    again = one.post("/tai-khoan/hai-buoc/xac-nhan", {"code": "123"})
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', shown)
    assert again.status_code == 401
    assert secret is not None
    assert secret.group(0) in again.text


def test_the_secret_of_the_app_is_not_in_the_database(
    app: Flask, runtime: Runtime, secretary: UUID, fixed_clock: FixedClock
) -> None:
    one = browser(app)
    one.sign_in("thu.ky")
    telephone, _ = turn_on(one, fixed_clock)
    with runtime.database.transaction() as session:
        assert telephone.secret.encode() not in session.get_one(SecondFactor, secretary).sealed_secret


def test_a_script_sends_the_code_along(app: Flask, secretary: UUID, fixed_clock: FixedClock) -> None:
    owner = browser(app)
    owner.sign_in("thu.ky")
    telephone, _ = turn_on(owner, fixed_clock)
    client = app.test_client()
    wanted = {"login": "thu.ky", "password": PASSWORD}
    missing = client.post("/api/v1/sessions", json=wanted)
    assert (missing.status_code, missing.get_json()["error"]["code"]) == (401, "second_factor_needed")
    given = client.post("/api/v1/sessions", json={**wanted, "code": telephone.at(fixed_clock.now)})
    assert given.status_code == 201


def test_the_administrator_helps_who_lost_the_telephone(
    app: Flask, secretary: UUID, add_account: AddAccount, fixed_clock: FixedClock
) -> None:
    add_account("quan.tri", Role.ADMINISTRATOR)
    owner, helper = browser(app), browser(app)
    owner.sign_in("thu.ky")
    turn_on(owner, fixed_clock)
    helper.sign_in("quan.tri")
    path = f"/quan-tri/tai-khoan/{secretary}/hai-buoc/tat"
    assert path in helper.get("/quan-tri/tai-khoan").text
    assert owner.post(path).status_code == 403
    assert helper.post(path).status_code == 302
    assert browser(app).sign_in("thu.ky").location == "/"
    assert path not in helper.get("/quan-tri/tai-khoan").text
