"""Text keeps its origin through composing, cutting and rewriting."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language.text import Replacement, Text, capitalised, fold, join, key, squeeze

VIETNAMESE = st.text(alphabet="aàảạăắằâấđeéêếệiíịoóôốộơớợuúưứựyý Đ.,\n", max_size=60)


def test_decomposed_letters_are_composed_and_still_point_home() -> None:
    raw = unicodedata.normalize("NFD", "Văn phòng Bộ")
    text = Text.of(raw)
    assert text.value == "Văn phòng Bộ"
    span = text.origin(text.value.index("Bộ"), len(text.value))
    assert unicodedata.normalize("NFC", raw[int(span.start) : int(span.end)]) == "Bộ"


@pytest.mark.parametrize(("old", "new"), [("Uỷ ban", "Ủy ban"), ("thuỷ lợi", "thủy lợi"), ("hoà giải", "hòa giải")])
def test_old_places_of_tones_are_read(old: str, new: str) -> None:
    assert Text.of(old).value == new


@pytest.mark.parametrize("kept", ["quý", "quỹ", "hoàn thành", "khoảng", "quỳ"])
def test_tones_that_stand_right_stay(kept: str) -> None:
    assert Text.of(kept).value == kept


def test_odd_spaces_become_plain_ones() -> None:
    assert Text.of("trước\u00a0ngày").value == "trước ngày"


def test_a_replacement_stands_for_what_it_replaced() -> None:
    text = Text.of("ngày mười lăm nhé").replaced([Replacement(5, 13, "15")])
    assert text.value == "ngày 15 nhé"
    span = text.origin(5, 7)
    assert (span.start, span.end) == (5, 13)
    assert text.origin(8, 11).start == 14


def test_an_empty_stretch_has_no_origin() -> None:
    with pytest.raises(ValueError, match="empty"):
        Text.of("abc").origin(2, 2)


def test_joined_texts_keep_both_origins() -> None:
    text = join([Text.of("một", 0), Text.of("hai", 10)])
    assert text.value == "một hai"
    assert text.origin(4, 7).start == 10


@given(VIETNAMESE)
def test_folding_keeps_the_length(value: str) -> None:
    composed = unicodedata.normalize("NFC", value)
    assert len(fold(composed)) == len(composed)


@given(VIETNAMESE)
def test_origins_run_forward(value: str) -> None:
    text = Text.of(value)
    assert list(text.starts) == sorted(text.starts)
    assert all(start < end for start, end in zip(text.starts, text.ends, strict=True))


def test_names_compare_by_their_words() -> None:
    assert key("Vụ Kế hoạch - Tài chính") == "vu ke hoach tai chinh"
    assert squeeze("a  ,  b") == "a, b"
    assert capitalised("đôn đốc") == "Đôn đốc"
