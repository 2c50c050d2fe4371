"""One way in for browsers and scripts: throttle, password, second factor, count of failures."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from core import audit
from core.accounts import Account, SignInRefused, authenticate, find_account
from core.permissions import Actor
from core.runtime import current
from core.sign_ins import second_factor
from core.sign_ins.second_factor import SecondFactorNeeded, SecondFactorRefused
from web.security.actors import actor_of
from web.security.throttle import forget_failures, remember_failure, require_open_door


def first_step(login: str, password: str) -> tuple[Account, Actor, bool]:
    """The account, what it may, and whether a code is still wanted. Raises SignInRefused, TooManyAttempts."""
    with counted(login) as session:
        account = authenticate(session, login, password)
        needs_code = second_factor.is_on(session, account.id)
        if not needs_code:
            # With a second factor only both together clear the count: who has the password may not try all codes.
            forget_failures(session, login)
        return account, actor_of(session, account), needs_code


def second_step(account_id: UUID, code: str) -> tuple[Account, Actor]:
    """After the first step: the code. Raises SecondFactorRefused, SignInRefused, TooManyAttempts."""
    runtime = current()
    with runtime.database.transaction() as session:
        account = find_account(session, account_id)
    if account is None:
        raise SignInRefused
    with counted(account.login) as session:
        left = second_factor.codes_left(session, account_id)
        second_factor.check(session, account, code, runtime.settings, runtime.clock())
        forget_failures(session, account.login)
        actor = actor_of(session, account)
        if second_factor.codes_left(session, account_id) < left:
            audit.record(session, actor, "account.recovery_code_used", "account", account_id)
        return account, actor


def sign_in(login: str, password: str, code: str) -> tuple[Account, Actor]:
    """Both steps at once, for scripts. Raises SecondFactorNeeded where the code is missing, and what they raise."""
    account, actor, needs_code = first_step(login, password)
    if not needs_code:
        return account, actor
    if not code:
        raise SecondFactorNeeded
    return second_step(account.id, code)


@contextmanager
def counted(login: str) -> Iterator[Session]:
    """A transaction for one try. A failure is written in one of its own: that of the refused try is rolled back."""
    runtime = current()
    address = request.remote_addr or "-"
    now = runtime.clock()
    try:
        with runtime.database.transaction() as session:
            require_open_door(session, login, address, now)
            yield session
    except (SignInRefused, SecondFactorRefused):
        with runtime.database.transaction() as session:
            remember_failure(session, login, address, now)
        raise
