"""The desk in a real browser: heard, corrected and named by keyboard; two people; a killed tab; an ended session."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import delete

from core.permissions import Role
from core.runtime import Runtime
from core.sign_ins.models import BrowserSession
from tests.web.builders import build_meeting, build_office, build_transcript, system
from tests.web.console.conftest import ARGUMENTS, CHROMIUM, sign_in
from tests.web.transcripts.long_text import long_document
from transcription.transcripts import service
from transcription.transcripts.changes import SetLine
from transcription.transcripts.changing import change_lines

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

Accounts = Callable[..., UUID]


@pytest.fixture
def transcript_id(runtime: Runtime) -> UUID:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        return build_transcript(session, meeting_id, long_document(60))


@pytest.fixture
def desk(page: Page, add_account: Accounts, transcript_id: UUID) -> Page:
    add_account("thu.ky", Role.SECRETARY)
    sign_in(page, "thu.ky")
    return opened(page, transcript_id)


@pytest.fixture
def mortal(chromium: Browser, live: str) -> Iterator[BrowserContext]:
    """A browser of its own: one whose tabs are killed is of no use to other tests."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser.new_context(base_url=live, locale="vi-VN")
    browser.close()


def opened(page: Page, transcript_id: UUID) -> Page:
    page.goto(f"/go-bang/{transcript_id}/hieu-dinh")
    expect(page.locator("[data-desk][data-ready]")).to_have_count(1)
    return page


def said(runtime: Runtime, transcript_id: UUID) -> dict[str, tuple[str, str]]:
    with runtime.database.transaction() as session:
        document = service.document_of(session, service.latest(session, transcript_id))
        return {line.id: (line.speaker, line.text) for line in document.segments}


def saved(page: Page) -> None:
    expect(page.locator("[data-state=saved]")).to_be_visible()


def test_lines_are_corrected_split_joined_and_named_by_keyboard(
    desk: Page, runtime: Runtime, transcript_id: UUID
) -> None:
    expect(desk.locator("[data-unnamed]")).to_have_text("2 chưa gán")
    desk.locator("#dong-s0001").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Thưa các đồng chí hôm nay")
    desk.keyboard.press("Enter")
    expect(desk.locator("#dong-s0002 textarea")).to_be_focused()
    saved(desk)
    assert said(runtime, transcript_id)["s0001"][1] == "Thưa các đồng chí hôm nay"
    desk.keyboard.press("Shift+Enter")
    desk.keyboard.press("Home")
    for _letter in range(len("Thưa các đồng chí")):
        desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Control+Enter")
    fresh = desk.locator("textarea.said-field")
    expect(fresh).to_have_value("hôm nay")
    desk.keyboard.press("Alt+s")
    expect(desk.get_by_role("dialog", name="Ai nói câu này?")).to_be_visible()
    desk.get_by_label("Tên", exact=True).fill("Lê Ngọc Ánh")
    desk.get_by_label("Chỉ dòng này").check()
    desk.keyboard.press("Enter")
    expect(desk.locator(".line .who-said", has_text="Lê Ngọc Ánh")).to_have_count(1)
    desk.locator("#dong-s0001").focus()
    desk.keyboard.press("Alt+m")
    expect(desk.locator("#dong-s0001 textarea")).to_have_value("Thưa các đồng chí hôm nay")
    desk.keyboard.press("Escape")
    card = desk.locator('[data-voice="Người nói 1"]')
    expect(card.get_by_role("button", name=re.compile("Nghe mẫu"))).to_have_count(3)
    card.get_by_label("Tên của Người nói 1").fill("Phan Quốc Bảo")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-unnamed]")).to_have_text("1 chưa gán")
    names = {speaker for speaker, _text in said(runtime, transcript_id).values()}
    assert names == {"Phan Quốc Bảo", "Người nói 2"}


def test_words_are_found_and_replaced_everywhere(desk: Page, runtime: Runtime, transcript_id: UUID) -> None:
    desk.locator("#dong-s0001").focus()
    desk.keyboard.press("Control+f")
    desk.get_by_label("Tìm", exact=True).fill("đường truyền")
    expect(desk.locator("[data-find=count]")).to_have_text("– trên 60 chỗ")
    desk.get_by_label("Thay bằng").fill("mạng lưới")
    desk.get_by_role("button", name="Thay tất cả").click()
    saved(desk)
    expect(desk.locator("[data-said-aloud]")).to_have_text("Đã thay 60 chỗ trong 60 dòng.")
    texts = [text for _speaker, text in said(runtime, transcript_id).values()]
    assert all("mạng lưới" in text and "đường truyền" not in text for text in texts)
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-find-form]")).to_be_hidden()


