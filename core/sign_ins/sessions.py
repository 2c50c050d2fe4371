"""Sessions of browsers: a token goes to the browser, a row stays here; the row decides whether the token still counts.

A session ends by itself when nothing was asked for the idle time, and in any case after the longest time; it ends at
once when its person ends it, when the account gets a new password or is closed (its epoch), or at sign-out.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.accounts import Account
from core.errors import NotFound
from core.sign_ins.models import BrowserSession

TOKEN_BYTES = 32
LONGEST_AGENT = 200
#: A row is written at most so often while its browser is busy.
TOUCH_SECONDS = 60
#: What has ended is kept for so long, so that its person can see it.
KEEP_DAYS = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: without a request, and in any case."""

    idle: timedelta
    longest: timedelta

    def is_over(self, row: BrowserSession, now: datetime) -> bool:
        """Whether a session has ended, by whatever rule."""
        return row.ended_at is not None or now - row.last_seen_at >= self.idle or now - row.started_at >= self.longest


def begin(
    session: Session, account: Account, *, address: str, agent: str, now: datetime, method: str = "password"
) -> str:
    """A new session with a new token, which is returned and nowhere kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    old = BrowserSession.last_seen_at < now - timedelta(days=KEEP_DAYS)
    session.execute(delete(BrowserSession).where(BrowserSession.account_id == account.id, old))
    session.add(
        BrowserSession(
            account_id=account.id,
            token_hash=_hashed(token),
            epoch=account.session_epoch,
            started_at=now,
            last_seen_at=now,
            address=address,
            agent=agent[:LONGEST_AGENT],
            ended_at=None,
            method=method,
        )
    )
    return token


def find(session: Session, token: str, limits: Limits, now: datetime) -> tuple[BrowserSession, Account] | None:
    """The live session of a token and its account; None where it has ended or never was."""
    query = select(BrowserSession, Account).join(Account, Account.id == BrowserSession.account_id)
    found = session.execute(query.where(BrowserSession.token_hash == _hashed(token))).one_or_none()
    if found is None:
        return None
    row, account = found
    if not account.active or account.session_epoch != row.epoch or limits.is_over(row, now):
        return None
    if now - row.last_seen_at >= timedelta(seconds=TOUCH_SECONDS):
        row.last_seen_at = now
    return row, account


def live(session: Session, account_id: UUID, limits: Limits, now: datetime) -> Sequence[BrowserSession]:
    """The sessions of an account that have not ended, the last used first."""
    query = select(BrowserSession).join(Account, Account.id == BrowserSession.account_id)
    query = query.where(BrowserSession.account_id == account_id, BrowserSession.ended_at.is_(None))
    query = query.where(BrowserSession.epoch == Account.session_epoch).order_by(BrowserSession.last_seen_at.desc())
    return [row for row in session.scalars(query) if not limits.is_over(row, now)]


def end(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """End one session of this account. Raises NotFound for another's."""
    row = session.get(BrowserSession, session_id)
    if row is None or row.account_id != account_id:
        raise NotFound
    row.ended_at = row.ended_at or now


def end_others(session: Session, account_id: UUID, kept: UUID | None, now: datetime) -> int:
    """End all sessions of an account but one; how many that were."""
    others = update(BrowserSession).where(BrowserSession.account_id == account_id, BrowserSession.ended_at.is_(None))
    if kept is not None:
        others = others.where(BrowserSession.id != kept)
    return len(session.execute(others.values(ended_at=now).returning(BrowserSession.id)).all())


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
