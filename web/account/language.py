"""The language a person reads: kept with the account of who is signed in, and as a cookie in every browser."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from core import audit
from core.accounts import Account, choose_language
from core.errors import Invalid
from core.runtime import current
from web.account.blueprint import blueprint
from web.account.views import safe_next
from web.languages.choice import COOKIE, COOKIE_SECONDS, LANGUAGES
from web.security.callers import current_actor


@blueprint.post("/ngon-ngu", endpoint="choose_language")
def choose() -> Response:
    """Read on in another language, on the page one comes from. Raises Invalid for a language we do not have."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise Invalid(field="ngôn ngữ", reason="không có ngôn ngữ này")
    _keep(language)
    target = request.form.get("next", "")
    answer = redirect(safe_next(target) if target else url_for("home.index"))
    secure = current().settings.secure_cookies
    answer.set_cookie(COOKIE, language, COOKIE_SECONDS, httponly=True, secure=secure, samesite="Lax")
    return answer


def _keep(language: str) -> None:
    actor = current_actor()
    if actor is None:
        return
    with current().database.transaction() as session:
        account = session.get_one(Account, actor.account_id)
        if account.language != language:
            choose_language(account, language)
            audit.record(session, actor, "account.language_chosen", "account", account.id, language=language)