def test_two_people_at_one_transcript_lose_nothing(
    desk: Page, context: BrowserContext, runtime: Runtime, transcript_id: UUID
) -> None:
    other = opened(context.new_page(), transcript_id)
    for page, text in ((desk, "Bản của người thứ nhất"), (other, "Bản của người thứ hai")):
        page.locator("#dong-s0003").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    saved(desk)
    clash = other.get_by_role("group", name="Người khác vừa sửa dòng này")
    expect(clash).to_contain_text("Bản của người thứ nhất")
    expect(clash.get_by_label("Bản bạn gõ")).to_have_value("Bản của người thứ hai")
    assert said(runtime, transcript_id)["s0003"][1] == "Bản của người thứ nhất"
    clash.get_by_label("Bản bạn gõ").fill("Bản của cả hai người")
    clash.get_by_role("button", name="Lưu bản của tôi").click()
    saved(other)
    assert said(runtime, transcript_id)["s0003"][1] == "Bản của cả hai người"
    # The first one sees it without asking.
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.locator("#dong-s0003 [data-said]")).to_have_text("Bản của cả hai người")
    other.close()


def test_a_killed_tab_loses_no_word(
    mortal: BrowserContext, add_account: Accounts, runtime: Runtime, transcript_id: UUID
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    desk = mortal.new_page()
    sign_in(desk, "thu.ky")
    opened(desk, transcript_id)
    desk.locator("#dong-s0002").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("End")
    desk.keyboard.type(" và báo cá")
    with desk.expect_event("crash"), suppress(Error):
        desk.goto("chrome://crash")  # the tab dies in mid-word: nothing of it runs any more
    again = opened(mortal.new_page(), transcript_id)
    offered = again.locator("[data-left-behind]")
    expect(offered).to_contain_text("Có 1 dòng bạn gõ dở")
    expect(offered).to_contain_text("và báo cá")
    # What is typed before the person has decided does not push it aside.
    again.locator("#dong-s0001").focus()
    again.keyboard.press("Enter")
    again.keyboard.type(" thêm")
    again.keyboard.press("Enter")
    saved(again)
    again.reload()
    expect(again.locator("[data-desk][data-ready]")).to_have_count(1)
    offered.get_by_role("button", name="Đưa vào và lưu").click()
    saved(again)
    assert said(runtime, transcript_id)["s0002"][1].endswith(" và báo cá")
    again.reload()
    expect(again.locator("[data-desk][data-ready]")).to_have_count(1)
    expect(offered).to_be_hidden()


def test_an_ended_session_keeps_the_words_and_saves_them_after_signing_in(
    desk: Page, context: BrowserContext, runtime: Runtime, transcript_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        session.execute(delete(BrowserSession))
    desk.locator("#dong-s0002").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Gõ khi phiên đã hết")
    expect(desk.locator("[data-note]")).to_contain_text("Phiên làm việc đã hết")
    with runtime.database.transaction() as session:
        # Somebody changes another line meanwhile: what was typed is saved on top of that.
        change_lines(session, system(Role.SECRETARY), transcript_id, 0, [SetLine("s0004", text="Việc khác")])
    with context.expect_page() as opening:
        desk.get_by_role("link", name="Đăng nhập lại").click()
    again = opening.value
    again.get_by_label("Tên đăng nhập").fill("thu.ky")
    again.get_by_label("Mật khẩu").fill("một câu dài dễ nhớ")
    again.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(again.locator("[data-desk][data-ready]")).to_have_count(1)
    again.close()
    # Coming back to the tab is enough.
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    saved(desk)
    expect(desk.locator("[data-note]")).to_be_hidden()
    assert said(runtime, transcript_id)["s0002"][1] == "Gõ khi phiên đã hết"


def test_two_hours_stay_a_few_rows_and_times_never_move(page: Page, add_account: Accounts, runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id, long_document(1500))
    add_account("thu.ky", Role.SECRETARY)
    sign_in(page, "thu.ky")
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, transcript_id)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#dong-s0001").focus()
    page.keyboard.press("End")
    expect(page.locator("#dong-s1500")).to_be_focused()
    assert page.locator(".line").count() < 60
    page.keyboard.press("Enter")
    page.keyboard.type(" thêm")
    page.keyboard.press("Escape")
    saved(page)
    with runtime.database.transaction() as session:
        document = service.document_of(session, service.latest(session, transcript_id))
        line, before = document.segments[-1], long_document(1500).segments[-1]
        assert line.text.endswith(" thêm")
        assert [(word.start, word.end) for word in line.words[:5]] == [(w.start, w.end) for w in before.words[:5]]
        assert (line.start, line.end) == (before.start, before.end)
