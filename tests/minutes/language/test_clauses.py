"""Assignment forms, second assignees and what assigns nothing."""

import pytest

from minutes.language.clause_pieces import read_clauses
from minutes.language.coordination import later_coordination
from minutes.language.directory import Directory
from minutes.language.parties import names_of

NOBODY = Directory()


def read(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    return [
        (
            clause.form,
            names_of(clause.lead),
            names_of(clause.coordinating),
            text[clause.predicate_start : clause.predicate_end],
        )
        for clause in read_clauses(text, 0, len(text), NOBODY)
    ]


@pytest.mark.parametrize(
    ("sentence", "form", "lead", "coordinating", "predicate"),
    [
        (
            "Giao Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục đường truyền.",
            "assigned",
            ("Trung tâm Thông tin",),
            ("Văn phòng Bộ",),
            "khắc phục đường truyền",
        ),
        ("Phó Thủ tướng yêu cầu Bộ Tài chính rà soát.", "assigned", ("Bộ Tài chính",), (), "rà soát"),
        ("Các đơn vị gửi báo cáo nhanh.", "implicit", ("Các đơn vị",), (), "gửi báo cáo nhanh"),
        ("Sở Nội vụ có trách nhiệm theo dõi.", "duty", ("Sở Nội vụ",), (), "theo dõi"),
        ("Giao Văn phòng Bộ:", "heading", ("Văn phòng Bộ",), (), ""),
        ("Văn phòng Bộ", "heading", ("Văn phòng Bộ",), (), ""),
        ("Đôn đốc các đơn vị thực hiện.", "subjectless", (), (), "Đôn đốc các đơn vị thực hiện"),
        (
            "Phối hợp với Trung tâm Thông tin đề xuất giải pháp.",
            "subjectless",
            (),
            ("Trung tâm Thông tin",),
            "đề xuất giải pháp",
        ),
        (
            "Về kinh phí, giao Vụ Kế hoạch - Tài chính thẩm định.",
            "assigned",
            ("Vụ Kế hoạch - Tài chính",),
            (),
            "thẩm định",
        ),
        (
            "Thống nhất giao Sở Xây dựng chủ trì, Sở Tài chính và Sở Nội vụ phối hợp hoàn thiện đề án.",
            "assigned",
            ("Sở Xây dựng",),
            ("Sở Tài chính", "Sở Nội vụ"),
            "hoàn thiện đề án",
        ),
        ("Văn phòng Bộ chủ trì cuộc họp.", "implicit", ("Văn phòng Bộ",), (), "chủ trì cuộc họp"),
    ],
)
def test_forms(sentence: str, form: str, lead: tuple[str, ...], coordinating: tuple[str, ...], predicate: str) -> None:
    assert read(sentence) == [(form, lead, coordinating, predicate)]


def test_a_second_assignee_hides_behind_dong_thoi() -> None:
    found = read("Giao Sở Nội vụ tham mưu kế hoạch; đồng thời giao Sở Tài chính bố trí kinh phí.")
    assert [lead for _form, lead, _others, _predicate in found] == [("Sở Nội vụ",), ("Sở Tài chính",)]


def test_a_new_subject_behind_a_semicolon_is_a_new_clause() -> None:
    found = read("Sở Y tế hướng dẫn; Sở Giáo dục và Đào tạo báo cáo.")
    assert [predicate for *_rest, predicate in found] == ["hướng dẫn", "báo cáo"]


def test_responsibility_behind_a_semicolon_stands_alone() -> None:
    found = read("Thủ trưởng các đơn vị có trách nhiệm triển khai; chịu trách nhiệm toàn diện trước Bộ trưởng.")
    assert [form for form, *_rest in found] == ["duty", "subjectless"]


def test_nested_delegation_stays_with_the_first() -> None:
    (found,) = read("Giao Bộ Nội vụ tham mưu Chính phủ giao các địa phương rà soát biên chế.")
    assert found[1] == ("Bộ Nội vụ",)
    assert "giao các địa phương" in found[3]


@pytest.mark.parametrize(
    "sentence",
    [
        "Trung tâm Thông tin đã kết nối được 24 điểm cầu.",
        "Các đơn vị đang hoàn thiện số liệu.",
        "Trung tâm đề nghị được mua thêm máy.",
        "Nhiệm vụ được giao đã hoàn thành.",
        "Tình hình giao thông phức tạp.",
    ],
)
def test_what_assigns_nothing(sentence: str) -> None:
    assert read(sentence) == []


def test_coordination_may_come_later() -> None:
    text = "bố trí kinh phí, phối hợp với Kho bạc Nhà nước giải ngân"
    assert names_of(later_coordination(text, 0, len(text), NOBODY)) == ("Kho bạc Nhà nước",)
