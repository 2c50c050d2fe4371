"""A real browser for the walks, and the application on a port of loopback."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.web.console.conftest import ARGUMENTS, CHROMIUM, live
from tests.web.walks.watching import NO_OTHER_HOST

__all__ = ["live"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, which finds no host but this machine."""
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, NO_OTHER_HOST])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def bodies_are_closed(app: Flask) -> Iterator[None]:
    """The server of the tests forgets a body when a browser hangs up in the middle of it, as players do.

    A generator closes what it reads as soon as nobody holds it; gunicorn closes bodies itself.
    """
    inner = app.wsgi_app

    def closing(environ: Any, start_response: Any) -> Iterator[bytes]:
        return _closed(inner(environ, start_response))

    app.wsgi_app = closing  # type: ignore[method-assign]
    yield
    app.wsgi_app = inner  # type: ignore[method-assign]


def _closed(body: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from body
    finally:
        getattr(body, "close", lambda: None)()
