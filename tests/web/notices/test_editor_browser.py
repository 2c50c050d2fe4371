"""The notice edited on its page in a real browser: by keyboard; two people; a killed tab; an ended session."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import delete

from core.permissions import Role
from core.runtime import Runtime
from core.sign_ins.models import BrowserSession
from minutes.notices.content import NoticeContent, NoticeItem
from minutes.notices.service import latest_revision, save_revision
from minutes.notices.sheet import lay_out
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.console.conftest import ARGUMENTS, CHROMIUM, sign_in
from tests.web.notices.long_notice import long_notice

BUNDLE = Path(__file__).parents[3] / "web" / "static" / "built" / "paper.js"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("patient"),
    pytest.mark.skipif(
        not BUNDLE.is_file(), reason="web/static/built/paper.js is not built: node and npm, make frontend"
    ),
]

Accounts = Callable[..., UUID]

#: The words of the body as they are seen, with what the page puts before and behind them.
PRINTED = """() => {
  const body = ["opening", "section", "item_heading", "item_text", "closing"];
  const blocks = [...document.querySelectorAll(".paper [data-part]")];
  const seen = blocks.filter(({ dataset, textContent }) => body.includes(dataset.part) && textContent.trim());
  return seen.map(({ dataset, textContent }) => (dataset.mark ?? "") + textContent.trim() + (dataset.end ?? ""));
}"""


@pytest.fixture
def notice_id(runtime: Runtime) -> UUID:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        return build_notice(session, meeting_id, long_notice())


@pytest.fixture
def desk(page: Page, add_account: Accounts, notice_id: UUID) -> Page:
    add_account("thu.ky", Role.SECRETARY)
    sign_in(page, "thu.ky")
    return opened(page, notice_id)


@pytest.fixture
def mortal(chromium: Browser, live: str) -> Iterator[BrowserContext]:
    """A browser of its own: one whose tabs are killed is of no use to other tests."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser.new_context(base_url=live, locale="vi-VN")
    browser.close()


def opened(page: Page, notice_id: UUID) -> Page:
    page.goto(f"/thong-bao/{notice_id}/soan")
    expect(page.locator("[data-editor][data-ready]")).to_have_count(1)
    return page


def words_of(page: Page, item_id: str) -> None:
    """The cursor stands at the end of the item's words."""
    words = page.locator(f'[data-item="{item_id}"] > [data-part=item_text]')
    words.click()
    expect(page.locator(f'[data-item="{item_id}"].current')).to_be_visible()
    page.keyboard.press("End")


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-state-line][data-state=saved]")).to_be_visible()


def stored(runtime: Runtime, notice_id: UUID) -> tuple[int, NoticeContent, dict[str, NoticeItem]]:
    with runtime.database.transaction() as session:
        revision = latest_revision(session, notice_id)
        content = revision.read()
        return revision.number, content, {item.id: item for item in content.items()}


def test_the_page_is_the_print_and_is_edited_by_keyboard(desk: Page, runtime: Runtime, notice_id: UUID) -> None:
    blocks = lay_out(long_notice()).blocks
    seen = [text.lower().replace("../.", "./.") for text in desk.evaluate(PRINTED)]
    assert seen == [block.text.lower() for block in blocks]
    # Looking changes nothing.
    desk.keyboard.press("Control+s")
    assert stored(runtime, notice_id)[0] == 1
    words_of(desk, "viec-3")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Các đơn vị chuẩn bị")
    desk.keyboard.press("Alt+Shift+ArrowRight")
    desk.keyboard.type(" tài liệu")
    words_of(desk, "viec-2")
    desk.keyboard.press("Alt+Shift+ArrowLeft")
    desk.keyboard.press("Alt+e")
    lead = desk.get_by_label("Chủ trì")
    expect(lead).to_be_focused()
    lead.fill("Trung tâm Thông tin; Văn phòng Bộ")
    desk.get_by_label("Ngày đến hạn").fill("2026-05-04")
    desk.keyboard.press("Escape")
    words_of(desk, "viec-1")
    desk.keyboard.press("Alt+d")
    first = desk.locator('[data-slot="item:viec-1"]')
    expect(first.get_by_text("Nguyễn Thị thu.ky đã xác nhận")).to_be_visible()
    expect(desk.locator("[data-panel]")).to_contain_text("1 trên 4")
    _number, content, items = stored(runtime, notice_id)
    tasks = content.sections[1].items
    assert [item.id for item in tasks if item.id.startswith(("viec", "nhom"))] == ["viec-3", "nhom", "viec-2", "viec-4"]
    assert [child.text for child in items["viec-3"].children] == ["Các đơn vị chuẩn bị tài liệu"]
    assert items["viec-3"].children[0].kind == "statement"
    assert items["viec-2"].lead == ("Trung tâm Thông tin", "Văn phòng Bộ")
    assert str(items["viec-2"].deadline.iso) == "2026-05-04" if items["viec-2"].deadline else False
    # What is confirmed is these words; others are to be confirmed anew.
    words_of(desk, "viec-1")
    desk.keyboard.type(" Xong.")
    expect(first.get_by_text("đã sửa sau khi xác nhận")).to_be_visible()
    desk.keyboard.press("Control+z")
    expect(first.get_by_text("Nguyễn Thị thu.ky đã xác nhận")).to_be_visible()
    turn_down_check_and_comment(desk, runtime, notice_id)


