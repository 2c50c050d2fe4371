"""Who is calling: the browser's session (Flask-Login) or a Bearer token of the API. Both name an account and an epoch.

The epoch is a number of the account that grows with a new password: what was handed out before it no longer counts.
"""

from uuid import UUID

from flask import Flask, g, request
from flask import session as browser_session
from flask_login import AnonymousUserMixin as Nobody
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from core.accounts import Account
from core.permissions import Actor
from core.runtime import current
from web.security.actors import actor_of
from web.security.tokens import read_token

login_manager = LoginManager()


class SignedIn(UserMixin):
    """One signed-in account as Flask-Login wants to see it."""

    def __init__(self, actor: Actor, epoch: int, login: str) -> None:
        self.actor = actor
        self.epoch = epoch
        self.login = login

    def get_id(self) -> str:
        """What the cookie keeps: account and epoch."""
        return f"{self.actor.account_id}.{self.epoch}"


def init_app(app: Flask) -> None:
    """Bind Flask-Login; refusals are ours (the gate), not its redirects."""
    login_manager.session_protection = None
    login_manager.init_app(app)


def start_session(account: Account, actor: Actor) -> None:
    """Sign this browser in with a fresh session: nothing of an earlier one is carried over."""
    browser_session.clear()
    browser_session.permanent = True
    login_user(SignedIn(actor, account.session_epoch, account.login))


def end_session() -> None:
    """Sign this browser out and forget everything its cookie held."""
    logout_user()
    browser_session.clear()


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
    claim = read_token(token, current().settings, current().clock())
    if claim is None:
        return None
    found = _load(claim.account_id, claim.epoch)
    return found.actor if found else None


@login_manager.user_loader
def load_signed_in(stored: str) -> SignedIn | None:
    """Flask-Login's question: whose cookie is this? None for a stale epoch, a closed account, nonsense."""
    account_id, _, epoch = stored.partition(".")
    try:
        return _load(UUID(account_id), int(epoch))
    except ValueError:
        return None


def _load(account_id: UUID, epoch: int) -> SignedIn | None:
    with current().database.transaction() as session:
        account = session.get(Account, account_id)
        if account is None or not account.active or account.session_epoch != epoch:
            return None
        return SignedIn(actor_of(session, account), account.session_epoch, account.login)
