"""Days of which a word was misheard: read where one number alone fits and sounds alike, and always with a question."""

import pytest

from minutes.language.heard_days import days_as_meant
from minutes.language.text import Text


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("trước ngày mười làm tháng tư", "trước ngày mười lăm tháng tư"),
        ("trước ngày mười lăm thắng tự", "trước ngày mười lăm tháng tư"),
        ("trước ngày hây mươi tháng chín", "trước ngày hai mươi tháng chín"),
        ("chậm nhất mùng bà tháng thứ", "chậm nhất mùng ba tháng tư"),
        ("hoàn thành trong tháng tự.", "hoàn thành trong tháng tư."),
        ("trước mười xáu giờ hằng ngày", "trước mười sáu giờ hằng ngày"),
        ("trước ngày 23 thãng 10", "trước ngày 23 tháng 10"),
    ],
)
def test_the_only_number_that_sounds_alike_is_read_with_a_question(heard: str, meant: str) -> None:
    read = days_as_meant(Text.of(heard))
    assert read.text.value == meant
    assert read.questions
    assert len(read.places) == len(read.questions)
    assert all(0 <= place.start < place.end <= len(heard) for place in read.places)


@pytest.mark.parametrize(
    "heard",
    [
        "trước ngày mười lăm tháng tư",
        "trước ngày mười lăm tháng trời",
        "trong tháng sau.",
        "trong tháng tự kiểm tra toàn bộ",
        "ngày làm việc tháng tư",
        "ngày bầu cử tháng năm",
        "ngày ba mươi hai tháng tư",
        "trước giờ làm việc",
    ],
)
def test_what_could_be_anything_stays_as_it_was_heard(heard: str) -> None:
    read = days_as_meant(Text.of(heard))
    assert (read.text.value, read.questions) == (heard, ())


def test_a_pause_closes_a_month_too() -> None:
    text = Text.of("hoàn thành trong tháng tự bốn là giao Văn phòng Bộ")
    assert days_as_meant(text).text.value == text.value
    assert days_as_meant(text, [text.value.index("bốn")]).text.value.startswith("hoàn thành trong tháng tư bốn")
