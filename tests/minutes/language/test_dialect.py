"""Regional words as they are written everywhere, and words that only look like them."""

import pytest

from minutes.language.dialect import in_written_words
from minutes.language.text import Text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("gởi cho tui trễ nhứt là bữa nay nghen.", "gửi cho tôi chậm nhất là hôm nay."),
        ("Tui giao o Lài coi lại sổ, xong trong tháng ni hỉ.", "Tôi giao cô Lài xem lại sổ, xong trong tháng này."),
        ("ngày hai mươi, à hổng phải, ngày hai mốt", "ngày hai mươi, à không phải, ngày hai mốt"),
        ("Ráng chở vô kho trước bữa mai", "Cố gắng chở vào kho trước ngày mai"),
        ("đài vô tuyến, quá trình vô cùng khó", "đài vô tuyến, quá trình vô cùng khó"),
        ("coi như xong, túi ni lông, thiệt hại nặng", "coi như xong, túi ni lông, thiệt hại nặng"),
        ("Văn phòng Bộ gửi báo cáo", "Văn phòng Bộ gửi báo cáo"),
    ],
)
def test_regional_words_are_read_as_written_ones(said: str, written: str) -> None:
    assert in_written_words(Text.of(said)).value == written


def test_evidence_still_points_at_what_was_said() -> None:
    text = in_written_words(Text.of("tui giao o Lài"))
    place = text.value.index("Lài")
    assert text.origin(place, place + 3).start == len("tui giao o ")
