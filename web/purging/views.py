"""Screens of a purge: the list with a form to ask; one purge with what it reaches, its confirmation, its protocol."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.purging import states
from core.purging.models import PurgeReason
from core.runtime import current
from orchestrator.meetings.classification import parse_classification
from web import forms
from web.purging import service
from web.purging.protocol import counted
from web.purging.service import PurgeOrder
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices

blueprint = Blueprint("purging", __name__, url_prefix="/tieu-huy")


@blueprint.get("/")
@requires(Action.ASK_PURGE, Action.CONFIRM_PURGE)
def index() -> str:
    """All purges, the newest first."""
    return _index()


@blueprint.post("/")
@requires(Action.ASK_PURGE)
def ask() -> Answer:
    """Ask for one: the meeting is closed to everything at once."""
    try:
        with current().database.transaction() as session:
            order = PurgeOrder(
                forms.text("meeting_code"),
                parse_classification(forms.text("classification")),
                forms.choice("reason", PurgeReason, _("lý do")),
                forms.text("order_number"),
            )
            purge = service.ask(session, acting(), order)
    except NotFound:
        raise
    except Refusal as refusal:
        return _index(refusal.sentence()), refusal.http_status
    flash(_("Đã ghi yêu cầu và khóa cuộc họp. Hãy mời người thứ hai mở trang này để xác nhận."), "good")
    return redirect(url_for("purging.show", purge_id=purge.id))


@blueprint.get("/<uuid:purge_id>")
@requires(Action.ASK_PURGE, Action.CONFIRM_PURGE)
def show(purge_id: UUID) -> str:
    """What it reaches, or what it destroyed."""
    return _page(purge_id)


@blueprint.post("/<uuid:purge_id>/xac-nhan")
@requires(Action.CONFIRM_PURGE)
def confirm(purge_id: UUID) -> Answer:
    """The second person: everything is destroyed."""
    try:
        with current().database.transaction() as session:
            service.confirm(session, acting(), purge_id, forms.text("code"))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(purge_id, refusal.sentence()), refusal.http_status
    flash(_("Đã tiêu hủy nội dung trong cơ sở dữ liệu; tệp lưu trữ đang được xóa."), "good")
    return redirect(url_for("purging.show", purge_id=purge_id))


@blueprint.post("/<uuid:purge_id>/rut")
@requires(Action.ASK_PURGE, Action.CONFIRM_PURGE)
def withdraw(purge_id: UUID) -> Answer:
    """Take the request back; nothing is destroyed."""
    try:
        with current().database.transaction() as session:
            service.withdraw(session, acting(), purge_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(purge_id, refusal.sentence()), refusal.http_status
    flash(_("Đã rút yêu cầu. Không có gì bị xóa; cuộc họp vẫn được đánh dấu mật."), "good")
    return redirect(url_for("purging.index"))


def _index(sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_template(
            "purging/index.html",
            purges=service.list_purges(session, acting()),
            degrees=[choice for choice in choices("classification") if choice[0] != "unclassified"],
            reasons=choices("purge_reason"),
            typed=request.form if sentence else {},
            sentence=sentence,
        )


def _page(purge_id: UUID, sentence: str = "") -> str:
    with current().database.transaction() as session:
        purge = service.get_purge(session, acting(), purge_id)
        found = purge.found
        if purge.state == states.ASKED:
            extent = service.extent_of(session, purge)
            found = {"rows": extent.counts, "objects": len(extent.object_keys)}
        return render_template(
            "purging/show.html",
            purge=purge,
            found=found,
            counts=counted(found.get("rows", {})),
            is_own=purge.asked_by_id == acting().account_id,
            sentence=sentence,
        )
