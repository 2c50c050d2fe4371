"""XMPP as a line speaks it: elements out, elements in, and what a refusal says."""

import base64
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

FRAMING = "urn:ietf:params:xml:ns:xmpp-framing"
STREAMS = "http://etherx.jabber.org/streams"
SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
BIND = "urn:ietf:params:xml:ns:xmpp-bind"
STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
ACKS = "urn:xmpp:sm:3"
MUC = "http://jabber.org/protocol/muc"
FOCUS = "http://jitsi.org/protocol/focus"
PING = "urn:xmpp:ping"
CLIENT = "jabber:client"


class LineRefused(Exception):
    """The site said no, or said nothing.

    Attributes:
        condition: the XMPP condition (`service-unavailable`: the room is full), `timeout` or `closed`.
        text: what the site added, in its own words.
    """

    def __init__(self, condition: str, text: str = "") -> None:
        super().__init__(f"{condition}: {text}" if text else condition)
        self.condition = condition
        self.text = text


@dataclass(frozen=True)
class Credentials:
    """How a line signs in: anonymously with a token in the address, or with an account of another host."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def element(namespace: str, name: str, **attributes: str) -> Any:
    """An element in its namespace, without a prefix."""
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap={None: namespace})


def auth(credentials: Credentials) -> str:
    """How a line signs in: anonymously (the token has spoken), or with an account."""
    if credentials.user is None:
        return f"<auth xmlns='{SASL}' mechanism='ANONYMOUS'/>"
    plain = f"\0{credentials.user}\0{credentials.password or ''}".encode()
    return f"<auth xmlns='{SASL}' mechanism='PLAIN'>{base64.b64encode(plain).decode()}</auth>"


def parse(text: str) -> Any:
    """A frame is one whole element; entities and outside documents are never followed."""
    try:
        return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise LineRefused("closed", "not XML") from error


def refusal(stanza: Any) -> LineRefused:
    """What an error stanza says."""
    error = stanza.find(f"{{{CLIENT}}}error")
    if error is None:
        return LineRefused("undefined-condition")
    return LineRefused(first_condition(error), error.findtext(f"{{{STANZAS}}}text") or "")


def sasl_refusal(answer: Any) -> LineRefused:
    """What a failed sign-in says."""
    return LineRefused(first_condition(answer), answer.findtext(f"{{{SASL}}}text") or "")


def first_condition(element: Any) -> str:
    """Name of the first thing in an error that is no text."""
    names = [etree.QName(child).localname for child in element if isinstance(child.tag, str)]
    return next((name for name in names if name != "text"), "undefined-condition")
