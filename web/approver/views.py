"""What the approver does on the page of a notice."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action
from minutes.notices import service
from minutes.notices.signed import approve_and_sign
from web import forms
from web.notices.page import notice_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("approver", __name__)


@blueprint.post("/thong-bao/<uuid:notice_id>/duyet")
@requires(Action.APPROVE_NOTICE)
def approve(notice_id: UUID) -> Answer:
    """Approve exactly the revision that was read."""
    revision_id = forms.required_id("revision_id", "bản duyệt")
    key_id, secret = forms.optional_id("key_id", "chứng thư số"), forms.text("secret")
    if key_id is None:
        return _answered(
            lambda session: service.approve(session, acting(), notice_id, revision_id), notice_id, _("Đã duyệt.")
        )
    return _answered(
        lambda session: approve_and_sign(session, acting(), notice_id, revision_id, key_id=key_id, secret=secret),
        notice_id,
        _("Đã ký số và duyệt."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/yeu-cau-sua")
@requires(Action.APPROVE_NOTICE)
def request_changes(notice_id: UUID) -> Answer:
    """Send it back with what should be changed."""
    version, reason = forms.optional_number("version", "phiên bản"), forms.text("reason")
    return _answered(
        lambda session: service.request_changes(session, acting(), notice_id, reason, expected_version=version),
        notice_id,
        _("Đã gửi lại thư ký."),
    )


def _answered(act: Callable[[Session], object], notice_id: UUID, done: str) -> Answer:
    return act_or_show(
        act,
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=done,
    )
