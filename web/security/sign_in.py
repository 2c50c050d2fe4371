"""One way in for browsers and scripts: throttle, password, count of failures."""

from flask import request

from core.accounts import Account, SignInRefused, authenticate
from core.permissions import Actor
from core.runtime import current
from web.security.actors import actor_of
from web.security.throttle import forget_failures, remember_failure, require_open_door


def sign_in(login: str, password: str) -> tuple[Account, Actor]:
    """The account and what it may. Raises SignInRefused, TooManyAttempts.

    The failure is written in a transaction of its own: the one of the refused attempt is rolled back.
    """
    runtime = current()
    address = request.remote_addr or "-"
    now = runtime.clock()
    try:
        with runtime.database.transaction() as session:
            require_open_door(session, login, address, now)
            account = authenticate(session, login, password)
            forget_failures(session, login)
            return account, actor_of(session, account)
    except SignInRefused:
        with runtime.database.transaction() as session:
            remember_failure(session, login, address, now)
        raise
