"""The hour and its text: the operator opens, notes and closes; the recording comes in; the secretary sets it right."""

import re

from orchestrator.meetings.listing import PAST
from tests.web.walks.hand import Hand
from tests.web.walks.house import MEETING, MISHEARD, SAID, House
from web.demo.gold import load_gold


def hold(house: House) -> None:
    """Twenty minutes before the hour until its end, at the operator's console."""
    house.at(4, 8, 13, 40)
    with house.signed_in("van.hanh") as hand:
        hand.picture("dieu-hanh-viec-can-lam")
        hand.menu(hand.say("Điều hành"))
        hand.follow_to(MEETING)
        hand.press("Mở phòng họp")
        hand.sees_said("Đang họp")
        hand.page.locator("[data-place]", has_text="Trung tâm Thông tin").first.click()
        hand.page.get_by_role("button", name=re.compile(hand.say("Mất tiếng"))).click()
        hand.sees(f"{hand.say('Mất tiếng')} · Trung tâm Thông tin")
        hand.picture("dieu-hanh-bang-dieu-hanh")
        house.at(4, 8, 15, 2)
        hand.unfold("Kết thúc cuộc họp…")
        hand.press("Kết thúc cuộc họp")
        hand.sees_said("Đã kết thúc")


def bring_recording(house: House) -> None:
    """The recorder's file is handed in on the page of the meeting; then the machine has heard it."""
    house.at(4, 8, 15, 10)
    with house.signed_in("van.hanh") as hand:
        hand.menu(hand.say.of("list", "Cuộc họp"))
        hand.fill("Tìm cuộc họp", "hop giao ban")
        hand.page.locator("select[name=luc]").select_option(PAST)
        hand.press("Tìm")
        hand.follow_to(MEETING)
        hand.page.locator("input[type=file]").first.set_input_files(load_gold().audio)
        hand.press("Tải lên và gỡ băng")
        # Its name stands there from the first byte; as a recording once the last one has come.
        hand.page.locator("article.recording", has_text=load_gold().audio.name).wait_for()
        house.date_the_recording()
        hand.page.reload()
        hand.picture("dieu-hanh-tai-ban-ghi", show=hand.page.locator("article.recording"))
    house.hear()


def correct_and_submit(house: House) -> None:
    """The secretary reads beside the sound, sets a line right, drafts again, reads the notice and submits it."""
    house.at(4, 8, 15, 40)
    with house.signed_in("thu.ky") as hand:
        hand.picture("thu-ky-viec-can-lam")
        hand.menu(hand.say("Gỡ băng"))
        hand.follow_to(MEETING)
        line = hand.page.locator(".segment", has_text=MISHEARD)
        line.locator("summary", has_text=hand.say("Sửa")).click()
        box = line.get_by_label(hand.say("Lời nói"))
        hand.picture("thu-ky-go-bang")
        box.fill(box.input_value().replace(MISHEARD, SAID))
        line.get_by_role("button", name=hand.say("Lưu dòng này")).click()
        hand.page.locator(".segment [data-said]", has_text=SAID).first.wait_for()
        hand.follow("Hiệu đính")
        hand.page.locator(".desk-lines > li").first.wait_for()
        hand.picture("thu-ky-ban-hieu-dinh")
        hand.page.go_back()
        hand.press("Soạn thông báo từ bản này")
        hand.sees("Khắc phục đường truyền")
        hand.picture("thu-ky-thong-bao")
        _open_the_editor(hand)
        hand.press("Trình duyệt")
        hand.sees_said("Chờ duyệt")


def _open_the_editor(hand: Hand) -> None:
    """The page as it will be printed where the bundle is built, else the form; both lead back."""
    if hand.page.get_by_role("link", name=hand.say("Soạn trên trang in")).count():
        hand.follow("Soạn trên trang in")
        hand.page.locator("[data-paper] [contenteditable=true]").first.wait_for()
        hand.picture("thu-ky-soan-thong-bao")
    else:
        hand.skip_picture("thu-ky-soan-thong-bao")
        hand.follow("Sửa")
        hand.sees_heading("Sửa thông báo")
    hand.page.go_back()
