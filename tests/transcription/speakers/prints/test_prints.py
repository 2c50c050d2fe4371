"""Sealing and matching of voice prints, and which speech may found one: pure rules."""

import pytest

from transcription.document import Flag, Segment, TranscriptDocument
from transcription.speakers.prints.confirmed import confirmed_stretches
from transcription.speakers.prints.matching import Enrolled, match
from transcription.speakers.prints.sealing import PrintUnreadable, seal, unseal

SECRET = "Kh0a-ri3ng-cua-don-vi-nay-rat-dai-va-kho-doan"
HAI, HA = "Trần Quang Hải", "Lê Thị Thu Hà"


def test_a_sealed_print_opens_again_and_shows_nothing() -> None:
    sealed = seal((0.25, -0.5, 1.0), SECRET, bound_to="consent:model")
    assert unseal(sealed, SECRET, bound_to="consent:model") == (0.25, -0.5, 1.0)
    assert seal((0.25, -0.5, 1.0), SECRET, bound_to="consent:model") != sealed


@pytest.mark.parametrize(
    ("secret", "bound", "cut"), [(SECRET + "x", "a", None), (SECRET, "b", None), (SECRET, "a", 20), (SECRET, "a", 3)]
)
def test_it_opens_with_nothing_else(secret: str, bound: str, cut: int | None) -> None:
    sealed = seal((1.0, 2.0), SECRET, bound_to="a")
    with pytest.raises(PrintUnreadable):
        unseal(sealed[:cut], secret, bound_to=bound)


def test_a_clear_likeness_names_and_a_weak_one_only_supports() -> None:
    people = [Enrolled(HAI, (1.0, 0.0, 0.0)), Enrolled(HA, (0.0, 1.0, 0.0))]
    found = match({"A": (0.9, 0.1, 0.1), "B": (0.1, 0.6, 0.75)}, people, {"A": 3.0})
    assert [(name, item.kind, item.start) for name, item in found["A"]] == [(HAI, "voice_print", 3.0)]
    assert found["A"][0][1].counts > 0.6
    assert found["B"][0][0] == HA
    assert found["B"][0][1].counts < 0.6


def test_strangers_and_voices_between_two_people_get_no_name() -> None:
    people = [Enrolled(HAI, (1.0, 0.0, 0.0)), Enrolled(HA, (0.0, 1.0, 0.0))]
    assert match({"stranger": (0.1, 0.1, 1.0), "between": (0.7, 0.7, 0.0)}, people, {}) == {}


def test_prints_of_another_length_nothing_and_zeros_are_passed_over() -> None:
    assert match({"A": (1.0, 0.0), "B": (), "C": (0.0, 0.0, 0.0)}, [Enrolled(HAI, (1.0, 0.0, 0.0))], {}) == {}
    assert match({"A": (1.0, 0.0)}, [], {}) == {}
    assert match({"A": (1.0, 0.0)}, [Enrolled(HAI, (float("nan"), 0.0))], {}) == {}


def line(number: int, speaker: str, seconds: float, *flags: str) -> Segment:
    start = 100.0 * number
    return Segment(f"s{number}", start, start + seconds, speaker, "lời", flags)


def document(*lines: Segment) -> TranscriptDocument:
    return TranscriptDocument("x", 1000.0, lines)


def test_only_what_a_person_touched_founds_a_print() -> None:
    machine = document(line(1, "Người nói 1", 10), line(2, HAI, 30), line(3, HAI, 9))
    corrected = document(line(1, HAI, 10), line(2, HAI, 30), line(3, HAI, 9, Flag.CORRECTED))
    assert confirmed_stretches(machine, corrected, HAI) == ((100.0, 110.0), (300.0, 309.0))


def test_too_little_speech_founds_none_and_enough_is_enough() -> None:
    lines = [line(n, HAI, 20, Flag.CORRECTED) for n in range(1, 9)]
    assert len(confirmed_stretches(document(), document(*lines), HAI)) == 3
    assert confirmed_stretches(document(), document(line(1, HAI, 14.9)), HAI) == ()
    doubled = document(line(1, HAI, 20, Flag.CORRECTED, Flag.OVERLAP), line(2, HA, 20))
    assert confirmed_stretches(document(), doubled, HAI) == ()
