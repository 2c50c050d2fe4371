"""Who was the loudest when."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MOMENT
from transcription.live.loudest import Spoken, loudest, settled

A, B = UUID(int=1), UUID(int=2)


def at(seconds: float) -> datetime:
    return MOMENT + timedelta(seconds=seconds)


def spoke(who: UUID, start: float, end: float, rms: float = 0.1) -> Spoken:
    return Spoken(who, at(start), at(end), rms)


def test_of_two_at_once_the_louder_has_the_moment() -> None:
    found = loudest([spoke(A, 0, 10, 0.1), spoke(B, 4, 6, 0.3), spoke(B, 8, 12, 0.05)])
    assert found == ((A, at(0), at(4)), (B, at(4), at(6)), (A, at(6), at(10)), (B, at(10), at(12)))


def test_silence_belongs_to_nobody_and_one_voice_stays_whole() -> None:
    assert loudest([spoke(A, 0, 2), spoke(A, 2, 4), spoke(A, 6, 7)]) == ((A, at(0), at(4)), (A, at(6), at(7)))


def test_settled_leaves_out_what_a_later_utterance_may_still_touch() -> None:
    spoken = [spoke(A, 0, 3), spoke(B, 2, 5), spoke(A, 4, 9), spoke(B, 10, 30)]
    assert settled(spoken, at(20)) == tuple(spoken[:3])
    # Somebody still spoke at that moment, over the end of the one before.
    assert settled(spoken, at(8)) == ()
    assert settled(spoken, at(9)) == tuple(spoken[:3])


@given(
    st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 50), st.integers(0, 20), st.integers(1, 9)), max_size=25)
)
def test_intervals_never_overlap_and_cover_what_was_said(told: list[tuple[UUID, int, int, int]]) -> None:
    spoken = [spoke(who, start, start + length, loud / 10) for who, start, length, loud in told]
    found = loudest(spoken)
    for one, other in zip(found, found[1:], strict=False):
        assert one[2] <= other[1]
    covered = sum((until - since).total_seconds() for _who, since, until in found)
    seconds = {second for item in told for second in range(item[1], item[1] + item[2])}
    assert covered == len(seconds)
