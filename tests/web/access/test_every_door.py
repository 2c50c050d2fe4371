"""The access matrix: every route × every kind of person × own and other object, asked over HTTP, against one table.

A new route without its line in `table.txt` fails here; so does a line whose answer has changed. The count is printed
with `pytest -s`. Whoever adds a route: `tests/web/access/README.md`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from pydantic import BaseModel

import web.api
from core.runtime import Runtime
from tests.web.access.bodies import SCREENS, api_bodies
from tests.web.access.table import PLACES, rows
from tests.web.access.walking import NOBODY, Call, Walk, calls
from tests.web.access.world import build_world
from web.open_endpoints import HOOK_ENDPOINTS, OPEN_ENDPOINTS
from web.security.gate import declared_rights

REFUSED = (401, 403, 404)
#: What is sent is read before the object is looked for, so that an unknown one is answered by the content's 422.
CONTENT_FIRST = {
    "api.revise_report_form": "the definition of a form is checked as a whole",
    "api.save_revision": "the text of a notice is read into its shape",
}
#: Two identities in the address without one being the other's child, each with its reason.
NOT_NESTED: dict[str, str] = {}


def test_every_route_has_its_line_and_every_line_its_route(app: Flask) -> None:
    there = {(call.endpoint, call.method) for call in calls(app)}
    missing, gone = sorted(there - set(rows())), sorted(set(rows()) - there)
    assert not missing, f"say in tests/web/access/table.txt who may: {missing}"
    assert not gone, f"no such route any more: {gone}"


def test_the_table_agrees_with_the_lists_of_open_doors(app: Flask) -> None:
    said = {"open": OPEN_ENDPOINTS, "hook": frozenset(HOOK_ENDPOINTS)}
    for word, endpoints in said.items():
        assert {endpoint for (endpoint, _), who in rows().items() if who == word} == endpoints
    for (endpoint, _), who in rows().items():
        assert who in said or declared_rights(app.view_functions[endpoint]) is not None


@pytest.fixture
def walk(app: Flask, runtime: Runtime, add_account: Callable[..., UUID]) -> Walk:
    world = build_world(runtime, add_account)
    # As where the site has a sign-in service; nothing here goes to it.
    app.extensions["sign_in_service"] = object()
    return Walk(app, runtime, world, {**SCREENS, **api_bodies(app)})  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_matrix(app: Flask, walk: Walk) -> None:
    asked = 0
    complaints: list[str] = []
    for call in calls(app):
        who = rows().get((call.endpoint, call.method), "open")
        if who in ("open", "hook"):
            continue
        for letter, side, allowed in questions(call, who):
            status = walk.status(call, letter, walk.values(call, letter, side))
            asked += 1
            if side == "unknown" and status == 422 and call.endpoint in CONTENT_FIRST:
                continue
            if status >= 500 or is_let_in(status) != allowed or (side == "unknown" and status != 404):
                complaints.append(f"{call.endpoint} {call.method} as {letter} on {side}: {status}")
        for values in walk.crossed(call) if call.endpoint not in NOT_NESTED else ():
            letter = next(letter for letter in who if letter != "-").upper()
            asked += 1
            if (status := walk.status(call, letter, values)) != 404:
                complaints.append(f"{call.endpoint} {call.method} as {letter} with a child of another: {status}")
    print(f"\naccess matrix: {len(rows())} doors, {asked} questions, {len(complaints)} wrong answers")  # noqa: T201
    assert not complaints, "\n".join(complaints)


def is_let_in(status: int) -> bool:
    return status not in REFUSED


def questions(call: Call, who: str) -> Iterator[tuple[str, str, bool]]:
    """(caller, side, whether it is let in); what is refused to a role for its own object is so for every other."""
    yield NOBODY, "own", False
    allowed = [place for place in who if place != "-"]
    for letter in PLACES:
        yield letter, "own", letter in who.upper()
    if not call.has_object:
        return
    for place in allowed:
        # The house's papers are one: whether it is this meeting or that is asked of reading doors only.
        if place.islower() or call.method == "GET":
            yield place.upper(), "other", place.isupper()
    yield allowed[0].upper(), "unknown", False


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    """Its document names shapes by their class: of two with one name only one would be written down."""
    seen: dict[str, str] = {}
    for found in pkgutil.iter_modules(web.api.__path__, "web.api."):
        for name, shape in vars(importlib.import_module(found.name)).items():
            if isinstance(shape, type) and issubclass(shape, BaseModel) and shape.__module__ == found.name:
                assert name not in seen, f"{name} stands in {seen[name]} and in {found.name}"
                seen[name] = found.name
