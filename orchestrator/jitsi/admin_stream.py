"""The administrator's XMPP stream: slixmpp, always under TLS with a certificate that is checked.

In: an account and an address. Out: questions and acts of XEP-0045 on rooms; foreign exceptions end here.
"""

import asyncio
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from xml.etree import ElementTree as Xml

from slixmpp import ClientXMPP, Iq
from slixmpp.exceptions import IqError, IqTimeout

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"


class Hindrance(StrEnum):
    """Why there is no stream."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign_in"
    CLOSED = "closed"
    TIMEOUT = "timeout"


class StreamUnavailable(Exception):
    """No stream, or no answer on it.

    Attributes:
        hindrance: what stands in the way.
    """

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance.value)
        self.hindrance = hindrance


class StreamRefused(Exception):
    """Prosody answered with an error.

    Attributes:
        condition: the XMPP condition, `item-not-found` where there is no such room.
    """

    def __init__(self, condition: str) -> None:
        super().__init__(condition)
        self.condition = condition


@dataclass(frozen=True)
class StreamTarget:
    """Whose stream, and where to."""

    jid: str
    password: str = field(repr=False)
    host: str
    port: int
    ca_file: Path | None = None


class AdminStream:
    """A signed-in stream, for the length of a `async with`."""

    def __init__(self, target: StreamTarget, patience_seconds: float) -> None:
        self._target = target
        self._patience = patience_seconds
        self._client: ClientXMPP | None = None

    async def __aenter__(self) -> Self:
        """Raises StreamUnavailable."""
        target = self._target
        client = ClientXMPP(target.jid, target.password, ssl_context=_tls(target.ca_file))
        client.enable_direct_tls, client.enable_plaintext = False, False
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[Hindrance | None] = loop.create_future()

        def settle(hindrance: Hindrance | None) -> None:
            if not outcome.done():
                outcome.set_result(hindrance)

        client.add_event_handler("session_start", lambda _: settle(None))
        client.add_event_handler("failed_all_auth", lambda _: settle(Hindrance.SIGN_IN))
        client.add_event_handler("ssl_invalid_chain", lambda _: settle(Hindrance.CERTIFICATE))
        client.add_event_handler("connection_failed", lambda _: settle(Hindrance.UNREACHABLE))
        # A refused certificate shuts the line first and is named after that.
        client.add_event_handler("disconnected", lambda _: loop.call_later(0.1, settle, Hindrance.CLOSED) and None)
        self._client = client
        client.connect(target.host, target.port)
        try:
            hindrance = await asyncio.wait_for(outcome, self._patience)
        except TimeoutError:
            hindrance = Hindrance.TIMEOUT
        except asyncio.CancelledError:
            await self._leave()
            raise
        if hindrance is not None:
            await self._leave()
            raise StreamUnavailable(hindrance)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()

    async def roles(self, room: str, role: str) -> list[dict[str, str]]:
        """Those with this role: `jid`, `nick`, `affiliation`, `role`. Raises StreamRefused, StreamUnavailable."""
        query = Xml.Element(f"{{{ADMIN}}}query")
        Xml.SubElement(query, f"{{{ADMIN}}}item", {"role": role})
        answer = await self._send("get", room, query)
        return [
            {name: item.get(name, "") for name in ("jid", "nick", "affiliation", "role")}
            for item in answer.xml.iter(f"{{{ADMIN}}}item")
        ]

    async def set_affiliation(self, room: str, bare_jid: str, affiliation: str, reason: str) -> None:
        """Give an account its standing in the room. Raises StreamRefused, StreamUnavailable."""
        query = Xml.Element(f"{{{ADMIN}}}query")
        item = Xml.SubElement(query, f"{{{ADMIN}}}item", {"affiliation": affiliation, "jid": bare_jid})
        if reason:
            Xml.SubElement(item, f"{{{ADMIN}}}reason").text = reason
        await self._send("set", room, query)

    async def destroy(self, room: str, reason: str) -> None:
        """End the room. Raises StreamRefused, StreamUnavailable."""
        query = Xml.Element(f"{{{OWNER}}}query")
        destroy = Xml.SubElement(query, f"{{{OWNER}}}destroy")
        Xml.SubElement(destroy, f"{{{OWNER}}}reason").text = reason
        await self._send("set", room, query)

    async def _send(self, kind: Literal["get", "set"], to: str, query: Any) -> Iq:
        if self._client is None:
            raise StreamUnavailable(Hindrance.CLOSED)
        iq = self._client.make_iq(ito=to, itype=kind)
        iq.append(query)
        try:
            return await iq.send(timeout=self._patience)
        except IqError as error:
            raise StreamRefused(str(error.condition)) from error
        except IqTimeout as error:
            raise StreamUnavailable(Hindrance.TIMEOUT) from error

    async def _leave(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        client.cancel_connection_attempt()
        await client.disconnect(wait=1.0, ignore_send_queue=True)


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise StreamUnavailable(Hindrance.CERTIFICATE) from error
