"""The forms in which texts are compared, and the error rates."""

import json
from pathlib import Path

import pytest

from benchmarks.scoring import character_error_rate, plain, read_references, word_error_rate
from tests.transcription.sounds import DEMO


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Hoàn thành trước ngày 15, tháng 4.", "hoàn thành trước ngày mười năm tháng bốn"),
        ("16.940 thí sinh", "mười sáu nghìn chín trăm bốn mười thí sinh"),
        ("“Bộ” – Văn phòng!", "bộ văn phòng"),
        ("", ""),
    ],
)
def test_texts_are_brought_to_one_form(text: str, form: str) -> None:
    assert plain(text) == form


def test_error_rates() -> None:
    assert word_error_rate("Một hai ba bốn.", "một hai ba bốn") == 0.0
    assert word_error_rate("một hai ba bốn", "một hai ba") == 0.25
    assert word_error_rate("một hai", "") == 1.0
    assert character_error_rate("ba", "bà") == 0.5


def test_gold_answers_are_read_as_they_were_spoken() -> None:
    (reference,) = read_references(DEMO.parent)
    assert "mười lăm" in reference.text
    assert len({turn.voice for turn in reference.turns}) == 4


def test_a_recording_without_gold_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.flac").touch()
    (tmp_path / "b.flac").touch()
    (tmp_path / "b.json").write_text(json.dumps({"segments": [{"text": "xin chào"}]}), encoding="utf-8")
    assert [reference.name for reference in read_references(tmp_path)] == ["b"]
