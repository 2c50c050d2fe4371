"""The personal page on a telephone of 390 px, by keyboard, in a real browser."""

import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect, sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from core.runtime import Runtime
from orchestrator.invitations.models import Answer, Invitation
from tests.web.invitations.conftest import Invited
from tests.web.test_browser import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def telephone_page(live: str) -> Iterator[Page]:
    """A small screen; every request that would leave the house and every error of the console fails the test."""
    faults: list[str] = []

    def watch(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            faults.append(route.request.url)
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(base_url=live, locale="vi-VN", viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.route("**/*", watch)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        browser.close()
    assert faults == []


def has_side_scroll(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


def test_answering_on_a_telephone_by_keyboard(runtime: Runtime, telephone_page: Page, invited: Invited) -> None:
    page = telephone_page
    page.goto(f"/tra-loi/{invited.tokens[1]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Họp giao ban trực tuyến tuần 15")
    assert not has_side_scroll(page)
    expect(page.get_by_label("Lý do không dự")).to_be_hidden()
    page.get_by_label("Dự họp", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Lý do không dự")).to_be_visible()
    expect(page.get_by_label("Số người dự tại điểm cầu")).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.keyboard.type("Vừ Thị Mỷ")
    page.get_by_role("button", name="Thêm người dự").press("Enter")
    assert page.get_by_label("Họ và tên", exact=True).count() == 3
    page.get_by_role("button", name="Gửi câu trả lời").press("Enter")
    expect(page.get_by_text("Đã ghi nhận câu trả lời")).to_be_visible()
    assert not has_side_scroll(page)
    with runtime.database.transaction() as session:
        kept = session.scalars(select(Invitation)).one()
        assert (kept.answer, kept.head_count, len(kept.people)) == (Answer.COMING, 6, 1)
