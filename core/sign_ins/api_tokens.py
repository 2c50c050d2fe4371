"""Tokens for scripts: made once with a name, a few scopes and an end; shown once; a row keeps their SHA-256.

A token ends by itself on its day, and at once when its owner ends it, with a new password, new roles or a closed
account.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.errors import Invalid, NotFound, Refusal
from core.permissions import Actor
from core.sign_ins.models import ApiToken
from core.sign_ins.scopes import allowed_by, offered_to

#: Tells a token of ours from one of the sign-in, and lets scanners of leaked secrets know it.
PREFIX = "dct_"
TOKEN_BYTES = 32
LONGEST_DAYS = 365
MOST = 20
LONGEST_NAME = 80
#: A row is written at most so often while its script is busy.
TOUCH_SECONDS = 60


class TooManyTokens(Refusal):
    """The account has as many living tokens as it may; parameter `most`."""

    code = "too_many_tokens"
    http_status = 409


def create(
    session: Session, actor: Actor, *, name: str, scopes: Iterable[str], days: int, now: datetime
) -> tuple[ApiToken, str]:
    """A token for this person's script; the text is returned and nowhere kept.

    Args:
        scopes: words of `scopes.Scope`, among those offered to the person.
        days: how long it lives, 1 to `LONGEST_DAYS`.

    Raises:
        Invalid: no name, no scope or one not offered, a length of life out of bounds. TooManyTokens.
    """
    named = " ".join(name.split())
    wanted, offered = sorted(set(scopes)), {scope.value for scope in offered_to(actor)}
    if not named or len(named) > LONGEST_NAME:
        raise Invalid(field="tên mã", reason=f"cần từ 1 đến {LONGEST_NAME} ký tự")
    if not wanted or not offered.issuperset(wanted):
        raise Invalid(field="phạm vi", reason="cần chọn ít nhất một trong các phạm vi của tài khoản")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(field="thời hạn", reason=f"từ 1 đến {LONGEST_DAYS} ngày")
    # Under the account's lock: two requests at once must not both find room.
    account = session.get_one(Account, actor.account_id, with_for_update=True)
    if len(living(session, account, now)) >= MOST:
        raise TooManyTokens(most=MOST)
    text = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = ApiToken(
        account_id=actor.account_id,
        name=named,
        token_hash=_hashed(text),
        epoch=account.session_epoch,
        scopes=wanted,
        created_at=now,
        expires_at=now + timedelta(days=days),
        last_used_at=None,
        ended_at=None,
    )
    session.add(row)
    session.flush()
    return row, text


def is_one(text: str) -> bool:
    """Whether this looks like a token of this kind."""
    return text.startswith(PREFIX)


def find(session: Session, text: str, now: datetime) -> tuple[ApiToken, Account] | None:
    """The living token and its account; None where it has ended or never was."""
    query = select(ApiToken, Account).join(Account, Account.id == ApiToken.account_id)
    found = session.execute(query.where(ApiToken.token_hash == _hashed(text))).one_or_none()
    if found is None:
        return None
    row, account = found
    if not account.active or row.epoch != account.session_epoch or not is_living(row, now):
        return None
    if row.last_used_at is None or now - row.last_used_at >= timedelta(seconds=TOUCH_SECONDS):
        row.last_used_at = now
    return row, account


def limited(actor: Actor, row: ApiToken) -> Actor:
    """Its owner, who may now do only what the token was given."""
    return replace(actor, limited_to=allowed_by(row.scopes))


def is_living(row: ApiToken, now: datetime) -> bool:
    """Neither ended nor past its day."""
    return row.ended_at is None and now < row.expires_at


def living(session: Session, account: Account, now: datetime) -> Sequence[ApiToken]:
    """The account's tokens that still open something, the newest first."""
    query = select(ApiToken).where(ApiToken.account_id == account.id, ApiToken.ended_at.is_(None))
    query = query.where(ApiToken.epoch == account.session_epoch, ApiToken.expires_at > now)
    return session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id)).all()


def end(session: Session, account_id: UUID, token_id: UUID, now: datetime) -> ApiToken:
    """End one token of this account. Raises NotFound for another's."""
    row = session.get(ApiToken, token_id)
    if row is None or row.account_id != account_id:
        raise NotFound
    row.ended_at = row.ended_at or now
    return row


def _hashed(text: str) -> str:
    # 256 random bits: a plain hash is enough, nothing could be guessed from it.
    return sha256(text.encode()).hexdigest()
