"""The record of a meeting (biên bản, form 1.9), put together from what the house knows of it.

In: the plan, the roll call and the newest notice. Out: a draft to be finished and signed by secretary and chair. What
was said at each point of the agenda is left to the secretary; the conclusions are those of the notice.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Actor
from core.runtime import current
from minutes.house.models import TemplateKind
from minutes.house.templates import docx_of
from minutes.notices.content import NoticeContent
from minutes.notices.issuing import MEDIA_TYPES, DocumentFile, DocumentKind
from minutes.notices.service import get_notice, latest_revision
from orchestrator.meetings.context import MeetingContext, PersonFacts, meeting_context
from orchestrator.meetings.models import Meeting
from papers.pdf import render_pdf
from papers.record import RecordContent, RecordPart, lay_out_record
from papers.signers import SignerBlock

_CONCLUSIONS = "Kết luận của người chủ trì"


def record_document(session: Session, actor: Actor, notice_id: UUID, kind: DocumentKind) -> DocumentFile:
    """The draft of the record as a file, without a number. Raises NotFound, Forbidden, ClassifiedRefused."""
    notice = get_notice(session, actor, notice_id)
    meeting = session.get(Meeting, notice.meeting_id)
    if meeting is None:
        raise NotFound
    content = record_content(meeting_context(session, meeting.id), meeting, latest_revision(session, notice_id).read())
    sheet = lay_out_record(content, draft=True)
    if kind == "docx":
        data = docx_of(session, TemplateKind.RECORD, sheet)
    else:
        data = render_pdf(sheet, current().settings.font_directory)
    return DocumentFile(data, f"bien-ban-{meeting.code}.{kind}", MEDIA_TYPES[kind])


def record_content(context: MeetingContext, meeting: Meeting, notice: NoticeContent) -> RecordContent:
    """What the record says."""
    concluded = tuple(
        words for item in notice.items() if (words := ": ".join(part for part in (item.heading, item.text) if part))
    )
    parts = [RecordPart(heading=_point(point.title, point.unit_name)) for point in context.agenda]
    if concluded:
        parts.append(RecordPart(heading=_CONCLUSIONS, paragraphs=concluded))
    agency = notice.symbol_suffix.partition("-")[2]
    return RecordContent(
        issuing_parent=notice.issuing_parent,
        issuing_body=notice.issuing_body,
        symbol_suffix=f"BB-{agency}" if agency else "BB",
        subject=context.title,
        starts_at=meeting.opened_at or meeting.starts_at,
        ends_at=meeting.ends_at,
        places=tuple(
            f"{place.endpoint.name}{' (trung tâm)' if place.is_central else ''}" for place in meeting.endpoints
        ),
        attendees=tuple(_person(person) for person in context.present),
        absentees=tuple(f"{who.name} ({who.reason})" if who.reason else who.name for who in context.absent),
        chair=_person(context.chair) if context.chair else "",
        secretary=_person(context.secretary) if context.secretary else "",
        parts=tuple(parts),
        signer=SignerBlock(title="CHỦ TỌA", name=context.chair.name if context.chair else ""),
        secretary_signer=SignerBlock(title="THƯ KÝ", name=context.secretary.name if context.secretary else ""),
        recipients=("Lưu: VT, Hồ sơ",),
        to_check=("Bổ sung diễn biến, ý kiến phát biểu tại từng nội dung",) if context.agenda else (),
    )


def _person(person: PersonFacts) -> str:
    return ", ".join(part for part in (person.name, person.title, person.unit_name) if part)


def _point(title: str, unit: str) -> str:
    return f"{title} ({unit})" if unit and unit not in title else title
