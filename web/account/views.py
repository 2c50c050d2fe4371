"""Screens of one's own account."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import audit
from core.accounts import (
    MINIMUM_PASSWORD_CHARACTERS,
    Account,
    PasswordTooShort,
    SignInRefused,
    authenticate,
    change_password,
)
from core.messages import say
from core.runtime import current
from web.security.callers import acting, current_actor, end_session, start_session
from web.security.gate import signed_in
from web.security.sign_in import sign_in as check_sign_in
from web.security.throttle import TooManyAttempts

blueprint = Blueprint("account", __name__)


def safe_next(target: str) -> str:
    """Where to go after the sign-in: a path of this site, never another host."""
    parts = urlsplit(target)
    usable = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return target if usable else url_for("home.index")


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """The form, and the answer to it."""
    target = request.values.get("next", "")
    if request.method == "GET":
        if current_actor() is not None:
            return redirect(safe_next(target))
        return render_template("account/sign_in.html", login="", sentence="", next=target)
    login = request.form.get("login", "")
    try:
        account, actor = check_sign_in(login, request.form.get("password", ""))
    except (SignInRefused, TooManyAttempts) as refusal:
        page = render_template("account/sign_in.html", login=login, sentence=refusal.sentence(), next=target)
        return page, refusal.http_status
    start_session(account, actor)
    return redirect(safe_next(target))


@blueprint.post("/dang-xuat")
@signed_in
def sign_out() -> Response:
    """End this browser's session."""
    end_session()
    flash(_("Đã đăng xuất."), "good")
    return redirect(url_for("account.sign_in"))


@blueprint.route("/doi-mat-khau", methods=["GET", "POST"])
@signed_in
def password() -> str | Response | tuple[str, int]:
    """Change one's own password; all other sessions end."""
    if request.method == "GET":
        return _password_form("")
    new = request.form.get("new_password", "")
    if new != request.form.get("repeated_password", ""):
        return _password_form(_("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.")), 422
    try:
        _change(request.form.get("current_password", ""), new)
    except SignInRefused:
        return _password_form(_("Mật khẩu hiện tại không đúng. Hãy nhập lại.")), 422
    except PasswordTooShort as refusal:
        return _password_form(say(refusal.code, **refusal.params)), refusal.http_status
    flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."), "good")
    return redirect(url_for("home.index"))


def _change(old: str, new: str) -> None:
    actor = acting()
    with current().database.transaction() as session:
        login = session.get_one(Account, actor.account_id).login
        account = authenticate(session, login, old)
        change_password(account, new)
        audit.record(session, actor, "account.password_changed", "account", account.id)
    start_session(account, actor)


def _password_form(sentence: str) -> str:
    return render_template("account/password.html", sentence=sentence, minimum=MINIMUM_PASSWORD_CHARACTERS)
