"""Typed words get times: what stayed keeps its moment, nothing leaves its line, order is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.document import Word
from transcription.transcripts.retiming import retime


def heard(*parts: tuple[str, float, float]) -> list[Word]:
    return [Word(start, end, text, 0.5) for text, start, end in parts]


LINE = heard(("giao", 1.0, 1.3), ("trung", 1.4, 1.6), ("tăm", 1.6, 1.9), ("thông", 2.5, 2.8), ("tin", 2.8, 3.0))


def test_words_that_stayed_keep_their_moment_whatever_their_case() -> None:
    words = {word.text: word for word in retime(LINE, "Giao Trung tâm Thông tin,", 1.0, 3.0)}
    assert (words["Giao"].start, words["Thông"].start, words["tin,"].end) == (1.0, 2.5, 3.0)


def test_a_corrected_word_stands_between_its_neighbours() -> None:
    corrected = retime(LINE, "giao trung tâm thông tin", 1.0, 3.0)[2]
    assert (corrected.start, corrected.end) == (pytest.approx(1.6), pytest.approx(2.5))
    assert corrected.probability == 1.0


def test_text_where_nothing_was_heard_fills_the_line() -> None:
    words = retime([], "Tôi kết luận như sau.", 10.0, 12.0)
    assert words[0].start == 10.0
    assert words[-1].end == pytest.approx(12.0)


def test_no_text_no_words() -> None:
    assert retime(LINE, "   ", 1.0, 3.0) == ()


def test_heard_words_outside_the_line_do_not_pull_it_apart() -> None:
    words = retime(LINE, "giao trung tâm", 1.35, 3.0)
    assert words[0].start == 1.35


@given(
    st.lists(st.sampled_from(["giao", "trung", "tâm", "thông", "tin", "x"]), max_size=12),
    st.lists(st.sampled_from(["giao", "trung", "tâm", "thông", "tin", "mới"]), min_size=1, max_size=12),
)
def test_typed_words_come_out_in_order_within_the_line(before: list[str], after: list[str]) -> None:
    step = 4.0 / max(1, len(before))
    words = [Word(1 + i * step, 1 + (i + 1) * step, text) for i, text in enumerate(before)]
    timed = retime(words, " ".join(after), 1.0, 5.0)
    assert [word.text for word in timed] == after
    moments = [moment for word in timed for moment in (word.start, word.end)]
    assert all(earlier <= later + 1e-9 for earlier, later in zip(moments, moments[1:], strict=False))
    assert moments[0] >= 1.0
    assert moments[-1] <= 5.0 + 1e-9
