"""What the second process makes of an utterance: words put right by what else was heard, nothing else handed on."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from transcription.document import Word
from transcription.engines import registry
from transcription.engines.contract import EngineSettings, FloatArray, Piece, Slot, Utterance, Vocabulary
from transcription.live import refining_process

SOUND = (np.sin(np.arange(16_000) / 10) * 8_000).astype("<i2").tobytes()


@dataclass
class Hears:
    """An engine that always hears the same."""

    heard: tuple[Slot, ...]

    def recognize(self, _samples: FloatArray, _piece: Piece, _vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        words = tuple(Word(slot.start, slot.end, slot.text, slot.heard[0][1]) for slot in self.heard if slot.text)
        return (Utterance(words[0].start, words[-1].end, words, slots=self.heard),)

    def close(self) -> None: ...


def _slot(at: int, *heard: tuple[str, float], silent: bool = False) -> Slot:
    return Slot(at * 0.5, at * 0.5 + 0.5, "" if silent else heard[0][0], heard)


@pytest.mark.parametrize(
    ("slots", "terms", "text"),
    [
        (
            (_slot(0, ("hết", 0.9)), _slot(1, ("tháng", 0.9)), _slot(2, ("tự", 0.3), ("tử", 0.1), silent=True)),
            [],
            "hết tháng tư",
        ),
        (
            (_slot(0, ("chúng", 0.5), ("trung", 0.3)), _slot(1, ("tâm", 0.9)), _slot(2, ("đỏ", 0.9))),
            ["Trung tâm Đỏ"],
            "Trung tâm Đỏ",
        ),
    ],
    ids=["month", "term"],
)
def test_live_words_are_put_right_as_those_of_a_recording(
    slots: tuple[Slot, ...], terms: list[str], text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "make_recognizer", lambda _choice, _settings: Hears(slots))
    writer = refining_process.Writer(registry.Choice("hears", "told so"), EngineSettings(tmp_path))
    (utterance,) = writer.answer({"terms": terms, "print": False}, SOUND)["heard"]
    assert Utterance.from_json(utterance).text == text
    assert "slots" not in utterance
