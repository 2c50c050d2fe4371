"""The bench as a command: lines, files and pictures, with systems that answer at once."""

import json
from pathlib import Path

import pytest

from benchmarks.speech import __main__ as bench
from benchmarks.speech.hypothesis import Hypothesis, Said, Stage
from benchmarks.speech.measuring import Cost, Failed
from benchmarks.speech.references import Gold
from benchmarks.speech.systems import OURS, WHISPER, Setting, System
from tests.transcription import sounds
from transcription.engines.contract import Turn


def right(_sound: Path, gold: Gold | None, _setting: Setting) -> tuple[Hypothesis, Cost]:
    said = tuple(Said(*segment) for segment in gold.segments) if gold else ()
    turns = tuple(Turn(item.start, item.end, item.speaker) for item in said)
    return Hypothesis(said, turns, (Stage("hear", 0.0, 1.0),)), Cost(0.1, 0.2, 5_000_000)


def invents(_sound: Path, _gold: Gold | None, _setting: Setting) -> tuple[Hypothesis, Cost]:
    return Hypothesis((Said(0, 1, "", "Hãy đăng ký kênh"),), (), (Stage("hear", 0.0, 4.0),)), Cost(0.6, 1.2, 9_000_000)


def fails(_sound: Path, _gold: Gold | None, _setting: Setting) -> tuple[Hypothesis, Cost]:
    raise Failed("hết bộ nhớ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One recording with gold answers, and a folder `bad` beside its set."""
    made = tmp_path / "dev"
    made.mkdir()
    sounds.write_wav(made / "a.wav", sounds.tone(1.0))
    told = {"kind": "human", "segments": [{"start": 0, "end": 1, "speaker": "A", "text": "xin chào các đồng chí"}]}
    (made / "a.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "silence.wav").touch()
    return made


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *systems: System) -> int:
    monkeypatch.setattr(bench, "SYSTEMS", systems)
    out, nowhere = folder.parent / "out", folder.parent / "whisperx"
    return bench.main(["--folder", str(folder), "--out", str(out), "--whisperx", str(nowhere)])


def test_a_line_each_and_pictures(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, folder, System(OURS, right), System(WHISPER, invents)) == 0
    printed = capsys.readouterr()
    ours, other = (json.loads(text) for text in printed.out.splitlines())
    assert (ours["system"], ours["wer"], ours["phantoms"], ours["rtf"]) == (OURS, 0.0, 0, 0.1)
    assert (other["system"], other["phantoms"], other["cpu"]) == (WHISPER, 1, 1.2)
    assert "6.0 times as fast by the clock" in printed.err
    assert "whisperX is left out" in printed.err
    out = folder.parent / "out"
    assert {path.name for path in out.glob("*.png")} == {"errors.png", "cost.png", "speakers.png", "stages.png"}
    assert len((out / "systems.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert (out / "heard" / "ours" / "a.json").is_file()


def test_a_system_that_fails_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, folder, System(WHISPER, fails), System(OURS, right)) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out.splitlines()[1])["wer"] == 0.0
    assert "whisper + pyannote failed on a: hết bộ nhớ" in printed.err


def test_nothing_to_measure_and_a_wrong_name_are_said(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "a.json").unlink()
    assert run(monkeypatch, folder, System(OURS, right)) == 2
    with pytest.raises(SystemExit, match="no such system"):
        bench._chosen("unsrige", None)
