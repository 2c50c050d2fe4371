"""Choosing engines, and what is around them; the engines themselves are in test_real_engines."""

import io
import json
import struct
from pathlib import Path

import numpy as np
import pytest

from transcription import faults
from transcription.document import Word
from transcription.engines import (
    conformer_weights,
    ct2_checkpoint,
    profiles,
    pyannote_diarizer,
    registry,
    viet_asr,
    whisper_text,
)
from transcription.engines.contract import EngineSettings, Quality, SpeechRegion, Turn, Utterance, Vocabulary
from transcription.engines.viet_asr_process import Ticker, read_frame, write_frame

SETTINGS = EngineSettings(Path("weights"))


def test_auto_says_what_it_took_and_why() -> None:
    choice = registry.choose("auto", SETTINGS)
    assert choice.name == "viet-asr+whisper"
    assert choice.reason.startswith("tự chọn")


def test_auto_goes_by_what_the_site_measured(tmp_path: Path) -> None:
    measured = [{"engine": "faster-whisper", "model": "/m/phở", "word_errors": 0.031, "processor_seconds": 0.5}]
    (tmp_path / profiles.FILE).write_text(json.dumps(measured), encoding="utf-8")
    choice = registry.choose("auto", EngineSettings(tmp_path, whisper_model="/m/phở"))
    assert choice.name == "faster-whisper"
    assert "3,1 %" in choice.reason
    measured[0]["processor_seconds"] = 3.0
    (tmp_path / profiles.FILE).write_text(json.dumps(measured), encoding="utf-8")
    assert registry.choose("auto", EngineSettings(tmp_path, whisper_model="/m/phở")).name == "viet-asr+whisper"


def test_a_broken_profile_is_said_before_any_work(tmp_path: Path) -> None:
    (tmp_path / profiles.FILE).write_text("[{}]", encoding="utf-8")
    with pytest.raises(faults.WeightsFault):
        registry.choose("auto", EngineSettings(tmp_path))


def test_auto_prefers_a_large_whisper_of_the_site(tmp_path: Path) -> None:
    with (tmp_path / "model.bin").open("wb") as stream:
        stream.truncate(registry.MEDIUM_BYTES)
    assert registry.choose("auto", EngineSettings(tmp_path, whisper_model=str(tmp_path))).name == "faster-whisper"
    assert registry.choose("auto", EngineSettings(tmp_path, whisper_model="/m/large.pt")).name == "openai-whisper"


def test_auto_without_the_vietnamese_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viet_asr, "is_installed", lambda: False)
    choice = registry.choose("auto", SETTINGS)
    assert choice.name == "faster-whisper"
    assert "viet-asr" in choice.reason
    with pytest.raises(faults.EngineUnavailable):
        registry.choose("viet-asr", SETTINGS)


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(faults.EngineUnavailable) as caught:
        registry.choose("google", SETTINGS)
    assert "openai-whisper" in caught.value.sentence()
    with pytest.raises(faults.EngineUnavailable):
        registry.make_diarizer("senko", SETTINGS)


@pytest.mark.parametrize("name", ["faster-whisper", "openai-whisper"])
def test_missing_weights_are_said_before_any_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(faults.WeightsFault):
        registry.make_recognizer(registry.Choice(name, ""), EngineSettings(tmp_path))
    with pytest.raises(faults.WeightsFault):
        registry.make_recognizer(registry.Choice(name, ""), EngineSettings(tmp_path, whisper_model=str(tmp_path / "x")))


def test_special_tokens_are_stripped_and_pieces_of_words_joined() -> None:
    items = [(0.0, 0.2, " Lan<|vi|>", 0.9), (0.2, 0.3, ",", 0.4), (0.3, 0.5, " chào", 0.8), (0.5, 0.6, "<|vi|>", 0.1)]
    found = whisper_text.words_of(items, 10.0)
    assert [(word.text, word.start, word.probability) for word in found] == [("Lan,", 10.0, 0.4), ("chào", 10.3, 0.8)]


