"""Behind the site's proxy each caller has an address of his own; without one nobody chooses his."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from core.runtime import Runtime
from web.app import create_app

FORWARDED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}


def told(client: FlaskClient) -> tuple[str | None, str]:
    with client:
        client.get("/healthz", headers=FORWARDED).close()
        return request.remote_addr, request.scheme


def behind(runtime: Runtime, hops: int) -> Flask:
    runtime.settings = runtime.settings.model_copy(update={"proxy_hops": hops})
    return create_app(runtime, testing=True)


@pytest.mark.parametrize(
    ("hops", "seen"), [(0, ("127.0.0.1", "http")), (1, ("198.51.100.7", "https")), (2, ("203.0.113.9", "https"))]
)
def test_so_many_proxies_are_believed(runtime: Runtime, hops: int, seen: tuple[str, str]) -> None:
    address, scheme = told(behind(runtime, hops).test_client())
    assert address == seen[0]
    # Only one of them named a scheme; two would have been needed.
    assert scheme == ("http" if hops == 2 else seen[1])
