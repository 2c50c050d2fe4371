"""Asks every address of the application as every kind of person, each request undone afterwards.

Goes in: the application, the world of `world.py`. Goes out: the status of each answer, by route, caller and object.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from core.permissions import Role
from core.runtime import Runtime
from core.sign_ins.models import ApiToken, BrowserSession
from tests.web.access.rolled_back import UndoneDatabase
from tests.web.access.world import World
from tests.web.conftest import Browser
from transcription.recordings.uploads.models import RecordingUpload

#: The letter of each caller in the table.
LETTERS = {
    "O": Role.OPERATOR.value,
    "S": Role.SECRETARY.value,
    "A": Role.APPROVER.value,
    "R": Role.REGISTRAR.value,
    "M": Role.ADMINISTRATOR.value,
    "U": Role.UNIT.value,
    "N": "none",
}
NOBODY = "-"
COOKIE = "diemcau"
_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
CHANGING = ("POST", "PUT", "PATCH", "DELETE")

#: Arguments whose value depends on the route, where one word of the address stands for different things.
OF_ENDPOINT: dict[str, dict[str, str]] = {
    "administrator.": {"entry_id": "unit_id"},
    "administrator.link_account": {"entry_id": "person_id"},
    "api.link_account": {"entry_id": "person_id"},
    "notices.retire_template": {"template_id": "paper_template_id"},
    "api.": {"day_id": "holiday_id", "template_id": "meeting_template_id"},
    "operator.": {"template_id": "meeting_template_id"},
    "api.export_directory": {"kind": "shelf"},
    "api.import_directory": {"kind": "shelf"},
}


@dataclass(frozen=True)
class Call:
    """One route and method; `body` is sent where the method changes something."""

    rule: Rule
    method: str

    @property
    def endpoint(self) -> str:
        return self.rule.endpoint

    @property
    def operation(self) -> str:
        """Method and path as the API's document writes them."""
        return self.method + " " + _ARGUMENT.sub(r"{\1}", self.rule.rule)

    @property
    def has_object(self) -> bool:
        """Whether its address names an object by identity."""
        return bool(self.identities)

    @property
    def identities(self) -> list[str]:
        """The arguments of its address that are identities."""
        return sorted(name for name in self.rule.arguments if name.endswith("_id") and name != "segment_id")


