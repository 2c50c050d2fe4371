"""A whole operator's hour in a real browser: readiness, opening, coming in, incident by key, roll, extension, end."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.live.console_seat import console_user_id
from orchestrator.live.incidents import incidents_of
from orchestrator.live.models import IncidentKind, LiveMessage
from orchestrator.meetings.models import Attendance, Participant
from orchestrator.meetings.service import open_meeting
from tests.conftest import MOMENT
from tests.web.builders import system
from tests.web.console.builders import Hour, come, leave, meeting_of
from tests.web.console.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

AddAccount = Callable[..., UUID]


@pytest.fixture
def console(page: Page, add_account: AddAccount, hour: Hour) -> Page:
    """The technical operator in front of the console."""
    add_account("van.hanh", Role.OPERATOR)
    sign_in(page, "van.hanh")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/dieu-hanh/")
    page.get_by_role("link", name=re.compile("Họp giao ban trực tuyến")).click()
    expect(page.locator("[data-link]")).to_have_text("Cập nhật trực tiếp")
    return page


def call_roll_beside(context: BrowserContext, add_account: AddAccount, page: Page, hour: Hour) -> None:
    """The content office marks somebody absent; the technical operator's console shows it."""
    add_account("thu.ky", Role.SECRETARY)
    other = context.browser.new_context(base_url=page.url.split("/dieu-hanh")[0], locale="vi-VN")  # type: ignore[union-attr]
    secretary = other.new_page()
    sign_in(secretary, "thu.ky")
    secretary.goto(f"/dieu-hanh/{hour.meeting_id}")
    expect(secretary.get_by_role("button", name="Mất tiếng")).to_have_count(0)
    line = secretary.locator(f'[data-answer="{hour.participants[2]}"]')
    line.get_by_text("Muộn, vắng…").click()
    line.get_by_label("Lý do vắng hoặc muộn").fill("Đi công tác")
    line.get_by_role("button", name="Vắng", exact=True).click()
    expect(line).to_contain_text("Đi công tác")
    expect(page.locator(f'[data-answer="{hour.participants[2]}"]')).to_contain_text("Vắng", timeout=3000)
    other.close()


def test_the_hour_from_readiness_to_the_end(
    console: Page, context: BrowserContext, add_account: AddAccount, runtime: Runtime, hour: Hour
) -> None:
    page = console
    place = lambda number: page.locator(f'[data-place="{hour.places[number]}"]')  # noqa: E731 (short for a tile)

    # Readiness: an endpoint is called by telephone.
    place(1).click()
    page.get_by_text("Số người, kiểm tra, mời ra").click()
    page.get_by_text("Ghi kết quả kiểm tra qua điện thoại").click()
    page.get_by_label("Micro").select_option("bad")
    page.get_by_role("button", name="Lưu kết quả kiểm tra").click()
    expect(place(1)).to_contain_text("micro không có tiếng")

    # The room is opened; endpoints come, one of them goes again.
    page.get_by_role("button", name="Mở phòng họp").click()
    expect(page.locator(".board-sub .badge")).to_have_text("Đang họp")
    expect(page.get_by_role("button", name="+15 phút")).to_be_visible()
    come(runtime, hour, 0, MOMENT - timedelta(minutes=9))
    jid = come(runtime, hour, 1, MOMENT - timedelta(minutes=8))
    expect(page.locator(".figures [data-text='figures.in_room']")).to_have_text("2/6", timeout=3000)
    expect(place(1)).to_contain_text("Trong phòng từ 13:52")
    leave(runtime, hour, jid, MOMENT - timedelta(minutes=2))
    expect(place(1)).to_contain_text("Mất kết nối từ 13:58", timeout=3000)

    # The incident, by its key; the endpoint is still the chosen one.
    expect(page.locator("[data-link]")).to_have_text("Cập nhật trực tiếp")
    place(1).click()
    page.keyboard.press("k")
    expect(page.locator("[data-list=lines]")).to_contain_text("Mất kết nối · " + hour.names[1])
    page.keyboard.press("r")
    expect(page.locator("[data-list=lines] > li")).to_have_count(2)

    # The roll, beside it on the office's own console.
    call_roll_beside(context, add_account, page, hour)

    # Fifteen minutes more, and the end.
    page.get_by_role("button", name="+15 phút").click()
    expect(page.locator("[data-text='meeting.hours']")).to_have_text("14:30–16:15")
    page.get_by_text("Kết thúc cuộc họp…").click()
    page.get_by_role("button", name="Kết thúc cuộc họp", exact=True).click()
    expect(page.locator(".board-sub .badge")).to_have_text("Đã kết thúc")
    expect(page.get_by_role("button", name="+15 phút")).to_have_count(0)

    assert meeting_of(runtime, hour).state == "closed"
    with runtime.database.transaction() as session:
        kinds = {row.kind for row in incidents_of(session, hour.meeting_id)}
        assert kinds == {IncidentKind.LINE_LOST, IncidentKind.RECOVERED}
        assert session.get_one(Participant, hour.participants[2]).attendance is Attendance.ABSENT


