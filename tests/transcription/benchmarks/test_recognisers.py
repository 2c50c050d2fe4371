"""The recognisers' bench on what was kept of an earlier hearing: no engine runs here."""

import json
from pathlib import Path

import pytest

from benchmarks import recognisers
from tests.transcription.fakes import FakeRecognizer
from transcription.engines import registry
from transcription.engines.registry import Choice

SAID = "mời đồng chí đỗ mạnh cường trung tâm thông tin"
#: (syllable, probability of it, what the second recogniser heard)
HEARD = (
    ("mời", 0.9, "mời"), ("đồng", 0.99, "đồng"), ("chí", 0.99, "chí"), ("tu", 0.2, "độ"), ("mạnh", 0.9, "mạnh"),
    ("cường", 0.8, ""), ("trung", 0.9, "trung"), ("tâm", 0.9, "tâm"), ("thông", 0.9, "thông"), ("tin", 0.9, "tin"),
)  # fmt: skip


def utterance() -> dict[str, object]:
    words = [
        {"start": at, "end": at + 0.5, "text": text, "probability": p} for at, (text, p, _second) in enumerate(HEARD)
    ]
    slots = [[index, index + 0.5, text, [[text, p]], second] for index, (text, p, second) in enumerate(HEARD)]
    return {"start": 0.0, "end": 9.5, "words": words, "quality": {}, "slots": slots}


def plan(people: list[str], units: list[str]) -> str:
    meeting = {"title": "Họp giao ban", "date": "2026-04-08"}
    present = [{"name": name, "title": "", "endpoint": "Trụ sở"} for name in people]
    return json.dumps({"meeting": meeting, "present": present, "units_present": units}, ensure_ascii=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A meeting that was heard, and another one of other people."""
    made = tmp_path / "data"
    made.mkdir()
    gold = {"segments": [{"start": 0, "end": 9.5, "speaker": "A", "text": SAID}]}
    for name, people, units in (
        ("a", ["Đỗ Mạnh Cường"], ["Trung tâm Thông tin"]),
        ("b", ["Tô Văn Hùng"], ["Trung tâm Lưu trữ"]),
    ):
        (made / f"{name}.flac").write_bytes(b"")
        (made / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        (made / f"{name}.attendance.json").write_text(plan(people, units), encoding="utf-8")
        kept = tmp_path / "kept" / f"{name}.fake.json"
        kept.parent.mkdir(exist_ok=True)
        told = {"contents": [json.dumps([utterance()], ensure_ascii=False)], "cost": 0.25}
        kept.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr(recognisers, "ensure_weights", lambda *_: None)
    monkeypatch.setattr(registry, "choose", lambda *_: Choice("fake", ""))
    monkeypatch.setattr(registry, "make_recognizer", lambda *_: FakeRecognizer())
    return made


def test_names_errors_and_what_other_meetings_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recognisers.main([str(folder), "--only", "a", "--machine", str(folder.parent / "kept")]) == 0
    (line,) = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert (line["file"], line["engine"], line["cpu"]) == ("a", "fake", 0.25)
    assert (line["wer"], line["wer_context"]) == (0.1, 0.0)
    assert (line["names_said"], line["names"], line["names_context"], line["names_invented"]) == (2, 1, 2, 0)
    assert line["changed_by_others"] == 0


def test_a_folder_without_answers_is_a_wrong_call(folder: Path) -> None:
    assert recognisers.main([str(folder), "--only", "không có"]) == 2
