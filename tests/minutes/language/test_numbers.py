"""Spoken numbers become figures; words that only look like numbers stay."""

import pytest

from core.vietnamese.cardinals import cardinal
from minutes.language.numbers import spoken_to_figures, to_figures
from minutes.language.text import Text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("trước ngày mười lăm tháng tư", "trước ngày 15 tháng 4"),
        ("ngày mồng chín tháng tư năm hai nghìn không trăm hai mươi mốt", "ngày 9 tháng 4 năm 2021"),
        ("ngày năm tháng mười năm hai không hai sáu", "ngày 5 tháng 10 năm 2026"),
        ("trước mười sáu giờ hằng ngày", "trước 16 giờ hằng ngày"),
        ("tám giờ ba mươi ngày mười hai tháng năm", "8 giờ 30 ngày 12 tháng 5"),
        ("bốn giờ rưỡi chiều", "4 giờ 30 chiều"),
        ("trong quý hai", "trong quý 2"),
        ("một nghìn chín trăm hồ sơ", "1.900 hồ sơ"),
        ("ba nghìn hai trăm năm mươi hồ sơ, đạt sáu mươi hai phần trăm", "3.250 hồ sơ, đạt 62%"),
        ("một trăm tám mươi triệu đồng", "180 triệu đồng"),
        ("một phẩy hai triệu trang", "1,2 triệu trang"),
        ("bố trí hai cán bộ", "bố trí 2 cán bộ"),
        ("hai mươi tư điểm cầu", "24 điểm cầu"),
        ("công văn một chín không bốn", "công văn 1904"),
        ("mốc ngày mười hơi gấp", "mốc ngày 10 hơi gấp"),
    ],
)
def test_spoken_numbers_become_figures(said: str, written: str) -> None:
    assert to_figures(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "một số đơn vị",
        "phần mềm một cửa",
        "thứ hai, thứ sáu hằng tuần",
        "Một là, giao Văn phòng",
        "năm đơn vị",
        "quý vị đại biểu",
        "không có ý kiến",
        "Trung tâm Lưu trữ quốc gia một",
    ],
)
def test_words_that_are_no_figures_stay(said: str) -> None:
    assert to_figures(said) == said


def test_a_recurrence_is_not_the_first_month() -> None:
    assert to_figures("sáu tháng một lần") == "6 tháng một lần"


def test_the_recognisers_fifteenth_is_no_year() -> None:
    assert to_figures("trước ngày mười năm tháng tư") == "trước ngày 15 tháng 4"


def test_figures_point_at_the_words_they_were_said_with() -> None:
    raw = "xong trước ngày mười lăm tháng tư nhé"
    text = spoken_to_figures(Text.of(raw))
    place = text.value.index("15")
    span = text.origin(place, place + 2)
    assert raw[int(span.start) : int(span.end)] == "mười lăm"


def test_written_text_keeps_its_amounts_but_not_its_month_names() -> None:
    text = spoken_to_figures(Text.of("hai đơn vị báo cáo trong tháng Tám"), amounts=False)
    assert text.value == "hai đơn vị báo cáo trong tháng 8"


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("mười", 10, 1),
        ("hai mươi mốt ngày", 21, 3),
        ("ba mươi tư", 34, 3),
        ("một trăm linh năm", 105, 4),
        ("hai nghìn không trăm linh ba", 2003, 6),
        ("năm triệu hai trăm nghìn", 5_200_000, 5),
        ("mười năm", 10, 1),
    ],
)
def test_cardinals(words: str, value: int, length: int) -> None:
    number = cardinal(words.split())
    assert number is not None
    assert (number.value, number.length) == (value, length)


def test_no_number_no_value() -> None:
    assert cardinal(["đơn", "vị"]) is None
    assert cardinal([]) is None
