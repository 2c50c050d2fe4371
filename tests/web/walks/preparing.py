"""The house is furnished and a meeting planned: administrator, operator, and a unit that answers without an account."""

from tests.web.walks.hand import Hand
from tests.web.walks.house import MEETING, House, personal_address

UNITS = (
    "Mã đơn vị,Tên đơn vị,Viết tắt\n"
    "TTTT,Trung tâm Thông tin,TTTT\n"
    "CVTLT,Cục Văn thư và Lưu trữ nhà nước,CVTLTNN\n"
    "HVHC,Học viện Hành chính Quốc gia,HVHCQG\n"
)
PEOPLE = (
    "Họ và tên,Chức vụ,Đơn vị,Thứ tự\n"
    "Phan Quốc Bảo,Thứ trưởng,VP,1\n"
    "Đặng Thị Thùy Linh,Chánh Văn phòng Bộ,VP,2\n"
    "Hồ Văn Tiến,Giám đốc Trung tâm Thông tin,TTTT,3\n"
)
ENDPOINTS = (
    "Mã điểm cầu,Tên điểm cầu,Đơn vị,Địa điểm,Sức chứa,Thư điện tử đầu mối\n"
    "DC-TTTT,Trung tâm Thông tin,TTTT,Phòng 302,24,truc.ky.thuat@tttt.example.vn\n"
    "DC-CVTLT,Cục Văn thư và Lưu trữ nhà nước,CVTLT,Phòng họp tầng 2,30,van.thu@cvtlt.example.vn\n"
)
#: Login → display name, words of the role, words of the unit.
ACCOUNTS = {
    "van.hanh": ("Trịnh Văn Hùng", "Điều hành kỹ thuật", ""),
    "thu.ky": ("Bùi Thị Ngọc Ánh", "Thư ký", ""),
    "lanh.dao": ("Phan Quốc Bảo", "Người duyệt", ""),
    "van.thu": ("Lê Thị Kiều Oanh", "Văn thư", ""),
    "tttt": ("Nông Thị Lan", "Đơn vị", "Trung tâm Thông tin"),
}
CENTRAL, UNIT_PLACE = "Trụ sở Bộ", "Trung tâm Thông tin"
HEADS_OVER, HEADS = "35", "12"
GUESTS = "6"


def furnish(house: House) -> None:
    """Units, people, endpoints, accounts: what the administrator does on the first day."""
    house.at(4, 3, 8, 30)
    with house.signed_in("quan.tri") as hand:
        hand.picture("quan-tri-viec-can-lam")
        _add_first_unit(hand)
        _bring_in(hand, "Đơn vị", UNITS, picture="quan-tri-nhap-tep")
        _bring_in(hand, "Người dự họp", PEOPLE)
        _add_endpoint(hand)
        _bring_in(hand, "Điểm cầu", ENDPOINTS)
        for login, (name, role, unit) in ACCOUNTS.items():
            house.passwords[login] = _add_account(hand, login, name, role, unit)
        hand.picture("quan-tri-tai-khoan")
        _open_card(hand, "Quy định số người")
        hand.sees("2047/TB-BCĐ")
        hand.picture("quan-tri-quy-dinh")


def plan(house: House) -> None:
    """The operator plans over the cap, is refused, plans within it, and sends the invitations."""
    house.at(4, 3, 9, 30)
    with house.signed_in("van.hanh") as hand:
        hand.follow("Lập kế hoạch cuộc họp")
        hand.tick("Không mật")
        hand.fill("Tên cuộc họp", MEETING)
        hand.fill("Ngày họp", "2026-04-08")
        hand.fill("Bắt đầu", "14:00")
        hand.fill("Kết thúc", "15:00")
        hand.choose("Người chủ trì", "Phan Quốc Bảo, Thứ trưởng")
        hand.choose("Thư ký", "Đặng Thị Thùy Linh, Chánh Văn phòng Bộ")
        _seat(hand, CENTRAL, HEADS_OVER)
        _seat(hand, UNIT_PLACE, GUESTS)
        hand.page.get_by_role("radio", name=f"{CENTRAL} {hand.say('là điểm cầu trung tâm')}").check()
        hand.unfold("Chọn người dự theo danh mục")
        for person in ("Phan Quốc Bảo", "Đặng Thị Thùy Linh", "Hồ Văn Tiến"):
            hand.page.get_by_role("checkbox", name=person).check()
        hand.page.get_by_label(hand.say("Nội dung"), exact=True).first.fill("Báo cáo công tác tuần")
        hand.press("Lưu kế hoạch")
        hand.sees("2047/TB-BCĐ")
        hand.picture("dieu-hanh-vuot-tran")
        _seat(hand, CENTRAL, HEADS)
        hand.press("Lưu kế hoạch")
        hand.sees_said("Đã lập kế hoạch cuộc họp.")
        hand.picture("dieu-hanh-cuoc-hop")
        hand.follow("Giấy mời")
        hand.press("Gửi giấy mời")
        hand.picture("dieu-hanh-giay-moi")


