"""One order in the many ways offices write it: who leads, who works with them, what leads up to it."""

from datetime import date

import pytest

from minutes.drafting.extract import extract_text

HEAD = (
    "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh tại cuộc họp\n"
    "Ngày 10/6/2026, Chủ tịch UBND tỉnh chủ trì cuộc họp. Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:\n"
)
FINANCE, BUILDING, COMMUNES = "Sở Tài chính", "Sở Xây dựng", "UBND các xã, phường"


def parties(sentence: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    items = extract_text(f"{HEAD}1. {sentence}", [], date(2026, 6, 10)).items
    assert len(items) == 1, [item.action for item in items]
    return items[0].lead, items[0].coordinating


@pytest.mark.parametrize(
    "said",
    [
        "{a} chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "{a} chủ trì, phối hợp {b} rà soát hồ sơ.",
        "{a} chủ trì phối hợp cùng {b} rà soát hồ sơ.",
        "{a} chủ trì, phối hợp chặt chẽ với {b} rà soát hồ sơ.",
        "{a} chủ trì, cùng với {b} rà soát hồ sơ.",
        "{a} khẩn trương phối hợp với {b} rà soát hồ sơ.",
        "{a} có trách nhiệm chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "{a} chịu trách nhiệm chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "{a} tiếp tục chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "Giao {a} chủ trì, {b} phối hợp rà soát hồ sơ.",
        "Giao {a} làm đầu mối, phối hợp với {b} rà soát hồ sơ.",
        "Giao {a} là cơ quan chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "Giao {a} kết hợp với {b} rà soát hồ sơ.",
        "Giao {a} tham mưu, phối hợp với {b} rà soát hồ sơ.",
        "Rà soát hồ sơ (giao {a} chủ trì, {b} phối hợp).",
        "Rà soát hồ sơ ({a} chủ trì, phối hợp với {b}).",
        "{a} cùng {b} rà soát hồ sơ.",
        "{a} rà soát hồ sơ; phối hợp với {b} báo cáo UBND tỉnh.",
        "{a} (cơ quan thường trực) chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "{a} - cơ quan thường trực Ban Chỉ đạo chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "Trên cơ sở ý kiến của Bộ Y tế, {a} chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "Đối với dự án A: {a} chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "Về công tác cán bộ: Giao {a} chủ trì, phối hợp với {b} rà soát hồ sơ.",
        "Trong quá trình thực hiện, {a} chủ trì, phối hợp với {b} rà soát hồ sơ.",
    ],
)
def test_one_leads_and_one_works_with_them(said: str) -> None:
    assert parties(said.format(a=FINANCE, b=BUILDING)) == ((FINANCE,), (BUILDING,))


@pytest.mark.parametrize(
    "said",
    [
        "{a} theo chức năng, nhiệm vụ rà soát hồ sơ.",
        "{a} căn cứ quy định hiện hành rà soát hồ sơ.",
        "{a}, trên cơ sở ý kiến góp ý, rà soát hồ sơ.",
        "{a} trên cơ sở ý kiến góp ý của các đơn vị hoàn thiện hồ sơ.",
        "{a} nghiên cứu ý kiến của Sở Xây dựng để hoàn thiện hồ sơ.",
        "{a} được giao chủ trì rà soát hồ sơ.",
        "Trách nhiệm của {a}: Rà soát hồ sơ.",
        "Nhiệm vụ cụ thể của {a}: Rà soát hồ sơ.",
        "Đối với {a}: Rà soát hồ sơ.",
        "Về phía {a}, đề nghị rà soát hồ sơ.",
        "Nhất trí giao {a} rà soát hồ sơ.",
        "Giao nhiệm vụ cho {a} rà soát hồ sơ.",
        "Lưu ý {a} rà soát hồ sơ.",
        "Yêu cầu đồng chí Giám đốc {a} rà soát hồ sơ.",
        "Chủ tịch UBND tỉnh giao {a} rà soát hồ sơ.",
        "Để bảo đảm tiến độ, yêu cầu {a} rà soát hồ sơ.",
        "Sau khi có ý kiến của Bộ Tài chính, {a} rà soát hồ sơ.",
        "Trường hợp vượt thẩm quyền, {a} báo cáo UBND tỉnh xem xét.",
        "Nếu chậm tiến độ, {a} báo cáo UBND tỉnh xem xét.",
        "Kể từ tháng 12/2026, {a} cập nhật dữ liệu lên hệ thống.",
        "Riêng khoản hỗ trợ thiết bị, {a} tổng hợp chung vào dự toán.",
    ],
)
def test_one_is_told_alone(said: str) -> None:
    assert parties(said.format(a=FINANCE)) == ((FINANCE,), ())


@pytest.mark.parametrize(
    ("said", "lead", "coordinating"),
    [
        (
            "Giao Sở Tài chính chủ trì, phối hợp với các Sở: Xây dựng, Nội vụ, Công Thương và UBND các xã, phường rà "
            "soát hồ sơ.",
            (FINANCE,),
            (BUILDING, "Sở Nội vụ", "Sở Công Thương", COMMUNES),
        ),
        (
            "Giám đốc các Sở: Tài chính, Xây dựng; Chủ tịch UBND các xã, phường rà soát hồ sơ.",
            (FINANCE, BUILDING, "Chủ tịch UBND các xã, phường"),
            (),
        ),
        (
            "Bộ trưởng các Bộ: NN-PTNT, Tài chính và các cơ quan liên quan rà soát hồ sơ.",
            ("Bộ NN-PTNT", "Bộ Tài chính", "Các cơ quan liên quan"),
            (),
        ),
        ("Thủ trưởng các đơn vị: Cục Thuế, Vụ Pháp chế rà soát hồ sơ.", ("Cục Thuế", "Vụ Pháp chế"), ()),
        ("Bộ Quốc phòng, Công an được giao tăng cường tuần tra.", ("Bộ Quốc phòng", "Bộ Công an"), ()),
        (
            "Phân công Phó Thủ tướng Lục Hồng Kỳ và Phó Thủ tướng Mạc Vũ Đăng trực tiếp chỉ đạo tiến độ.",
            ("Phó Thủ tướng Lục Hồng Kỳ", "Phó Thủ tướng Mạc Vũ Đăng"),
            (),
        ),
        (
            "Giao đồng chí Trần Văn Bình - Phó Chủ tịch UBND tỉnh chủ trì, phối hợp với Sở Xây dựng rà soát hồ sơ.",
            ("Trần Văn Bình, Phó Chủ tịch UBND tỉnh",),
            (BUILDING,),
        ),
        (
            "Bà Quảng Thị Thoa, Phó Chủ tịch UBND xã, làm việc với Sở Xây dựng về phần vốn hỗ trợ.",
            ("Quảng Thị Thoa, Phó Chủ tịch UBND xã",),
            (),
        ),
        (
            "Ban Đường sắt phối hợp chặt chẽ với chủ đầu tư, địa phương để đẩy nhanh giải phóng mặt bằng.",
            ("Ban Đường sắt",),
            ("Chủ đầu tư", "Địa phương"),
        ),
        ("UBND các xã chưa bố trí được đất rà soát quỹ đất công.", ("UBND các xã chưa bố trí được đất",), ()),
        (
            "Yêu cầu các bệnh viện trung ương trên địa bàn miền núi phía Bắc cử bác sĩ luân phiên.",
            ("Các bệnh viện trung ương trên địa bàn miền núi phía Bắc",),
            (),
        ),
    ],
)
def test_lists_of_those_told(said: str, lead: tuple[str, ...], coordinating: tuple[str, ...]) -> None:
    assert parties(said) == (lead, coordinating)
