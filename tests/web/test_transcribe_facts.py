"""What `diemcau transcribe` is told about a meeting: read from files, refused with one line that names the file."""

import json
from pathlib import Path

import pytest

from transcription.stages.separate_tracks import TrackFile
from web.commands.border import BadInput
from web.commands.known_facts import read_known


def written(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_nothing_told_nothing_known() -> None:
    known = read_known(None, None, ())
    assert (known.context.people, known.room.present, known.tracks, known.most(None)) == ((), (), (), None)
    assert known.with_terms("Sở Nội vụ\n").terms == ("Sở Nội vụ",)


def test_meeting_presence_and_tracks_are_read(tmp_path: Path) -> None:
    meeting = written(
        tmp_path / "m.json",
        {
            "meeting": {"title": "Họp giao ban", "date": "2026-04-08"},
            "present": [{"name": "Hồ Văn Tiến", "endpoint": "Sở Nội vụ"}],
        },
    )
    presence = written(tmp_path / "p.json", {"present": [{"endpoint": "Sở Nội vụ", "start": 0, "end": 60}]})
    sound = tmp_path / "a@b.wav"
    sound.write_bytes(b"x")
    known = read_known(meeting, presence, (f"Sở  Nội vụ={sound}", f"Bộ={sound}@-2.5"))
    assert known.context.people[0].endpoint == "Sở Nội vụ"
    assert known.tracks == (TrackFile("Sở Nội vụ", sound), TrackFile("Bộ", sound, -2.5))
    assert known.most(None) == 3
    assert known.most(7) is None
    assert "Hồ Văn Tiến" in known.with_terms("số hóa").terms


@pytest.mark.parametrize("track", ["Sở", "=a.wav", "Sở=không-có.wav", "Sở=không-có.wav@5", "Sở=a.wav@nan"])
def test_a_track_that_cannot_be_used_is_named(track: str) -> None:
    with pytest.raises(BadInput, match="--track"):
        read_known(None, None, (track,))


@pytest.mark.parametrize(
    "content", [b"{", b"\xff\xfe", b'{"dominant": 5}', b'[{"endpoint": "A", "start": 3, "end": 1}]']
)
def test_a_presence_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"p\.json"):
        read_known(None, path, ())


def test_a_meeting_without_title_or_classified_is_refused(tmp_path: Path) -> None:
    for facts in ({}, {"title": "Họp", "date": "2026-04-08", "classification": "secret"}):
        with pytest.raises(BadInput, match=r"m\.json"):
            read_known(written(tmp_path / "m.json", {"meeting": facts}), None, ())
