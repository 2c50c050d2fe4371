"""Syllables that speakers of Vietnamese merge, and those nobody does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.vocabulary.sounds import likeness

_SYLLABLES = ["trung", "chung", "sở", "xở", "giao", "dao", "rao", "lưu", "nưu", "hỏi", "hõi", "quốc", "cuốc", "y", "gì"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sở", "xở"),
        ("trung", "chung"),
        ("giao", "rao"),
        ("lưu", "nưu"),
        ("nghỉ", "nghĩ"),
        ("bán", "báng"),
        ("cục", "cuộc"),
    ],
)
def test_what_regions_merge_is_near(one: str, other: str) -> None:
    assert 0.1 <= likeness(one, other) < 1


def test_different_spellings_of_one_sound_are_one() -> None:
    assert likeness("quốc", "cuốc") == likeness("kỳ", "kì") == likeness("nghe", "nghe") == 1


@pytest.mark.parametrize(("one", "other"), [("hà", "nam"), ("bộ", "sở"), ("hoa", "hà"), ("minh", "mai"), ("", "bộ")])
def test_what_nobody_confuses_is_far(one: str, other: str) -> None:
    assert likeness(one, other) == 0


@given(st.sampled_from(_SYLLABLES), st.sampled_from(_SYLLABLES))
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
