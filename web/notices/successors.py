"""After the issue: the secretary starts a correction, a replacement or a withdrawal."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from minutes.notices import successors
from minutes.notices.models import Notice
from minutes.notices.successor_texts import Passage
from web import forms
from web.notices.blueprint import blueprint
from web.notices.page import notice_page
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/thong-bao/<uuid:notice_id>/dinh-chinh")
@requires(Action.EDIT_NOTICE)
def correct(notice_id: UUID) -> Answer:
    """Draft a letter of correction from the passages of the form."""
    columns = (request.form.getlist(name) for name in ("where", "wrong", "right"))
    passages = [Passage(*(cell.strip() for cell in row)) for row in zip(*columns, strict=False)]
    reason = forms.text("reason")
    return _started(notice_id, lambda session: successors.correct(session, acting(), notice_id, passages, reason))


@blueprint.post("/thong-bao/<uuid:notice_id>/thay-the")
@requires(Action.EDIT_NOTICE)
def replace(notice_id: UUID) -> Answer:
    """Draft a replacement."""
    reason = forms.text("reason")
    return _started(notice_id, lambda session: successors.replace(session, acting(), notice_id, reason))


@blueprint.post("/thong-bao/<uuid:notice_id>/thu-hoi")
@requires(Action.EDIT_NOTICE)
def withdraw(notice_id: UUID) -> Answer:
    """Draft the notice that calls this one back."""
    reason = forms.text("reason")
    return _started(notice_id, lambda session: successors.withdraw(session, acting(), notice_id, reason))


def _started(notice_id: UUID, act: Callable[[Session], Notice]) -> Answer:
    try:
        with current().database.transaction() as session:
            successor = act(session).id
    except NotFound:
        raise
    except Refusal as refusal:
        return notice_page(notice_id, refusal.sentence()), refusal.http_status
    flash(_("Đã tạo dự thảo. Hãy đọc lại, sửa nếu cần rồi trình duyệt."), "good")
    return redirect(url_for("secretary.notice", notice_id=successor))
