"""A real browser: a visitor asks for English before signing in and works in it, on a desk and on a telephone."""

import threading
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office
from tests.web.conftest import PASSWORD
from tests.web.test_browser import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    """The application on a port of loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_visitor_asks_for_english_and_works_in_it(
    chromium: Browser, live: str, runtime: Runtime, add_account: Callable[..., UUID], width: int
) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    add_account("dieu.hanh", Role.OPERATOR)
    context = chromium.new_context(base_url=live, locale="vi-VN", viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto("/cuoc-hop")
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.get_by_label("Login").fill("dieu.hanh")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Meetings", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"/cuoc-hop/{meeting_id}")
    expect(page.get_by_text("Wednesday, 8 Apr 2026").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_text("Thứ Tư, 08/04/2026").first).to_be_visible()
    context.close()
