"""The day's quick report: the office asks the units for figures, a unit answers them, the office sees who has."""

from playwright.sync_api import expect

from orchestrator.reports.presets import WAYS_OF_WORKING
from tests.web.walks.house import House

UNIT = "Trung tâm Thông tin"


def ask_for_figures(house: House) -> None:
    """The secretary takes a form that is ready; the units that report by it are proposed."""
    house.at(4, 9, 10)
    with house.signed_in("thu.ky") as hand:
        hand.menu(hand.say("Báo cáo nhanh"))
        hand.follow("Biểu mẫu")
        preset = hand.page.locator("li.row", has_text=hand.say(WAYS_OF_WORKING.name))
        preset.get_by_role("link", name=hand.say("Dùng mẫu này")).click()
        # Every unit of the directory is proposed.
        expect(hand.page.get_by_role("checkbox", name=UNIT)).to_be_checked()
        hand.press("Lưu biểu mẫu")
        hand.sees_said("Đã lưu biểu mẫu. Các kỳ tới chưa có báo cáo dùng ngay phiên bản mới.")


def report_figures(house: House) -> None:
    """The unit sees while typing that its figures do not add up yet, and hands them in when they do."""
    house.at(4, 9, 14)
    with house.signed_in("tttt") as hand:
        hand.menu(hand.say("Báo cáo nhanh"))
        hand.follow("Nộp báo cáo")
        for code, number in {"tong_so": "34", "tai_co_quan": "22", "tai_nha": "8", "cach_ly": "0", "nghi": "3"}.items():
            hand.page.locator(f"#v_{code}").fill(number)
        sums = hand.page.locator("[data-check] [data-mark]").first
        expect(sums).to_have_text(hand.say("chưa khớp"))
        hand.page.locator("#v_nghi").fill("4")
        expect(sums).to_have_text(hand.say("khớp"))
        hand.picture("don-vi-bao-cao-nhanh")
        hand.press("Nộp báo cáo")
        hand.sees_said("Đã nộp báo cáo đúng hạn.")
    with house.signed_in("thu.ky") as hand:
        hand.menu(hand.say("Báo cáo nhanh"))
        hand.sees("1/4")
