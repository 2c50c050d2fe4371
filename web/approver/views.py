"""What the approver does on the page of a notice."""

from uuid import UUID

from flask import Blueprint, url_for
from flask_babel import gettext as _

from core.permissions import Action
from minutes.notices import service
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
    return act_or_show(
        lambda session: service.approve(session, acting(), notice_id, revision_id),
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã duyệt."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/yeu-cau-sua")
@requires(Action.APPROVE_NOTICE)
def request_changes(notice_id: UUID) -> Answer:
    """Send it back with what should be changed."""
    version, reason = forms.optional_number("version", "phiên bản"), forms.text("reason")
    return act_or_show(
        lambda session: service.request_changes(session, acting(), notice_id, reason, expected_version=version),
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã gửi lại thư ký."),
    )
