"""Notices for an editor over the API: the text as it stands, what is said beside it, tasks confirmed one by one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from core.permissions import Action, can
from core.runtime import current
from minutes.notices import comments, service
from minutes.notices.acceptances import acceptances_of, set_acceptance
from minutes.notices.completeness import missing_parts
from minutes.notices.content import NoticeContent
from minutes.notices.paragraph import read_paragraph
from orchestrator.directory.service import list_units
from web.api.blueprint import api
from web.api.notices import NoticePath
from web.api.shapes import In, Out, answer
from web.security.callers import acting
from web.security.gate import requires

MOST_REVISIONS = 2**31 - 1
ItemId = Annotated[str, Field(max_length=64)]


class CommentOut(Out):
    """A remark at a paragraph (`item_id`), or at the whole; open until it is settled."""

    id: UUID
    item_id: str
    text: str
    author_name: str
    created_at: datetime
    settled_at: datetime | None
    settled_by_name: str


class CommentsOut(Out):
    """Remarks, open ones first."""

    items: list[CommentOut]


class CommentIn(In):
    """A remark; without `item_id` about the whole."""

    item_id: ItemId = ""
    text: str = Field(max_length=20_000)


class CommentPath(NoticePath):
    """Which remark on which notice."""

    comment_id: UUID


class AcceptanceOut(Out):
    """Who confirmed a task, or took that back; `stands` is false where the task says something else by now."""

    item_id: str
    accepted: bool
    stands: bool
    name: str
    at: datetime


class AcceptancesOut(Out):
    """The last word on each task."""

    items: list[AcceptanceOut]


class AcceptanceIn(In):
    """A task is right as it stands in the newest revision, or no longer said to be."""

    item_id: ItemId
    accepted: bool


class UnitName(Out):
    """A unit that may be named."""

    id: UUID
    name: str


class EditingQuery(In):
    """The revision that is known already; its text is not told again."""

    since: int | None = Field(default=None, ge=0, le=MOST_REVISIONS)


class EditingOut(Out):
    """The newest revision and what stands beside it; `content` and `units` are null where the caller has them."""

    number: int
    state: str
    author_name: str
    content: dict[str, Any] | None
    units: list[UnitName] | None
    missing: list[str]
    comments: list[CommentOut]
    accepted: list[AcceptanceOut]


class ParagraphIn(In):
    """The words of one paragraph."""

    text: str


class FactsOut(Out):
    """What a paragraph orders, under the names of an item of a notice."""

    items: list[dict[str, Any]]


@api.get("/notices/<uuid:notice_id>/editing", responses={200: EditingOut})
@requires(Action.EDIT_NOTICE)
def notice_editing(path: NoticePath, query: EditingQuery) -> Response:
    """Bản mới nhất để sửa, kèm góp ý, phần còn thiếu và nhiệm vụ đã xác nhận; với `since`, chỉ gửi nội dung mới hơn."""
    with current().database.transaction() as session:
        notice = service.get_notice(session, acting(), path.notice_id)
        revision = service.latest_revision(session, path.notice_id)
        content = revision.read()
        is_known = query.since is not None and query.since >= revision.number
        told = EditingOut(
            number=revision.number,
            state=notice.state,
            author_name=revision.author_name,
            content=None if is_known else content.to_json(),
            units=_units(session) if query.since is None else None,
            missing=missing_parts(content),
            comments=_comments(session, path.notice_id).items,
            accepted=_acceptances(session, path.notice_id, content).items,
        )
        return answer(told)


@api.get("/notices/<uuid:notice_id>/comments", responses={200: CommentsOut})
@requires(Action.VIEW_NOTICE)
def list_notice_comments(path: NoticePath) -> Response:
    """Góp ý đối với dự thảo."""
    with current().database.transaction() as session:
        service.get_notice(session, acting(), path.notice_id)
        return answer(_comments(session, path.notice_id))


@api.post("/notices/<uuid:notice_id>/comments", responses={201: CommentsOut})
@requires(Action.VIEW_NOTICE)
def create_notice_comment(path: NoticePath, body: CommentIn) -> Response:
    """Góp ý vào một đoạn hoặc toàn văn bản; trả về mọi góp ý."""
    with current().database.transaction() as session:
        comments.add_comment(session, acting(), path.notice_id, body.item_id, body.text)
        return answer(_comments(session, path.notice_id), 201)


@api.post("/notices/<uuid:notice_id>/comments/<uuid:comment_id>/settle", responses={200: CommentsOut})
@requires(Action.EDIT_NOTICE)
def settle_notice_comment(path: CommentPath) -> Response:
    """Góp ý đã được xử lý; trả về mọi góp ý."""
    with current().database.transaction() as session:
        comments.settle_comment(session, acting(), path.notice_id, path.comment_id)
        return answer(_comments(session, path.notice_id))


@api.post("/notices/<uuid:notice_id>/acceptances", responses={200: AcceptancesOut})
@requires(Action.EDIT_NOTICE)
def accept_notice_item(path: NoticePath, body: AcceptanceIn) -> Response:
    """Xác nhận một nhiệm vụ của bản mới nhất, hoặc bỏ xác nhận; trả về mọi xác nhận."""
    with current().database.transaction() as session:
        set_acceptance(session, acting(), path.notice_id, body.item_id, accepted=body.accepted)
        content = service.latest_revision(session, path.notice_id).read()
        return answer(_acceptances(session, path.notice_id, content))


@api.post("/notices/<uuid:notice_id>/readings", responses={200: FactsOut})
@requires(Action.EDIT_NOTICE)
def read_notice_paragraph(path: NoticePath, body: ParagraphIn) -> Response:
    """Đọc lại một đoạn văn: loại, đơn vị chủ trì, phối hợp, việc, thời hạn. Không lưu gì."""
    with current().database.transaction() as session:
        return answer(FactsOut(items=read_paragraph(session, acting(), path.notice_id, body.text)))


def _units(session: Session) -> list[UnitName]:
    # A token for notices alone need not see the directory.
    return [UnitName.of(unit) for unit in list_units(session, acting())] if can(acting(), Action.VIEW_DIRECTORY) else []


def _comments(session: Session, notice_id: UUID) -> CommentsOut:
    return CommentsOut(items=[CommentOut.of(row) for row in comments.comments_of(session, acting(), notice_id)])


def _acceptances(session: Session, notice_id: UUID, content: NoticeContent) -> AcceptancesOut:
    return AcceptancesOut(
        items=[AcceptanceOut.of(row) for row in acceptances_of(session, acting(), notice_id, content)]
    )
