"""Names that look like acts, the many by what they are, topics before who acts."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text

HEAD = "THÔNG BÁO\nKết luận của Bộ trưởng\nBộ trưởng kết luận như sau:\n"


def leads_and_acts(sentence: str) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    found = extract_text(HEAD + sentence, [], date(2026, 6, 10))
    return [(item.lead, item.coordinating, item.action) for item in found.items]


@pytest.mark.parametrize(
    ("sentence", "lead", "action"),
    [
        (
            "1. Phòng Giáo dục Mầm non - Tiểu học tập huấn cho giáo viên.",
            "Phòng Giáo dục Mầm non - Tiểu học",
            "Tập huấn cho giáo viên",
        ),
        (
            "1. Yêu cầu Liên danh nhà thầu Sao Việt - Thiên Hà bổ sung kỹ sư.",
            "Liên danh nhà thầu Sao Việt - Thiên Hà",
            "Bổ sung kỹ sư",
        ),
        ("1. Giao Công đoàn ngành Giáo dục xây dựng kế hoạch.", "Công đoàn ngành Giáo dục", "Xây dựng kế hoạch"),
        (
            "1. Các phòng chưa hoàn thành nhiệm vụ tháng 9 giải trình bằng văn bản.",
            "Các phòng chưa hoàn thành nhiệm vụ tháng 9",
            "Giải trình bằng văn bản",
        ),
        (
            "1. Các đơn vị được giao nhiệm vụ báo cáo tiến độ về Trung tâm.",
            "Các đơn vị được giao nhiệm vụ",
            "Báo cáo tiến độ về Trung tâm",
        ),
        (
            "1. Các cơ quan được Sở Công Thương lấy ý kiến trả lời bằng văn bản.",
            "Các cơ quan được Sở Công Thương lấy ý kiến",
            "Trả lời bằng văn bản",
        ),
        ("1. Các sở giáo dục và đào tạo rà soát thông tin.", "Các sở giáo dục và đào tạo", "Rà soát thông tin"),
        (
            "1. Sở Y tế các tỉnh Bắc Khê, Vạn Xuân sửa chữa kho lạnh.",
            "Sở Y tế các tỉnh Bắc Khê, Vạn Xuân",
            "Sửa chữa kho lạnh",
        ),
        ("d) Chất lượng nước: Bộ Y tế sửa đổi quy chuẩn kỹ thuật.", "Bộ Y tế", "Sửa đổi quy chuẩn kỹ thuật"),
        ("1. Văn phòng Bộ thì, xử lý dứt điểm tồn tại.", "Văn phòng Bộ", "Xử lý dứt điểm tồn tại"),
    ],
)
def test_who_acts_is_read_whole(sentence: str, lead: str, action: str) -> None:
    assert [(found[0], found[2]) for found in leads_and_acts(sentence)] == [((lead,), action)]


def test_who_leads_and_who_helps_stand_in_brackets_before_the_time() -> None:
    sentence = (
        "1. Kiểm tra 12 địa phương (Vụ Pháp chế chủ trì, Văn phòng Bộ phối hợp), thời gian từ ngày 01/7 đến 05/7/2026."
    )
    assert leads_and_acts(sentence) == [(("Vụ Pháp chế",), ("Văn phòng Bộ",), "Kiểm tra 12 địa phương")]


def test_a_paper_about_working_together_names_no_helper() -> None:
    [(_lead, helpers, _action)] = leads_and_acts("1. Văn phòng Bộ trình Quy chế phối hợp với Công an tỉnh.")
    assert helpers == ()


def test_a_short_form_of_its_own_words_is_the_whole_name() -> None:
    present = "Tham dự có Công ty TNHH MTV Lâm nghiệp Krông Bách (Công ty Krông Bách).\n"
    text = f"{present}1. Công ty Krông Bách bàn giao hồ sơ."
    [(lead, _helpers, _action)] = leads_and_acts(text)
    assert lead == ("Công ty TNHH MTV Lâm nghiệp Krông Bách",)


def test_the_day_a_task_once_had_is_not_its_day() -> None:
    once = "(nhiệm vụ giao tại Công văn số 33/UBND, hạn hoàn thành là ngày 31/7/2026)"
    text = f"1. Sở Xây dựng trình hồ sơ trước ngày 20/9/2026 {once}."
    [item] = extract_text(HEAD + text, [], date(2026, 9, 10)).items
    assert item.deadline is not None
    assert item.deadline.iso == "2026-09-20"


def test_those_who_help_stand_in_brackets_behind_what_a_named_unit_does() -> None:
    sentence = "1. Cục Tin học nâng cấp Hệ thống (Văn phòng Bộ, Cục Việc làm phối hợp); hoàn thành trong tháng 9/2026."
    assert leads_and_acts(sentence) == [(("Cục Tin học",), ("Văn phòng Bộ", "Cục Việc làm"), "Nâng cấp Hệ thống")]


def test_a_title_that_looks_like_an_act_orders_nothing() -> None:
    found = leads_and_acts("6. Tổ chức thực hiện\nCác đơn vị báo cáo kết quả về Văn phòng Bộ trước ngày 20/8/2026.")
    assert [action for _lead, _helpers, action in found] == ["Báo cáo kết quả về Văn phòng Bộ"]


def test_one_day_for_all_that_have_none() -> None:
    lines = (
        "1. Cục Việc làm rà soát chính sách.",
        "2. Văn phòng Bộ lập kế hoạch trước ngày 20/8/2026.",
        "Các nhiệm vụ nêu trên nếu không ghi thời hạn cụ thể thì hoàn thành trước ngày 30/9/2026.",
    )
    items = extract_text(HEAD + "\n".join(lines), [], date(2026, 6, 10)).items
    assert [item.deadline.iso for item in items if item.deadline] == ["2026-09-30", "2026-08-20"]


def deadlines(sentence: str) -> list[tuple[tuple[str, ...], str | None]]:
    found = extract_text(HEAD + sentence, [], date(2026, 6, 10))
    return [(item.lead, item.deadline.iso if item.deadline else None) for item in found.items]


@pytest.mark.parametrize(
    ("sentence", "lead", "iso"),
    [
        (
            "1. Cục Bổ trợ tư pháp, trong thời hạn 05 ngày làm việc kể từ ngày kết thúc cuộc họp, hoàn thành báo cáo.",
            "Cục Bổ trợ tư pháp",
            "2026-06-17",
        ),
        ("1. Sở Tài chính phân bổ số vốn đã được giao trước ngày 30/6/2026.", "Sở Tài chính", "2026-06-30"),
        (
            "1. Giao 07 Tổ công tác của Thủ tướng Chính phủ làm việc với các bộ trong tháng 8 năm 2026.",
            "07 Tổ công tác của Thủ tướng Chính phủ",
            "2026-08-31",
        ),
    ],
)
def test_time_between_commas_and_before_things_already_given_is_a_deadline(sentence: str, lead: str, iso: str) -> None:
    assert deadlines(sentence) == [((lead,), iso)]


def test_who_only_helps_behind_a_semicolon_gets_no_task_of_its_own() -> None:
    found = leads_and_acts("1. Giao Cục Tin học nâng cấp phần mềm, xong trước 01/7; Văn phòng Bộ phối hợp thực hiện.")

    assert found == [(("Cục Tin học",), ("Văn phòng Bộ",), "Nâng cấp phần mềm")]


def test_help_that_is_asked_for_belongs_to_the_act() -> None:
    act = "Rà soát danh sách hộ nghèo, đề nghị UBND thành phố hỗ trợ"

    assert leads_and_acts(f"1. Phòng Văn hóa:\n+ {act}.") == [(("Phòng Văn hóa",), (), act)]


def test_a_weekday_that_opens_a_point_is_its_day() -> None:
    assert deadlines("1. Sở Y tế:\na) Thứ Năm tuần tới, tổ chức hội thảo về dược liệu.") == [
        (("Sở Y tế",), "2026-06-18")
    ]


def test_short_forms_are_known_by_their_letters() -> None:
    body = (
        "THÔNG BÁO\nKết luận của Giám đốc Sở\nDự họp có Phòng Bưu chính, Viễn thông và Hạ tầng số (Phòng BCVT&HTS), "
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông, hạ tầng và đô thị (Ban QLDA GTHT).\n"
        "Giám đốc Sở kết luận như sau:\n1. Phòng BCVT&HTS rà soát các trạm.\n2. Giao Ban QLDA GTHT lập hồ sơ."
    )
    found = extract_text(body, [], date(2026, 6, 10))

    assert [item.lead for item in found.items] == [
        ("Phòng Bưu chính, Viễn thông và Hạ tầng số",),
        ("Ban Quản lý dự án đầu tư xây dựng công trình giao thông, hạ tầng và đô thị",),
    ]


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("1. Các Ban Quản lý dự án 3, 5, 8:\n- Nghiệm thu khối lượng.", "Các Ban Quản lý dự án 3, 5, 8"),
        (
            "1. Đề nghị các Sở Xây dựng được phân cấp quản lý quốc lộ:\n- Bố trí lực lượng.",
            "Các Sở Xây dựng được phân cấp quản lý quốc lộ",
        ),
        ("1. UBND các tỉnh biên giới phía Bắc:\n- Công khai số xe tồn.", "UBND các tỉnh biên giới phía Bắc"),
        (
            "1. UBND 09 xã, phường chưa chọn được tư vấn phải hoàn thành việc chỉ định thầu.",
            "UBND 09 xã, phường chưa chọn được tư vấn",
        ),
        (
            "1. Yêu cầu UBND các xã có diện tích lúa hè thu vận động nông dân không đốt rơm rạ.",
            "UBND các xã có diện tích lúa hè thu",
        ),
        ("1. Các hiệp hội ngành hàng xây dựng bộ tiêu chuẩn.", "Các hiệp hội ngành hàng"),
        ("1. Tổng Giám đốc xây dựng lại kế hoạch sản xuất.", "Tổng Giám đốc"),
    ],
)
def test_the_many_are_read_with_what_tells_them_apart(sentence: str, lead: str) -> None:
    assert [found[0] for found in leads_and_acts(sentence)] == [(lead,)]


def test_a_resolution_names_who_acts_in_brackets_with_the_time() -> None:
    body = "NGHỊ QUYẾT\nVề kinh tế dữ liệu\nQUYẾT NGHỊ:\n1. Hướng dẫn hạch toán dữ liệu (Bộ Tài chính; quý IV/2026)."
    (item,) = extract_text(body, [], date(2026, 6, 30)).items

    assert (item.lead, item.deadline and item.deadline.iso) == (("Bộ Tài chính",), "2026-12-31")


@pytest.mark.parametrize(
    ("lead", "act"),
    [
        ("Các chủ đầu tư còn trên 500 tỷ đồng chưa giải ngân", "Lập tiến độ chi tiết"),
        ("Các đơn vị có văn bản bị kết luận có dấu hiệu trái pháp luật", "Tự kiểm tra"),
        ("Các tổ chức, cá nhân được cấp phép khai thác cát, sỏi", "Lắp đặt thiết bị giám sát"),
        ("Các bộ có nhiệm vụ khoa học quá hạn nghiệm thu trên 12 tháng", "Xử lý dứt điểm"),
        ("Trưởng các khoa Ngoại chấn thương, Ngoại tổng hợp, Ung bướu", "Rà lại danh mục kỹ thuật"),
        ("Phân hiệu tại Gia Sơn", "Hoàn tất thủ tục"),
        ("Hải quan cửa khẩu cảng Cửa Vạn", "Rà soát hồ sơ"),
        ("Công ty TNHH Môi trường xanh Phú An", "Bổ sung nhân viên"),
    ],
)
def test_who_is_meant_ends_where_the_act_begins(lead: str, act: str) -> None:
    assert leads_and_acts(f"1. {lead} {act[0].lower()}{act[1:]}.") == [((lead,), (), act)]


def test_a_person_keeps_the_office_that_heads_no_unit() -> None:
    deputy = "Nghiêm Xuân Bách, Phó Chủ tịch UBND tỉnh"
    clerk = "Lý Tiến Chức, công chức Phòng Kinh tế"

    assert leads_and_acts(f"1. Giao đồng chí {deputy}, giải quyết các khó khăn.")[0][0] == (deputy,)
    assert leads_and_acts(f"1. Đồng chí {clerk}, hoàn thiện hồ sơ.")[0][0] == (clerk,)


def test_what_a_plan_is_for_is_no_task() -> None:
    plan = "I. MỤC ĐÍCH, YÊU CẦU\n1. Phấn đấu số thu đạt 14.800 tỷ đồng.\nII. NHIỆM VỤ\n1. Sở Thuế rà soát nợ thuế."

    assert leads_and_acts(plan) == [(("Sở Thuế",), (), "Rà soát nợ thuế")]


def test_short_forms_in_a_list_without_heads() -> None:
    body = (
        "THÔNG BÁO\nKết luận của Giám đốc Sở\n"
        "Dự họp có các phòng: Quản lý ngân sách (QLNS), Đăng ký kinh doanh (ĐKKD).\n"
        "Giám đốc Sở kết luận như sau:\n1. Phòng QLNS rà soát số dư tạm ứng.\n2. Giao Phòng ĐKKD cử công chức hỗ trợ."
    )

    assert [item.lead for item in extract_text(body, [], date(2026, 6, 10)).items] == [
        ("Phòng Quản lý ngân sách",),
        ("Phòng Đăng ký kinh doanh",),
    ]


def test_an_order_above_a_numbered_list_opens_the_conclusions() -> None:
    letter = (
        "THANH TRA TỈNH\nV/v đôn đốc thực hiện Kết luận thanh tra số 41\nKính gửi: UBND phường Đông Sơn.\n"
        "Các đơn vị mới khắc phục một phần.\nĐể bảo đảm hiệu lực của kết luận, Thanh tra tỉnh yêu cầu:\n"
        "1. UBND phường Đông Sơn:\n- Nộp số tiền còn thiếu trước ngày 30/9/2026.\n2. Thuế tỉnh áp dụng cưỡng chế."
    )

    assert [(item.lead, item.action) for item in extract_text(letter, [], date(2026, 9, 18)).items] == [
        (("UBND phường Đông Sơn",), "Nộp số tiền còn thiếu"),
        (("Thuế tỉnh",), "Áp dụng cưỡng chế"),
    ]


def test_how_far_something_has_come_is_no_task() -> None:
    assert leads_and_acts("1. Các phòng, đơn vị hoàn thành 26/31 đầu việc trong tuần này.") == []


def test_rooms_are_known_by_the_list_of_those_present() -> None:
    body = (
        "THÔNG BÁO\nKết luận của Trưởng ban\nDự họp có các phòng: Quản lý đầu tư, Quản lý kho bãi và bến thủy, "
        "Môi trường.\nTrưởng ban kết luận như sau:\n1. Phòng Quản lý kho bãi và bến thủy thẩm định hồ sơ."
    )

    assert [item.lead for item in extract_text(body, [], date(2026, 6, 10)).items] == [
        ("Phòng Quản lý kho bãi và bến thủy",)
    ]
