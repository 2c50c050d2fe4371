"""Who directs in reports and letters as offices and newspapers write them, and who is told."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text

NEWS = "Sáng 08/6/2026, UBND tỉnh tổ chức phiên họp thường kỳ tháng 6.\n"


def leads(text: str) -> list[tuple[str, ...]]:
    return [item.lead for item in extract_text(text, (), date(2026, 6, 10)).items]


@pytest.mark.parametrize(
    ("said", "lead"),
    [
        (
            "Phát biểu kết luận, đồng chí Kim Thế Hựu, Phó Chủ tịch Thường trực UBND tỉnh, Trưởng Ban Tổ chức yêu cầu "
            "các thành viên Ban Tổ chức căn cứ chức năng, nhiệm vụ cụ thể của đơn vị khẩn trương triển khai kế hoạch.",
            "Các thành viên Ban Tổ chức",
        ),
        ("Đồng chí Bí thư Đảng ủy Công ty đề nghị các cấp ủy sớm lập chương trình hành động.", "Các cấp ủy"),
        ("Bí thư Tỉnh ủy lưu ý: Các địa phương cần lập kế hoạch phân bổ nguồn lực.", "Các địa phương"),
        ("Để chống rét cho vật nuôi, Chủ tịch UBND huyện yêu cầu: UBND các xã kiểm tra chuồng trại.", "UBND các xã"),
        ("Bên cạnh đó, Sở Y tế đã đề nghị các bệnh viện rà soát cơ số thuốc.", "Các bệnh viện"),
        (
            "Phó Thủ tướng yêu cầu đối với khu vực sạt lở, chính quyền các địa phương huy động lực lượng hỗ trợ dân.",
            "Chính quyền các địa phương",
        ),
        ("Thủ tướng yêu cầu giao Văn phòng Chính phủ chủ trì, trình dự thảo quyết định.", "Văn phòng Chính phủ"),
        ("Ông Hựu chỉ đạo Cục Chuyển đổi số lập trung tâm mẫu ở một tỉnh.", "Cục Chuyển đổi số"),
        (
            "Bộ Công Thương đề nghị Bộ Nông nghiệp và Môi trường gửi ý kiến về xuất khẩu gạo.",
            "Bộ Nông nghiệp và Môi trường",
        ),
        (
            "Phó Giám đốc Sở Xây dựng Kim Thế Hựu ký Công văn số 1817/SXD gửi Chi cục Kiểm lâm tỉnh yêu cầu: Khẩn "
            "trương dừng việc dùng đường nội bộ.",
            "Chi cục Kiểm lâm tỉnh",
        ),
        ("Phó Thủ tướng lưu ý do mưa lũ còn phức tạp, các địa phương rà soát phương án.", "Các địa phương"),
        ("Theo đó, UBND TP Sa Lộc giao Sở Xây dựng tham mưu thành lập đoàn kiểm tra.", "Sở Xây dựng"),
        ("Lãnh đạo tỉnh giao Sở Tài chính tham mưu phương án bố trí vốn.", "Sở Tài chính"),
        (
            "Cục Đường thủy nội địa Việt Nam được Bộ Xây dựng yêu cầu chỉ đạo các cảng vụ nắm số lượng tàu neo đậu.",
            "Cục Đường thủy nội địa Việt Nam",
        ),
        ("Riêng đối với Cục Hàng hải Việt Nam, yêu cầu đơn vị này kiểm tra các phao tiêu.", "Cục Hàng hải Việt Nam"),
    ],
)
def test_those_told_are_found_whoever_tells_them(said: str, lead: str) -> None:
    assert leads(f"{NEWS}{said}\n") == [(lead,)]


@pytest.mark.parametrize(
    "said",
    [
        "Tại phiên họp, Sở Y tế đề nghị UBND tỉnh hỗ trợ kinh phí.",
        "Sở Y tế thống nhất với ý kiến của Sở Nội vụ.",
        "Dự kiến trong năm 2026 phấn đấu giải ngân tăng 20% so với năm 2025.",
    ],
)
def test_who_asks_those_above_agrees_or_foresees_tells_nobody(said: str) -> None:
    assert leads(f"{NEWS}{said}\n") == []


def test_orders_cut_out_of_a_report_are_read_and_news_is_not() -> None:
    cut = "Bộ Y tế tập trung chỉ đạo các giải pháp phòng dịch. Khẩn trương trình Chính phủ phương án mua vắc xin.\n"
    news = "Bộ Y tế vừa tổ chức hội nghị tổng kết. Các đại biểu thảo luận về giải pháp phòng dịch.\n"
    assert leads(cut) == [("Bộ Y tế",)] * 2
    assert leads(news) == []


def test_bodies_that_direct_also_do() -> None:
    text = (
        "Phó Thủ tướng giao Bộ Xây dựng hoàn thiện đề án đường thủy.\nVăn phòng Chính phủ tổ chức cuộc họp để Phó Thủ "
        "tướng nghe Bộ Giao thông vận tải góp ý.\n"
    )
    assert leads(text) == [("Bộ Xây dựng",), ("Văn phòng Chính phủ",)]


def test_the_head_of_a_body_named_whole_is_told_to_direct() -> None:
    text = (
        "Về việc này, Phó Thủ tướng có ý kiến chỉ đạo như sau:\n"
        "Chủ tịch Ủy ban nhân dân tỉnh Bình Sa chỉ đạo các sở, ngành kiểm tra việc cấp phép.\n"
    )
    (lead,) = leads(text)
    assert lead[0].endswith("Ủy ban nhân dân tỉnh Bình Sa")


def test_a_list_is_addressed_to_those_who_are_to_do_it() -> None:
    points = "1. Rà soát các khoản phí.\n2. Huy động vốn để xây dựng đường vành đai.\n"
    asked = (
        "Để triển khai các quy định mới, Bộ Xây dựng đề nghị Ủy ban nhân dân các tỉnh chỉ đạo các cơ quan trực thuộc "
        "quán triệt, trong đó lưu ý các nhiệm vụ sau:\n"
    )
    needed = "Bộ Tài chính và toàn hệ thống ngân hàng thương mại cần chủ động thực hiện các nhiệm vụ, giải pháp sau:\n"
    assert leads(asked + points) == [("Ủy ban nhân dân các tỉnh",)] * 2
    assert leads(needed + points) == [("Bộ Tài chính", "Toàn hệ thống ngân hàng thương mại")] * 2


def test_a_directive_that_asks_many_opens_its_points() -> None:
    text = (
        "Thủ tướng Chính phủ yêu cầu các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ và đề nghị cộng đồng doanh nghiệp, "
        "nhân dân:\nII. CÁC NHIỆM VỤ\na) Bộ Tài chính:\n- Trình Chính phủ nghị định về gia hạn nộp thuế.\n"
    )
    assert leads(text) == [("Bộ Tài chính",)]


def test_what_a_unit_asks_of_many_in_its_own_act_is_its_task() -> None:
    text = (
        "Chủ tịch UBND tỉnh kết luận như sau:\n1. Sở Xây dựng kiểm tra, yêu cầu các doanh nghiệp khắc phục tồn tại.\n"
        "2. Chủ tịch UBND các xã triển khai và chỉ đạo các đơn vị thuộc phạm vi quản lý rà soát hộ nghèo.\n"
    )
    assert leads(text) == [("Sở Xây dựng",), ("Chủ tịch UBND các xã",)]


def test_those_directed_work_with_others_not_the_one_who_directs() -> None:
    text = "Bộ trưởng kết luận như sau:\n1. Cục Hàng không chỉ đạo các cảng phối hợp với Công an tỉnh kiểm tra vé.\n"
    (item,) = extract_text(text, (), date(2026, 6, 10)).items
    assert (item.lead, item.coordinating) == (("Cục Hàng không",), ())


def test_praise_that_is_to_be_given_is_a_task_and_praise_now_is_none() -> None:
    text = (
        "Bộ trưởng kết luận như sau:\n1. Giao Sở Nội vụ:\na) Kịp thời biểu dương mô hình tốt, phê bình nơi chậm.\n"
        "2. Biểu dương Đồn Biên phòng Ia Lốp đã kịp thời dập tắt vụ cháy rừng.\n"
    )
    kinds = [item.kind for item in extract_text(text, (), date(2026, 6, 10)).items]
    assert kinds == ["directive", "commendation"]


def test_the_close_of_a_paper_is_no_task() -> None:
    text = (
        "Chủ tịch UBND tỉnh giao:\n1. Sở Y tế rà soát cơ số thuốc.\n"
        "Yêu cầu các sở, ngành nghiêm túc triển khai thực hiện./.\n"
    )
    items = extract_text(text, (), date(2026, 6, 10)).items
    assert [item.kind for item in items] == ["directive", "standing_duty"]
