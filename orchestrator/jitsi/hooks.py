"""The key that Prosody and Jibri must carry when they call us."""

import hmac

from pydantic import SecretStr

from orchestrator.refusals import HookUnauthorised


def require_bearer(authorization: str | None, secret: SecretStr) -> None:
    """Check an `Authorization: Bearer …` header in constant time. Raises HookUnauthorised."""
    scheme, _, given = (authorization or "").partition(" ")
    wanted = secret.get_secret_value().encode()
    same = hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), wanted)
    # An installation without a secret is closed, not open.
    if scheme.lower() != "bearer" or not wanted or not same:
        raise HookUnauthorised