def turn_down_check_and_comment(desk: Page, runtime: Runtime, notice_id: UUID) -> None:
    words_of(desk, "viec-4")
    doubt = desk.locator('[data-slot="item:viec-4"]').get_by_role("button", name=re.compile("Đã kiểm tra"))
    doubt.click()
    words_of(desk, "viec-4")
    desk.keyboard.press("Alt+x")
    expect(desk.get_by_role("button", name="Giữ đoạn văn, không giao việc")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Alt+m")
    desk.keyboard.type("Hỏi lại Văn phòng")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator('[data-slot="item:viec-4"]')).to_contain_text("Hỏi lại Văn phòng")
    save(desk)
    _number, content, items = stored(runtime, notice_id)
    assert items["viec-4"].kind == "statement"
    assert content.to_check == ("Người ký do hệ thống đề xuất, cần xác nhận.",)
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    words_of(desk, "viec-3")
    expect(desk.locator('[data-slot="item:viec-3"]').get_by_role("button", name="Xác nhận")).to_be_visible()
    expect(desk.locator('[data-slot="item:viec-1"]')).to_be_hidden()


def test_two_people_at_one_notice_lose_nothing(
    desk: Page, context: BrowserContext, runtime: Runtime, notice_id: UUID
) -> None:
    other = opened(context.new_page(), notice_id)
    for page, text in ((desk, "người thứ nhất"), (other, "người thứ hai")):
        words_of(page, "viec-3")
        page.keyboard.type(f" Bản của {text}.")
    words_of(other, "danh-gia")
    other.keyboard.type(" Riêng của người thứ hai.")
    save(desk)
    other.keyboard.press("Control+s")
    clash = other.get_by_role("group", name="Người khác vừa sửa chỗ này")
    expect(clash).to_contain_text("Bản của người thứ nhất")
    expect(clash).to_contain_text("Bản của người thứ hai")
    _number, _content, items = stored(runtime, notice_id)
    assert items["viec-3"].text.endswith("Bản của người thứ nhất.")
    expect(other.locator("[data-state-line][data-state=conflict]")).to_be_visible()
    assert stored(runtime, notice_id)[2]["danh-gia"].text.endswith("Riêng của người thứ hai.")
    clash.get_by_role("button", name="Lưu bản của tôi").click()
    expect(other.locator("[data-state-line][data-state=saved]")).to_be_visible()
    assert stored(runtime, notice_id)[2]["viec-3"].text.endswith("Bản của người thứ hai.")
    # The first one sees it without asking.
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.locator('[data-item="danh-gia"]')).to_contain_text("Riêng của người thứ hai.")
    expect(desk.locator('[data-item="viec-3"] > [data-part=item_text]')).to_contain_text("Bản của người thứ hai.")
    other.close()


def test_a_killed_tab_loses_no_word(
    mortal: BrowserContext, add_account: Accounts, runtime: Runtime, notice_id: UUID
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    desk = mortal.new_page()
    sign_in(desk, "thu.ky")
    desk.clock.install()
    opened(desk, notice_id)
    words_of(desk, "viec-1")
    desk.keyboard.type(" và báo cá")
    desk.clock.run_for(2000)  # no more than two seconds of typing may be lost
    assert desk.evaluate("() => Object.keys(localStorage).some((name) => localStorage[name].includes('và báo cá'))")
    with desk.expect_event("crash"), suppress(Error):
        desk.goto("chrome://crash")  # the tab dies in mid-word: nothing of it runs any more
    with runtime.database.transaction() as session:
        theirs = latest_revision(session, notice_id)
        moved = theirs.read().model_copy(update={"place": "Huế"})
        save_revision(session, system(Role.SECRETARY), notice_id, theirs.number, moved)
    again = opened(mortal.new_page(), notice_id)
    offered = again.locator("[data-left-behind]")
    expect(offered).to_contain_text("và báo cá")
    offered.get_by_role("button", name="Đưa vào và lưu").click()
    expect(again.locator("[data-state-line][data-state=saved]")).to_be_visible()
    _number, content, items = stored(runtime, notice_id)
    assert (items["viec-1"].text.endswith(" và báo cá"), content.place) == (True, "Huế")
    again.reload()
    expect(again.locator("[data-editor][data-ready]")).to_have_count(1)
    expect(offered).to_be_hidden()


def test_an_ended_session_keeps_the_words_and_saves_them_after_signing_in(
    desk: Page, context: BrowserContext, runtime: Runtime, notice_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        session.execute(delete(BrowserSession))
    words_of(desk, "viec-1")
    desk.keyboard.type(" Gõ khi phiên đã hết.")
    desk.keyboard.press("Control+s")
    expect(desk.locator("[data-note]")).to_contain_text("Phiên làm việc đã hết")
    with context.expect_page() as opening:
        desk.get_by_role("link", name="Đăng nhập lại").click()
    again = opening.value
    again.get_by_label("Tên đăng nhập").fill("thu.ky")
    again.get_by_label("Mật khẩu").fill("một câu dài dễ nhớ")
    again.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(again.locator("[data-editor][data-ready]")).to_have_count(1)
    # The first tab lives: what it holds is its own to save.
    expect(again.locator("[data-left-behind]")).to_be_hidden()
    again.close()
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.locator("[data-state-line][data-state=saved]")).to_be_visible()
    expect(desk.locator("[data-note]")).to_be_hidden()
    assert stored(runtime, notice_id)[2]["viec-1"].text.endswith("Gõ khi phiên đã hết.")
