"""One's own account on one page: sessions that are open elsewhere, the second factor."""

from uuid import UUID

import segno
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import audit
from core.accounts import Account, SignInRefused
from core.errors import Refusal
from core.runtime import current
from core.sign_ins import second_factor, sessions
from core.sign_ins.second_factor import SecondFactorRefused
from web.account.blueprint import blueprint
from web.account.page import mine_page
from web.account.proving import proved
from web.security.callers import acting, session_id
from web.security.gate import signed_in
from web.security.throttle import TooManyAttempts


@blueprint.get("/tai-khoan")
@signed_in
def mine() -> str:
    """What is open in one's name, and how the account is kept."""
    return mine_page()


@blueprint.post("/tai-khoan/phien/<uuid:row_id>/ket-thuc")
@signed_in
def end_session_of(row_id: UUID) -> Response:
    """End one of one's own sessions; strangers' are not found."""
    runtime, actor = current(), acting()
    with runtime.database.transaction() as session:
        sessions.end(session, actor.account_id, row_id, runtime.clock())
        audit.record(session, actor, "account.session_ended", "account", actor.account_id)
    flash(_("Đã kết thúc phiên đăng nhập."), "good")
    return redirect(url_for("account.mine"))


@blueprint.post("/tai-khoan/phien/ket-thuc-khac")
@signed_in
def end_other_sessions() -> Response:
    """End all of one's sessions but this one."""
    runtime, actor = current(), acting()
    with runtime.database.transaction() as session:
        count = sessions.end_others(session, actor.account_id, session_id(), runtime.clock())
        audit.record(session, actor, "account.session_ended", "account", actor.account_id, count=count)
    flash(_("Đã kết thúc %(count)d phiên đăng nhập khác.", count=count), "good")
    return redirect(url_for("account.mine"))


@blueprint.post("/tai-khoan/hai-buoc")
@signed_in
def begin_second_factor() -> str | tuple[str, int]:
    """Show the picture for the app. The password is asked for, since this changes how the account is entered."""
    runtime, actor = current(), acting()
    try:
        with runtime.database.transaction() as session:
            account = proved(session, actor.account_id)
            secret = second_factor.begin(session, account, runtime.settings)
            address = second_factor.address_for_app(account, secret, runtime.settings.organisation_name)
    except (SignInRefused, SecondFactorRefused, TooManyAttempts) as refusal:
        return _refused(refusal)
    return _picture_page(address, secret, "")


@blueprint.post("/tai-khoan/hai-buoc/xac-nhan")
@signed_in
def confirm_second_factor() -> str | Response | tuple[str, int]:
    """The first code of the app turns the second factor on; the paper codes are shown this once."""
    runtime, actor = current(), acting()
    try:
        with runtime.database.transaction() as session:
            account = session.get_one(Account, actor.account_id)
            codes = second_factor.confirm(
                session, account, request.form.get("code", ""), runtime.settings, runtime.clock()
            )
            sessions.end_others(session, account.id, session_id(), runtime.clock())
            audit.record(session, actor, "account.second_factor_on", "account", account.id)
    except SecondFactorRefused as refusal:
        return _again(refusal)
    return render_template("account/recovery_codes.html", codes=codes)


@blueprint.post("/tai-khoan/hai-buoc/tat")
@signed_in
def remove_second_factor() -> Response | tuple[str, int]:
    """Turn it off, with the password."""
    runtime, actor = current(), acting()
    try:
        with runtime.database.transaction() as session:
            account = proved(session, actor.account_id)
            second_factor.remove(session, account.id)
            audit.record(session, actor, "account.second_factor_off", "account", account.id)
    except (SignInRefused, TooManyAttempts) as refusal:
        return _refused(refusal)
    flash(_("Đã tắt xác thực hai bước."), "good")
    return redirect(url_for("account.mine"))


def _again(refusal: SecondFactorRefused) -> Response | tuple[str, int]:
    """The same picture once more: a code typed too late must not cost the whole way."""
    runtime, actor = current(), acting()
    with runtime.database.transaction() as session:
        account = session.get_one(Account, actor.account_id)
        secret = second_factor.unconfirmed(session, account.id, runtime.settings)
        if secret is None:
            return redirect(url_for("account.mine"))
        address = second_factor.address_for_app(account, secret, runtime.settings.organisation_name)
    return _picture_page(address, secret, refusal.sentence()), refusal.http_status


def _picture_page(address: str, secret: str, sentence: str) -> str:
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    letters = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("account/second_factor.html", secret=letters, picture=picture, sentence=sentence)


def _refused(refusal: Refusal) -> tuple[str, int]:
    sentence = _("Mật khẩu không đúng. Hãy nhập lại.") if isinstance(refusal, SignInRefused) else refusal.sentence()
    # 422, not 401: the person is signed in, the form is wrong.
    return mine_page(sentence), 422
