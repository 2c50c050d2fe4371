"""Doubtful words read by what they sound like, and numbers never."""

import pytest

from minutes.language.directory import Directory, KnownUnit
from minutes.language.hearing import as_meant, sound
from minutes.language.text import Text

UNITS = Directory.of([KnownUnit("Trung tâm Thông tin"), KnownUnit("Văn phòng Bộ")])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("giao Văn phòng Bộ chủ chì, phối hộp với các đơn vị", "giao Văn phòng Bộ chủ trì, phối hợp với các đơn vị"),
        ("hai nà các đơn vị", "hai là các đơn vị"),
        ("trước lgày mười lăm", "trước ngày mười lăm"),
        ("trước ngài mười lăm", "trước ngày mười lăm"),
        ("Trung tâm Thông tinh kiểm tra", "Trung tâm Thông Tin kiểm tra"),
        ("con mèo ngủ trên ghế", "con mèo ngủ trên ghế"),
    ],
)
def test_one_reading_is_taken(heard: str, meant: str) -> None:
    assert as_meant(Text.of(heard), UNITS).text.value.lower() == meant.lower()


def test_every_change_is_a_question() -> None:
    heard = as_meant(Text.of("phối hộp với"), UNITS)
    assert heard.questions == ("Nghe “hộp”, hiểu là “hợp”; cần nghe lại.",)


@pytest.mark.parametrize("number", ["ngày bảy tháng tám", "ngày mười nhăm tháng ba", "trước ngày sáu tháng bốn"])
def test_numbers_are_never_put_right(number: str) -> None:
    assert as_meant(Text.of(number), UNITS).text.value == number


def test_evidence_still_points_at_what_was_heard() -> None:
    text = as_meant(Text.of("phối hộp với Văn phòng Bộ"), UNITS).text
    assert text.origin(0, len(text)).end == len("phối hộp với Văn phòng Bộ")


def test_sounds_that_are_mixed_up_are_one() -> None:
    assert sound("trì") == sound("chi")
    assert sound("lăm") == sound("nam")
    assert sound("giao") == sound("rao")
    assert sound("hợp") != sound("hiệp")
