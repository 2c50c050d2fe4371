"""What the registrar does on the page of a notice."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from minutes.delivery import reminding
from minutes.delivery import service as delivery
from minutes.notices import issuing
from minutes.notices.signed import SealOrder
from web import forms
from web.notices.page import notice_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("registrar", __name__)


@blueprint.post("/thong-bao/<uuid:notice_id>/ban-hanh")
@requires(Action.ISSUE_NOTICE)
def issue(notice_id: UUID) -> Answer:
    """Number, date, files: the notice goes out and stands."""
    version = forms.optional_number("version", "phiên bản")
    key_id = forms.optional_id("seal_id", "con dấu")
    seal = SealOrder(key_id, forms.text("secret")) if key_id else None
    return act_or_show(
        lambda session: issuing.issue(session, acting(), notice_id, expected_version=version, seal=seal),
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã cấp số và ban hành."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/gui")
@requires(Action.DISTRIBUTE_NOTICE)
def distribute(notice_id: UUID) -> Answer:
    """Send it to the units it names."""
    return act_or_show(
        lambda session: delivery.distribute(session, acting(), notice_id),
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã gửi các đơn vị."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/nhac")
@requires(Action.DISTRIBUTE_NOTICE)
def remind(notice_id: UUID) -> Answer:
    """Remind the units that have not acknowledged."""
    try:
        with current().database.transaction() as session:
            told = [row.unit.name for row in reminding.remind_now(session, acting(), notice_id)]
    except NotFound:
        raise
    except Refusal as refusal:
        return notice_page(notice_id, refusal.sentence()), refusal.http_status
    if told:
        flash(_("Đã gửi thư nhắc %(units)s.", units=", ".join(told)), "good")
    else:
        flash(_("Chưa nhắc được đơn vị nào: hôm nay đã nhắc, hoặc đơn vị chưa có địa chỉ thư trong danh mục."), "warn")
    return redirect(url_for("secretary.notice", notice_id=notice_id, _anchor="tinh-hinh-nhan"))
