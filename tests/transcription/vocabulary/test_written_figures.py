"""Figures in words with times."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.document import Word
from transcription.vocabulary.figures import write_figures


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(i, i + 0.5, part, 0.9 - i / 100) for i, part in enumerate(text.split()))


def test_a_figure_takes_the_time_and_the_doubt_of_its_words() -> None:
    found = write_figures(words("xong trước ngày mười lăm tháng tư, lúc tám giờ ba mươi."))
    assert [word.text for word in found] == ["xong", "trước", "ngày", "15", "tháng", "4,", "lúc", "8", "giờ", "30."]
    figure = found[3]
    assert (figure.start, figure.end, round(figure.probability, 2)) == (3, 4.5, 0.86)
    assert found[-1].end == 11.5


def test_what_is_no_number_stays() -> None:
    said = words("Một là, giao Văn phòng Bộ. Thứ hai")
    assert write_figures(said) == said


_SAID = "Mười lăm, hai ba nghìn ngày tháng. tư giờ rưỡi phần trăm người 15 số"
_WORDS = _SAID.split(" ")


@given(st.lists(st.sampled_from(_WORDS), max_size=16))
def test_times_stay_in_order_within_what_was_said(said: list[str]) -> None:
    before = words(" ".join(said))
    after = write_figures(before)
    assert all(word.start <= word.end and 0 <= word.probability <= 1 for word in after)
    assert all(one.end <= other.start for one, other in zip(after, after[1:], strict=False))
    if before:
        assert (after[0].start, after[-1].end) == (before[0].start, before[-1].end)
    assert _marks(after) <= _marks(before)


def _marks(found: tuple[Word, ...]) -> int:
    return sum(word.text.endswith((",", ".")) for word in found)
