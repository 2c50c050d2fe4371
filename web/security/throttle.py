"""Sign-in throttle: rows of failures per account and per address; too many in a while, and the door stays shut.

In: login, address, the present. Out: nothing, or `TooManyAttempts` with the minutes to wait. The right password is
refused too while the door is shut, so that a guesser learns nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, Session

from core.database import Base, Identified
from core.errors import Refusal
from core.messages import register

WINDOW_SECONDS = 15 * 60
#: A person mistypes a few times; an office behind one address holds many persons.
LIMIT_PER_LOGIN = 8
LIMIT_PER_ADDRESS = 40

register(
    {
        "too_many_attempts": (
            "Đã nhập sai quá nhiều lần. Hãy chờ {minutes} phút rồi đăng nhập lại, "
            "hoặc nhờ quản trị viên cấp lại mật khẩu.",
            "Too many failed attempts. Wait {minutes} minutes, or ask the administrator for a new password.",
        )
    }
)


class TooManyAttempts(Refusal):
    """The limit of failures within the window is reached; parameter `minutes` until the next try."""

    code = "too_many_attempts"
    http_status = 429


class SignInFailure(Identified, Base):
    """One failed try. Kept only as long as it counts."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_login", "login", "at"),
        Index("ix_sign_in_failure_address", "address", "at"),
    )

    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Verdict:
    """How long the door stays shut; zero when it is open."""

    wait_seconds: float

    @property
    def is_open(self) -> bool:
        return self.wait_seconds <= 0


def judge(failures: list[datetime], limit: int, now: datetime) -> Verdict:
    """Pure rule: with `limit` or more failures in the window, wait until enough of them have aged out."""
    recent = sorted(at for at in failures if now - at < timedelta(seconds=WINDOW_SECONDS))
    if len(recent) < limit:
        return Verdict(0)
    freed_by = recent[len(recent) - limit] + timedelta(seconds=WINDOW_SECONDS)
    return Verdict((freed_by - now).total_seconds())


def require_open_door(session: Session, login: str, address: str, now: datetime) -> None:
    """Raise TooManyAttempts where the account or the address has failed too often."""
    since = now - timedelta(seconds=WINDOW_SECONDS)
    by_login = session.scalars(
        select(SignInFailure.at).where(SignInFailure.login == _key(login), SignInFailure.at > since)
    ).all()
    by_address = session.scalars(
        select(SignInFailure.at).where(SignInFailure.address == address, SignInFailure.at > since)
    ).all()
    for failures, limit in ((by_login, LIMIT_PER_LOGIN), (by_address, LIMIT_PER_ADDRESS)):
        verdict = judge(list(failures), limit, now)
        if not verdict.is_open:
            raise TooManyAttempts(minutes=max(1, ceil(verdict.wait_seconds / 60)))


def remember_failure(session: Session, login: str, address: str, now: datetime) -> None:
    """Count one failed try, and forget those that no longer count."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - timedelta(seconds=WINDOW_SECONDS)))
    session.add(SignInFailure(login=_key(login), address=address, at=now))


def forget_failures(session: Session, login: str) -> None:
    """A right password clears the account's count."""
    session.execute(delete(SignInFailure).where(SignInFailure.login == _key(login)))


def _key(login: str) -> str:
    return login.strip().lower()[:200]
