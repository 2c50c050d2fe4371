"""A mail as the bytes that go over the line. Pure: the same values make the same message, but for MIME boundaries.

Everything non-ASCII is encoded (RFC 2047, base64), so no server on the way needs 8BITMIME or SMTPUTF8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from core.mail.addresses import checked_line, parse_mailbox


@dataclass(frozen=True)
class Enclosure:
    """A file that goes along, read already."""

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """Everything a message says; `calendar` is an iCalendar text and `calendar_method` its METHOD."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    message_id: str
    written_at: datetime
    enclosures: Sequence[Enclosure] = ()
    calendar: str | None = None
    calendar_method: str | None = None


def compose(letter: Letter) -> bytes:
    """The message in lines of CRLF.

    A calendar part stands beside the text, where mail programs look for it and offer "accept" and "decline", and once
    more as a file for those that do not.

    Raises:
        ValueError: a header text with a line break (callers have checked theirs; this is the last wall).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(letter.sender)
    message["To"] = ", ".join(letter.recipients)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    # Holiday replies and other robots leave such mail alone (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="base64")
    if letter.calendar is not None:
        message.add_alternative(
            letter.calendar.encode(), "text", "calendar", params={"method": letter.calendar_method, "charset": "utf-8"}
        )
        data = letter.calendar.encode()
        message.add_attachment(data, "application", "ics", filename="lich-hop.ics")
    for item in letter.enclosures:
        main, _, sub = item.media_type.partition("/")
        message.add_attachment(item.data, main, sub, filename=checked_line(item.filename, "tên tệp"))
    return message.as_bytes()


def _sender(text: str) -> Address:
    box = parse_mailbox(text)
    return Address(box.name, addr_spec=box.address)