def test_hints_fit_into_the_prompt() -> None:
    terms = tuple(f"Cục Văn thư số {number}" for number in range(100))
    assert len(whisper_text.hint(Vocabulary(terms))) <= whisper_text.LONGEST_TERMS_CHARACTERS
    assert whisper_text.hint(Vocabulary()) == ""


def test_frames_survive_the_pipe_and_a_broken_one_ends_it() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, "đồng chí".encode())
    pipe.seek(0)
    assert read_frame(pipe) == "đồng chí".encode()
    assert read_frame(pipe) is None
    assert read_frame(io.BytesIO(b"\x00\x00\x00\x09abc")) is None


def test_a_word_keeps_the_moment_it_was_first_shown() -> None:
    ticker = Ticker()
    ticker.show("chào", 0.5)
    ticker.show("chào các đồ", 0.9)
    ticker.show("chào các đồng chí\nmời", 1.4)
    assert ticker.result() == [
        ["chào", 0.5, False],
        ["các", 0.9, False],
        ["đồng", 0.9, False],
        ["chí", 1.4, True],
        ["mời", 1.4, True],
    ]


def test_moments_become_times_within_the_region() -> None:
    heard = [("chào", 0.5, False), ("các", 0.9, False), ("đồng", 0.9, False), ("chí", 1.4, True), ("mời", 2.4, True)]
    found = viet_asr.utterances(heard, SpeechRegion(10.0, 12.0))
    assert [utterance.text for utterance in found] == ["chào các đồng chí", "mời"]
    times = [word.start for utterance in found for word in utterance.words]
    assert times == sorted(times)
    assert all(10.0 <= word.start <= word.end <= 12.0 for utterance in found for word in utterance.words)


def test_stretches_are_joined_over_short_pauses_only() -> None:
    regions = [SpeechRegion(0, 5), SpeechRegion(5.5, 9), SpeechRegion(9.2, 17), SpeechRegion(30, 64)]
    found = viet_asr.stretches(regions)
    assert [(s.start, s.end) for s in found[:2]] == [(0, 9), (9.2, 17)]
    assert all(stretch.duration_seconds <= viet_asr.LONGEST_REGION_SECONDS for stretch in found)
    assert sum(stretch.duration_seconds for stretch in found[2:]) == pytest.approx(34)


def test_utterances_are_cut_at_the_pauses_between_regions() -> None:
    found = (Word(1.0, 1.4, "lăm"), Word(1.9, 2.2, "mời"))
    cut = viet_asr.divided([Utterance(1.0, 2.2, found, Quality())], (SpeechRegion(0, 1.5), SpeechRegion(1.8, 3)))
    assert [utterance.text for utterance in cut] == ["lăm", "mời"]


def test_a_package_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    library = tmp_path / "libvietasr.so"
    library.write_bytes(b"\x7fELF" + bytes(1000))
    monkeypatch.setattr(conformer_weights, "library_path", lambda: library)
    with pytest.raises(faults.WeightsFault):
        registry.make_recognizer(registry.Choice("viet-asr", ""), SETTINGS)


def test_slivers_are_dropped_and_small_gaps_closed() -> None:
    turns = [Turn(0, 1, "A"), Turn(1.02, 1.03, "B"), Turn(1.3, 2, "A"), Turn(2, 4, "B"), Turn(5, 6, "B")]
    assert pyannote_diarizer.tidy(turns) == (Turn(0, 2, "A"), Turn(2, 4, "B"), Turn(5, 6, "B"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", struct.pack("<I", 6) + struct.pack("<H", 3) + b"ab\x00"])
def test_what_is_no_whisper_model_is_refused_without_running_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(ct2_checkpoint.CheckpointInvalid):
        ct2_checkpoint.read_variables(path)


def test_quantised_weights_are_refused() -> None:
    with pytest.raises(ct2_checkpoint.CheckpointInvalid):
        ct2_checkpoint.convert({"encoder/layer_0/x": np.zeros(2, "i1"), "decoder/layer_0/x": np.zeros(2, "i1")})
