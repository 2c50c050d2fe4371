"""Secrets of a mail (personal links): the row keeps words and a reference, the words become the secret when it is sent.

So neither a backup nor the mail screen can open a door. A room registers how a kind of reference is resolved; which
kinds there are is its business.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

#: (session, id) → the secret, or None where it no longer holds.
Resolver = Callable[[Session, str], str | None]

_resolvers: dict[str, Resolver] = {}


class SecretGone(Exception):
    """What the words stood for no longer holds; a newer mail tells the newer secret."""


def resolves(kind: str) -> Callable[[Resolver], Resolver]:
    """Decorator: this function turns references of the kind into secrets."""

    def keep(resolver: Resolver) -> Resolver:
        if _resolvers.setdefault(kind, resolver) is not resolver:
            raise ValueError(f"secrets of the kind {kind!r} are resolved twice")
        return resolver

    return keep


def reveal(session: Session, text: str, secrets: Mapping[str, Any]) -> str:
    """The text with its secrets in their places. Raises SecretGone."""
    for words, (kind, identity) in secrets.items():
        resolver = _resolvers.get(kind)
        secret = resolver(session, identity) if resolver else None
        if secret is None:
            raise SecretGone
        text = text.replace(words, secret)
    return text