def answer_without_account(house: House) -> None:
    """The unit's clerk opens the link of the letter, answers with the heads in the room, and looks at the test page."""
    house.at(4, 3, 10, 30)
    (letter,) = [mail for mail in house.post() if "tttt" in str(mail["To"])]
    with house.visitor() as hand:
        hand.page.goto(personal_address(letter).replace("/join/", "/tra-loi/"))
        hand.sees(MEETING)
        hand.picture("don-vi-tra-loi", telephone=True)
        hand.tick("Dự họp")
        hand.fill("Số người dự tại điểm cầu", GUESTS)
        hand.page.locator("input[name=person_name]").first.fill("Nông Thị Lan")
        hand.press("Gửi câu trả lời")
        hand.sees_said("Đã ghi nhận câu trả lời. Có thể sửa lại cho đến khi cuộc họp mở.")
        hand.follow("Kiểm tra camera, micro, loa, đường truyền trước giờ họp")
        hand.sees_heading("Kiểm tra thiết bị trước cuộc họp")
        hand.picture("don-vi-kiem-tra-thiet-bi", telephone=True)


def _open_card(hand: Hand, name: str) -> None:
    hand.menu(hand.say("Quản trị"))
    said = hand.say.of("list", name)
    hand.page.locator("a.card", has=hand.page.get_by_text(said if said != name else hand.say(name), exact=True)).click()


def _add_first_unit(hand: Hand) -> None:
    _open_card(hand, "Đơn vị")
    hand.follow("Thêm đơn vị")
    hand.fill("Mã", "VP")
    hand.fill("Tên đơn vị", "Văn phòng Bộ")
    hand.press("Thêm đơn vị")
    hand.sees("Văn phòng Bộ")


def _bring_in(hand: Hand, shelf: str, table: str, *, picture: str = "") -> None:
    _open_card(hand, shelf)
    hand.follow("Nhập từ tệp")
    file = {"name": "danh-muc.csv", "mimeType": "text/csv", "buffer": table.encode()}
    hand.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    hand.press("Kiểm tra tệp")
    if picture:
        hand.picture(picture)
    hand.press("Ghi vào danh mục")
    hand.sees(table.splitlines()[1].split(",")[0 if shelf == "Người dự họp" else 1])


def _add_endpoint(hand: Hand) -> None:
    _open_card(hand, "Điểm cầu")
    hand.follow("Thêm điểm cầu")
    hand.fill("Mã", "DC-TRUSO")
    hand.fill("Tên điểm cầu", CENTRAL)
    hand.choose("Loại", hand.say("Trung tâm"))
    hand.choose("Đơn vị", "Văn phòng Bộ")
    hand.fill("Sức chứa (chỗ ngồi)", "60")
    hand.fill("Thư điện tử", "hanh.chinh@bomau.example.vn")
    hand.press("Thêm điểm cầu")
    hand.sees(CENTRAL)


def _add_account(hand: Hand, login: str, name: str, role: str, unit: str) -> str:
    """Make the account; answers the password that is shown once."""
    if not hand.page.url.endswith("/quan-tri/tai-khoan"):
        _open_card(hand, "Tài khoản")
    hand.fill("Tên đăng nhập", login)
    hand.fill("Họ tên", name)
    hand.tick(role)
    if unit:
        hand.choose("Thuộc đơn vị", unit)
    hand.press("Tạo tài khoản")
    hand.sees(login)
    return hand.page.locator(".secret").inner_text()


def _seat(hand: Hand, place: str, heads: str) -> None:
    """Give an endpoint its heads; that chooses it, too."""
    hand.page.get_by_label(f"{hand.say('Số người dự tại')} {place}").fill(heads)
    box = hand.page.locator("[data-row]", has_text=place).first.get_by_role("checkbox")
    box.check()
