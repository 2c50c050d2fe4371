"""Accounts: one answer for every failed sign-in, long passwords, sessions that end."""

import pytest
from sqlalchemy.orm import Session

from core.accounts import (
    LoginTaken,
    PasswordTooShort,
    SignInRefused,
    authenticate,
    change_password,
    create_account,
    find_account,
)
from core.permissions import Role

GOOD = "mật khẩu rất dài 2026"


def make(session: Session, login: str = "thu.ky") -> None:
    create_account(session, login=login, password=GOOD, display_name="Đặng Thị Ước", roles={Role.SECRETARY})


def test_the_right_password_signs_in(session: Session) -> None:
    make(session)
    account = authenticate(session, "  Thu.Ky ", GOOD)
    assert account.role_set == {Role.SECRETARY}
    assert account.last_sign_in_at is not None


@pytest.mark.parametrize(("login", "password"), [("thu.ky", "sai"), ("nobody", GOOD), ("", ""), ("thu.ky", "")])
def test_every_failure_gets_the_same_answer(session: Session, login: str, password: str) -> None:
    make(session)
    with pytest.raises(SignInRefused) as caught:
        authenticate(session, login, password)
    assert caught.value.params == {}


def test_an_inactive_account_stays_outside(session: Session) -> None:
    make(session)
    account = authenticate(session, "thu.ky", GOOD)
    account.active = False
    session.flush()
    with pytest.raises(SignInRefused):
        authenticate(session, "thu.ky", GOOD)
    assert find_account(session, account.id) is None


def test_the_password_is_not_stored(session: Session) -> None:
    make(session)
    assert authenticate(session, "thu.ky", GOOD).password_hash.startswith("$argon2id$")


def test_a_login_is_given_once_whatever_the_case(session: Session) -> None:
    make(session)
    with pytest.raises(LoginTaken, match=r"thu\.ky"):
        make(session, "THU.KY")


def test_a_short_password_is_refused(session: Session) -> None:
    with pytest.raises(PasswordTooShort, match="12"):
        create_account(session, login="a", password="ngắn", display_name="A", roles=set())


def test_a_new_password_ends_the_old_sessions(session: Session) -> None:
    make(session)
    account = authenticate(session, "thu.ky", GOOD)
    epoch = account.session_epoch
    change_password(account, "một mật khẩu khác hẳn")
    assert account.session_epoch > epoch
    with pytest.raises(SignInRefused):
        authenticate(session, "thu.ky", GOOD)
