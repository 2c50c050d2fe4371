"""Tokens that let one endpoint into one room (CONTRACTS §1). In: a grant and a key. Out: a signed JWT.

Prosody knows no leeway, no list of revoked tokens and, over XEP-0198, checks again when a dropped line comes back: so a
token starts a little in the past and outlives the meeting.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from orchestrator.jitsi.keys import SigningKey

#: Clocks of two machines differ; one second of skew would refuse.
STARTS_BEFORE = timedelta(minutes=10)
#: A line dropped in the last minute must still be able to come back.
OUTLIVES_ROOM = timedelta(minutes=30)
#: A call of ours is made at once.
SYSTEM_LIVES = timedelta(minutes=5)

#: With a `features` object present it alone decides; what is not named stays forbidden (live streaming, dialling out,
#: transcription by somebody else).
_MODERATOR_FEATURES = {"recording": True, "send-groupchat": True, "create-polls": True}


@dataclass(frozen=True)
class Issuer:
    """What the site's Prosody accepts: `iss` and `aud` (one text, a list is refused), `sub` (its domain)."""

    app_id: str
    domain: str


@dataclass(frozen=True)
class Grant:
    """Who may enter which room until when; `user_id` comes back to us, verified, in the events of the room."""

    room: str
    user_id: str
    user_name: str
    room_ends_at: datetime
    is_moderator: bool = False
    email: str | None = None
    group: str | None = None


def mint_token(grant: Grant, issuer: Issuer, key: SigningKey, now: datetime) -> str:
    """A fresh token.

    Raises:
        ValueError: a room name that is not one (empty, or a wildcard that would open any room), or a room already gone.
    """
    if not grant.room or any(letter in grant.room for letter in "*/ "):
        raise ValueError(f"not a room name: {grant.room!r}")
    if grant.room_ends_at <= now:
        raise ValueError("a token for a room that is gone")
    headers = {"typ": "JWT"} | ({"kid": key.key_id} if key.key_id else {})
    return jwt.encode(_claims(grant, issuer, now), key.key, algorithm=key.algorithm, headers=headers)


def _claims(grant: Grant, issuer: Issuer, now: datetime) -> dict[str, Any]:
    return {
        "iss": issuer.app_id,
        "aud": issuer.app_id,
        "sub": issuer.domain.lower(),
        "room": grant.room.lower(),
        "nbf": int((now - STARTS_BEFORE).timestamp()),
        "exp": int((grant.room_ends_at + OUTLIVES_ROOM).timestamp()),
        "context": _context(grant),
    }


def _context(grant: Grant) -> dict[str, Any]:
    """Only what is known: a null in `user` lets Prosody pass and makes the client throw."""
    user: dict[str, Any] = {"id": grant.user_id, "name": grant.user_name}
    if grant.email:
        user["email"] = grant.email
    if grant.is_moderator:
        user["moderator"] = True
    context: dict[str, Any] = {"user": user}
    if grant.is_moderator:
        context["features"] = dict(_MODERATOR_FEATURES)
    if grant.group:
        context["group"] = grant.group
    return context


def mint_system_token(issuer: Issuer, key: SigningKey, now: datetime) -> str:
    """A token of our own for Prosody's Bearer calls (CONTRACTS §6): short, without a user, good for no room to enter.

    Raises:
        ValueError: a key that people's tokens are signed with as well; such calls must stay shut then.
    """
    if key.key_id is None or not key.key_id.startswith("diemcau-system-"):
        raise ValueError("system tokens need a key of their own")
    claims = {
        "iss": issuer.app_id,
        "aud": issuer.app_id,
        "sub": issuer.domain.lower(),
        "room": "*",
        "nbf": int((now - STARTS_BEFORE).timestamp()),
        "exp": int((now + SYSTEM_LIVES).timestamp()),
    }
    return jwt.encode(claims, key.key, algorithm=key.algorithm, headers={"typ": "JWT", "kid": key.key_id})
