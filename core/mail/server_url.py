"""The address of a mail server as a site writes it: `smtp[s]://user:password@host:port[?starttls=…]`. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}


class Security(StrEnum):
    """How the line is protected."""

    TLS = "tls"
    STARTTLS = "required"
    STARTTLS_IF_OFFERED = "offered"
    NONE = "never"


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out, and as whom."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


def parse_mail_url(address: str) -> MailServer:
    """Read the address.

    `smtps://` is TLS from the first byte. `smtp://` with a password must turn to TLS before it is told (STARTTLS);
    without one it does so where the server offers it. `?starttls=required|offered|never` says otherwise.

    Raises:
        ValueError: one line that says what is wrong, never with the password.
    """
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("must look like smtp://user:password@host:587 or smtps://user:password@host:465")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise ValueError("the port is not a number from 1 to 65535") from error
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("user and password go together; write letters such as @ : / as %40 %3A %2F")
    if not (user + password).isascii():
        raise ValueError("user and password must be ASCII: the sign-in of SMTP knows no other letters here")
    return MailServer(parts.hostname, port, _security(parts.scheme, parts.query, bool(user)), user, password)


def _security(scheme: str, query: str, has_password: bool) -> Security:
    if scheme == "smtps":
        return Security.TLS
    asked = parse_qs(query).get("starttls")
    if asked is None:
        return Security.STARTTLS if has_password else Security.STARTTLS_IF_OFFERED
    if asked[-1] not in (Security.STARTTLS, Security.STARTTLS_IF_OFFERED, Security.NONE):
        raise ValueError("starttls must be required, offered or never")
    return Security(asked[-1])
