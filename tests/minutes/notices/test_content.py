"""The content as a value: cleaning, limits, JSON there and back, hash, order of items."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.errors import Invalid
from minutes.notices.completeness import missing_parts
from minutes.notices.content import (
    MAXIMUM_ITEMS,
    DeadlineFacts,
    NoticeContent,
    NoticeItem,
    Paragraph,
    Section,
    Span,
)
from minutes.notices.service import parse_content
from papers.signers import SignerBlock
from papers.values import clean_text
from tests.minutes.samples import notice


def test_json_there_and_back_is_the_same_value_and_hash() -> None:
    content = notice()
    again = NoticeContent.from_json(content.to_json())
    assert again == content
    assert again.sha256() == content.sha256()
    assert notice(subject="Khác").sha256() != content.sha256()


def test_directives_are_found_at_every_level_in_the_order_of_print() -> None:
    assert [item.id for item in notice().directives()] == ["duong-truyen", "bao-cao-nhanh", "don-doc"]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b\x1b[31m", "ab[31m"),
        ("hai\r\ndòng\tchữ ", "hai dòng chữ"),
        ("\u202egnòhp\u202c \u2066x\u2069\u200f", "gnòhp x"),
        ("mề\u0300m", unicodedata.normalize("NFC", "mề\u0300m")),
        ("Hà\u00a0Nội", "Hà\u00a0Nội"),
        ("\ufeff\ue000", ""),
    ],
)
def test_text_of_any_origin_becomes_one_clean_line(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean
    assert Paragraph(text=dirty).text == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in once)


@pytest.mark.parametrize(
    "broken",
    [
        {"subject": "x" * 501},
        {"closing": "x" * 20001},
        {"sections": [{"items": [{"id": "a"}, {"id": "a"}]}]},
        {"sections": [{"items": [{"id": str(n)} for n in range(MAXIMUM_ITEMS + 1)]}]},
        {"sections": [{"items": [{"id": "a", "evidence": [{"start": 5, "end": 4}]}]}]},
        {"sections": [{"items": [{"id": "a", "evidence": [{"start": float("nan"), "end": 4}]}]}]},
        {"sections": [{"items": [{"id": "a", "kind": "wish"}]}]},
        {"sections": "none"},
        {"number": 5},
        {"urgency": "MẬT"},
    ],
)
def test_what_is_no_content_is_refused_with_the_place(broken: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        parse_content(broken)
    assert refused.value.params["field"]


def test_children_nested_without_end_are_refused() -> None:
    item: dict[str, object] = {"id": "0"}
    for depth in range(1, 3000):
        item = {"id": str(depth), "children": [item]}
    with pytest.raises(Invalid):
        parse_content({"sections": [{"items": [item]}]})


def test_a_content_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        setattr(notice(), "subject", "Khác")  # noqa: B010  (the plain form is refused by the type checker already)


def test_missing_parts_are_named_in_the_order_of_the_page() -> None:
    assert missing_parts(notice()) == []
    assert missing_parts(NoticeContent()) == [
        "tên cơ quan ban hành",
        "địa danh",
        "trích yếu",
        "nội dung kết luận",
        "nơi nhận",
        "chức vụ người ký",
        "họ tên người ký",
    ]
    assert missing_parts(notice(signer=SignerBlock(title="CHÁNH VĂN PHÒNG"))) == ["họ tên người ký"]
    empty_items = (Section(items=(NoticeItem(id="a", deadline=DeadlineFacts(), evidence=(Span(start=0, end=1),)),)),)
    assert missing_parts(notice(opening=(), sections=empty_items)) == ["nội dung kết luận"]