def calls(app: Flask) -> list[Call]:
    """Every route with every method it answers to."""
    found = [
        Call(rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda call: (call.endpoint, call.method))


class Walk:
    """Signed-in browsers of every kind of person over a database that forgets."""

    def __init__(self, app: Flask, runtime: Runtime, world: World, bodies: dict[str, dict[str, Any]]) -> None:
        self._app, self._world, self._bodies = app, world, bodies
        self._browsers = {NOBODY: Browser(app.test_client())}
        for letter, name in LETTERS.items():
            self._browsers[letter] = Browser(app.test_client())
            assert self._browsers[letter].sign_in(f"nguoi.{name}").status_code == 302
        self._tokens = {letter: browser.token() for letter, browser in self._browsers.items()}
        self.cookies = {letter: _cookie(browser) for letter, browser in self._browsers.items()}
        self._rows = _own_sessions(runtime, world)
        self._scripts = _own_tokens(runtime, world)
        self._uploads = _own_uploads(runtime, world)
        self._database = runtime.database = UndoneDatabase(runtime.database)

    def status(self, call: Call, letter: str, values: dict[str, Any]) -> int:
        """What this person is answered; a redirect to the sign-in counts as 401."""
        with self._database.undone():
            answer = self._open(call, letter, values)
            answer.close()
        if answer.status_code == 302 and answer.location.startswith("/dang-nhap?next="):
            return 401
        return answer.status_code

    def answer(self, call: Call, letter: str, values: dict[str, Any]) -> tuple[int, str]:
        """What this person is answered, with its text; streams and files that are no text are not read."""
        with self._database.undone():
            answer = self._open(call, letter, values)
            text = "" if answer.is_streamed else answer.get_data().decode(errors="replace")
            answer.close()
        return answer.status_code, text

    def values(self, call: Call, letter: str, side: str) -> dict[str, Any]:
        """The arguments of the address: of the caller's own side, of the other, or of nothing that exists."""
        here = self._world.other if side == "other" else self._world.own
        named = {
            **here.values,
            "row_id": self._rows.get((letter, side), uuid4()),
            "token_id": self._scripts.get((letter, side), uuid4()),
            "recording_upload_id": self._uploads.get((letter, side), uuid4()),
        }
        found: dict[str, Any] = {}
        for name in call.rule.arguments:
            converter = call.rule._converters[name]
            if side == "unknown" and name in call.identities:
                found[name] = uuid4()
            elif isinstance(converter, AnyConverter) and named[name] not in converter.items:
                found[name] = min(converter.items)
            else:
                found[name] = named[_source(call.endpoint, name)]
        return found

    def crossed(self, call: Call) -> Iterator[dict[str, Any]]:
        """Addresses in which one identity belongs to the other side: a child under a parent that is not its own."""
        if len(call.identities) < 2:
            return
        own, other = (self.values(call, "S", side) for side in ("own", "other"))
        for name in call.identities:
            yield {**own, name: other[name]}

    def _open(self, call: Call, letter: str, values: dict[str, Any]) -> TestResponse:
        url = self._app.url_map.bind("localhost").build(call.endpoint, values, method=call.method)
        client: FlaskClient = self._browsers[letter].client
        client.set_cookie(COOKIE, self.cookies[letter])  # a sign-out is undone here as well
        if call.method not in CHANGING:
            return client.get(url)
        headers = {"X-CSRFToken": self._tokens[letter]}
        sent = self._bodies.get(call.endpoint, self._bodies.get(call.operation, {}))
        body = {key: _told(value, values, self._world) for key, value in sent.items()}
        if url.startswith("/api/"):
            return client.open(url, method=call.method, headers=headers, json=body)
        return client.open(url, method=call.method, headers=headers, data=body)


def _cookie(browser: Browser) -> str:
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def _source(endpoint: str, name: str) -> str:
    """Which value of the side stands in this argument of this route."""
    for beginning in (endpoint, endpoint.split(".")[0] + "."):
        if name in OF_ENDPOINT.get(beginning, {}):
            return OF_ENDPOINT[beginning][name]
    if name == "entry_id":  # of the API: `api.get_person` names its shelf
        return {"unit": "unit_id", "person": "person_id", "people": "person_id"}.get(_shelf(endpoint), "endpoint_id")
    return name


def _shelf(endpoint: str) -> str:
    return endpoint.rpartition("_")[2].removesuffix("s") if not endpoint.endswith("people") else "people"


def _told(value: Any, values: dict[str, Any], world: World) -> Any:
    """`"<revision_id>"` in a body stands for that value of the caller's own side."""
    if isinstance(value, list):
        return [_told(item, values, world) for item in value]
    if isinstance(value, dict):
        return {key: _told(item, values, world) for key, item in value.items()}
    if isinstance(value, str) and value.startswith("<"):
        name = value.strip("<>")
        return str(values.get(name) or world.own.values[name])
    return value


def _own_tokens(runtime: Runtime, world: World) -> dict[tuple[str, str], UUID]:
    """A token for scripts of each person, and one of somebody else."""
    people = {name: account_id for name, account_id in world.accounts.items() if name in LETTERS.values()}
    owners = {**people, "": world.own.values["account_id"]}
    now = runtime.clock()
    with runtime.database.transaction() as session:
        rows = {
            name: ApiToken(
                account_id=account_id, name="Thử", token_hash=uuid4().hex, epoch=0, scopes=[],
                created_at=now, expires_at=now + timedelta(days=1),
            )
            for name, account_id in owners.items()
        }  # fmt: skip
        session.add_all(rows.values())
        session.flush()
        found = {(letter, "own"): rows[name].id for letter, name in LETTERS.items()}
        return found | {(letter, "other"): rows[""].id for letter in LETTERS}


def _own_uploads(runtime: Runtime, world: World) -> dict[tuple[str, str], UUID]:
    """A file on its way from each person to the own meeting, and one of somebody else to the other."""
    found: dict[tuple[str, str], UUID] = {}
    with runtime.database.transaction() as session:
        for letter, name in LETTERS.items():
            for side, sender in ((world.own, world.accounts[name]), (world.other, uuid4())):
                row = RecordingUpload(
                    meeting_id=side.values["meeting_id"], sender_id=sender, original_name="a.wav", size_bytes=9,
                    state="receiving", expires_at=runtime.clock() + timedelta(days=1), refusal=None,
                )  # fmt: skip
                session.add(row)
                session.flush()
                found[letter, "own" if side is world.own else "other"] = row.id
    return found


def _own_sessions(runtime: Runtime, world: World) -> dict[tuple[str, str], UUID]:
    """A browser session of each person, and one of somebody else."""
    with runtime.database.transaction() as session:
        rows = session.execute(select(BrowserSession.account_id, BrowserSession.id)).all()
    of_account: dict[UUID, UUID] = {account_id: row_id for account_id, row_id in rows}
    colleague = of_account[world.own.values["account_id"]]
    found = {(letter, "own"): of_account[world.accounts[name]] for letter, name in LETTERS.items()}
    return found | {(letter, "other"): colleague for letter in LETTERS}
