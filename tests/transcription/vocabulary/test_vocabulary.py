"""Folding, spoken numbers, and terms of a meeting put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.document import Word
from transcription.engines.contract import Vocabulary
from transcription.vocabulary.correction import correct
from transcription.vocabulary.folding import bare, fold, syllables

TERMS = ("Cục Văn thư và Lưu trữ nhà nước", "Trung tâm Thông tin", "Văn phòng Bộ", "Phan Quốc Bảo")


def words(text: str, probability: float = 0.9) -> tuple[Word, ...]:
    return tuple(Word(i, i + 0.5, part, probability) for i, part in enumerate(text.split()))


def put_right(text: str) -> str:
    return " ".join(word.text for word in correct(words(text), TERMS))


def test_folding() -> None:
    assert fold("“Đồng,") == "đồng"
    assert bare("Đường.") == "duong"
    assert syllables("Trung tâm – Thông tin.") == ["trung", "tâm", "thông", "tin"]


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("giao trung tâm thông tin chủ trì", "giao Trung tâm Thông tin chủ trì"),
        ("giao trúng tấm thống tín, chú trì", "giao Trung tâm Thông tin, chú trì"),
        ("cuộc văn thử và lu trữ nhà nước", "Cục Văn thư và Lưu trữ nhà nước"),
        ("phan quốc bảo.", "Phan Quốc Bảo."),
        # Too far away, or across the end of a sentence: left as heard.
        ("văn phẩm bổ xin tiếp thu", "văn phẩm bổ xin tiếp thu"),
        ("về văn phòng. bộ trưởng", "về văn phòng. bộ trưởng"),
        ("trung tâm hội nghị", "trung tâm hội nghị"),
    ],
)
def test_terms_are_put_right_only_where_almost_every_syllable_agrees(heard: str, right: str) -> None:
    assert put_right(heard) == right


def test_a_replaced_word_stays_open_to_doubt() -> None:
    replaced = correct(words("trúng tâm thông tin"), TERMS)
    assert replaced[0].probability == 0.6
    assert replaced[1].probability == 0.9


@given(
    st.lists(
        st.sampled_from(
            ["trung", "tâm", "thông", "tin", "văn", "phòng", "bộ", "cục", "và", "lưu", "trữ", "nhà", "nước"]
        ),
        max_size=30,
    )
)
def test_correcting_never_moves_adds_or_removes_a_word(heard: list[str]) -> None:
    before = words(" ".join(heard))
    after = correct(before, TERMS)
    assert [(word.start, word.end, bare(word.text)) for word in after] == [
        (word.start, word.end, bare(word.text)) for word in before
    ] or len(after) == len(before)


def test_a_vocabulary_file_has_comments_and_repetitions() -> None:
    assert Vocabulary.from_text("# đơn vị\nVăn phòng  Bộ\n\nVăn phòng Bộ\nTTTT\n").terms == ("Văn phòng Bộ", "TTTT")
