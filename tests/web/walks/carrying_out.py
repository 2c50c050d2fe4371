"""From the approval to the finished task: approver, registrar, unit, and those who look whether it was done."""

from tests.web.walks.house import MEETING, TASK, House


def approve(house: House) -> None:
    """The leader reads on a telephone or a desk what will be printed, and approves exactly that."""
    house.at(4, 9, 8, 15)
    with house.signed_in("lanh.dao") as hand:
        hand.picture("nguoi-duyet-viec-can-lam", telephone=True)
        hand.follow_to(MEETING)
        hand.picture("nguoi-duyet-duyet", show=hand.button("Duyệt bản này").first, telephone=True)
        hand.press("Duyệt bản này")
        hand.sees_said("Đã duyệt, chờ cấp số")


def issue(house: House) -> None:
    """The registrar gives the next number and sends it to the units it names."""
    house.at(4, 9, 9)
    with house.signed_in("van.thu") as hand:
        hand.follow_to(MEETING)
        hand.picture("van-thu-cap-so")
        hand.press("Cấp số và ban hành")
        hand.sees_said("Đã ban hành")
        hand.press("Gửi các đơn vị")
        hand.sees_said("Tình hình nhận")
        hand.picture("van-thu-tinh-hinh-nhan", show=hand.page.locator("#tinh-hinh-nhan"))
    house.post()


def acknowledge(house: House) -> None:
    """The unit opens the notice that came in and says that it has it."""
    house.at(4, 9, 9, 30)
    with house.signed_in("tttt") as hand:
        hand.picture("don-vi-viec-can-lam")
        hand.menu(hand.say("Thông báo đến"))
        hand.page.locator("main .list a").first.click()
        hand.picture("don-vi-thong-bao-den")
        hand.press("Xác nhận đã nhận")
        hand.sees_said("Đã xác nhận nhận thông báo.")


def report_done(house: House) -> None:
    """Days later the unit says what it has done, and that it is finished."""
    house.at(4, 13, 10)
    with house.signed_in("tttt") as hand:
        hand.menu(hand.say.of("list", "Nhiệm vụ"))
        hand.follow_to(TASK)
        hand.picture("don-vi-nhiem-vu")
        hand.fill("Kết quả thực hiện", "Đã thay thiết bị đường truyền tại hai điểm cầu và thử lại với Văn phòng Bộ.")
        hand.tick("Nhiệm vụ đã hoàn thành")
        hand.press("Gửi báo cáo")
        hand.sees_said("Đã gửi báo cáo.")
        hand.sees_said("Hoàn thành")


def look_back(house: House) -> None:
    """The leader sees the task finished; the administrator reads who did what, and that nobody changed the trail."""
    house.at(4, 13, 11)
    with house.signed_in("lanh.dao") as hand:
        hand.menu(hand.say.of("list", "Nhiệm vụ"))
        hand.sees(TASK)
        hand.sees_said("Hoàn thành")
        hand.picture("nguoi-duyet-nhiem-vu")
    with house.signed_in("quan.tri") as hand:
        hand.menu(hand.say("Quản trị"))
        hand.page.locator("a.card", has_text=hand.say("Mọi thay đổi, nối thành chuỗi bằng mã băm")).click()
        hand.press("Kiểm tra toàn bộ chuỗi")
        hand.page.locator("main .note.good").first.wait_for()
        hand.picture("quan-tri-nhat-ky")
