"""The key that Prosody and Jibri must carry when they call us."""

import hmac

from pydantic import SecretStr

from orchestrator.refusals import HookUnauthorised


def require_bearer(authorization: str | None, secret: SecretStr) -> None:
    """Check an `Authorization: Bearer …` header in constant time. Raises HookUnauthorised."""
    scheme, _, given = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise HookUnauthorised
    require_key(given.strip(), secret)


def require_key(given: str, secret: SecretStr) -> None:
    """Check a key in constant time. Raises HookUnauthorised; an installation without a secret is closed, not open."""
    wanted = secret.get_secret_value().encode()
    if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted) or not wanted:
        raise HookUnauthorised
