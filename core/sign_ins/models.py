"""Tables: a row for each signed-in browser, an account's second factor, and its codes on paper."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts import Account
from core.database import Base, Identified


class BrowserSession(Identified, Base):
    """One browser that is signed in. The browser keeps a token; here stands its SHA-256 only."""

    __tablename__ = "browser_session"
    __table_args__ = (Index("ix_browser_session_account", "account_id", "ended_at"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The account's epoch at the sign-in; a new password or new roles make it stale.
    epoch: Mapped[int]
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    address: Mapped[str]
    agent: Mapped[str]
    ended_at: Mapped[datetime | None]


class SecondFactor(Base):
    """The shared secret of an account's authenticator app, sealed; it counts once a code has confirmed it."""

    __tablename__ = "second_factor"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    sealed_secret: Mapped[bytes]
    confirmed_at: Mapped[datetime | None]
    #: Number of the last time step whose code was used: no code is good twice (RFC 6238 §5.2).
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(Identified, Base):
    """A code on paper that stands for the app once."""

    __tablename__ = "recovery_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