def test_keys_are_words_while_typing_and_can_be_turned_off(console: Page, runtime: Runtime, hour: Hour) -> None:
    page = console
    page.keyboard.press("t")
    expect(page.get_by_label("Nội dung thông điệp")).to_be_focused()
    page.keyboard.type("mhk")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_label("Ghi chú", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("cuc van thu")
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen-name]")).to_have_text("Cục Văn thư và Lưu trữ")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("[data-chosen-name]")).to_have_text("Cả cuộc họp")
    page.keyboard.press("?")
    page.get_by_label("Dùng phím tắt").uncheck()
    page.keyboard.press("m")
    page.wait_for_timeout(300)
    with runtime.database.transaction() as session:
        assert not incidents_of(session, hour.meeting_id)


def test_the_room_in_the_console_by_the_documented_functions(console: Page, runtime: Runtime, hour: Hour) -> None:
    page = console
    with runtime.database.transaction() as session:
        open_meeting(session, system(Role.OPERATOR), hour.meeting_id)
    page.reload()
    page.get_by_label("Nội dung thông điệp").fill("Các điểm cầu tắt micro")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator("[data-list=messages]")).to_contain_text("chờ bảng điều hành vào phòng")

    page.get_by_role("button", name="Vào phòng từ bảng điều hành").click()
    expect(page.locator("[data-room-state]")).to_have_text("Đã vào phòng")
    made = page.evaluate("window.conference.made")
    assert (made[0]["domain"], made[0]["roomName"], made[0]["lang"]) == ("meet.example.vn", hour.room, "vi")
    identity = page.evaluate(
        "JSON.parse(atob(window.conference.made[0].jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))"
    )["context"]["user"]["id"]
    assert identity == str(console_user_id(hour.meeting_id))
    expect(page.locator("[data-list=messages]")).to_contain_text("đã gửi vào phòng")

    page.get_by_role("button", name="Tắt tiếng tất cả").click()
    jid = come(runtime, hour, 1, MOMENT - timedelta(minutes=1))
    page.evaluate(
        "place => { window.conference.api.participants = [{ id: 'abc', userContext: { id: place } }, { id: 'zzz' }]; }",
        str(hour.places[1]),
    )
    page.locator(f'[data-place="{hour.places[1]}"]').click()
    page.get_by_text("Số người, kiểm tra, mời ra").click()
    page.get_by_text("Mời điểm cầu ra khỏi phòng…").click()
    page.get_by_role("button", name="Mời ra khỏi phòng").click()
    # The policy of the page forbids evaluated strings to wait with; asking again is not stopped by it.
    for _ in range(50):
        if any(command[0] == "kickParticipant" for command in page.evaluate("window.conference.commands")):
            break
        page.wait_for_timeout(100)
    commands = page.evaluate("window.conference.commands")
    assert ["sendChatMessage", "Các điểm cầu tắt micro", "", True] in commands
    assert ["muteEveryone", "audio"] in commands
    assert [command for command in commands if command[0] == "kickParticipant"] == [["kickParticipant", "abc"]]
    assert jid
    page.get_by_role("button", name="Rời phòng").click()
    expect(page.locator("[data-room-state]")).to_have_text("Chưa vào")
    with runtime.database.transaction() as session:
        assert session.scalars(select(LiveMessage)).one().sent_at is not None


def test_where_streams_are_cut_the_console_asks_instead(
    context: BrowserContext, page: Page, add_account: AddAccount, runtime: Runtime, hour: Hour
) -> None:
    context.route("**/su-kien*", lambda route: route.fulfill(status=503, body=""))
    add_account("van.hanh", Role.OPERATOR)
    sign_in(page, "van.hanh")
    page.goto(f"/dieu-hanh/{hour.meeting_id}/man-hinh")
    expect(page.locator("[data-link]")).to_have_text("Cập nhật mỗi 3 giây", timeout=10_000)
    come(runtime, hour, 3, MOMENT - timedelta(minutes=1))
    expect(page.locator(".figures [data-text='figures.in_room']")).to_have_text("1/6", timeout=10_000)


def test_nothing_runs_out_of_the_screen(console: Page, runtime: Runtime, hour: Hour) -> None:
    page = console
    come(runtime, hour, 0, MOMENT - timedelta(minutes=9))
    for part in ("", "/man-hinh", "/chua-san-sang", "/nhat-ky"):
        for width in (360, 768, 1280, 2560, 3840):
            page.set_viewport_size({"width": width, "height": max(740, width * 9 // 16)})
            page.goto(f"/dieu-hanh/{hour.meeting_id}{part}")
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, (part, width)
