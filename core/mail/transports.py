"""Ways out of the house: a folder of .eml files (the default) or an SMTP server (setting `mail_url`).

A transport says per recipient what became of the message. Connection faults and 4xx are temporary; 5xx about sender,
recipient or content are for good. A refused sign-in is temporary as well: it is the site's password that is wrong, and
the mails must not be lost for it.
"""

import contextlib
import os
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from core.mail.server_url import MailServer, Security, parse_mail_url
from core.settings import Settings

#: What network and server can do to us; ValueError is what smtplib and the resolver make of odd answers and names.
_FAULTS = (OSError, smtplib.SMTPException, ValueError)


class Fate(StrEnum):
    """What became of a message at one recipient."""

    TAKEN = "taken"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"


@dataclass(frozen=True)
class Verdict:
    """The fate and what the server said."""

    fate: Fate
    detail: str = ""


Verdicts = dict[str, Verdict]
TAKEN = Verdict(Fate.TAKEN)


@dataclass(frozen=True)
class Envelope:
    """A message on its way; `name` is unique to the mail and fit for a file name."""

    name: str
    sender: str
    recipients: tuple[str, ...]
    data: bytes


class Transport(Protocol):
    """The contract of every way out."""

    def send(self, envelope: Envelope) -> Verdicts:
        """A verdict for each recipient; never raises for a fault of the network or of the server."""


class FolderTransport:
    """One .eml per mail, named after it: sent twice, it is still one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, envelope: Envelope) -> Verdicts:
        """Write the file whole or not at all; only our own account may read it, since it may hold a personal link."""
        target = self.folder / f"{envelope.name}.eml"
        draft = target.with_suffix(f".{uuid4().hex}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(envelope.data)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return dict.fromkeys(envelope.recipients, Verdict(Fate.TEMPORARY, type(error).__name__))
        return dict.fromkeys(envelope.recipients, TAKEN)


class SmtpTransport:
    """One connection per mail: a server that dies takes one attempt with it, not a batch."""

    def __init__(self, server: MailServer, *, timeout_seconds: float, hello: str, ca_file: Path | None = None) -> None:
        self.server = server
        self.timeout_seconds = timeout_seconds
        self.hello = hello
        self.ca_file = ca_file

    def send(self, envelope: Envelope) -> Verdicts:
        """Hand the message over; see the module for what counts as temporary."""
        try:
            connection = self._connect()
        except _FAULTS as error:
            return dict.fromkeys(envelope.recipients, Verdict(Fate.TEMPORARY, _words(error)))
        try:
            return _hand_over(connection, envelope)
        finally:
            _part(connection)

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context(cafile=self.ca_file)
        connection: smtplib.SMTP
        if server.security is Security.TLS:
            connection = smtplib.SMTP_SSL(
                server.host, server.port, self.hello, timeout=self.timeout_seconds, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, self.hello, timeout=self.timeout_seconds)
        try:
            self._introduce(connection, context)
        except _FAULTS:
            connection.close()
            raise
        return connection

    def _introduce(self, connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        connection.ehlo_or_helo_if_needed()
        wanted = self.server.security
        if wanted is Security.STARTTLS or (wanted is Security.STARTTLS_IF_OFFERED and connection.has_extn("starttls")):
            connection.starttls(context=context)
            connection.ehlo()
        if self.server.user:
            connection.login(self.server.user, self.server.password)


def transport_of(settings: Settings) -> Transport:
    """The transport a site has chosen; the address was checked when the settings were read."""
    address = settings.mail_url.get_secret_value()
    if not address:
        return FolderTransport(settings.mail_directory)
    return SmtpTransport(
        parse_mail_url(address),
        timeout_seconds=settings.mail_timeout_seconds,
        hello=urlsplit(settings.external_url).hostname or "localhost",
        ca_file=settings.mail_ca_file,
    )


def _hand_over(connection: smtplib.SMTP, envelope: Envelope) -> Verdicts:
    everybody = envelope.recipients
    options = (f"ENVID={envelope.name}", "RET=HDRS") if connection.has_extn("dsn") else ()
    try:
        refused = connection.sendmail(envelope.sender, everybody, envelope.data, mail_options=options)
    except smtplib.SMTPRecipientsRefused as error:
        # Nobody was served, even those the server had not yet refused when it hung up.
        return {who: _verdict(*error.recipients.get(who, (451, b"not tried"))) for who in everybody}
    except smtplib.SMTPResponseException as error:
        return dict.fromkeys(everybody, _verdict(error.smtp_code, error.smtp_error))
    except _FAULTS as error:
        return dict.fromkeys(everybody, Verdict(Fate.TEMPORARY, _words(error)))
    return {who: _verdict(*refused[who]) if who in refused else TAKEN for who in everybody}


def _verdict(status: int, words: bytes | str) -> Verdict:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    fate = Fate.PERMANENT if 500 <= status < 600 else Fate.TEMPORARY
    return Verdict(fate, f"{status} {' '.join(text.split())}"[:500])


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _verdict(error.smtp_code, error.smtp_error).detail
    return f"{type(error).__name__}: {error}"[:500]


def _part(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        # What was taken is taken; a server that does not say goodbye changes nothing.
        connection.close()
