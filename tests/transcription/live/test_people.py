"""Voices behind one microphone."""

from uuid import UUID, uuid4

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcription.live.people import Voiced, voices


def voice(seed: int, noise: float = 0.2, draw: int = 0) -> tuple[float, ...]:
    """Print of a person, a little different each time."""
    person = np.random.default_rng(seed).normal(size=192)
    other = np.random.default_rng(1000 + draw).normal(size=192)
    return tuple(float(x) for x in person / np.linalg.norm(person) + noise * other / np.linalg.norm(other))


def test_two_people_are_told_apart_and_counted_as_they_are_heard() -> None:
    people = [7, 7, 3, 7, 3]
    spoken = [Voiced(UUID(int=n), 3.0, voice(who, draw=n)) for n, who in enumerate(people)]
    assert list(voices(spoken).values()) == [1, 1, 2, 1, 2]


def test_a_word_too_short_for_a_print_goes_with_the_one_before() -> None:
    spoken = [
        Voiced(uuid4(), 3.0, voice(1)),
        Voiced(uuid4(), 0.4),
        Voiced(uuid4(), 3.0, voice(2)),
        Voiced(uuid4(), 0.4),
    ]
    assert list(voices(spoken).values()) == [1, 1, 2, 2]


def test_there_are_no_more_voices_than_people_and_one() -> None:
    spoken = [Voiced(uuid4(), 3.0, voice(n)) for n in range(8)]
    assert len(set(voices(spoken, most=2).values())) == 3


def test_without_any_print_an_endpoint_is_one_voice() -> None:
    assert set(voices([Voiced(uuid4(), 2.0), Voiced(uuid4(), 2.0)]).values()) == {1}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_every_utterance_has_a_voice(people: list[int]) -> None:
    spoken = [Voiced(UUID(int=n), 1.0 + n % 3, voice(who, draw=n) if who else ()) for n, who in enumerate(people)]
    found = voices(spoken)
    assert set(found) == {item.utterance_id for item in spoken}
    assert sorted(set(found.values())) == list(range(1, len(set(found.values())) + 1))
