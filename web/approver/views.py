"""What the approver does on the page of a notice."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from minutes.notices import service
from web import forms
from web.notices.page import notice_page
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("approver", __name__)
Answer = str | Response | tuple[str, int]


@blueprint.post("/thong-bao/<uuid:notice_id>/duyet")
@requires(Action.APPROVE_NOTICE)
def approve(notice_id: UUID) -> Answer:
    """Approve exactly the revision that was read."""
    revision_id = forms.required_id("revision_id", "bản duyệt")
    return _act(notice_id, _("Đã duyệt."), lambda session: service.approve(session, acting(), notice_id, revision_id))


@blueprint.post("/thong-bao/<uuid:notice_id>/yeu-cau-sua")
@requires(Action.APPROVE_NOTICE)
def request_changes(notice_id: UUID) -> Answer:
    """Send it back with what should be changed."""
    version = forms.optional_number("version", "phiên bản")
    return _act(
        notice_id,
        _("Đã gửi lại thư ký."),
        lambda session: service.request_changes(
            session, acting(), notice_id, forms.text("reason"), expected_version=version
        ),
    )


def _act(notice_id: UUID, done: str, action: Callable[[Session], object]) -> Answer:
    try:
        with current().database.transaction() as session:
            action(session)
    except NotFound:
        raise
    except Refusal as refusal:
        return notice_page(notice_id, refusal.sentence()), refusal.http_status
    flash(done, "good")
    return redirect(url_for("secretary.notice", notice_id=notice_id))
