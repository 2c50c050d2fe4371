"""Comments at paragraphs, and the package for the document system."""

from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext as _

from core.permissions import Action
from core.runtime import current
from minutes.delivery.packages import export_package
from minutes.notices import comments
from web import forms
from web.files import send_document
from web.notices.blueprint import blueprint
from web.notices.page import notice_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/thong-bao/<uuid:notice_id>/gop-y")
@requires(Action.VIEW_NOTICE)
def comment(notice_id: UUID) -> Answer:
    """Comment on a paragraph, or on the whole."""
    item_id, text = forms.text("item_id"), forms.text("text")
    return act_or_show(
        lambda session: comments.add_comment(session, acting(), notice_id, item_id, text),
        then=url_for("secretary.notice", notice_id=notice_id, _anchor="gop-y"),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã ghi góp ý."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/gop-y/<uuid:comment_id>/xong")
@requires(Action.EDIT_NOTICE)
def settle(notice_id: UUID, comment_id: UUID) -> Answer:
    """The comment is dealt with."""
    return act_or_show(
        lambda session: comments.settle_comment(session, acting(), notice_id, comment_id),
        then=url_for("secretary.notice", notice_id=notice_id, _anchor="gop-y"),
        show=lambda sentence: notice_page(notice_id, sentence),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/goi-edxml")
@requires(Action.DISTRIBUTE_NOTICE)
def package(notice_id: UUID) -> Response:
    """edXML, metadata of annex VI and the files, as one ZIP; writes the audit trail, hence a post."""
    with current().database.transaction() as session:
        return send_document(export_package(session, acting(), notice_id))
