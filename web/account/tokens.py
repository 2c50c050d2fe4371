"""Screens of one's own tokens for scripts: made, shown once, listed, ended."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import audit
from core.accounts import SignInRefused
from core.errors import Refusal
from core.runtime import current
from core.sign_ins import api_tokens
from web import forms
from web.account.blueprint import blueprint
from web.account.page import mine_page
from web.account.proving import not_proved, proved
from web.security.callers import acting
from web.security.gate import signed_in
from web.security.throttle import TooManyAttempts


@blueprint.post("/tai-khoan/ma-truy-cap")
@signed_in
def create_token() -> str | tuple[str, int]:
    """Make one; its text stands on this one answer and nowhere else."""
    runtime, actor = current(), acting()
    try:
        name, scopes = forms.text("name"), request.form.getlist("scopes")
        days = forms.whole_number(forms.text("days"), "thời hạn")
        with runtime.database.transaction() as session:
            account = proved(session, actor.account_id)
            row, text = api_tokens.create(session, actor, name=name, scopes=scopes, days=days, now=runtime.clock())
            audit.record(
                session, actor, "account.token_created", "account", account.id, token=row.id, scopes=row.scopes
            )
    except (SignInRefused, TooManyAttempts) as refusal:
        return mine_page(not_proved(refusal)), 422
    except Refusal as refusal:
        return mine_page(refusal.sentence()), refusal.http_status
    return render_template("account/token_created.html", row=row, text=text, header="Authorization: Bearer …")


@blueprint.post("/tai-khoan/ma-truy-cap/<uuid:token_id>/ket-thuc")
@signed_in
def end_token(token_id: UUID) -> Response:
    """End one of one's own tokens; strangers' are not found."""
    runtime, actor = current(), acting()
    with runtime.database.transaction() as session:
        row = api_tokens.end(session, actor.account_id, token_id, runtime.clock())
        audit.record(session, actor, "account.token_ended", "account", actor.account_id, token=row.id)
    flash(_("Đã kết thúc mã truy cập. Chương trình đang dùng mã này sẽ bị từ chối."), "good")
    return redirect(url_for("account.mine"))
