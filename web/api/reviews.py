"""Before and after the approval, over the API: looks at content and form, form checks, what is made public."""

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import Field

from core.errors import Invalid
from core.permissions import Action
from core.runtime import current
from minutes.delivery import bulletins
from minutes.notices.form_checks import form_checks
from minutes.notices.models import ReviewAspect
from minutes.notices.reviews import give_review, reviews_of
from minutes.notices.service import get_notice
from web.api.blueprint import api
from web.api.notices import NoticePath
from web.api.shapes import In, Out, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class ReviewOut(Out):
    """One look at one revision."""

    id: UUID
    revision_id: UUID
    revision_sha256: str
    aspect: str
    passed: bool
    note: str
    reviewer_name: str
    reviewer_title: str
    created_at: datetime


class ReviewsOut(Out):
    """Looks, newest first."""

    items: list[ReviewOut]


class ReviewIn(In):
    """Right in `aspect` (content or form), or sent back with what is not."""

    revision_id: UUID
    aspect: str = Field(max_length=20)
    passed: bool
    note: str = ""


class FormCheckOut(Out):
    """One of F01–F15; null where it cannot be judged on that file."""

    code: str
    docx_ok: bool | None
    pdf_ok: bool | None
    sentences: list[str]


class FormChecksOut(Out):
    """All fifteen."""

    items: list[FormCheckOut]


class BulletinOut(Out):
    """What anybody may read of a notice."""

    id: UUID
    notice_id: UUID
    title: str
    passage_keys: list[str]
    paragraphs: list[str]
    published_by_name: str
    created_at: datetime


class BulletinIn(In):
    """Passages by the id of their item; `mo-dau-0` is the first paragraph of the opening."""

    passages: list[str] = Field(max_length=2000)


@api.get("/notices/<uuid:notice_id>/reviews", responses={200: ReviewsOut})
@requires(Action.VIEW_NOTICE)
def list_reviews(path: NoticePath) -> Response:
    """Kết quả kiểm tra nội dung, thể thức của mọi bản."""
    with current().database.transaction() as session:
        return answer_list(ReviewOut, reviews_of(session, acting(), path.notice_id))


@api.post("/notices/<uuid:notice_id>/reviews", responses={201: ReviewOut})
@requires(Action.REVIEW_CONTENT, Action.REVIEW_FORM)
def create_review(path: NoticePath, body: ReviewIn) -> Response:
    """Ghi kết quả kiểm tra trước khi duyệt."""
    with current().database.transaction() as session:
        # The paper first: of one that is not there nothing else is said.
        get_notice(session, acting(), path.notice_id)
        row = give_review(
            session, acting(), path.notice_id, body.revision_id, _aspect(body), passed=body.passed, note=body.note
        )
        return answer(ReviewOut.of(row), 201)


def _aspect(body: ReviewIn) -> ReviewAspect:
    try:
        return ReviewAspect(body.aspect)
    except ValueError as error:
        raise Invalid(field="nội dung kiểm tra", reason="chưa chọn") from error


@api.get("/notices/<uuid:notice_id>/form-checks", responses={200: FormChecksOut})
@requires(Action.VIEW_NOTICE)
def list_form_checks(path: NoticePath) -> Response:
    """Mười lăm mục kiểm tra thể thức F01–F15 trên văn bản như khi in."""
    with current().database.transaction() as session:
        rows = [
            FormCheckOut(code=row.code, docx_ok=row.docx.ok, pdf_ok=row.pdf.ok, sentences=list(row.sentences))
            for row in form_checks(session, acting(), path.notice_id)
        ]
        return answer_list(FormCheckOut, rows)


@api.put("/notices/<uuid:notice_id>/bulletin", responses={200: BulletinOut})
@requires(Action.PUBLISH_BULLETIN)
def put_bulletin(path: NoticePath, body: BulletinIn) -> Response:
    """Công khai các đoạn đã chọn của thông báo đã ban hành."""
    with current().database.transaction() as session:
        return answer(BulletinOut.of(bulletins.publish(session, acting(), path.notice_id, body.passages)))


@api.delete("/notices/<uuid:notice_id>/bulletin", responses={200: BulletinOut})
@requires(Action.PUBLISH_BULLETIN)
def delete_bulletin(path: NoticePath) -> Response:
    """Gỡ bản tin công khai."""
    with current().database.transaction() as session:
        return answer(BulletinOut.of(bulletins.withdraw(session, acting(), path.notice_id)))
