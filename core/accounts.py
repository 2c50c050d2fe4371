"""Local accounts: login, argon2 hash, roles. Which unit an account speaks for is the directory's business."""

from datetime import datetime
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ARRAY, CheckConstraint, Text, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, Identified, Timestamped
from core.errors import Refusal
from core.passwords import is_easily_guessed
from core.permissions import Role
from core.runtime import current

MINIMUM_PASSWORD_CHARACTERS = 12

_hasher = PasswordHasher()
#: Checked when the login is unknown, so that an answer takes as long as for a known one.
_NOBODY = _hasher.hash("nobody has this login")


class SignInRefused(Refusal):
    """Unknown login, wrong password or inactive account: one answer for all three."""

    code = "sign_in_refused"
    http_status = 401


class LoginTaken(Refusal):
    """Another account has this login; parameter `login`."""

    code = "login_taken"
    http_status = 409


class PasswordTooShort(Refusal):
    """Parameter `minimum`: characters wanted."""

    code = "password_too_short"
    http_status = 422


class PasswordEasilyGuessed(Refusal):
    """On the lists of what people choose, or made of the owner's own name."""

    code = "password_easily_guessed"
    http_status = 422


class Account(Identified, Timestamped, Base):
    """Someone, or some script, that can sign in."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("language IN ('', 'vi', 'en')", name="known_language"),)

    #: Lower case, as typed at the sign-in.
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    display_name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    active: Mapped[bool] = mapped_column(default=True)
    #: Grows when all sessions must end: a new password, a change of roles.
    session_epoch: Mapped[int] = mapped_column(default=1)
    last_sign_in_at: Mapped[datetime | None]
    #: The language its owner wants to read, `vi` or `en`; empty: as the browser asks.
    language: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.roles)


def create_account(
    session: Session, *, login: str, password: str, display_name: str, roles: frozenset[Role] | set[Role]
) -> Account:
    """Add an account. Raises LoginTaken, PasswordTooShort."""
    account = Account(
        login=_folded(login),
        password_hash=_hash(password),
        display_name=display_name,
        roles=sorted(role.value for role in roles),
        last_sign_in_at=None,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise LoginTaken(login=account.login) from error
    return account


def authenticate(session: Session, login: str, password: str) -> Account:
    """The account of this login, if the password is right and it is active. Raises SignInRefused."""
    account = session.scalar(select(Account).where(func.lower(Account.login) == _folded(login)))
    stored = account.password_hash if account else _NOBODY
    try:
        _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError) as error:
        raise SignInRefused from error
    if account is None or not account.active:
        raise SignInRefused
    if _hasher.check_needs_rehash(stored):
        account.password_hash = _hasher.hash(password)
    account.last_sign_in_at = current().clock()
    return account


def change_password(account: Account, password: str) -> None:
    """Set a new password and end all sessions of the account. Raises PasswordTooShort, PasswordEasilyGuessed."""
    hashed = _hash(password)
    if is_easily_guessed(password, (account.login, account.display_name)):
        raise PasswordEasilyGuessed
    account.password_hash = hashed
    account.session_epoch += 1


def change_roles(account: Account, roles: frozenset[Role] | set[Role]) -> bool:
    """Give the account these roles; all its sessions end where they were others. Returns whether they were."""
    wanted = sorted(role.value for role in roles)
    if wanted == sorted(account.roles):
        return False
    account.roles = wanted
    account.session_epoch += 1
    return True


def choose_language(account: Account, language: str) -> None:
    """Keep the language the owner wants to read on every machine."""
    account.language = language


def find_account(session: Session, account_id: UUID) -> Account | None:
    """The active account of this identity."""
    account = session.get(Account, account_id)
    return account if account and account.active else None


def _hash(password: str) -> str:
    if len(password) < MINIMUM_PASSWORD_CHARACTERS:
        raise PasswordTooShort(minimum=MINIMUM_PASSWORD_CHARACTERS)
    return _hasher.hash(password)


def _folded(login: str) -> str:
    return login.strip().lower()
