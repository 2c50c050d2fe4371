"""Screens of one's own account: the way in and out, and the password."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser_session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import audit
from core.accounts import (
    MINIMUM_PASSWORD_CHARACTERS,
    Account,
    PasswordEasilyGuessed,
    PasswordTooShort,
    SignInRefused,
    change_password,
    find_account,
)
from core.messages import say
from core.runtime import current
from core.sign_ins.second_factor import SecondFactorRefused
from web.account.blueprint import blueprint
from web.account.proving import authenticated
from web.security import provider
from web.security.callers import acting, current_actor, end_session, start_session
from web.security.gate import signed_in
from web.security.sign_in import first_step
from web.security.sign_in import second_step as check_code
from web.security.throttle import TooManyAttempts

#: After the password, time to take the telephone out of the pocket.
FIRST_STEP_COUNTS_FOR = timedelta(minutes=5)


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
        return sign_in_page(target)
    login = request.form.get("login", "")
    try:
        account, actor, needs_code = first_step(login, request.form.get("password", ""))
    except (SignInRefused, TooManyAttempts) as refusal:
        return sign_in_page(target, login, refusal.sentence()), refusal.http_status
    if needs_code:
        remember_first_step(account)
        return redirect(url_for("account.second_step", next=target))
    start_session(account, actor)
    return redirect(safe_next(target))


@blueprint.route("/dang-nhap/ma", methods=["GET", "POST"])
def second_step() -> str | Response | tuple[str, int]:
    """The code of the authenticator app, after the right password."""
    target = request.values.get("next", "")
    account_id = _first_step_passed()
    if account_id is None:
        flash(_("Hết thời gian nhập mã. Hãy đăng nhập lại."), "warn")
        return redirect(url_for("account.sign_in", next=target))
    if request.method == "GET":
        return render_template("account/second_step.html", sentence="", next=target)
    try:
        account, actor = check_code(account_id, request.form.get("code", ""))
    except (SecondFactorRefused, SignInRefused, TooManyAttempts) as refusal:
        page = render_template("account/second_step.html", sentence=refusal.sentence(), next=target)
        return page, refusal.http_status
    start_session(account, actor)
    return redirect(safe_next(target))


def sign_in_page(target: str = "", login: str = "", sentence: str = "") -> str:
    """The form of the sign-in, with the way to the site's own service where there is one."""
    provider_name = current().settings.oidc_name if provider.is_there() else ""
    return render_template(
        "account/sign_in.html", login=login, sentence=sentence, next=target, provider_name=provider_name
    )


def remember_first_step(account: Account) -> None:
    """This browser has shown the right password, or came from the site's sign-in service; the code is still missing."""
    until = current().clock() + FIRST_STEP_COUNTS_FOR
    browser_session["first_step"] = [str(account.id), account.session_epoch, until.timestamp()]


def _first_step_passed() -> UUID | None:
    """Whose password this browser gave a moment ago; the cookie that says so is signed by us."""
    account_id, epoch, until = browser_session.get("first_step", ("", 0, 0.0))
    if not account_id or current().clock().timestamp() > until:
        return None
    with current().database.transaction() as session:
        account = find_account(session, UUID(account_id))
    return account.id if account and account.session_epoch == epoch else None


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
    except TooManyAttempts as refusal:
        return _password_form(refusal.sentence()), refusal.http_status
    except (PasswordTooShort, PasswordEasilyGuessed) as refusal:
        return _password_form(say(refusal.code, **refusal.params)), refusal.http_status
    flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."), "good")
    return redirect(url_for("home.index"))


def _change(old: str, new: str) -> None:
    actor = acting()
    with current().database.transaction() as session:
        account = authenticated(session.get_one(Account, actor.account_id), old)
        change_password(account, new)
        audit.record(session, actor, "account.password_changed", "account", account.id)
    start_session(account, actor)


def _password_form(sentence: str) -> str:
    return render_template("account/password.html", sentence=sentence, minimum=MINIMUM_PASSWORD_CHARACTERS)
