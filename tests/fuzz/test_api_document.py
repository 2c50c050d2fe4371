"""The API against its own document: for every operation inputs that fit it and inputs that do not, never a breakdown.

`DIEMCAU_FUZZ` above the suite's number makes more of them per operation.
"""

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.core import NotSet
from schemathesis.generation.case import Case
from werkzeug.test import TestResponse

from core.permissions import Role
from core.runtime import Runtime
from tests.web.access.rolled_back import UndoneDatabase
from tests.web.access.world import World, build_world
from tests.web.conftest import Browser
from web.uploads.protocol import BYTES

IN_THE_SUITE = 2
EXAMPLES = max(IN_THE_SUITE, int(os.environ.get("DIEMCAU_FUZZ", 0)) // 200)
#: Ends the session the test itself speaks with, or mints another: covered by tests of their own.
ELSEWHERE = {"/api/v1/sessions"}
schemathesis.serializer.alias(BYTES, "application/octet-stream")


class Api:
    """A browser of a person with every role, whose requests are undone."""

    def __init__(self, app: Flask, runtime: Runtime) -> None:
        self._browser = Browser(app.test_client())
        assert self._browser.sign_in("moi.vai").status_code == 302
        self._token = self._browser.token()
        self.database = runtime.database = UndoneDatabase(runtime.database)

    def send(self, case: Case) -> TestResponse:
        """Carry the case out. What a header cannot carry is left out, as every client would."""
        options: dict[str, Any] = {"query_string": dict(case.query or {})}
        if not isinstance(case.body, NotSet):
            if case.media_type == "multipart/form-data":
                options["data"] = case.body if isinstance(case.body, dict) else {}
            elif case.media_type == BYTES:
                options |= {"data": str(case.body).encode(errors="replace"), "content_type": BYTES}
            elif isinstance(case.body, bytes):
                options |= {"data": case.body, "content_type": case.media_type}
            else:
                options["json"] = case.body
        with self.database.undone():
            return self._browser.client.open(
                case.formatted_path, method=case.method, headers={"X-CSRFToken": self._token}, **options
            )


@pytest.fixture
def world(runtime: Runtime, add_account: Callable[..., UUID]) -> World:
    world = build_world(runtime, add_account)
    add_account("moi.vai", *Role, unit_ids=[world.own.unit_id])
    return world


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
def test_no_input_breaks_an_operation(app: Flask, runtime: Runtime, world: World, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_dict(app.api_doc)  # type: ignore[attr-defined]
    api, complaints, count = Api(app, runtime), [], [0]
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        if operation.path in ELSEWHERE:
            continue
        known = {name: str(value) for name, value in world.own.values.items()}
        names = [parameter.name for parameter in operation.path_parameters]
        there = {name: known[name] for name in names if name in known}
        # Identities that exist let more of the operation run; made up ones are tried where there is time for both.
        for path in [there or None] + ([None] if there and EXAMPLES > IN_THE_SUITE else []):

            @hypothesis_settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=EXAMPLES == IN_THE_SUITE,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            )
            @given(case=operation.as_strategy(mode, path_parameters=path))
            def ask(case: Case) -> None:
                answer = api.send(case)
                count[0] += 1
                if answer.status_code >= 500:
                    complaints.append(f"{case.method} {case.formatted_path} {case.query} {case.body!r}"[:600])

            ask()
    print(f"\n{count[0]} inputs over {len(app.api_doc['paths'])} paths, {len(complaints)} breakdowns")  # type: ignore[attr-defined]  # noqa: T201
    assert not complaints, "\n".join(complaints)
