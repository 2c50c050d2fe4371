"""Who is calling: the browser's session (Flask-Login over our rows) or a Bearer token of the API, of two kinds: the one
that a sign-in over the API gives for two hours, and the long-lived one of `/tai-khoan`, which may do less.

All carry the account's epoch, a number that grows with a new password: what was handed out before it no longer counts.
"""

from datetime import timedelta
from uuid import UUID

from flask import Flask, g, request
from flask import session as browser_session
from flask_login import AnonymousUserMixin as Nobody
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from core.accounts import Account
from core.permissions import Actor
from core.runtime import current
from core.settings import Settings
from core.sign_ins import api_tokens, sessions
from web.security.actors import actor_of
from web.security.tokens import read_token

login_manager = LoginManager()


class SignedIn(UserMixin):
    """One signed-in account as Flask-Login wants to see it; the token is what the browser keeps."""

    def __init__(self, actor: Actor, login: str, token: str, session_id: UUID | None = None) -> None:
        self.actor = actor
        self.login = login
        self.session_id = session_id
        self._token = token

    def get_id(self) -> str:
        """What the cookie keeps."""
        return self._token


def init_app(app: Flask) -> None:
    """Bind Flask-Login; refusals are ours (the gate), not its redirects."""
    login_manager.session_protection = None
    login_manager.init_app(app)


def limits(settings: Settings) -> sessions.Limits:
    """How long this installation lets a session live."""
    return sessions.Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


def start_session(account: Account, actor: Actor, *, method: str = "password") -> None:
    """Sign this browser in with a fresh session: nothing of an earlier one is carried over.

    Args:
        method: how the person came in: `password`, or `provider` (the site's own sign-in service).
    """
    runtime = current()
    with runtime.database.transaction() as session:
        agent = request.user_agent.string
        address, now = request.remote_addr or "-", runtime.clock()
        token = sessions.begin(session, account, address=address, agent=agent, now=now, method=method)
    browser_session.clear()
    browser_session.permanent = True
    login_user(SignedIn(actor, account.login, token))


def end_session() -> None:
    """Sign this browser out, on the server too, and forget everything its cookie held."""
    row_id = session_id()
    if row_id is not None:
        runtime = current()
        with runtime.database.transaction() as session:
            sessions.end(session, acting().account_id, row_id, runtime.clock())
    logout_user()
    browser_session.clear()


def session_id() -> UUID | None:
    """Which row this browser's session is; None for a script."""
    return None if isinstance(current_user, Nobody) else getattr(current_user, "session_id", None)


def has_bearer() -> bool:
    """Whether the request speaks with a token of the API instead of a cookie."""
    return _may_use_token() and request.headers.get("Authorization", "").lower().startswith("bearer ")


def _may_use_token() -> bool:
    return request.path.startswith("/api/")


def current_actor() -> Actor | None:
    """The caller, or None. Asked once per request."""
    if "actor" not in g:
        g.actor = _actor_of_token() if has_bearer() else _actor_of_session()
    actor: Actor | None = g.actor
    return actor


def acting() -> Actor:
    """The caller of a view that the gate has let through."""
    actor = current_actor()
    if actor is None:
        raise RuntimeError("a view without a caller was let through the gate")
    return actor


def _actor_of_session() -> Actor | None:
    if isinstance(current_user, Nobody) or not current_user.is_authenticated:
        return None
    actor: Actor = current_user.actor
    return actor


def _actor_of_token() -> Actor | None:
    token = request.headers["Authorization"][len("bearer ") :].strip()
    if api_tokens.is_one(token):
        return _actor_of_script(token)
    claim = read_token(token, current().settings, current().clock())
    if claim is None:
        return None
    with current().database.transaction() as session:
        account = session.get(Account, claim.account_id)
        if account is None or not account.active or account.session_epoch != claim.epoch:
            return None
        g.own_language = account.language
        return actor_of(session, account)


def _actor_of_script(token: str) -> Actor | None:
    with current().database.transaction() as session:
        found = api_tokens.find(session, token, current().clock())
        if found is None:
            return None
        row, account = found
        return api_tokens.limited(actor_of(session, account), row)


@login_manager.user_loader
def load_signed_in(token: str) -> SignedIn | None:
    """Flask-Login's question: whose cookie is this? None for an ended session, a closed account, nonsense."""
    runtime = current()
    with runtime.database.transaction() as session:
        found = sessions.find(session, token, limits(runtime.settings), runtime.clock())
        if found is None:
            return None
        row, account = found
        g.own_language = account.language
        return SignedIn(actor_of(session, account), account.login, token, row.id)
