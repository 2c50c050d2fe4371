"""The anchor of a day: the head of the audit chain at its end, as a few lines of text that leave the house.

A chain that only the house keeps can be made anew from some row on, or lose its last rows, and still look whole. An
anchor that was printed, signed or sent elsewhere says what its head was: `verify` holds the chain against it. The
anchor of a past day is always the same; anybody may have it written again and compare.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.audit import AuditReport, AuditRow
from core.clock import VIETNAM, in_vietnam
from core.errors import Refusal
from core.messages import register

TITLE = "DIEM CAU - MOC NHAT KY / AUDIT ANCHOR"
_LINE = re.compile(r"^(day|rows):\s*(\S.*)$", re.MULTILINE)
#: On paper the hash stands in groups and may go on in the next line.
_HEAD = re.compile(r"^head:((?:\s*[0-9a-fA-F]){64})(?!\w)", re.MULTILINE)
FOLDER = "anchors"


@dataclass(frozen=True)
class Anchor:
    """The chain had so many rows at the end of the day, and the last one this hash."""

    day: date
    rows: int
    head: str


@dataclass(frozen=True)
class AnchorReport:
    """The chain as a whole, and whether the anchor's row stands where the anchor says."""

    chain: AuditReport
    holds: bool

    @property
    def is_whole(self) -> bool:
        """Both are true."""
        return self.chain.is_whole and self.holds


class AnchorUnreadable(Refusal):
    """The file is no anchor of ours."""

    code = "anchor_unreadable"
    http_status = 422


register(
    {
        "anchor_unreadable": (
            "Tệp không phải mốc nhật ký của Điểm Cầu. Hãy chọn tệp mốc (.txt) đã lưu hoặc gõ lại các dòng của bản in.",
            "The file is no anchor of the audit trail. Choose a saved anchor (.txt), or type the printed lines again.",
        )
    }
)


def anchor_of(session: Session, day: date) -> Anchor:
    """The anchor of a day in Vietnam; without any row yet, the beginning of the chain."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=VIETNAM)
    query = select(AuditRow.id, AuditRow.row_hash).where(AuditRow.at < end).order_by(AuditRow.id.desc()).limit(1)
    last = session.execute(query).first()
    return Anchor(day, last.id, last.row_hash) if last else Anchor(day, 0, audit.GENESIS)


def verify(session: Session, anchor: Anchor) -> AnchorReport:
    """Walk the whole chain and hold it against the anchor."""
    head = session.scalar(select(AuditRow.row_hash).where(AuditRow.id == anchor.rows)) if anchor.rows else audit.GENESIS
    return AnchorReport(audit.verify(session), head == anchor.head)


def to_text(anchor: Anchor) -> str:
    """Plain letters and four lines, so that it can be printed, typed again, signed and mailed."""
    return (
        f"{TITLE}\n"
        f"day:  {anchor.day.isoformat()}\n"
        f"rows: {anchor.rows}\n"
        f"head: {anchor.head}\n"
        "note: kiem tra bang lenh / check with: diemcau verify-audit --anchor FILE\n"
    )


def from_text(text: str) -> Anchor:
    """Read such lines, with whatever stands around them. Raises AnchorUnreadable."""
    plain = text.replace("\r\n", "\n")
    found = {name: value.strip() for name, value in _LINE.findall(plain)}
    head = _HEAD.search(plain)
    try:
        day, rows = date.fromisoformat(found["day"]), int(found["rows"])
    except (KeyError, ValueError) as error:
        raise AnchorUnreadable from error
    if rows < 0 or head is None:
        raise AnchorUnreadable
    return Anchor(day, rows, "".join(head[1].split()).lower())


def keep_yesterdays(session: Session, home: Path, now: datetime) -> Path | None:
    """Write the anchor of the last full day beside the data, once; returns the file if it is new."""
    day = in_vietnam(now).date() - timedelta(days=1)
    path = home / FOLDER / f"anchor-{day.isoformat()}.txt"
    if path.exists():
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(to_text(anchor_of(session, day)))
    draft.replace(path)
    return path
