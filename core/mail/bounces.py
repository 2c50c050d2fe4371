"""Reading bounces: a delivery status notification (RFC 3464) as bytes → which mail came back from whom, and why.

Out: `Bounce` values. Nothing of a bounce is believed but the Message-ID it quotes: ours are random, so whoever knows
one has had the mail in hand. What is no bounce, or reports success or mere delay, gives an empty result.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

#: Larger ones carry whole attachments back; the report stands at their beginning all the same.
LARGEST_BYTES = 16 * 1024 * 1024
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_LONGEST = 500
_MOST_RECIPIENTS = 200


class UnreadableBounce(Exception):
    """The bytes are no mail at all."""


@dataclass(frozen=True)
class Bounce:
    """One recipient's failure; `message_id` and `recipient` are empty where the report does not tell."""

    message_id: str
    recipient: str
    diagnostic: str


def read_bounces(data: bytes) -> tuple[Bounce, ...]:
    """Every failure the message reports.

    Raises:
        UnreadableBounce: empty, too large, or without a single header.
    """
    if not data.strip() or len(data) > LARGEST_BYTES:
        raise UnreadableBounce
    # compat32 gives raw values and never raises for malformed headers, of which bounces are full.
    message = message_from_bytes(data, policy=compat32)
    if not message.keys():
        raise UnreadableBounce
    reports = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    if not reports:
        return ()
    message_id = _returned_id(message)
    found = [bounce for report in reports for bounce in _failures(report, message_id)]
    return tuple(dict.fromkeys(found[:_MOST_RECIPIENTS]))


def _failures(report: Message, message_id: str) -> Iterator[Bounce]:
    """Groups of fields: the first is about the message, each of the others about a recipient."""
    payload = report.get_payload()
    groups = [group for group in payload if isinstance(group, Message)] if isinstance(payload, list) else []
    for group in groups:
        if _text(group, "Action").lower() == "failed":
            recipient = _address(group, "Original-Recipient") or _address(group, "Final-Recipient")
            words = _text(group, "Diagnostic-Code").partition(";")[2].strip() or _text(group, "Diagnostic-Code")
            yield Bounce(message_id, recipient, f"{_text(group, 'Status')} {words}".strip()[:_LONGEST])


def _returned_id(message: Message) -> str:
    """The Message-ID of the mail that came back, from its returned headers or its full text."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                return _id_in(_text(inner[0], "Message-ID"))
        if part.get_content_type() == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            headers = message_from_bytes(raw if isinstance(raw, bytes) else b"", policy=compat32)
            return _id_in(_text(headers, "Message-ID"))
    return _id_in(_text(message, "In-Reply-To") or _text(message, "References"))


def _id_in(text: str) -> str:
    found = _MESSAGE_ID.search(text)
    return found.group() if found else ""


def _address(group: Message, name: str) -> str:
    """`rfc822; lan@bo.example` → `lan@bo.example`."""
    return _text(group, name).partition(";")[2].strip().strip("<>")[:254]


def _text(message: Message, name: str) -> str:
    """A header on one line with nothing in it that a screen or the database could stumble over."""
    value = str(message.get(name, ""))
    plain = value.encode("utf-8", "replace").decode("utf-8", "replace")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in plain).split())
