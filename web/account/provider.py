"""Screens of the single sign-on: go there, come back signed in, or come back to link one's account with it."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser_session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import audit
from core.accounts import Account, SignInRefused
from core.errors import NotFound, Refusal
from core.permissions import Actor
from core.runtime import current
from core.sign_ins import identities, second_factor
from web.account.blueprint import blueprint
from web.account.page import mine_page
from web.account.proving import not_proved, proved
from web.account.views import remember_first_step, safe_next, sign_in_page
from web.security import provider
from web.security.actors import actor_of
from web.security.callers import acting, current_actor, start_session
from web.security.gate import signed_in
from web.security.throttle import TooManyAttempts

#: Between the click on "link" and the return from the service.
LINK_COUNTS_FOR = timedelta(minutes=10)


@blueprint.get("/dang-nhap/mot-lan")
def leave_for_provider() -> Response | tuple[str, int]:
    """Off to the site's sign-in service."""
    if not provider.is_there():
        raise NotFound
    target = request.args.get("next", "")
    browser_session["provider_next"] = safe_next(target) if target else ""
    try:
        return provider.leave_for_it()
    except Refusal as refusal:
        return _refused(refusal)


@blueprint.get("/dang-nhap/mot-lan/tra-ve")
def return_from_provider() -> str | Response | tuple[str, int]:
    """Back from it: sign in, or link the account that asked for it."""
    if not provider.is_there():
        raise NotFound
    target, asked = browser_session.pop("provider_next", ""), browser_session.pop("provider_link", None)
    actor = current_actor()
    try:
        who = provider.returned()
        if actor is not None and _still_asked(asked, actor.account_id):
            return _link(actor, who)
        account, actor, needs_code = _sign_in(who)
    except Refusal as refusal:
        return _refused(refusal)
    if needs_code:
        remember_first_step(account)
        return redirect(url_for("account.second_step", next=target))
    start_session(account, actor, method="provider")
    return redirect(safe_next(target))


@blueprint.post("/tai-khoan/mot-lan")
@signed_in
def begin_link() -> str | tuple[str, int]:
    """Prove who one is here, then go there; nothing is linked before the return."""
    runtime, actor = current(), acting()
    if not provider.is_there():
        raise NotFound
    try:
        with runtime.database.transaction() as session:
            proved(session, actor.account_id)
    except (SignInRefused, TooManyAttempts) as refusal:
        return mine_page(not_proved(refusal)), 422
    until = runtime.clock() + LINK_COUNTS_FOR
    browser_session["provider_link"] = [str(actor.account_id), until.timestamp()]
    return render_template("account/provider_link.html", name=runtime.settings.oidc_name)


@blueprint.post("/tai-khoan/mot-lan/go")
@signed_in
def unlink_provider() -> Response | tuple[str, int]:
    """The account is entered by its password alone again."""
    runtime, actor = current(), acting()
    try:
        with runtime.database.transaction() as session:
            proved(session, actor.account_id)
            if identities.unlink(session, actor.account_id, runtime.settings.oidc_issuer):
                audit.record(session, actor, "account.identity_unlinked", "account", actor.account_id)
    except (SignInRefused, TooManyAttempts) as refusal:
        return mine_page(not_proved(refusal)), 422
    flash(_("Đã gỡ liên kết đăng nhập một lần."), "good")
    return redirect(url_for("account.mine"))


def _still_asked(asked: object, account_id: UUID) -> bool:
    match asked:
        case [str(wanted), float(until)]:
            return wanted == str(account_id) and current().clock().timestamp() <= until
    return False


def _link(actor: Actor, who: provider.Identity) -> Response:
    runtime = current()
    with runtime.database.transaction() as session:
        identities.link(session, actor.account_id, who.issuer, who.subject, runtime.clock())
        audit.record(session, actor, "account.identity_linked", "account", actor.account_id)
    flash(_("Đã liên kết. Từ nay có thể đăng nhập một lần vào tài khoản này."), "good")
    return redirect(url_for("account.mine"))


def _sign_in(who: provider.Identity) -> tuple[Account, Actor, bool]:
    """The linked account, what it may, and whether a code is still wanted. Raises IdentityUnknown."""
    runtime = current()
    with runtime.database.transaction() as session:
        account = identities.account_of(session, who.issuer, who.subject, runtime.clock())
        return account, actor_of(session, account), second_factor.is_on(session, account.id)


def _refused(refusal: Refusal) -> tuple[str, int]:
    if current_actor() is not None:
        return mine_page(refusal.sentence()), refusal.http_status
    return sign_in_page(sentence=refusal.sentence()), refusal.http_status
