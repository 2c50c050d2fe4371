"""The screen of retention: how long each kind is kept, which meetings are held, what was removed."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from core.errors import Invalid, NotFound, Refusal
from core.permissions import Action
from core.retention import service
from core.runtime import current
from orchestrator.meetings.models import Meeting
from web import forms
from web.retention import data_kinds as data_kinds  # registers the kinds
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("retention", __name__, url_prefix="/quan-tri/luu-giu")


@blueprint.get("/")
@requires(Action.MANAGE_RETENTION)
def index() -> str:
    """Periods, holds, removals."""
    return _page()


@blueprint.post("/thoi-han/<data_kind>")
@requires(Action.MANAGE_RETENTION)
def choose(data_kind: str) -> Answer:
    """Another period for one kind; empty: for ever."""
    try:
        with current().database.transaction() as session:
            service.choose_period(session, acting(), data_kind, forms.optional_number("days", "số ngày"))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(refusal.sentence()), refusal.http_status
    flash(_("Đã đổi thời hạn lưu giữ."), "good")
    return redirect(url_for("retention.index"))


@blueprint.post("/giu")
@requires(Action.MANAGE_RETENTION)
def hold() -> Answer:
    """Hold everything of a meeting back from removal."""
    try:
        with current().database.transaction() as session:
            code = forms.text("meeting_code")
            meeting_id = session.scalar(select(Meeting.id).where(Meeting.code == code))
            if meeting_id is None:
                raise Invalid(field="mã cuộc họp", reason="không có cuộc họp nào mang mã này")
            service.hold(session, acting(), meeting_id, code, forms.text("reason"))
    except Refusal as refusal:
        return _page(refusal.sentence()), refusal.http_status
    flash(_("Cuộc họp %(code)s được giữ lại, không xóa gì.", code=code), "good")
    return redirect(url_for("retention.index"))


@blueprint.post("/giu/<uuid:hold_id>/thoi")
@requires(Action.MANAGE_RETENTION)
def release(hold_id: UUID) -> Answer:
    """End a hold."""
    with current().database.transaction() as session:
        row = service.release(session, acting(), hold_id)
    flash(_("Thôi giữ cuộc họp %(code)s.", code=row.object_code), "good")
    return redirect(url_for("retention.index"))


def _page(sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_template(
            "retention/index.html",
            keepings=service.keepings(session),
            holds=service.holds(session),
            removals=service.removals(session),
            typed=request.form if sentence else {},
            sentence=sentence,
        )
