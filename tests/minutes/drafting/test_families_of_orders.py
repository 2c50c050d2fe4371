"""Families of orders that new notices showed: each in one sentence, read as a written conclusion."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text
from minutes.drafting.extraction import ExtractedItem
from orchestrator.meetings.context import UnitFacts

DAY = date(2026, 5, 12)


def _read(*sentences: str, units: tuple[str, ...] = ()) -> tuple[ExtractedItem, ...]:
    text = "Phó Chủ tịch UBND tỉnh kết luận như sau:\n\n" + "\n\n".join(
        f"{number}. {sentence}" for number, sentence in enumerate(sentences, 1)
    )
    return extract_text(text, [UnitFacts(None, name) for name in units], DAY).items


def _read_below(heading: str, sentence: str) -> tuple[ExtractedItem, ...]:
    return extract_text(f"Giám đốc kết luận như sau:\n\n1. {heading}:\n\na) {sentence}\n", (), DAY).items


@pytest.mark.parametrize(
    ("sentence", "lead", "coordinating", "action"),
    [
        (
            "Sở Y tế cùng với Sở Tài chính hướng dẫn các bệnh viện.",
            ("Sở Y tế",),
            ("Sở Tài chính",),
            "Hướng dẫn các bệnh viện",
        ),
        (
            "Sở Xây dựng cùng vào cuộc, tháo gỡ khó khăn.",
            ("Sở Xây dựng",),
            (),
            "Cùng vào cuộc, tháo gỡ khó khăn",
        ),
        (
            "Yêu cầu Công ty cổ phần Đầu tư Bình Nguyên nộp đủ tiền sử dụng đất.",
            ("Công ty cổ phần Đầu tư Bình Nguyên",),
            (),
            "Nộp đủ tiền sử dụng đất",
        ),
        (
            "Trung tâm Dữ liệu quốc gia về hành chính bảo đảm hạ tầng.",
            ("Trung tâm Dữ liệu quốc gia về hành chính",),
            (),
            "Bảo đảm hạ tầng",
        ),
        (
            "Giao Sở Văn hóa và Thể thao là cơ quan thường trực, xây dựng kịch bản chi tiết.",
            ("Sở Văn hóa và Thể thao",),
            (),
            "Xây dựng kịch bản chi tiết",
        ),
        ("Sở Tài chính thì trình phương án điều chuyển vốn.", ("Sở Tài chính",), (), "Trình phương án điều chuyển vốn"),
        (
            "Văn phòng Thường trực Ban Chỉ huy tham mưu thành lập đoàn công tác.",
            ("Văn phòng Thường trực Ban Chỉ huy",),
            (),
            "Tham mưu thành lập đoàn công tác",
        ),
    ],
)
def test_who_does_what(sentence: str, lead: tuple[str, ...], coordinating: tuple[str, ...], action: str) -> None:
    (item,) = _read(sentence)
    assert (item.lead, item.coordinating, item.action) == (lead, coordinating, action)
    assert item.evidence


def test_those_named_in_a_plan_are_a_second_subject() -> None:
    items = _read(
        "Giao Sở Nội vụ xây dựng kịch bản; các đơn vị có tên tại Kế hoạch số 210/KH-UBND ngày 05/8/2026 "
        "chuẩn bị nội dung được phân công."
    )
    assert [item.lead for item in items] == [
        ("Sở Nội vụ",),
        ("Các đơn vị có tên tại Kế hoạch số 210/KH-UBND ngày 05/8/2026",),
    ]


def test_a_general_day_binds_only_those_without_their_own() -> None:
    items = _read(
        "Sở Nội vụ trình đề án trước ngày 20/5/2026.",
        "Thanh tra tỉnh trả lời đơn của công dân.",
        "Các nội dung nêu trên, nếu không quy định thời hạn riêng, hoàn thành trước ngày 31/5/2026.",
    )
    assert [item.deadline and item.deadline.iso for item in items] == ["2026-05-20", "2026-05-31"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Tuyệt đối không đưa tài liệu mật lên hệ thống.", "prohibition"),
        ("Ai chậm thì người đứng đầu chịu trách nhiệm trước Chủ tịch UBND tỉnh.", "responsibility"),
        ("Chuyện mua máy quét thì tôi đồng ý về chủ trương.", "decision"),
    ],
)
def test_kinds(sentence: str, kind: str) -> None:
    assert [item.kind for item in _read(sentence)] == [kind]


def test_a_meeting_of_routine_gives_nothing_to_a_committee() -> None:
    text = "Bộ trưởng chủ trì Hội nghị giao ban Bộ quý I năm 2026, trực tuyến đến 12 điểm cầu."
    assert extract_text(text, (), DAY).items == ()


def test_a_place_stands_for_its_committee_when_told_and_for_itself_elsewhere() -> None:
    items = _read(
        "Xã Bản Lầu kiểm đếm cho xong.",
        "Sở Xây dựng sửa đường tại xã Bản Lầu.",
        units=("UBND xã Bản Lầu", "Sở Xây dựng"),
    )
    assert items[0].lead == ("UBND xã Bản Lầu",)
    assert items[1].action == "Sửa đường tại xã Bản Lầu"


@pytest.mark.parametrize(
    "said",
    ["ngày ba mươi hai tháng tư", "ngày 32 tháng 4", "ngày 31/4/2026", "ngày ba mươi tháng hai", "ngày 30/2/2027"],
)
@pytest.mark.parametrize("before", ["trước", "chậm nhất là", "hoàn thành", "vào", "xong trước"])
def test_a_day_that_does_not_exist_is_a_question(before: str, said: str) -> None:
    (item,) = _read(f"Sở Nội vụ nộp báo cáo {before} {said}.")
    assert item.deadline is None or item.deadline.iso is None
    assert any("không có trên lịch" in question for question in item.questions), item


@pytest.mark.parametrize(
    ("sentence", "lead", "action", "day"),
    [
        (
            "Sở Xây dựng trước ngày 30/6/2026 phải trình đồ án quy hoạch.",
            ("Sở Xây dựng",),
            "Trình đồ án quy hoạch",
            "2026-06-30",
        ),
        (
            "Đến hết năm 2026, Sở Y tế hoàn thành số hóa hồ sơ.",
            ("Sở Y tế",),
            "Hoàn thành số hóa hồ sơ",
            "2026-12-31",
        ),
        (
            "UBND các xã: Rà soát hộ nghèo, báo cáo trước ngày 20/5/2026.",
            ("UBND các xã",),
            "Rà soát hộ nghèo, báo cáo",
            "2026-05-20",
        ),
        (
            "Đồng chí Phó Chủ tịch Thường trực UBND tỉnh chỉ đạo xử lý kiến nghị trong tháng 6/2026.",
            ("Phó Chủ tịch Thường trực UBND tỉnh",),
            "Chỉ đạo xử lý kiến nghị",
            "2026-06-30",
        ),
    ],
    ids=["time-before-act", "until-a-year", "colon-before-act", "deputy-of-province"],
)
def test_who_has_to_act_by_when(sentence: str, lead: tuple[str, ...], action: str, day: str) -> None:
    (item,) = _read(sentence)
    assert (item.lead, item.action) == (lead, action)
    assert item.deadline is not None
    assert item.deadline.iso == day


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("UBND các xã ven suối rà soát các hộ trong vùng sạt lở.", "UBND các xã ven suối"),
        ("Các nhà máy chế biến dừa ký hợp đồng bao tiêu với nông dân.", "Các nhà máy chế biến dừa"),
        ("Các công ty lâm nghiệp trồng bù diện tích rừng đã mất.", "Các công ty lâm nghiệp"),
        ("UBND các tỉnh có đường cao tốc đi qua bàn giao mặt bằng.", "UBND các tỉnh có đường cao tốc đi qua"),
        ("Các thôn còn nợ quỹ phòng chống thiên tai nộp về xã.", "Các thôn còn nợ quỹ phòng chống thiên tai"),
        ("Các sở chủ trì soạn thảo gửi hồ sơ thẩm định.", "Các sở chủ trì soạn thảo"),
        ("Sở Công Thương các tỉnh, thành phố lập danh sách kho hàng.", "Sở Công Thương các tỉnh, thành phố"),
        ("Trưởng các thôn trên địa bàn xã thông báo lịch tiêm.", "Trưởng các thôn trên địa bàn xã"),
        ("Ban Tổ chức và Nhân sự lập đề án vị trí việc làm.", "Ban Tổ chức và Nhân sự"),
        ("Người đại diện vốn nhà nước tại các công ty cổ phần gửi báo cáo.", None),
    ],
)
def test_which_of_the_many(sentence: str, lead: str | None) -> None:
    (item,) = _read(sentence)
    assert item.lead == (lead or "Người đại diện vốn nhà nước tại các công ty cổ phần",)


def test_two_collectives_behind_each_other_are_two_leads() -> None:
    (item,) = _read("Yêu cầu Chủ tịch UBND các xã, Giám đốc các bệnh viện báo cáo số ca mắc.")
    assert item.lead == ("Chủ tịch UBND các xã", "Giám đốc các bệnh viện")


def test_named_units_that_still_owe_something_are_told_by_their_names() -> None:
    (item,) = _read("UBND xã Nà Sản, UBND xã Bản Giốc chưa nộp đủ hồ sơ phải giải trình trước ngày 20/5/2026.")
    assert (item.lead, item.action) == (("UBND xã Nà Sản", "UBND xã Bản Giốc"), "Giải trình")


def test_a_second_unit_behind_a_comma_has_its_own_task_and_a_receiver_has_none() -> None:
    first, second = _read("Giao Sở Xây dựng lập đồ án quy hoạch, Sở Tài chính bố trí kinh phí.")
    assert (first.lead, second.lead) == (("Sở Xây dựng",), ("Sở Tài chính",))
    (item,) = _read("Sở Xây dựng gửi hồ sơ cho Sở Tư pháp, Sở Tài chính thẩm định.")
    assert item.lead == ("Sở Xây dựng",)


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Kinh phí thì Sở Tài chính cân đối.", "Sở Tài chính"),
        ("Nhân lực thì theo ý kiến của Hội nghị, Sở Nội vụ điều động.", "Sở Nội vụ"),
        ("Cục Thủy lợi có văn bản hướng dẫn các địa phương.", "Cục Thủy lợi"),
    ],
)
def test_the_subject_behind_what_is_spoken_of(sentence: str, lead: str) -> None:
    (item,) = _read(sentence)
    assert item.lead == (lead,)


def test_what_an_act_is_orders_nothing() -> None:
    assert _read("Cải cách hành chính là nhiệm vụ của cả hệ thống chính trị.") == ()


def test_who_does_it_makes_an_act_of_the_line_above() -> None:
    text = (
        "Tổng Giám đốc kết luận như sau:\n\n1. Bảo dưỡng cầu trục số 3\nĐơn vị chủ trì: Ban Kỹ thuật\n"
        "Đơn vị phối hợp: Ban An toàn\nThời hạn: thứ Tư, ngày 20/5.\n"
    )
    (item,) = extract_text(text, (), DAY).items
    assert (item.lead, item.coordinating) == (("Ban Kỹ thuật",), ("Ban An toàn",))
    assert item.deadline is not None
    assert item.deadline.iso == "2026-05-20"


def test_those_who_work_along_stand_before_the_act() -> None:
    (item,) = _read_below("Phòng Nghiệp vụ", "Cùng Phòng Hành chính kiểm kê tài sản.")
    assert (item.lead, item.coordinating) == (("Phòng Nghiệp vụ",), ("Phòng Hành chính",))


def test_a_heading_names_its_unit_behind_a_topic() -> None:
    (item,) = _read_below("Về tái định cư, UBND tỉnh Thuận Sơn", "Phê duyệt phương án bồi thường.")
    assert item.lead == ("UBND tỉnh Thuận Sơn",)


def test_numbered_tasks_with_fields_and_names_with_commas() -> None:
    text = (
        "Giám đốc kết luận:\n\n1. Các nhiệm vụ cụ thể:\n\nNhiệm vụ 1: Ban hành quy chế thi đấu.\n"
        "Cơ quan chủ trì: Trung tâm Huấn luyện và Thi đấu thể dục, thể thao.\nCơ quan phối hợp: các cơ quan chủ quản.\n"
        "Thời gian hoàn thành: quý III/2026.\n"
    )
    (item,) = extract_text(text, (), DAY).items
    assert item.lead == ("Trung tâm Huấn luyện và Thi đấu thể dục, thể thao",)
    assert item.deadline is not None
    assert item.deadline.iso == "2026-09-30"


def test_the_day_of_a_plain_heading_ends_with_its_part() -> None:
    text = (
        "Bộ trưởng kết luận như sau:\n\nI. TRONG TUẦN\n\nCác nhiệm vụ sau đây phải hoàn thành trong tuần này:\n\n"
        "- Vụ Pháp chế trình dự thảo Thông tư.\n\nII. QUÝ III\n\n1. Cục Đường bộ kiểm tra các bến xe.\n"
    )
    first, second = extract_text(text, (), DAY).items
    assert first.deadline is not None
    assert second.deadline is None


def test_two_of_a_kind_are_the_two_named_last() -> None:
    first, second, both = _read("Bộ Y tế quy định mô hình trạm. Bộ Nội vụ rà soát biên chế. Hai Bộ phải gửi kế hoạch.")
    assert both.lead == (*first.lead, *second.lead)
    assert any("cần xác nhận" in question for question in both.questions)


def test_a_paper_says_what_a_bare_head_means() -> None:
    text = (
        "Giám đốc Sở làm việc với Bệnh viện Đa khoa khu vực Tam Sơn (sau đây gọi tắt là Bệnh viện) và kết luận:\n\n"
        "1. Sở Y tế làm việc với Bệnh viện Nhi tỉnh.\n\n2. Yêu cầu Bệnh viện họp hội đồng chuyên môn.\n"
    )
    assert extract_text(text, (), DAY).items[-1].lead == ("Bệnh viện Đa khoa khu vực Tam Sơn",)


@pytest.mark.parametrize(
    ("sentence", "iso", "rrule"),
    [
        ("Sở Tài chính tháo gỡ khó khăn cho người dân dịp cuối năm.", None, None),
        ("Sở Xây dựng đề xuất cắt vốn của dự án mà đến ngày 31/10/2026 vẫn giải ngân chậm.", None, None),
        ("Sở Y tế cử đoàn xuống cơ sở trong ngày 14/5/2026.", "2026-05-14", None),
        ("Các Phó Giám đốc mỗi tháng ít nhất một lần kiểm tra hiện trường.", None, "FREQ=MONTHLY"),
    ],
)
def test_days_that_bind_and_days_that_do_not(sentence: str, iso: str | None, rrule: str | None) -> None:
    (item,) = _read(sentence)
    assert (item.deadline and item.deadline.iso, item.deadline and item.deadline.rrule) == (iso, rrule)


def test_a_ban_on_issuing_names_no_committee() -> None:
    (item,) = _read_below("UBND các xã", "Không ban hành thêm khoản thu nào.")
    assert (item.kind, item.lead) == ("prohibition", ("UBND các xã",))


def test_a_ban_without_subject_is_nobodys_task() -> None:
    first, second = _read("Sở Y tế kiểm tra các bệnh viện. Không được thu thêm ngoài danh mục.")
    assert first.lead == ("Sở Y tế",)
    assert (second.kind, second.lead) == ("prohibition", ())


def test_who_answers_for_a_task_in_person_has_no_task() -> None:
    (item,) = _read("Thủ trưởng các đơn vị trực tiếp phụ trách, chịu trách nhiệm trước Chủ tịch UBND tỉnh về kết quả.")
    assert item.kind == "responsibility"


def test_the_many_are_those_named_behind_the_colon_and_helpers_stand_at_the_end() -> None:
    first, second = _read(
        "Các đơn vị: Cục Thuế, Cục Hải quan rà soát quy trình nghiệp vụ.",
        "Giao Tạp chí Giáo dục xây dựng kịch bản, các đơn vị: Vụ Tổ chức cán bộ, Văn phòng Bộ phối hợp thực hiện.",
    )
    assert first.lead == ("Cục Thuế", "Cục Hải quan")
    assert second.action == "Xây dựng kịch bản"
    assert second.coordinating == ("Vụ Tổ chức cán bộ", "Văn phòng Bộ")


def test_every_office_of_one_name_is_a_lead_of_many() -> None:
    (item,) = _read("Các Cục Quản lý thị trường gửi số liệu.")
    assert (item.lead, item.collective) == (("Các Cục Quản lý thị trường",), True)


def test_what_is_granted_under_the_name_of_a_unit_is_decided_and_the_unit_stays_in_view() -> None:
    first, second = _read("Chi cục Kiểm lâm: Đồng ý cho lùi thời gian trình phương án. Khẩn trương xác minh vụ việc.")
    assert (first.kind, first.lead) == ("decision", ())
    assert (second.kind, second.lead) == ("directive", ("Chi cục Kiểm lâm",))


def test_an_act_behind_a_responsibility_is_a_task_of_its_own() -> None:
    first, second = _read("Sở Y tế chịu trách nhiệm về số liệu báo cáo; đến hết năm 2026 phải hoàn thành số hóa hồ sơ.")
    assert (first.kind, first.deadline) == ("responsibility", None)
    assert (second.kind, second.lead) == ("directive", ("Sở Y tế",))
    assert second.deadline is not None
    assert second.deadline.iso == "2026-12-31"
