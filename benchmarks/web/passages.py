"""What a year of meetings leaves to search in: minutes of transcripts and items of notices. Invented, repeatable.

The year itself has meetings only (`load-year` writes nothing that nobody said), so this fills the index beside them,
for measuring alone: an hour of speech for one meeting in four, and a notice of four items for each. All have a notice,
so that the meeting whose pages are asked has one in the small year and in the large: they are compared.
"""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.search.index import Passage, row_of
from core.search.models import SearchEntry
from minutes.notices.indexing import NOTICE
from minutes.notices.models import Notice
from minutes.notices.states import ISSUED
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting
from transcription.transcripts.indexing import TRANSCRIPT

RECORDED_EVERY = 4
MINUTES, ITEMS = 60, 4
#: Different minutes; the same ones come back, as the words of meetings do.
_DIFFERENT = 400
_WORDS_A_MINUTE = 110
_SPEECH = (
    "báo cáo tiến độ thực hiện nhiệm vụ được giao đề nghị các đơn vị khẩn trương hoàn thành trước ngày quy định về "
    "chuyển đổi số cải cách hành chính ngân sách đào tạo bồi dưỡng cán bộ công chức viên chức phòng chống thiên tai "
    "lưu trữ tài liệu đường truyền điểm cầu trực tuyến kết luận của đồng chí thứ trưởng yêu cầu rà soát tổng hợp"
)


def keep_passages(session: Session) -> int:
    """Fill the index beside the meetings that are there; returns how many passages there are of their kinds."""
    meetings = session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at)
        .where(Meeting.state == states.CLOSED)
        .order_by(Meeting.starts_at)
    ).all()
    said = [_said(number) for number in range(_DIFFERENT)]
    # The words of a minute do not hang on its meeting: read once, written wherever it comes back.
    vectors = {text: str(row_of(TRANSCRIPT, UUID(int=0), _passage("", text, meetings[0]))["vector"]) for text in said}
    rows = [row for number, meeting in enumerate(meetings) for row in _rows(session, number, meeting, said)]
    for row in rows:
        row["vector"] = row["vector"] or vectors[row["text"]]
    for start in range(0, len(rows), 5_000):
        session.execute(insert(SearchEntry), rows[start : start + 5_000])
    return len(rows)


def _said(number: int) -> str:
    chance = random.Random(number)  # noqa: S311 (invented speech, nothing secret)
    return " ".join(chance.choices(_SPEECH.split(), k=_WORDS_A_MINUTE))


def _rows(session: Session, number: int, meeting: Any, said: list[str]) -> Iterator[dict[str, Any]]:
    chance = random.Random(number)  # noqa: S311
    if number % RECORDED_EVERY == 0:
        yield from _passages(TRANSCRIPT, uuid4(), meeting, [chance.choice(said) for _ in range(MINUTES)])
    notice = Notice(meeting_id=meeting.id, state=ISSUED)
    session.add(notice)
    session.flush()
    yield from _passages(NOTICE, notice.id, meeting, [chance.choice(said) for _ in range(ITEMS)])


def _passages(kind: str, object_id: UUID, meeting: Any, texts: list[str]) -> Iterator[dict[str, Any]]:
    for part, text in enumerate(texts):
        if kind == NOTICE or not part:
            named = _passage(meeting.title, text, meeting, part=f"{part:04d}" if part else "", title_counts=True)
            yield row_of(kind, object_id, named)
        else:
            yield {
                "kind": kind,
                "object_id": object_id,
                "part": f"s{part:04d}",
                "meeting_id": meeting.id,
                "happened_at": meeting.starts_at,
                "title": meeting.title,
                "text": text,
                "plain_title": None,
                "vector": "",
                "fingerprint": "",
            }


def _passage(title: str, text: str, meeting: Any, *, part: str = "", title_counts: bool = False) -> Passage:
    return Passage(title, text, meeting.starts_at, meeting.id, part=part, is_head=not part, title_counts=title_counts)
