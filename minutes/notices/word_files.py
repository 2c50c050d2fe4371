"""The way back from a word processor: an edited DOCX becomes the next revision of its notice."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from core.permissions import Action, Actor, require
from minutes.notices.models import NoticeRevision
from minutes.notices.reread import Reread, reread
from minutes.notices.rows import lock_notice
from minutes.notices.service import list_revisions, save_revision
from orchestrator.meetings.context import meeting_context
from papers.checking.docx_reading import read_docx
from papers.checking.reading import Reading
from papers.refusals import UnreadableDocument

MAXIMUM_PARAGRAPHS = 3000


def take_back(
    session: Session, actor: Actor, notice_id: UUID, base_number: int, data: bytes, name: str
) -> tuple[NoticeRevision, Reread]:
    """Save an edited file on top of revision `base_number`, the one it was downloaded from.

    Raises:
        UnreadableDocument: no DOCX, broken, or unreasonably long. NoticeConflict, NoticeNotEditable: as for any save.
        NotFound: no such notice or revision.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    revisions = list_revisions(session, actor, notice_id)
    base = next((row for row in revisions if row.number == base_number), revisions[-1])
    context = meeting_context(session, notice.meeting_id)
    reading = _read(data, name)
    found = reread(reading, base.read(), context.units, context.date)
    return save_revision(session, actor, notice_id, base_number, found.content), found


def _read(data: bytes, name: str) -> Reading:
    if not data.startswith(b"PK"):
        raise UnreadableDocument(name=name, reason="không phải tệp DOCX")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "van-ban.docx"
        file.write_bytes(data)
        reading = read_docx(file)
    if len(reading.lines) > MAXIMUM_PARAGRAPHS:
        raise UnreadableDocument(name=name, reason=f"dài quá {MAXIMUM_PARAGRAPHS} đoạn")
    if reading.recipients_at() is None:
        raise UnreadableDocument(name=name, reason="không thấy “Nơi nhận:”, hãy dùng tệp tải về từ hệ thống")
    return reading
