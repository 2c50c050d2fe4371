"""Tokens of the API: how one gets them, and what makes them worthless."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import jwt
import pytest
from flask import Flask

from core.accounts import Account, change_password
from core.permissions import Role
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.web.conftest import PASSWORD, Script
from web.security.throttle import LIMIT_PER_LOGIN
from web.security.tokens import LIFETIME_SECONDS, mint_token, read_token


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"login": "may", "password": "sai"}, 401),
        ({"login": "may"}, 422),
        ({"login": "may", "password": PASSWORD, "thừa": 1}, 422),
        ({"login": 7, "password": PASSWORD}, 422),
        ({"login": "may", "password": "x" * 1001}, 422),
        ([], 422),
    ],
)
def test_what_is_no_sign_in(app: Flask, add_account: Callable[..., UUID], body: object, status: int) -> None:
    add_account("may", Role.OPERATOR)
    answer = app.test_client().post("/api/v1/sessions", json=body)
    assert answer.status_code == status
    assert set(answer.get_json()["error"]) == {"code", "message", "detail"}
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b'{"login": "\\ud800", "password": "x"}', b'{"login": "a\\u0000"}']
)
def test_a_body_that_is_no_json_is_400(app: Flask, body: bytes) -> None:
    answer = app.test_client().post("/api/v1/sessions", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["code"] == "bad_request"


def test_the_token_says_who_calls(script_of: Callable[..., Script]) -> None:
    script = script_of(Role.OPERATOR, Role.SECRETARY)
    assert script.get("/me").get_json()["roles"] == ["operator", "secretary"]


def test_a_token_ends_with_its_time(script_of: Callable[..., Script], fixed_clock: FixedClock) -> None:
    script = script_of(Role.OPERATOR)
    fixed_clock.now += timedelta(seconds=LIFETIME_SECONDS - 1)
    assert script.get("/me").status_code == 200
    fixed_clock.now += timedelta(seconds=1)
    assert script.get("/me").status_code == 401


def test_a_token_ends_with_a_new_password(script_of: Callable[..., Script], runtime: Runtime) -> None:
    script = script_of(Role.OPERATOR)
    with runtime.database.transaction() as session:
        change_password(session.query(Account).one(), "một câu khác cũng dài")
    assert script.get("/me").status_code == 401


def test_tokens_of_others_are_worth_nothing(script_of: Callable[..., Script], runtime: Runtime) -> None:
    script = script_of(Role.OPERATOR)
    claims = jwt.decode(script.token, options={"verify_signature": False})
    forged = jwt.encode(claims, runtime.settings.secret_key.get_secret_value(), algorithm="HS256")
    unsigned = jwt.encode(claims, None, algorithm="none")
    for token in (forged, unsigned, script.token[:-2], "", "a.b.c"):
        script.token = token
        assert script.get("/me").status_code == 401


def test_a_token_without_an_audience_is_not_ours(runtime: Runtime, fixed_clock: FixedClock) -> None:
    now = fixed_clock()
    token = mint_token(UUID(int=1), 1, runtime.settings, now)
    claim = read_token(token, runtime.settings, now)
    assert claim is not None
    assert claim.epoch == 1
    assert read_token(token, runtime.settings, now + timedelta(days=1)) is None


def test_guessing_is_throttled(app: Flask, add_account: Callable[..., UUID]) -> None:
    add_account("may", Role.OPERATOR)
    client = app.test_client()
    for _ in range(LIMIT_PER_LOGIN):
        client.post("/api/v1/sessions", json={"login": "may", "password": "sai"})
    assert client.post("/api/v1/sessions", json={"login": "may", "password": PASSWORD}).status_code == 429
