"""The hour, the application on a real port, and a real browser that may reach this machine and nothing else."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from werkzeug.serving import make_server

from core.runtime import Runtime
from tests.conftest import MOMENT
from tests.web.answering import Answering
from tests.web.conftest import PASSWORD
from tests.web.console.builders import Hour, build_hour
from web.console import stream

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
    ),
]
#: The conference of the site as these tests have set it; its one script is answered by the test.
CONFERENCE = "https://meet.example.vn"
STUB = Path(__file__).parents[2] / "fakes" / "external_api.js"


@pytest.fixture
def hour(runtime: Runtime) -> Hour:
    """Begins half an hour from now, over six endpoints."""
    return build_hour(runtime, MOMENT + timedelta(minutes=30))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def live(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application on a port of loopback; it goes with its last answer, streams when nobody listens any more."""
    answering = Answering(app.wsgi_app)
    monkeypatch.setattr(app, "wsgi_app", answering)
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.5)
    most = 64
    places = stream.Places(most)
    monkeypatch.setattr(stream, "places", places)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(stream, "LIFE_SECONDS", 0)
    deadline = time.monotonic() + 10
    taken = 0
    while taken < most and time.monotonic() < deadline:
        taken += places.take() is not None
        time.sleep(0 if taken else 0.05)
    server.shutdown()
    thread.join()
    answering.wait_for_silence()


@pytest.fixture
def context(chromium: Browser, live: str) -> Iterator[BrowserContext]:
    """Notes every request, stops what would leave the house, and answers for the site's conference."""
    context = chromium.new_context(base_url=live, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    foreign: list[str] = []

    def watch(route: Route) -> None:
        address = route.request.url
        if urlsplit(address).hostname == "127.0.0.1":
            route.continue_()
        elif address == f"{CONFERENCE}/external_api.js":
            route.fulfill(content_type="application/javascript", body=STUB.read_text())
        else:
            foreign.append(address)
            route.abort()

    context.route("**/*", watch)
    yield context
    context.close()
    assert not foreign, "requests to other hosts"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay silent: scripts and policies may not complain."""
    errors: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not [error for error in errors if "Failed to load resource" not in error]


def sign_in(page: Page, login: str) -> None:
    """As a person does."""
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
