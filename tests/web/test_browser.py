"""A real browser: sign in by keyboard, be refused a plan over the cap, plan a good one. No request leaves the house."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from werkzeug.serving import make_server

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from orchestrator.meetings.models import MeetingKind
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.templates.service import NewTemplate, create_template
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


@pytest.fixture
def page(chromium: Browser, live: str) -> Iterator[Page]:
    """A page that notes every request, every error of the console, and stops what would leave the house."""
    context = chromium.new_context(base_url=live, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    foreign: list[str] = []
    errors: list[str] = []

    def watch(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", watch)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    if not page.is_closed():
        page.wait_for_load_state()  # what a last click asked for is answered before the application goes
    context.close()
    assert not foreign, "requests to other hosts"
    # A refused form is an answer with a 4xx status, which the console reports; scripts and policies must be silent.
    assert not [error for error in errors if "Failed to load resource" not in error]


def sign_in(page: Page, login: str) -> None:
    """By keyboard alone: the first field has the focus."""
    page.goto("/")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    page.wait_for_load_state()  # what is seen may not hear keys yet


def test_sign_in_by_keyboard_and_skip_to_the_content(page: Page, add_account: Callable[..., UUID]) -> None:
    add_account("van.hanh", Role.OPERATOR)
    sign_in(page, "van.hanh")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Tới nội dung chính")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_plan_over_the_cap_is_refused_with_the_sentence_and_then_fits(
    page: Page, add_account: Callable[..., UUID], runtime: Runtime
) -> None:
    add_account("van.hanh", Role.OPERATOR)
    build_office(runtime)
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    sign_in(page, "van.hanh")
    page.get_by_role("link", name="Lập kế hoạch cuộc họp").click()
    page.get_by_label("Không mật").check()
    page.get_by_label("Tên cuộc họp").fill("Họp giao ban trực tuyến tuần 15")
    page.get_by_label("Ngày họp").fill("2026-04-09")
    page.get_by_label("Trụ sở Bộ", exact=False).first.check()
    page.get_by_label("Số người dự tại Trụ sở Bộ").fill("35")
    page.get_by_role("button", name="Lưu kế hoạch").click()

    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("35 người, vượt trần 20 người")
    expect(refusal).to_contain_text("2047/TB-BCĐ")
    expect(page.get_by_label("Tên cuộc họp")).to_have_value("Họp giao ban trực tuyến tuần 15")
    expect(page.get_by_label("Số người dự tại Trụ sở Bộ")).to_have_value("35")

    page.get_by_label("Số người dự tại Trụ sở Bộ").fill("20")
    page.get_by_role("button", name="Lưu kế hoạch").click()
    expect(page.get_by_role("heading", name="Họp giao ban trực tuyến tuần 15")).to_be_visible()
    expect(page.get_by_text("Đã lập kế hoạch cuộc họp.")).to_be_visible()


def test_a_classified_plan_gets_the_explanation(page: Page, add_account: Callable[..., UUID], runtime: Runtime) -> None:
    add_account("van.hanh", Role.OPERATOR)
    build_office(runtime)
    sign_in(page, "van.hanh")
    page.goto("/cuoc-hop/moi")
    page.get_by_label("Tối mật").check()
    page.get_by_label("Tên cuộc họp").fill("Họp kín")
    page.get_by_label("Ngày họp").fill("2026-04-09")
    page.get_by_role("button", name="Lưu kế hoạch").click()
    expect(page.get_by_role("alert")).to_contain_text("26/2020/NĐ-CP")
    expect(page.get_by_text("Họp kín")).to_have_count(0)


def test_the_notice_page_fits_a_telephone(page: Page, add_account: Callable[..., UUID], runtime: Runtime) -> None:
    add_account("lanh.dao", Role.APPROVER)
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "lanh.dao")
    page.goto(f"/thong-bao/{notice_id}")
    expect(page.get_by_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")).to_be_visible()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_the_sum_runs_while_one_types_and_endpoints_are_found_without_marks(
    page: Page, add_account: Callable[..., UUID], runtime: Runtime
) -> None:
    add_account("van.hanh", Role.OPERATOR)
    build_office(runtime)
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    sign_in(page, "van.hanh")
    page.goto("/cuoc-hop/moi")
    heads = page.get_by_label("Số người dự tại Trụ sở Bộ")
    heads.fill("35")
    expect(page.get_by_role("checkbox", name="Trụ sở Bộ")).to_be_checked()
    row = page.locator("[data-row]", has_text="Trụ sở Bộ")
    expect(row.get_by_text("35 / 20 vượt trần")).to_be_visible()
    heads.fill("20")
    expect(row.get_by_text("20 / 20", exact=True)).to_be_visible()
    expect(page.get_by_text("1 điểm cầu")).to_be_visible()
    page.get_by_label("Tìm điểm cầu").fill("luu tru")
    expect(row).to_be_hidden()
    expect(page.get_by_label("Số người dự tại Phòng họp Cục Lưu trữ")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cuoc-hop/moi$"))
    page.get_by_label("Ngày họp").fill("2026-04-09")
    expect(page.get_by_text("45/2018/QĐ-TTg").first).to_be_visible()
    page.get_by_label("Độ khẩn").select_option("express")
    expect(page.get_by_text("45/2018/QĐ-TTg")).to_have_count(0)


def test_an_urgent_meeting_is_planned_by_keyboard_in_under_a_minute(
    page: Page, add_account: Callable[..., UUID], runtime: Runtime
) -> None:
    add_account("van.hanh", Role.OPERATOR)
    office = build_office(runtime)
    new = NewTemplate(
        name="Họp khẩn",
        title="Họp khẩn Ban Chỉ đạo",
        duration_minutes=60,
        body=PlanBody(endpoints=(PlannedEndpoint(office.hall, 4, True), PlannedEndpoint(office.archive_room, 2))),
        kind=MeetingKind.EXTRAORDINARY,
        chair_id=office.chair,
    )
    with runtime.database.transaction() as session:
        create_template(session, system(Role.OPERATOR), new)
    sign_in(page, "van.hanh")
    page.goto("/cuoc-hop")
    began = time.monotonic()
    page.get_by_role("link", name="Họp khẩn").click()
    # Three answers: not secret, the template that is chosen already is kept, a title; then Enter.
    page.get_by_label("Không mật").focus()
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Họp khẩn về bão số 3", delay=200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Họp khẩn về bão số 3")).to_be_visible()
    assert time.monotonic() - began < 60, "at five letters a second, a slow hand"
    expect(page.get_by_text("Hỏa tốc")).to_be_visible()
