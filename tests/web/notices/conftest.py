"""The same hour, server and browser as the console's tests; a test ends with the server's last answer."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.web.console.conftest import chromium, context, hour, page
from tests.web.console.conftest import live as console_live

__all__ = ["chromium", "console_live", "context", "hour", "live", "page"]


class Counted:
    """A WSGI application that knows how many requests are being answered."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._answering = 0
        self._changed = threading.Condition()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        with self._changed:
            self._answering += 1
        try:
            answer: Iterable[bytes] = self._application(environ, start_response)
            return answer
        finally:
            with self._changed:
                self._answering -= 1
                self._changed.notify_all()

    def wait_for_silence(self) -> None:
        """Until nobody is answered any more, half a minute at most."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._answering, timeout=30), "a request does not end"


@pytest.fixture
def live(app: Flask, console_live: str) -> Iterator[str]:
    """A page that was closed may have asked for the form checks, which render two files: they are waited for."""
    counted = Counted(app.wsgi_app)
    app.wsgi_app = counted  # type: ignore[method-assign]
    yield console_live
    counted.wait_for_silence()


@pytest.fixture
def patient() -> Iterator[None]:
    """Saves go through two transactions and a merge: on a busy machine that takes more than the usual five seconds."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)
