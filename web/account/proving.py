"""Who finds an open browser may not change how an account is entered: such acts ask for the password once more.

An account that was just entered through the site's own sign-in service has proved itself there.
"""

from datetime import timedelta
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.accounts import Account, SignInRefused, authenticate
from core.errors import Refusal
from core.runtime import current
from core.sign_ins.models import BrowserSession
from web.security.callers import session_id
from web.security.sign_in import counted

#: So long after a sign-in at the service nothing more is asked.
FRESH = timedelta(minutes=10)


def proved(session: Session, account_id: UUID) -> Account:
    """The account, if the password in the form is its own or its sign-in at the service is fresh.

    Raises:
        SignInRefused: the password is wrong. TooManyAttempts: it was so too often, here or at the sign-in.
    """
    account = session.get_one(Account, account_id)
    password = request.form.get("password", "")
    if not password and is_fresh(session):
        return account
    return authenticated(account, password)


def authenticated(account: Account, password: str) -> Account:
    """The account, if the password is its own; every wrong one counts as one at the sign-in does.

    Raises:
        SignInRefused, TooManyAttempts.
    """
    with counted(account.login) as session:
        authenticate(session, account.login, password)
    return account


def not_proved(refusal: Refusal) -> str:
    """The sentence for a form that did not prove who sends it."""
    return _("Mật khẩu không đúng. Hãy nhập lại.") if isinstance(refusal, SignInRefused) else refusal.sentence()


def is_fresh(session: Session) -> bool:
    """Whether this browser came from the service a moment ago."""
    row_id = session_id()
    row = session.get(BrowserSession, row_id) if row_id else None
    return row is not None and row.method == "provider" and current().clock() - row.started_at <= FRESH
