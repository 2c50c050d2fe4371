"""Bearer tokens of the API: signed, short-lived, bound to the account's epoch. No row is kept of them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import jwt

from core.settings import Settings

AUDIENCE = "diemcau-api"
LIFETIME_SECONDS = 2 * 3600
_ALGORITHM = "HS256"


@dataclass(frozen=True)
class TokenClaim:
    """What a good token says."""

    account_id: UUID
    epoch: int


def _key(settings: Settings) -> bytes:
    # A key of its own: the cookie's signer and this one must never accept each other's work.
    return hashlib.sha256(b"api-token:" + settings.secret_key.get_secret_value().encode()).digest()


def mint_token(account_id: UUID, epoch: int, settings: Settings, now: datetime) -> str:
    """A token for this account, good for `LIFETIME_SECONDS`."""
    claims = {
        "sub": str(account_id),
        "epoch": epoch,
        "aud": AUDIENCE,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(seconds=LIFETIME_SECONDS)).timestamp()),
    }
    return jwt.encode(claims, _key(settings), algorithm=_ALGORITHM)


def read_token(token: str, settings: Settings, now: datetime) -> TokenClaim | None:
    """The claim of a token that is ours and still good at `now`; None otherwise."""
    try:
        claims = jwt.decode(
            token,
            _key(settings),
            algorithms=[_ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["sub", "exp", "aud", "epoch"], "verify_exp": False, "verify_iat": False},
        )
        if claims["exp"] <= now.timestamp():
            return None
        return TokenClaim(UUID(claims["sub"]), int(claims["epoch"]))
    except (jwt.InvalidTokenError, ValueError, TypeError):
        return None
