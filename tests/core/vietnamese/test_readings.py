"""Figures as they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese.cardinals import cardinal
from core.vietnamese.readings import canonical, expand, spoken


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_000_000, "một triệu"),
        (1_020_305, "một triệu không trăm hai mươi nghìn ba trăm linh năm"),
    ],
)
def test_numbers_as_they_are_spoken(number: int, text: str) -> None:
    assert " ".join(spoken(number)) == text


@given(st.integers(0, 10**12 - 1))
def test_every_number_has_its_own_words_and_is_read_back_from_them(number: int) -> None:
    words = spoken(number)
    assert expand(str(number)) == words
    assert all(part.isalpha() for part in words)
    found = cardinal(words)
    assert found is not None
    assert (found.value, found.length) == (number, len(words))


def test_written_numbers_are_expanded() -> None:
    assert expand("16.940") == spoken(16_940)
    assert expand("3,5") == ["ba", "phẩy", "năm"]
    assert expand("62%") == [*spoken(62), "phần", "trăm"]
    assert expand("12/2026") is None
    assert canonical("lăm") == canonical("năm")
