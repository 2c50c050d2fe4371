"""What is said in a meeting as its page reads it: finished lines with their speakers, and what is being said just now.

A look at the database holds everything a page may show; what one page does not know yet is cut from it, so a hundred
lines go over the line once and not twice a second.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting
from transcription.live import policy, store
from transcription.live.models import LivePhrase, LivePublication, LiveStream, LiveUtterance
from web.templating import clock
from web.words import tone, word

Snapshot = dict[str, Any]

#: Lines a page keeps in sight; the whole text is the transcript.
MOST_LINES = 200


@dataclass(frozen=True)
class Look:
    """One look at the rows of a meeting."""

    status: Snapshot
    lines: tuple[Snapshot, ...]
    phrases: tuple[Snapshot, ...]

    @property
    def version(self) -> str:
        """Number of the last line, and a mark of everything else."""
        through = self.lines[-1]["number"] if self.lines else 0
        rest = json.dumps([self.status, self.phrases], ensure_ascii=False, sort_keys=True)
        return f"{through}.{hashlib.sha256(rest.encode()).hexdigest()[:16]}"

    def since(self, known: str) -> Snapshot:
        """What a page that knows this version does not know yet; all of it where it knows none of ours."""
        number = number_of(known)
        lines = [line for line in self.lines if line["number"] > number]
        return {"version": self.version, "status": self.status, "lines": lines, "phrases": list(self.phrases)}


def look_at(session: Session, meeting: Meeting, now: datetime) -> Look:
    """Everything a page may show of a meeting; rights are the caller's business."""
    names = speakers_of(meeting)
    lines = [_line(row, names) for row in store.utterances_after(session, meeting.id, 0, MOST_LINES)]
    phrases = [_phrase(row, names) for row in store.phrases_of(session, meeting.id)]
    return Look(_status(session, meeting, now, has_text=bool(lines or phrases)), tuple(lines), tuple(phrases))


def speakers_of(meeting: Meeting) -> dict[UUID, str]:
    """What each endpoint's track is called: its one registered person, else the endpoint."""
    found = {}
    for place in meeting.endpoints:
        people = [item.person.full_name for item in meeting.participants if item.meeting_endpoint_id == place.id]
        alone = len(people) == 1 and place.head_count == 1
        found[place.id] = f"{people[0]} ({place.endpoint.name})" if alone else place.endpoint.name
    return found


def number_of(version: str) -> int:
    """The last line a version stands for; 0 for anything that is no version of ours."""
    digits = version.partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


def _status(session: Session, meeting: Meeting, now: datetime, *, has_text: bool) -> Snapshot:
    grace = now - timedelta(seconds=policy.STREAM_GRACE_SECONDS)
    living = exists().where(
        LiveStream.meeting_id == meeting.id, LiveStream.ended_at.is_(None), LiveStream.seen_at >= grace
    )
    hears, published = session.execute(select(living, exists().where(LivePublication.meeting_id == meeting.id))).one()
    code = _code(meeting.state, hears=hears, published=published, has_text=has_text)
    return {"code": code, "word": str(word(code, "live")), "tone": tone(code, "live"), "hint": _hints()[code]}


def _code(state: str, *, hears: bool, published: bool, has_text: bool) -> str:
    if state in (states.CLOSED, states.CANCELLED):
        return "published" if published else "finishing" if has_text else "nothing"
    return "hearing" if hears else "silent"


def _hints() -> dict[str, str]:
    return {
        "hearing": "",
        "silent": _("Chưa nhận được tiếng từ phòng họp. Hãy bật gỡ băng (phụ đề) trong phòng họp trực tuyến."),
        "finishing": _("Đang hoàn thành bản gỡ băng; dự thảo thông báo sẽ có trong ít phút."),
        "published": _("Bản gỡ băng trực tiếp đã hoàn thành. Khi có bản ghi, hệ thống sẽ gỡ lại chính xác hơn."),
        "nothing": _("Cuộc họp này không có gỡ băng trực tiếp. Hãy tải lên bản ghi để gỡ băng."),
    }


def _line(row: LiveUtterance, names: dict[UUID, str]) -> Snapshot:
    return {
        "id": str(row.id),
        "number": row.number,
        "time": clock(row.began_at),
        "speaker": _speaker(row.meeting_endpoint_id, names),
        "text": row.text,
    }


def _phrase(row: LivePhrase, names: dict[UUID, str]) -> Snapshot:
    return {
        "id": str(row.utterance_id),
        "time": clock(row.began_at),
        "speaker": _speaker(row.meeting_endpoint_id, names),
        "text": row.text,
    }


def _speaker(endpoint_id: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(endpoint_id, "") if endpoint_id else _("Chưa rõ điểm cầu")
