"""Tokens for scripts: what they may, how they end, that they are kept nowhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.accounts import Account, change_password
from core.audit import AuditRow
from core.permissions import Action, Actor, Role, can
from core.runtime import Runtime
from core.sign_ins.api_tokens import LONGEST_DAYS, MOST, PREFIX
from core.sign_ins.models import ApiToken
from core.sign_ins.scopes import ALLOWS, NEVER, Scope, allowed_by, offered_to
from tests.conftest import FixedClock
from tests.web.builders import build_meeting, build_office
from tests.web.conftest import PASSWORD, Browser, Script

Browsers = Callable[..., Browser]
ASKED: dict[str, Any] = {"name": "Đồng bộ lịch", "scopes": ["read_meetings"], "days": "30", "password": PASSWORD}


def make(browser: Browser, **changes: Any) -> str:
    """A token as its owner sees it, once."""
    answer = browser.post("/tai-khoan/ma-truy-cap", ASKED | changes)
    assert answer.status_code == 200, answer.text
    found = re.search(rf'<code class="secret">({PREFIX}[^<]+)</code>', answer.text)
    assert found is not None
    return found.group(1)


def calling(app: Flask, token: str) -> Script:
    return Script(app.test_client(), token)


def test_a_token_may_what_it_was_given_and_no_more(app: Flask, runtime: Runtime, browser_of: Browsers) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    script = calling(app, make(browser_of(Role.OPERATOR)))
    assert script.get(f"/meetings/{meeting_id}").status_code == 200
    assert script.get("/me").get_json()["roles"] == ["operator"]
    refused = script.post(f"/meetings/{meeting_id}/open")
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (403, "forbidden")


def test_a_token_opens_no_screen(app: Flask, browser_of: Browsers) -> None:
    token = make(browser_of(Role.OPERATOR))
    assert app.test_client().get("/cuoc-hop", headers={"Authorization": f"Bearer {token}"}).status_code == 302


def test_it_is_shown_once_and_kept_as_a_hash(runtime: Runtime, browser_of: Browsers) -> None:
    browser = browser_of(Role.OPERATOR)
    token = make(browser)
    page = browser.get("/tai-khoan").text
    assert "Đồng bộ lịch" in page
    assert token not in page
    with runtime.database.transaction() as session:
        row = session.query(ApiToken).one()
        assert token not in str(vars(row))
        trail = session.scalars(select(AuditRow).where(AuditRow.action == "account.token_created")).one()
        assert token not in str(trail.detail)
        assert trail.detail["scopes"] == ["read_meetings"]


def test_it_ends_on_its_day(app: Flask, browser_of: Browsers, fixed_clock: FixedClock) -> None:
    script = calling(app, make(browser_of(Role.OPERATOR), days="7"))
    fixed_clock.now += timedelta(days=7) - timedelta(seconds=1)
    assert script.get("/me").status_code == 200
    fixed_clock.now += timedelta(seconds=1)
    assert script.get("/me").status_code == 401


def test_its_owner_ends_it(app: Flask, runtime: Runtime, browser_of: Browsers) -> None:
    owner, stranger = browser_of(Role.OPERATOR), browser_of(Role.OPERATOR)
    script = calling(app, make(owner))
    with runtime.database.transaction() as session:
        path = f"/tai-khoan/ma-truy-cap/{session.query(ApiToken).one().id}/ket-thuc"
    assert stranger.post(path).status_code == 404
    assert script.get("/me").status_code == 200
    assert owner.post(path).status_code == 302
    assert script.get("/me").status_code == 401
    assert "Đồng bộ lịch" not in owner.get("/tai-khoan").text


@pytest.mark.parametrize("what", ["password", "closed"])
def test_it_ends_with_its_account(app: Flask, runtime: Runtime, browser_of: Browsers, what: str) -> None:
    script = calling(app, make(browser_of(Role.OPERATOR)))
    with runtime.database.transaction() as session:
        account = session.query(Account).one()
        if what == "password":
            change_password(account, "một câu khác cũng dài")
        else:
            account.active = False
    assert script.get("/me").status_code == 401


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"password": "sai"}, 422, "Mật khẩu không đúng"),
        ({"name": " "}, 422, "tên mã"),
        ({"scopes": []}, 422, "phạm vi"),
        ({"scopes": ["edit_notices"]}, 422, "phạm vi"),
        ({"scopes": ["approve_notice"]}, 422, "phạm vi"),
        ({"days": "0"}, 422, "thời hạn"),
        ({"days": str(LONGEST_DAYS + 1)}, 422, "thời hạn"),
    ],
    ids=["password", "name", "no-scope", "scope-of-others", "no-such-scope", "no-life", "too-long"],
)
def test_what_is_refused(browser_of: Browsers, changes: dict[str, Any], status: int, sentence: str) -> None:
    answer = browser_of(Role.OPERATOR).post("/tai-khoan/ma-truy-cap", ASKED | changes)
    assert answer.status_code == status
    assert sentence in answer.text
    assert PREFIX not in answer.text


def test_an_open_browser_is_no_place_to_guess_the_password(browser_of: Browsers) -> None:
    browser = browser_of(Role.OPERATOR)
    answers = [browser.post("/tai-khoan/ma-truy-cap", ASKED | {"password": f"sai {n}"}) for n in range(9)]
    assert "Đã nhập sai quá nhiều lần" in answers[-1].text
    assert browser.post("/tai-khoan/ma-truy-cap", ASKED).status_code == 422


def test_there_are_not_too_many(browser_of: Browsers) -> None:
    browser = browser_of(Role.OPERATOR)
    for number in range(MOST):
        make(browser, name=f"Mã {number}")
    assert browser.post("/tai-khoan/ma-truy-cap", ASKED).status_code == 409


def test_another_role_takes_its_rights_from_the_token(app: Flask, runtime: Runtime, browser_of: Browsers) -> None:
    """The token has its scopes, the account the last word: what the person may no longer do, the token may not."""
    meeting_id = build_meeting(runtime, build_office(runtime))
    script = calling(app, make(browser_of(Role.OPERATOR)))
    with runtime.database.transaction() as session:
        session.query(Account).one().roles = [Role.ADMINISTRATOR.value]
    assert script.get(f"/meetings/{meeting_id}").status_code in (403, 404)


@pytest.mark.parametrize("token", [PREFIX, f"{PREFIX}x", f"{PREFIX}{'a' * 500}", f"{PREFIX}\xe1"])
def test_what_only_looks_like_one(app: Flask, token: str) -> None:
    assert calling(app, token).get("/me").status_code == 401


def test_no_scope_holds_an_act_of_the_own_name() -> None:
    given = {action for actions in ALLOWS.values() for action in actions}
    assert not given & NEVER
    assert set(ALLOWS) == set(Scope)
    everybody = Actor(UUID(int=1), "Mai", frozenset(Role), limited_to=allowed_by(offered_to_all()))
    assert not any(can(everybody, action) for action in NEVER)
    assert can(everybody, Action.VIEW_MEETING)


def offered_to_all() -> tuple[Scope, ...]:
    return offered_to(Actor(UUID(int=1), "Mai", frozenset(Role)))
