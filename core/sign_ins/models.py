"""Tables: a row for each signed-in browser, an account's second factor, its tokens for scripts, who it is elsewhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts import Account
from core.database import Base, Identified, Timestamped


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
    #: How its person came in: `password`, or `provider` (the site's own sign-in service).
    method: Mapped[str] = mapped_column(default="password", server_default="password")


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


class ApiToken(Identified, Timestamped, Base):
    """A long-lived token of one's own for a script. The script keeps the token; here stands its SHA-256 only."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_after_created"),
        Index("ix_api_token_account", "account_id", "ended_at"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    #: What it is for, in its owner's words.
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The account's epoch when it was made; a new password makes it stale, as it does sessions.
    epoch: Mapped[int]
    #: Words of `scopes.Scope`.
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class OutsideIdentity(Identified, Timestamped, Base):
    """Who an account is at the site's own sign-in service (OpenID Connect Core §2: issuer and subject together)."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("issuer", "account_id"))

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    last_used_at: Mapped[datetime | None]
