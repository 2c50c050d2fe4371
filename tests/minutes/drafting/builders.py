"""Meetings and transcripts of invented people, from lines "Tên: lời nói"."""

import json
from pathlib import Path
from typing import Any

from orchestrator.meetings.context import MeetingContext
from transcription.document import Segment, TranscriptDocument, Word

NOTICES = Path(__file__).parents[2] / "data" / "notices"
SECONDS_PER_LINE = 10.0

MEETING: dict[str, Any] = {
    "meeting": {"title": "Họp giao ban trực tuyến tuần 15 của Bộ", "date": "2026-04-08", "time": "14:00"},
    "chair": "Khổng Văn Lực",
    "secretary": "Phùng Thị Yến",
    "present": [
        {"name": "Khổng Văn Lực", "title": "Thứ trưởng", "role": "chủ trì"},
        {"name": "Phùng Thị Yến", "title": "Chánh Văn phòng Bộ"},
        {"name": "Tô Quang Minh", "title": "Giám đốc Trung tâm Thông tin"},
    ],
    "units_present": ["Văn phòng Bộ", "Trung tâm Thông tin", "Vụ Pháp chế"],
}


def meeting(**changes: Any) -> MeetingContext:
    """The meeting above with some facts changed."""
    return MeetingContext.from_json(MEETING | changes)


def transcript(*lines: str, words: bool = False, flags: tuple[str, ...] = ()) -> TranscriptDocument:
    """One segment of ten seconds per line; with `words` each word has its share of them."""
    segments = []
    for index, line in enumerate(lines):
        speaker, text = line.split(": ", 1)
        start = index * SECONDS_PER_LINE
        heard = tuple(_words(text, start)) if words else ()
        segments.append(Segment(f"s{index:04d}", start, start + SECONDS_PER_LINE, speaker, text, flags, heard))
    return TranscriptDocument("test", len(lines) * SECONDS_PER_LINE, tuple(segments))


def _words(text: str, start: float) -> list[Word]:
    parts = text.split()
    share = SECONDS_PER_LINE / len(parts)
    return [Word(start + i * share, start + (i + 1) * share, part, 0.9) for i, part in enumerate(parts)]


def notice_names() -> list[str]:
    """Names of the notices with gold answers."""
    return sorted(path.stem for path in NOTICES.glob("*.json"))


def notice_gold(name: str) -> dict[str, Any]:
    """The gold answers of one."""
    data: dict[str, Any] = json.loads((NOTICES / f"{name}.json").read_text(encoding="utf-8"))
    return data


def notice_text(name: str) -> str:
    """The text of one."""
    return (NOTICES / f"{name}.txt").read_text(encoding="utf-8")
