"""Reports, letters and plans without "kết luận như sau": who goes on being told, and what only tells."""

from datetime import date

from minutes.drafting.extract import extract_text

DAY = date(2026, 6, 10)


def orders(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(item.lead, item.action) for item in extract_text(text, (), DAY).items]


def test_the_next_sentence_of_a_report_goes_on_with_the_same_unit() -> None:
    text = (
        "Thủ tướng Chính phủ giao Bộ Tài chính xây dựng kế hoạch chống thất thu thuế, hoàn thành trong tháng 6.\n"
        "Xây dựng, trình Chính phủ nghị quyết về mua sắm công.\n"
        "Đồng thời, Bộ này cần khẩn trương hoàn thiện dự án Luật Quản lý thuế sửa đổi.\n"
        "Dự kiến, tuyến cao tốc sẽ được thông xe vào tháng 9.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("Bộ Tài chính",)] * 3


def test_a_director_named_further_back_does_not_end_the_orders() -> None:
    text = (
        "Người đứng đầu Chính phủ giao Bộ Nội vụ kiểm tra việc tuyển dụng giáo viên.\n"
        "Bộ Nội vụ rà soát nhu cầu giáo viên còn thiếu của các địa phương, báo cáo Thủ tướng xem xét.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("Bộ Nội vụ",)] * 2


def test_an_office_tells_others_by_a_paper() -> None:
    text = (
        "Tổng cục Thuế vừa ban hành công văn chỉ đạo cục thuế các tỉnh, thành phố đẩy mạnh giải quyết hồ sơ "
        "hoàn thuế.\n"
        "Theo đó, Sở GD-ĐT TP.HCM yêu cầu các trường ngoài công lập rà soát cơ sở vật chất.\n"
    )
    assert orders(text) == [
        (("Cục thuế các tỉnh, thành phố",), "Đẩy mạnh giải quyết hồ sơ hoàn thuế"),
        (("Các trường ngoài công lập",), "Rà soát cơ sở vật chất"),
    ]


def test_the_chair_may_just_have_ordered_or_have_others_directed() -> None:
    text = (
        "Phó Thủ tướng Lục Hồng Kỳ cũng vừa yêu cầu UBND các tỉnh: Bình Sa, Hà Châu kiểm tra nội dung báo "
        "chí phản ánh.\n"
        "Thủ tướng cũng chỉ đạo Bộ Tài chính theo dõi sát tình hình giá cả.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("UBND các tỉnh: Bình Sa, Hà Châu",), ("Bộ Tài chính",)]


def test_points_of_a_plan_that_tell_units_are_its_tasks() -> None:
    text = (
        "8. Bộ Tài chính chủ trì, tổng hợp, trình cấp có thẩm quyền bố trí kinh phí.\n"
        "9. Các bộ, ngành căn cứ chức năng, nhiệm vụ lồng ghép các mục tiêu vào kế hoạch.\n"
        "10. Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương\n"
        "a) Xây dựng, triển khai kế hoạch của địa phương.\n"
        "b) Bố trí ngân sách thực hiện.\n"
    )
    provinces = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",)
    assert [lead for lead, _ in orders(text)] == [("Bộ Tài chính",), ("Các bộ, ngành",), provinces, provinces]


def test_numbered_points_that_tell_what_was_done_are_no_tasks() -> None:
    text = (
        "1. Sở Y tế đã tổ chức tiêm chủng tại 40 xã.\n2. Sở Nội vụ đã hoàn thành sắp xếp bộ máy.\n"
        "3. Công an tỉnh đã triển khai định danh điện tử.\n"
    )
    assert orders(text) == []


def test_a_letter_that_tells_many_before_its_points() -> None:
    text = (
        "Kính gửi: Các trường THPT trên địa bàn tỉnh.\n"
        "Nhằm chuẩn bị tốt năm học mới, Sở Giáo dục và Đào tạo yêu cầu các đơn vị:\n"
        "1. Rà soát, lập danh sách học sinh khuyết tật.\n"
        "2. Báo cáo bằng văn bản về Sở trước ngày 10/9/2026.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("Các đơn vị",)] * 2


def test_lines_without_numbers_belong_to_those_addressed() -> None:
    text = (
        "Bộ Y tế đề nghị đồng chí Chủ tịch UBND các tỉnh, thành phố quan tâm chỉ đạo các nội dung sau, cụ thể:\n"
        "Tiếp tục triển khai quyết liệt các biện pháp phòng, chống sốt xuất huyết.\n"
        "Huy động sự tham gia của chính quyền cơ sở để tuyên truyền.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("Chủ tịch UBND các tỉnh, thành phố",)] * 2


def test_letters_of_a_common_word_name_no_body() -> None:
    text = (
        "Ngày 10/6/2026, Trưởng Ban Chỉ đạo phát triển đối tượng tham gia bảo hiểm xã hội (BHXH) tỉnh "
        "kết luận như sau:\n"
        "1. BHXH tỉnh\n- Phân tích dữ liệu, chuyển danh sách cho các xã.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("BHXH tỉnh",)]


def test_inspecting_is_an_act_where_the_office_is_not_meant() -> None:
    text = "Bộ trưởng kết luận như sau:\n1. Cục Khoáng sản:\n- Thanh tra, kiểm tra việc lắp đặt trạm cân tại các mỏ.\n"
    assert [lead for lead, _ in orders(text)] == [("Cục Khoáng sản",)]


def test_a_line_that_is_only_the_name_of_many_stands_above_its_points() -> None:
    text = (
        "Chủ tịch UBND Thành phố kết luận như sau:\n1. UBND các phường thuộc khu vực trung tâm\n"
        "a) Tổ chức ra quân xử lý vi phạm.\n2. Sở Xây dựng lập danh mục tuyến phố.\n"
    )
    assert [lead for lead, _ in orders(text)] == [("UBND các phường thuộc khu vực trung tâm",), ("Sở Xây dựng",)]


def test_brackets_within_an_act_name_its_parties() -> None:
    text = (
        "Bộ trưởng kết luận như sau:\n1. Khảo sát thực trạng công chứng (Cục Bổ trợ tư pháp chủ trì; Vụ Pháp chế phối "
        "hợp), báo cáo Bộ trưởng.\n"
    )
    (item,) = extract_text(text, (), DAY).items
    assert (item.lead, item.coordinating) == (("Cục Bổ trợ tư pháp",), ("Vụ Pháp chế",))
    assert item.action == "Khảo sát thực trạng công chứng, báo cáo Bộ trưởng"


def test_what_a_unit_asks_of_a_firm_is_part_of_its_task() -> None:
    text = (
        "Bộ trưởng kết luận như sau:\n1. Đối với các tuyến đường bị hư hỏng: Ban QLDA 9 chủ trì, phối hợp với UBND các "
        "xã liên quan khảo sát, yêu cầu nhà thầu sửa chữa ngay.\n"
    )
    (item,) = extract_text(text, (), DAY).items
    assert item.lead == ("Ban QLDA 9",)
    assert "yêu cầu nhà thầu sửa chữa ngay" in item.action
