"""Files of the command line, good and bad."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from minutes.drafting import docx_text
from minutes.drafting.readers import draft_file, extract_file
from minutes.drafting.refusals import UnreadableInput
from tests.minutes.drafting.builders import MEETING, transcript

NOTICE = "Thứ trưởng Bàn Văn Sơn kết luận như sau:\n1. Vụ PC rà soát thủ tục trước ngày 20/4.\n2. Sở Y tế kiểm tra."
SPOKEN = "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát trước ngày 20 tháng 4."


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_with_units_and_a_day(tmp_path: Path) -> None:
    units = write(tmp_path / "units.csv", "\ufeffname,code,abbreviations,aliases\nVụ Pháp chế,PC,Vụ PC|VPC,Vụ Luật\n")
    answer = extract_file(write(tmp_path / "notice.txt", NOTICE), units, date(2026, 4, 8))
    first = answer["items"][0]
    assert first["lead"] == ["Vụ Pháp chế"]
    assert first["deadline"] == {"raw": "trước ngày 20/4", "iso": "2026-04-20", "kind": "before_date", "rrule": None}
    assert set(first) >= {"kind", "lead", "coordinating", "action", "deadline", "references", "evidence"}
    span = first["evidence"][0]
    assert NOTICE[span["start"] : span["end"]].startswith("Vụ PC rà soát")
    json.dumps(answer)


def test_no_deadline_has_the_same_four_keys(tmp_path: Path) -> None:
    answer = extract_file(write(tmp_path / "notice.txt", NOTICE))
    assert answer["items"][1]["deadline"] == {"raw": None, "iso": None, "kind": "none", "rrule": None}


def test_a_transcript_without_meeting(tmp_path: Path) -> None:
    path = write(tmp_path / "transcript.json", transcript(SPOKEN).dumps())
    answer = extract_file(path, None, date(2026, 4, 8))
    assert answer["chair_inferred"]
    assert answer["items"][0]["evidence"] == [{"start": 0, "end": 10}]


def test_a_transcript_without_a_day_makes_no_year_up(tmp_path: Path) -> None:
    answer = extract_file(write(tmp_path / "transcript.json", transcript(SPOKEN).dumps()))
    assert answer["items"][0]["deadline"]["iso"] is None
    assert answer["opening"]["date"] is None


def test_a_word_document_with_automatic_numbers_and_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Thứ trưởng Bàn Văn Sơn kết luận như sau:")
    document.add_paragraph("Giao Sở Y tế:", style="List Number")
    document.add_paragraph("Kiểm tra các cơ sở;", style="List Bullet")
    document.add_table(1, 1).cell(0, 0).text = "2. Sở Nội vụ rà soát biên chế."
    path = tmp_path / "notice.docx"
    document.save(str(path))
    answer = extract_file(path)
    assert [item["lead"] for item in answer["items"]] == [["Sở Y tế"], ["Sở Nội vụ"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notice.pdf", "x"),
        ("transcript.json", "{"),
        ("transcript.json", '{"segments": 3}'),
        ("transcript.json", '{"segments": [{"start": 2, "end": 1, "text": "a", "speaker": "b"}]}'),
        ("notice.docx", "not a package"),
    ],
)
def test_files_that_cannot_be_read_are_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        extract_file(write(tmp_path / name, content))
    assert name in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        extract_file(tmp_path / "không có.txt")


def test_text_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(b"\xff\x00\xc4\xd0\x9d")
    with pytest.raises(UnreadableInput):
        extract_file(path)


def test_a_package_that_unpacks_too_big_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_text, "LARGEST_UNPACKED_BYTES", 1_000_000)
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * 2_000_000)
    path = tmp_path / "bomb.docx"
    path.write_bytes(package.getvalue())
    with pytest.raises(UnreadableInput, match="quá lớn"):
        extract_file(path)


def test_a_package_without_a_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    with ZipFile(path, "w") as package:
        package.writestr("a.txt", "b")
    with pytest.raises(UnreadableInput):
        extract_file(path)


def test_the_code_of_a_unit_is_one_more_abbreviation(tmp_path: Path) -> None:
    units = write(tmp_path / "units.csv", "mã;tên đơn vị\nVPPC;Vụ Pháp chế\n")
    text = "Thứ trưởng kết luận như sau:\n1. VPPC rà soát thủ tục trước ngày 20/4."
    answer = extract_file(write(tmp_path / "notice.txt", text), units, date(2026, 4, 8))
    assert answer["items"][0]["lead"] == ["Vụ Pháp chế"]


def test_a_draft_is_written_as_json_and_word(tmp_path: Path) -> None:
    spoken = write(tmp_path / "transcript.json", transcript(SPOKEN).dumps())
    facts = write(tmp_path / "meeting.json", json.dumps(MEETING, ensure_ascii=False))
    draft_file(spoken, facts, tmp_path / "out")
    answer = json.loads((tmp_path / "out" / "draft.json").read_text(encoding="utf-8"))
    assert answer["items"][0]["lead"] == ["Vụ Pháp chế"]
    printed = docx.Document(str(tmp_path / "out" / "draft.docx"))
    words = "\n".join(paragraph.text for paragraph in printed.paragraphs)
    assert "Vụ Pháp chế rà soát, hoàn thành trước ngày 20/4/2026" in words


def test_a_meeting_file_that_is_no_object_is_refused(tmp_path: Path) -> None:
    spoken = write(tmp_path / "transcript.json", transcript(SPOKEN).dumps())
    with pytest.raises(UnreadableInput):
        draft_file(spoken, write(tmp_path / "meeting.json", "[]"), tmp_path / "out")
