"""From sound to features, from outputs to syllables with their doubt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcription import sounds
from transcription.engines import viet_asr
from transcription.engines.contract import SAMPLE_RATE, FloatArray, Slot, SpeechRegion, Utterance
from transcription.engines.ctc import SyllableReader
from transcription.engines.fbank import BANDS, features, frame_count

TOKENS = ("<blank>", "<unk>", "gi", "▁giao", "▁rau", "▁trung", "▁tâm", "▁lo", "c")


def outputs(*rows: dict[str, float]) -> FloatArray:
    """Log probabilities; what a row does not name is blank, or nearly impossible."""
    found = np.full((len(rows), len(TOKENS)), 1e-6)
    for place, row in enumerate(rows):
        for token, probability in row.items():
            found[place, TOKENS.index(token)] = probability
        found[place, 0] = max(1e-6, 1 - sum(row.values()))
    return np.log(found).astype(np.float32)


NOTHING: dict[str, float] = {}


def test_features_have_the_shape_of_the_model_and_know_loud_from_quiet() -> None:
    tone = sounds.tone(1)
    found = features(tone)
    assert found.shape == (frame_count(len(tone)), BANDS) == (98, 80)
    assert found.max() - features(tone * np.float32(0.1)).max() == pytest.approx(np.log(100), abs=0.05)
    assert features(np.zeros(399, dtype=np.float32)).shape == (0, BANDS)
    assert np.isfinite(features(np.zeros(SAMPLE_RATE, dtype=np.float32))).all()


def test_a_syllable_keeps_its_probability_and_what_else_it_may_have_been() -> None:
    rows = [NOTHING] * 10 + [{"▁rau": 0.7, "▁giao": 0.25}] + [NOTHING] * 4 + [{"▁trung": 0.99}] + [NOTHING] * 5
    first, second = SyllableReader(TOKENS).slots(outputs(*rows), 100.0)
    assert (first.text, second.text) == ("rau", "trung")
    assert dict(first.heard) == pytest.approx({"rau": 0.7, "giao": 0.25}, abs=0.01)
    assert 100.1 < first.start < first.end < second.end < 101.0


def test_a_silence_that_was_nearly_none_is_a_place_too() -> None:
    rows = [NOTHING, {"▁trung": 0.9}, NOTHING, NOTHING, NOTHING, {"▁tâm": 0.3}, NOTHING, NOTHING, NOTHING]
    found = SyllableReader(TOKENS).slots(outputs(*rows), 0.0)
    assert [slot.text for slot in found] == ["trung", ""]
    assert found[1].heard[0][0] == "tâm"


def test_pieces_of_a_foreign_word_are_one_word() -> None:
    rows = [NOTHING] * 3 + [{"▁lo": 0.9}, {"gi": 0.8}, {"c": 0.6}] + [NOTHING] * 3
    (slot,) = SyllableReader(TOKENS).slots(outputs(*rows), 0.0)
    assert slot.text == "logic"
    assert slot.heard[0][1] == pytest.approx(0.6, abs=0.01)


@given(st.lists(st.tuples(st.floats(0, 60), st.sampled_from(["báo", "cáo", ""])), max_size=30))
def test_words_never_overlap_and_match_their_slots(heard: list[tuple[float, str]]) -> None:
    slots = [Slot(start, start + 0.1, text, ((text, 0.9),)) for start, text in sorted(heard)]
    found = viet_asr.utterances_of(slots, (SpeechRegion(0, 20), SpeechRegion(21, 40), SpeechRegion(41, 61)))
    for utterance in found:
        assert all(one.end <= other.start for one, other in zip(utterance.words, utterance.words[1:], strict=False))
        places = {(slot.start, slot.end) for slot in utterance.slots if slot.text}
        assert all((word.start, word.end) in places for word in utterance.words)
        assert Utterance.from_json(utterance.to_json()).words == utterance.words
