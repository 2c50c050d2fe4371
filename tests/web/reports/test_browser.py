"""A real browser at 390 px: sums while typing, a draft that survives a closed page, errors beside the field, a board
that refreshes itself. No request leaves the house, no script breaks, nothing sticks out of the page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from core.permissions import Role
from orchestrator.reports import presets
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import at
from tests.web.conftest import PASSWORD
from tests.web.reports.conftest import Desk
from tests.web.test_browser import ARGUMENTS, CHROMIUM, live

__all__ = ["live"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

#: A folder to leave pictures of the screens in, for people who want to look.
PICTURES = os.environ.get("DIEMCAU_PICTURES", "")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live: str) -> Iterator[Page]:
    """A telephone's page that notes every error of its scripts."""
    context = chromium.new_context(
        base_url=live, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 390, "height": 844}
    )
    errors: list[str] = []
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not [error for error in errors if "Failed to load resource" not in error]


@pytest.fixture
def enter(page: Page, add_account: Callable[..., UUID]) -> Callable[..., None]:
    """`enter(Role.UNIT, unit_ids=[…])`: sign in with a fresh account."""

    def sign_in(*roles: Role, **options: object) -> None:
        login = "-".join(roles)
        add_account(login, *roles, **options)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(login)
        page.locator("input[type=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Việc cần làm")).to_be_visible()

    return sign_in


def picture(page: Page, name: str) -> None:
    """Nothing may stick out on the right; and a picture where one is wanted."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name}: {wide} px stick out"
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def test_sums_drafts_and_errors_on_a_telephone(page: Page, enter: Callable[..., None], desk: Desk) -> None:
    enter(Role.UNIT, unit_ids=[desk.units[0]])
    page.goto("/bao-cao-nhanh/")
    picture(page, "unit-index-390")
    page.get_by_role("link", name="Nộp báo cáo").click()
    page.get_by_label("Tổng số thuộc diện").fill("1.134")
    page.get_by_label("Đã hoàn thành").fill("1.088")
    page.get_by_label("Đang thực hiện cách ly").fill("45")
    check = page.locator("[data-check='0']")
    expect(check).to_contain_text("chưa khớp")
    expect(check).to_contain_text("(1.134 / 1.133)")
    picture(page, "unit-form-390")
    page.reload()
    expect(page.get_by_text("Đã khôi phục số liệu đang nhập dở")).to_be_visible()
    expect(page.get_by_label("Đang thực hiện cách ly")).to_have_value("45")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator("[data-error='tong_so']")).to_contain_text("1.134 khác 1.088 + 45 = 1.133")
    picture(page, "unit-error-390")
    page.get_by_label("Đang thực hiện cách ly").fill("46")
    expect(check.locator("[data-mark]")).to_have_text("khớp")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp báo cáo đúng hạn")).to_be_visible()
    expect(page.locator("[data-draft-note]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    picture(page, "unit-done-390")


def test_a_bad_line_keeps_the_figures_and_says_so(page: Page, enter: Callable[..., None], desk: Desk) -> None:
    enter(Role.UNIT, unit_ids=[desk.units[0]])
    page.goto(desk.fill())
    page.get_by_label("Tổng số thuộc diện").fill("7")
    page.context.set_offline(True)
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Mất kết nối mạng")).to_be_visible()
    page.context.set_offline(False)
    page.goto(desk.fill())
    expect(page.get_by_label("Tổng số thuộc diện")).to_have_value("7")
    page.get_by_role("button", name="Bỏ bản nhập dở").click()
    expect(page.get_by_label("Tổng số thuộc diện")).to_have_value("")


def test_computed_sums_follow_the_typing(page: Page, enter: Callable[..., None], desk: Desk) -> None:
    form = desk.add_form(presets.CONTACTS)
    enter(Role.UNIT, unit_ids=[desk.units[0]])
    page.goto(f"/bao-cao-nhanh/ky/{desk.period(8, form)}/don-vi/{desk.units[0]}")
    for name, typed in (("F1", "10"), ("F2", "2.000"), ("F3", "0"), ("F4", "1")):
        page.get_by_role("textbox", name=name, exact=False).first.fill(typed)
    expect(page.locator("[data-sum='tiep_xuc']")).to_have_text("2.011")
    picture(page, "unit-contacts-390")


def test_a_roster_grows_by_a_row(page: Page, enter: Callable[..., None], desk: Desk) -> None:
    form = desk.add_form(presets.ROSTER)
    enter(Role.UNIT, unit_ids=[desk.units[0]])
    page.goto(f"/bao-cao-nhanh/ky/{desk.period(13, form)}/don-vi/{desk.units[0]}")
    for day in range(13, 20):
        page.locator(f"[name='roster_name_2026-04-{day}']").first.fill("Phan Quốc Bảo")
    page.locator("[data-add-row='truc-2026-04-13']").click()
    page.keyboard.type("Ỷ Thị Ngữ")
    picture(page, "unit-roster-390")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp báo cáo đúng hạn")).to_be_visible()


def test_the_offices_screens(page: Page, enter: Callable[..., None], desk: Desk, fixed_clock: FixedClock) -> None:
    desk.report(0, 134, 88)
    fixed_clock.now = at(15, 18, day=9)
    desk.report(0, 137, 90, day=9)
    desk.report(1, 6, 2, day=9, note="Hai người về từ Hà Nội")
    desk.report(0, 138, 90, day=9, reason="Đếm sót một người")
    enter(Role.SECRETARY)
    page.goto(f"/bao-cao-nhanh/ky/{desk.period(9)}")
    expect(page.get_by_text("còn 42 phút")).to_be_visible()
    picture(page, "office-board-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    picture(page, "office-board-1280")
    page.get_by_role("link", name="Xem bản tổng hợp").click()
    page.get_by_role("button", name="Tổng hợp và chốt").click()
    expect(page.get_by_text("Đã tổng hợp và chốt số liệu")).to_be_visible()
    picture(page, "office-compiled-1280")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "office-compiled-390")
    for path, name in (
        ("/bao-cao-nhanh/", "office-index"),
        ("/bao-cao-nhanh/bieu-mau", "office-forms"),
        ("/bao-cao-nhanh/bieu-mau/moi?mau=f0-f4", "office-form"),
        ("/bao-cao-nhanh/lich-su", "office-history"),
    ):
        page.goto(path)
        picture(page, f"{name}-390")
        page.set_viewport_size({"width": 1280, "height": 900})
        picture(page, f"{name}-1280")
        page.set_viewport_size({"width": 390, "height": 844})


def test_a_form_is_made_by_adding_rows(page: Page, enter: Callable[..., None], desk: Desk) -> None:
    enter(Role.SECRETARY)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/bao-cao-nhanh/bieu-mau/moi")
    page.get_by_label("Tên biểu mẫu").fill("Số liệu tiêm chủng")
    page.get_by_label("Mã").first.fill("tiem-chung")
    page.get_by_role("button", name="Thêm chỉ tiêu").click()
    for at_row, (label, code) in enumerate((("Tổng số", "tong"), ("Đã tiêm", "da_tiem"))):
        page.locator("[name='i_label']").nth(at_row).fill(label)
        page.locator("[name='i_code']").nth(at_row).fill(code)
    page.locator("[name='c_text']").first.fill("da_tiem <= tong")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Đã tiêm ≤ Tổng số")).to_be_visible()
    picture(page, "office-preview-1280")
    page.get_by_role("button", name="Lưu biểu mẫu").click()
    expect(page.get_by_text("Đã lưu biểu mẫu")).to_be_visible()
