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
