"""Vietnamese order and search: letters, then tones; given name first; found with and without marks."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.directory.letters import name_order, search_patterns, search_text, without_marks, word_order
from orchestrator.directory.person_codes import person_code

NAMES = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậ ", min_size=1, max_size=20)


@pytest.mark.parametrize(
    "words",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["An", "Ánh", "Ân", "Bình", "Cường", "Dũng", "Đức", "Giang"],
        ["Hoa", "Hoà", "Hoan", "Hoán"],
        ["Phòng 1", "Phòng 2", "Phòng A"],
    ],
)
def test_words_stand_in_the_order_of_the_dictionary(words: list[str]) -> None:
    shuffled = words.copy()
    random.Random(7).shuffle(shuffled)  # noqa: S311
    assert sorted(shuffled, key=word_order) == words


def test_people_stand_by_given_name_then_family_then_middle() -> None:
    names = ["Bùi An", "Đỗ Thị An", "Đỗ Văn An", "Lê Ánh", "Vũ Đức Ân", "Trần Văn Ỷ"]
    assert sorted(reversed(names), key=name_order) == names


def test_decomposed_letters_are_the_same_letters() -> None:
    assert word_order("Tô\u0309") == word_order("Tổ")
    assert search_text("Tô\u0309 chức") == search_text("Tổ chức")


@given(NAMES, NAMES)
def test_a_beginning_comes_before_the_whole(first: str, second: str) -> None:
    word = first.replace(" ", "") or "a"
    longer = word + (second.replace(" ", "") or "a")
    assert word_order(word) < word_order(longer)


@given(NAMES)
def test_keys_are_digits_and_separators_only(name: str) -> None:
    assert set(name_order(name)) <= set("0123456789! ")


@pytest.mark.parametrize("typed", ["Đặng", "dang", "THÙY linh", "linh thuy", "ttt"])
def test_what_is_typed_is_found(typed: str) -> None:
    stored = search_text("Đặng Thị Thùy Linh", "", "TTTT")
    assert all(pattern.strip("%") in stored for pattern in search_patterns(typed))


def test_marks_that_are_typed_must_be_there() -> None:
    assert "đăng" not in search_text("Đặng Thị Linh")
    assert without_marks("Đặng Thị Thùy Linh Ỷ") == "dang thi thuy linh y"


def test_signs_of_patterns_are_only_signs() -> None:
    assert search_patterns("50% a_b \\") == ("%50\\%%", "%a\\_b%", "%\\\\%")
    assert len(search_patterns("từ " * 100)) == 8


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Phan Quốc Bảo", set(), "baopq"),
        ("Phan Quốc Bảo", {"baopq", "baopq2"}, "baopq3"),
        ("Đặng Thị Thùy Linh", set(), "linhdtt"),
        ("Ỷ", set(), "y"),
        ("李明", set(), "nguoi"),
    ],
)
def test_codes_of_people_are_made_as_offices_do(name: str, taken: set[str], code: str) -> None:
    assert person_code(name, taken) == code
