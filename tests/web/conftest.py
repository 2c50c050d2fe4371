"""Fixtures of the web tests: the application over a fresh database, and a signed-in browser or script per role."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask import session as browser_session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from core.accounts import create_account
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory.models import UnitMembership
from tests.applications import Applications

PASSWORD = "một câu dài dễ nhớ"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """A browser with its cookies; posts forms with the token of the page, as a person's would."""

    client: FlaskClient
    login: str = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def token(self) -> str:
        """The CSRF token of some page of this session; the first page has the session make its own."""
        with self.client.session_transaction() as kept:
            own = kept.get("csrf_token")
        if own is not None:
            with self.client.application.test_request_context():
                browser_session["csrf_token"] = own
                return str(generate_csrf())
        found = _TOKEN.search(self.client.get("/dang-nhap", follow_redirects=True).text)
        assert found, "no form on the page"
        return found.group(1)

    def post(self, path: str, data: Any = None, **options: Any) -> TestResponse:
        """Send a form; values that are lists stand for repeated fields."""
        return self.client.post(path, data={**(data or {}), "csrf_token": self.token()}, **options)

    def sign_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        self.login = login
        return self.post("/dang-nhap", {"login": login, "password": password})

    def sign_in_again(self) -> None:
        """What a person does who comes back after hours: the session of the morning has ended by itself."""
        assert self.sign_in(self.login).status_code == 302


@dataclass
class Script:
    """A caller of the API with a Bearer token."""

    client: FlaskClient
    token: str

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str) -> TestResponse:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None) -> TestResponse:
        return self.call("POST", path, json=body if body is not None else {})


@pytest.fixture(scope="session")
def applications() -> Applications:
    """The application that goes from test to test."""
    return Applications()


@pytest.fixture
def app(runtime: Runtime, applications: Applications) -> Flask:
    return applications.lend(runtime)


@pytest.fixture
def anonymous(app: Flask) -> Browser:
    return Browser(app.test_client())


@pytest.fixture
def add_account(runtime: Runtime) -> Callable[..., UUID]:
    """`add_account("thu.ky", Role.SECRETARY, unit_ids=[…])` → the account's id; the password is `PASSWORD`."""

    def add(login: str, *roles: Role, unit_ids: "list[UUID] | tuple[UUID, ...]" = ()) -> UUID:
        with runtime.database.transaction() as session:
            account = create_account(
                session, login=login, password=PASSWORD, display_name=f"Nguyễn Thị {login}", roles=set(roles)
            )
            session.add_all(UnitMembership(account_id=account.id, unit_id=unit_id) for unit_id in unit_ids)
            return account.id

    return add


@pytest.fixture
def browser_of(app: Flask, add_account: Callable[..., UUID]) -> Callable[..., Browser]:
    """`browser_of(Role.SECRETARY)` → a browser signed in with a fresh account of these roles."""

    def make(*roles: Role, **options: Any) -> Browser:
        login = f"{'-'.join(roles) or 'khong-vai-tro'}-{len(made)}"
        made.append(login)
        add_account(login, *roles, **options)
        browser = Browser(app.test_client())
        assert browser.sign_in(login).status_code == 302
        return browser

    made: list[str] = []
    return make


@pytest.fixture
def script_of(app: Flask, add_account: Callable[..., UUID]) -> Callable[..., Script]:
    """`script_of(Role.OPERATOR)` → a caller of the API with a token."""

    def make(*roles: Role, **options: Any) -> Script:
        login = f"may-{'-'.join(roles)}-{len(made)}"
        made.append(login)
        add_account(login, *roles, **options)
        client = app.test_client()
        answer = client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return Script(client, answer.get_json()["token"])

    made: list[str] = []
    return make
