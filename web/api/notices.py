"""Notices over the API: read, edit, submit, approve, issue, distribute, files."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action
from core.runtime import current
from minutes.delivery import service as delivery
from minutes.drafting.service import draft_from_latest
from minutes.notices import issuing, service
from minutes.notices.content import DeadlineFacts, Span
from minutes.notices.models import Issue, Notice
from orchestrator.meetings.service import get_meeting
from web.api.blueprint import api
from web.api.deliveries import DeliveriesOut, DeliveryOut, delivery_out
from web.api.meeting_shapes import MeetingPath
from web.api.shapes import In, Out, answer, answer_list
from web.files import send_document
from web.security.callers import acting
from web.security.gate import requires


class RevisionOut(Out):
    """One text of a notice."""

    id: UUID
    number: int
    sha256: str
    source: str
    author_name: str
    created_at: datetime
    content: dict[str, Any]


class IssueOut(Out):
    """Number, date and files of an issued notice."""

    notice_id: UUID
    number: int
    year: int
    symbol: str
    issued_on: date
    registrar_name: str
    docx_sha256: str
    pdf_sha256: str


class NoticeOut(Out):
    """A notice with its newest revision; `predecessor_id` names the paper that it corrects, replaces, …"""

    id: UUID
    meeting_id: UUID
    kind: str
    predecessor_id: UUID | None
    state: str
    version: int
    revision: RevisionOut
    issue: IssueOut | None


class DirectiveOut(Out):
    """A directive of the newest revision, with the spans of sound it was said in."""

    id: str
    kind: str
    text: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    action: str
    deadline: DeadlineFacts | None
    evidence: tuple[Span, ...]


class DirectivesOut(Out):
    """Directives in the order of print."""

    items: list[DirectiveOut]


class DraftOut(Out):
    """A draft just made by the machine."""

    notice_id: UUID
    revision: RevisionOut


class NoticePath(BaseModel):
    """Which notice."""

    notice_id: UUID


class DocumentPath(NoticePath):
    """Which file of which notice."""

    kind: Literal["docx", "pdf"]


class RevisionIn(In):
    """A text on top of revision `base_number`; `content` as in `NoticeContent`."""

    base_number: int
    content: dict[str, Any]


class ReasonIn(In):
    """What should be changed."""

    reason: str


class ApproveIn(In):
    """The revision that was read and is approved."""

    revision_id: UUID


def notice_out(session: Session, notice: Notice) -> NoticeOut:
    """Everything the API says of a notice."""
    issue = service.issue_of(session, notice.id)
    return NoticeOut(
        id=notice.id,
        meeting_id=notice.meeting_id,
        kind=notice.kind,
        predecessor_id=notice.predecessor_id,
        state=notice.state,
        version=notice.version,
        revision=RevisionOut.of(issue.revision if issue else service.latest_revision(session, notice.id)),
        issue=IssueOut.of(issue) if issue else None,
    )


@api.post("/meetings/<uuid:meeting_id>/drafts", responses={201: DraftOut})
@requires(Action.EDIT_NOTICE)
def draft_again(path: MeetingPath) -> Response:
    """Soạn lại dự thảo từ bản gỡ băng mới nhất."""
    with current().database.transaction() as session:
        revision = draft_from_latest(session, acting(), path.meeting_id)
        return answer(DraftOut(notice_id=revision.notice_id, revision=RevisionOut.of(revision)), 201)


@api.get("/meetings/<uuid:meeting_id>/notice", responses={200: NoticeOut})
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def notice_of_meeting(path: MeetingPath) -> Response:
    """Thông báo kết luận của cuộc họp; 404 khi chưa có dự thảo."""
    with current().database.transaction() as session:
        get_meeting(session, acting(), path.meeting_id)
        notice = service.notice_of_meeting(session, acting(), path.meeting_id)
        if notice is None:
            raise NotFound
        return answer(notice_out(session, notice))


@api.get("/notices/<uuid:notice_id>", responses={200: NoticeOut})
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def get_notice(path: NoticePath) -> Response:
    """Một thông báo với bản mới nhất."""
    with current().database.transaction() as session:
        return answer(notice_out(session, service.get_notice(session, acting(), path.notice_id)))


@api.get("/notices/<uuid:notice_id>/directives", responses={200: DirectivesOut})
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def directives(path: NoticePath) -> Response:
    """Các nhiệm vụ được giao, kèm đoạn ghi âm."""
    with current().database.transaction() as session:
        service.get_notice(session, acting(), path.notice_id)
        content = service.latest_revision(session, path.notice_id).read()
        return answer_list(DirectiveOut, content.directives())


@api.post("/notices/<uuid:notice_id>/revisions", responses={201: RevisionOut})
@requires(Action.EDIT_NOTICE)
def save_revision(path: NoticePath, body: RevisionIn) -> Response:
    """Lưu bản mới trên bản `base_number`; 409 kèm cả hai bản nếu đã có người khác lưu."""
    content = service.parse_content(body.content)
    with current().database.transaction() as session:
        revision = service.save_revision(session, acting(), path.notice_id, body.base_number, content)
        return answer(RevisionOut.of(revision), 201)


@api.post("/notices/<uuid:notice_id>/submit", responses={200: NoticeOut})
@requires(Action.SUBMIT_NOTICE)
def submit(path: NoticePath) -> Response:
    """Trình duyệt."""
    with current().database.transaction() as session:
        return answer(notice_out(session, service.submit(session, acting(), path.notice_id)))


@api.post("/notices/<uuid:notice_id>/request-changes", responses={200: NoticeOut})
@requires(Action.APPROVE_NOTICE)
def request_changes(path: NoticePath, body: ReasonIn) -> Response:
    """Yêu cầu chỉnh sửa, có lý do."""
    with current().database.transaction() as session:
        service.request_changes(session, acting(), path.notice_id, body.reason)
        return answer(notice_out(session, service.get_notice(session, acting(), path.notice_id)))


@api.post("/notices/<uuid:notice_id>/approve", responses={200: NoticeOut})
@requires(Action.APPROVE_NOTICE)
def approve(path: NoticePath, body: ApproveIn) -> Response:
    """Duyệt đúng một bản."""
    with current().database.transaction() as session:
        service.approve(session, acting(), path.notice_id, body.revision_id)
        return answer(notice_out(session, service.get_notice(session, acting(), path.notice_id)))


@api.post("/notices/<uuid:notice_id>/issue", responses={201: IssueOut})
@requires(Action.ISSUE_NOTICE)
def issue(path: NoticePath) -> Response:
    """Cấp số, ghi ngày và ban hành."""
    with current().database.transaction() as session:
        return answer(_issue_out(issuing.issue(session, acting(), path.notice_id)), 201)


@api.post("/notices/<uuid:notice_id>/distribute", responses={200: DeliveriesOut})
@requires(Action.DISTRIBUTE_NOTICE)
def distribute(path: NoticePath) -> Response:
    """Gửi các đơn vị; gọi lại không gửi trùng."""
    with current().database.transaction() as session:
        rows = delivery.distribute(session, acting(), path.notice_id)
        return answer_list(DeliveryOut, [delivery_out(row) for row in rows])


@api.get(
    "/notices/<uuid:notice_id>/document.<any(docx, pdf):kind>",
    responses={200: {"content": {"application/octet-stream": {}}}},
)
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def document(path: DocumentPath) -> Response:
    """Tệp DOCX hoặc PDF; bản dự thảo khi chưa ban hành."""
    with current().database.transaction() as session:
        return send_document(issuing.document(session, acting(), path.notice_id, path.kind))


def _issue_out(row: Issue) -> IssueOut:
    return IssueOut.of(row)
