"""Words as the index keeps them, and as people type them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.search.words import LONGEST_WORD, MOST_WORDS, Weighed, normal, plain, spelt, typed, vector


def test_a_word_is_kept_with_and_without_its_marks_at_one_place() -> None:
    told = vector(("#task",), Weighed("Họp đường", "A"))
    assert told.startswith("'#task' ")
    assert "'hop':1A" in told
    assert f"'{spelt('họp')[0].written}':1A" in told
    assert "'duong':2A" in told
    # A word without marks stands there once.
    assert vector((), Weighed("ban")) == "'ban':1D"


def test_it_makes_no_difference_where_the_tone_stands() -> None:
    assert spelt("hòa")[0].written == spelt("hoà")[0].written
    assert spelt("Thủy")[0].written == spelt("thuỷ")[0].written
    assert spelt("thủy")[0].written != spelt("thúy")[0].written
    assert spelt(normal(unicodedata.normalize("NFD", "Đặng")))[0] == spelt("Đặng")[0]


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    told = vector((), Weighed("họp", "A"), Weighed("ban"))
    assert "'hop':1A" in told
    assert "'ban':3D" in told


def test_a_word_typed_with_marks_is_only_itself_and_one_without_is_all() -> None:
    words = typed("họp khan")
    assert words.has_marks
    assert words.query(by_marks=True) == f"('{spelt('họp')[0].written}') & ('khan')"
    assert words.query(by_marks=False) == "('hop') & ('khan')"
    assert not typed("hop khan").has_marks


def test_words_in_quotes_and_symbols_stand_side_by_side() -> None:
    assert typed("“lu quet” Yen").query(by_marks=True) == "('lu' <-> 'quet') & ('yen')"
    assert typed("2047/TB-BCD").query(by_marks=True) == "('2047' <-> 'tb' <-> 'bcd')"
    assert typed('"chua dong').query(by_marks=True) == "('chua' <-> 'dong')"


def test_nothing_typed_is_nothing() -> None:
    for text in ("", "  ", "!?", '""', "___", "%"):
        assert not typed(text).groups
        assert typed(text).query(by_marks=True) == ""


def test_what_is_endless_is_cut() -> None:
    assert sum(len(group) for group in typed("a b c d " * 50 + '"' + "x " * 99 + '"').groups) <= MOST_WORDS
    assert len(spelt("a" * 500)[0].written) == LONGEST_WORD


@given(st.text(max_size=200))
def test_no_text_makes_a_literal_that_breaks_out(text: str) -> None:
    for word in spelt(normal(text)):
        assert "'" not in word.written + word.plain
        assert "\\" not in word.written + word.plain
    told = typed(text)
    assert bool(told.groups) == bool(told.query(by_marks=True))


def test_plain_letters_know_the_vietnamese_d() -> None:
    assert plain("Đường sắt ĐÔ THỊ") == "duong sat do thi"
