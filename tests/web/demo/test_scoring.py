"""Scores: figures and spoken numbers are the same words, punctuation is none, and errors are counted."""

import pytest

from web.demo.scoring import word_error_rate


def test_spoken_numbers_equal_figures() -> None:
    assert word_error_rate(["trước ngày 15 tháng 4"], ["Trước ngày mười lăm tháng tư."]) == 0.0


def test_one_wrong_word_in_four() -> None:
    assert word_error_rate(["giao Trung tâm Thông"], ["giao trung tâm không"]) == pytest.approx(0.25)


def test_silence_against_speech_is_all_wrong() -> None:
    assert word_error_rate(["một hai ba bốn năm sáu"], []) == 1.0
