"""A real browser: the search by the key "/", from the desk and from a telephone; the head has room for it."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from core.permissions import Role
from core.runtime import Runtime
from core.services.ports import free_port
from tests.web.builders import STARTS, build_meeting, build_notice, build_office, build_transcript
from tests.web.conftest import PASSWORD
from tests.web.test_browser import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def page(app: Flask) -> Iterator[Page]:
    """A page of the application on a port of loopback; its scripts must be silent."""
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    port = free_port()
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="vi-VN").new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield page
        browser.close()
    server.shutdown()
    thread.join()
    server.server_close()
    assert not errors


def _sign_in(page: Page, login: str) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    page.wait_for_load_state()  # what is seen may not hear keys yet


def _look(page: Page, name: str) -> None:
    """Nothing sticks out sideways; a picture where somebody wants one."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_search_is_one_key_away_and_fits_every_head(
    page: Page, runtime: Runtime, add_account: Callable[..., UUID]
) -> None:
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office, STARTS + timedelta(minutes=20))
    with runtime.database.transaction() as session:
        build_transcript(session, meeting_id)
        build_notice(session, meeting_id)
    add_account("moi.viec", *(role for role in Role if role is not Role.UNIT))
    page.set_viewport_size({"width": 1280, "height": 800})
    _sign_in(page, "moi.viec")
    _look(page, "home-1280")
    field = page.get_by_label("Tìm trong toàn hệ thống")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("1/2 giao ban")
    expect(field).to_have_value("1/2 giao ban")
    _look(page, "head-1280")
    field.fill("giao ban")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("giao ban")
    expect(page.get_by_role("navigation", name="Loại kết quả")).to_contain_text("Tất cả")
    _look(page, "found-1280")
    page.set_viewport_size({"width": 360, "height": 780})
    _look(page, "found-360")
    page.goto("/tim-kiem")
    expect(page.get_by_label("Từ cần tìm")).to_be_focused()
    page.get_by_label("Dùng phím / trên trình duyệt này").uncheck()
    page.goto("/")
    _look(page, "home-360")
    page.keyboard.press("/")
    expect(field).not_to_be_focused()
    field.focus()
    box = field.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    _look(page, "head-360")
    page.keyboard.type("đường truyền")
    page.keyboard.press("Enter")
    page.get_by_role("listitem").filter(has_text="Bản gỡ băng").get_by_role("link").first.click()
    expect(page.locator(":target")).to_contain_text("Tôi đề nghị")
