"""The commands that work on files: what they answer to good and to bad ones."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from minutes.notices.sheet import lay_out
from papers.docx import render_docx
from papers.invitation import lay_out_invitation
from tests.commands.conftest import Caller, call, one_line
from tests.minutes.samples import notice
from tests.papers.samples import invitation
from tests.transcription import sounds

SENTENCE = (
    "Giao Vụ Kế hoạch - Tài chính chủ trì, phối hợp với Văn phòng Bộ rà soát kinh phí, hoàn thành trước ngày 30/4/2026."
)
CHAIR = "Phan Quốc Bảo"
MEETING = {
    "meeting": {"title": "Họp giao ban trực tuyến tháng 4", "date": "2026-04-08"},
    "chair": CHAIR,
    "present": [{"name": CHAIR, "title": "Thứ trưởng", "role": "chủ trì"}],
}
CLASSIFIED = {"meeting": {"title": "Họp kín", "date": "2026-04-08", "classification": "confidential"}}
UNREADABLE = [("a.json", b"{"), ("a.docx", b"PK"), ("a.txt", b"\xff\x00\xfe"), ("a.mp4", b"x")]
SILENT = [("rong.mp4", b""), ("van-ban.mp4", "chỉ là chữ".encode() * 50)]


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "transcript.json"
    segment = {"start": 1.0, "end": 9.5, "speaker": CHAIR, "text": SENTENCE, "flags": [], "words": []}
    path.write_text(json.dumps({"engine": "người", "duration_seconds": 10.0, "segments": [segment]}))
    return path


def test_extract_prints_json_with_the_place_in_the_text(diemcau: Caller, tmp_path: Path) -> None:
    file = tmp_path / "thông báo.txt"
    file.write_text(SENTENCE)
    result = diemcau("extract", file, "--date", "2026-04-08")
    assert result.returncode == 0, result.stderr
    (item,) = json.loads(result.stdout)["items"]
    assert item["lead"] == ["Vụ Kế hoạch - Tài chính"]
    assert item["deadline"]["iso"] == "2026-04-30"
    assert all(0 <= span["start"] < span["end"] <= len(SENTENCE) for span in item["evidence"])


@pytest.mark.parametrize("words", [["--date", "30/4/2026"], ["--units", "khong-co.csv"]])
def test_extract_refuses_a_bad_option(diemcau: Caller, transcript: Path, words: list[str]) -> None:
    result = diemcau("extract", transcript, *words)
    assert result.returncode == 2
    assert words[0] in one_line(result)


@pytest.mark.parametrize(("name", "content"), UNREADABLE)
def test_extract_refuses_what_it_cannot_read(diemcau: Caller, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = diemcau("extract", tmp_path / name)
    assert result.returncode == 2
    assert name in one_line(result)


def test_draft_then_check(diemcau: Caller, transcript: Path, tmp_path: Path) -> None:
    meeting, out = tmp_path / "cuộc họp.json", tmp_path / "kết quả"
    meeting.write_text(json.dumps(MEETING))
    result = diemcau("draft", transcript, "--meeting", meeting, "--out", out)
    assert result.returncode == 0, result.stderr
    drafted = json.loads((out / "draft.json").read_text())
    assert drafted["items"][0]["evidence"][0] == {"start": 1.0, "end": 9.5}
    checked = diemcau("check", out / "draft.docx")
    codes = [line.split()[0] for line in checked.stdout.splitlines()]
    assert codes == [f"F{number:02}" for number in range(1, 16)]
    assert checked.returncode == (1 if "KHÔNG ĐẠT" in checked.stdout else 0)


def test_a_classified_meeting_is_not_drafted(diemcau: Caller, transcript: Path, tmp_path: Path) -> None:
    meeting = tmp_path / "mật.json"
    meeting.write_text(json.dumps(CLASSIFIED))
    result = diemcau("draft", transcript, "--meeting", meeting, "--out", tmp_path / "ra")
    assert result.returncode == 2
    assert "26/2020/NĐ-CP" in one_line(result)
    assert not (tmp_path / "ra").exists()


def test_check_holds_a_notice_against_its_invitation(diemcau: Caller, tmp_path: Path) -> None:
    paper, same, other = (tmp_path / name for name in ("tb.docx", "gm.docx", "gm-khac.docx"))
    paper.write_bytes(render_docx(lay_out(notice(), 5, date(2026, 4, 9))))
    for file, day in ((same, 8), (other, 7)):
        letter = invitation(starts_at=datetime(2026, 4, day, 1, tzinfo=UTC), ends_at=None)
        file.write_bytes(render_docx(lay_out_invitation(letter, 4, date(2026, 4, 1))))
    agreed = diemcau("check", paper, "--invitation", same)
    assert (agreed.returncode, "F13 đạt" in agreed.stdout) == (0, True)
    refused = diemcau("check", paper, "--invitation", other)
    assert (refused.returncode, "F13 KHÔNG ĐẠT: ngày họp 07/04/2026" in refused.stdout) == (1, True)


def test_check_refuses_what_is_no_document(diemcau: Caller, transcript: Path) -> None:
    result = diemcau("check", transcript)
    assert result.returncode == 2
    assert "transcript.json" in one_line(result)


@pytest.mark.parametrize(("name", "content"), SILENT)
def test_transcribe_answers_a_bad_file_with_one_line(
    diemcau: Caller, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = diemcau("transcribe", tmp_path / name, "--out", tmp_path / "ra")
    assert result.returncode == 2
    one_line(result)


def test_transcribe_refuses_options_that_contradict(diemcau: Caller, transcript: Path, tmp_path: Path) -> None:
    result = diemcau("transcribe", transcript, "--out", tmp_path, "--min-speakers", 3, "--max-speakers", 2)
    assert result.returncode == 2
    assert "--min-speakers 3" in one_line(result)


def test_an_unknown_engine_is_answered_with_the_known_ones(diemcau: Caller, transcript: Path, tmp_path: Path) -> None:
    result = diemcau("transcribe", transcript, "--out", tmp_path / "ra", "--engine", "khong-co")
    assert result.returncode == 2
    assert "faster-whisper" in one_line(result)


def test_a_model_that_is_missing_is_one_line_before_any_work(home: Path, tmp_path: Path) -> None:
    sound = sounds.write_wav(tmp_path / "họp.wav", sounds.tone(1.0))
    nowhere = {"DIEMCAU_WHISPER_MODEL": str(tmp_path / "không có")}
    result = call(home, "transcribe", sound, "--out", tmp_path / "ra", "--engine", "faster-whisper", **nowhere)
    assert result.returncode == 1
    assert "DIEMCAU_WHISPER_MODEL" in one_line(result)
    assert not (tmp_path / "ra").exists()
    started = call(home, "up", DIEMCAU_RECOGNIZER="faster-whisper", **nowhere)
    assert started.returncode == 1
    assert "DIEMCAU_WHISPER_MODEL" in one_line(started)


def test_an_output_folder_that_cannot_be_made(home: Path, transcript: Path, tmp_path: Path) -> None:
    meeting = tmp_path / "hop.json"
    meeting.write_text(json.dumps(MEETING))
    result = call(home, "draft", transcript, "--meeting", meeting, "--out", transcript / "ra")
    assert result.returncode == 2
    one_line(result)
