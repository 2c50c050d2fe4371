"""One endpoint's line to a Jitsi site: XMPP over WebSocket (RFC 7395), as lib-jitsi-meet opens it (CONTRACTS §2).

In: an address, a domain, a token or an account. Out: a line that enters rooms, or `LineRefused` with what the site
said. It carries no sound and no picture; it takes a seat like any browser.
"""

import asyncio
import base64
import socket
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp
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

#: Rooms let in three a second (muc_rate_limit), so a seat asked for may take a while.
PATIENCE_SECONDS = 20.0


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

    token: str | None = None
    user: str | None = None
    password: str | None = None


class Line:
    """An open line. Use as an asynchronous context; leaving it says goodbye."""

    def __init__(self, wire: "aiohttp.ClientWebSocketResponse", domain: str, patience: float) -> None:
        self._wire = wire
        self._domain = domain
        self._patience = patience
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self._numbers = iter(range(1, 1_000_000))
        self._handled = 0
        self._reader: asyncio.Task[None] | None = None
        #: Full address the site gave this line.
        self.jid = ""
        #: Occupants seen in rooms, as `room@muc/nick`, this line included.
        self.seen: set[str] = set()
        #: Rooms this line was put out of, with the reason given.
        self.put_out: dict[str, str] = {}

    @classmethod
    async def open(
        cls,
        http: aiohttp.ClientSession,
        address: str,
        domain: str,
        credentials: Credentials,
        patience: float = PATIENCE_SECONDS,
        room: str = "",
    ) -> Self:
        """Connect, sign in, bind a resource, ask for acknowledgements. `room` goes into the address, as browsers do.

        Raises:
            LineRefused: the site cannot be reached, or refuses the token or account.
        """
        query = {"room": room} if room else {}
        if credentials.token:
            query["token"] = credentials.token
        try:
            wire = await http.ws_connect(
                address, params=query, protocols=("xmpp",), timeout=aiohttp.ClientWSTimeout(ws_close=1.0)
            )
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise LineRefused("unreachable", type(error).__name__) from error
        line = cls(wire, domain, patience)
        try:
            await line._sign_in(credentials)
        except LineRefused:
            await wire.close()
            raise
        return line

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def ask_focus(self, room_jid: str) -> None:
        """Ask Jicofo for the conference, as every client does before it enters; this makes the room.

        Raises:
            LineRefused: among others `service-unavailable` with the reservation service's sentence.
        """
        ask = _element(FOCUS, "conference", room=room_jid, **{"machine-uid": "diemcau-probe"})
        reply = await self.query("set", f"focus.{self._domain}", ask)
        conference = reply.find(f"{{{FOCUS}}}conference")
        if conference is None or conference.get("ready") != "true":
            raise LineRefused("not-ready", "focus")

    async def enter(self, room_jid: str, nick: str) -> None:
        """Take a seat.

        Raises:
            LineRefused: `service-unavailable` where the room is full, `not-allowed` with a text for a wrong token.
        """
        place = f"{room_jid}/{nick}"
        presence = _element(CLIENT, "presence", to=place)
        presence.append(_element(MUC, "x"))
        await self._ask(place, presence)
        self.put_out.pop(room_jid, None)

    async def query(self, kind: str, to: str, payload: Any) -> Any:
        """Send an IQ and return its result; `LineRefused` for an error."""
        number = f"q{next(self._numbers)}"
        iq = _element(CLIENT, "iq", type=kind, id=number)
        if to:
            iq.set("to", to)
        iq.append(payload)
        return await self._ask(number, iq)

    async def ping(self, address: str) -> None:
        """Ask an address whether it is there (XEP-0199); `LineRefused` with `service-unavailable` where it is not."""
        await self.query("get", address, _element(PING, "ping"))

    async def close(self) -> None:
        """Say goodbye: the seat is free at once."""
        if not self._wire.closed:
            await self._wire.send_str(f"<close xmlns='{FRAMING}'/>")
            # Prosody answers, then shuts the line; what it still sends meanwhile is of no interest.
        await self._end()

    async def cut(self) -> None:
        """Lose the line without a word, as a cable does: the site keeps the session for resumption."""
        plug = self._wire.get_extra_info("socket")
        if plug is not None:
            plug.shutdown(socket.SHUT_RDWR)
        await self._end()

    async def freeze(self) -> None:
        """Stop listening and answering while the connection stays, as with a cable pulled far away."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _end(self) -> None:
        await self.freeze()
        await self._wire.close()

    async def _sign_in(self, credentials: Credentials) -> None:
        await self._open_stream()
        await self._wire.send_str(_auth(credentials))
        answer = await self._receive()
        if answer.tag != f"{{{SASL}}}success":
            raise _sasl_refusal(answer)
        await self._open_stream()
        self._reader = asyncio.create_task(self._read())
        bound = await self.query("set", "", _element(BIND, "bind"))
        self.jid = bound.findtext(f"{{{BIND}}}bind/{{{BIND}}}jid") or ""
        self._handled = 0
        await self._wire.send_str(f"<enable xmlns='{ACKS}' resume='true'/>")

    async def _open_stream(self) -> None:
        await self._wire.send_str(f"<open xmlns='{FRAMING}' to='{self._domain}' version='1.0'/>")
        opened = await self._receive()
        if opened.tag != f"{{{FRAMING}}}open":
            raise LineRefused("closed", _first_condition(opened))
        await self._receive()  # the features; those we need are those every Jitsi site has

    async def _receive(self) -> Any:
        try:
            message = await self._wire.receive(timeout=self._patience)
        except TimeoutError as error:
            raise LineRefused("timeout") from error
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise LineRefused("closed")
        return _parse(message.data)

    async def _read(self) -> None:
        """Take in whatever comes, until the line ends."""
        async for message in self._wire:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            await self._take(_parse(message.data))
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(LineRefused("closed"))

    async def _take(self, element: Any) -> None:
        name = etree.QName(element)
        if name.namespace == ACKS and name.localname == "r":
            await self._wire.send_str(f"<a xmlns='{ACKS}' h='{self._handled}'/>")
        if name.namespace != CLIENT:
            return
        self._handled += 1
        if name.localname == "iq":
            self._settle(element.get("id", ""), element)
        elif name.localname == "presence":
            self._note_presence(element)

    def _note_presence(self, presence: Any) -> None:
        place = presence.get("from", "")
        codes = {status.get("code") for status in presence.iter(f"{{{MUC}#user}}status")}
        if presence.get("type") == "unavailable":
            self.seen.discard(place)
            if "110" in codes:
                self.put_out[place.partition("/")[0]] = presence.findtext(f".//{{{MUC}#user}}reason") or ""
        elif presence.get("type") == "error":
            self._settle(place, presence)
        else:
            self.seen.add(place)
            if "110" in codes:
                self._settle(place, presence)

    def _settle(self, key: str, element: Any) -> None:
        waiting = self._answers.get(key)
        if waiting is None or waiting.done():
            return
        if element.get("type") == "error":
            waiting.set_exception(_refusal(element))
        else:
            waiting.set_result(element)

    async def _ask(self, key: str, element: Any) -> Any:
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[key] = waiting
        try:
            await self._wire.send_str(etree.tostring(element, encoding="unicode"))
            return await asyncio.wait_for(waiting, self._patience)
        except TimeoutError as error:
            raise LineRefused("timeout") from error
        except (aiohttp.ClientError, ConnectionError) as error:
            raise LineRefused("closed", type(error).__name__) from error
        finally:
            self._answers.pop(key, None)


def _element(namespace: str, name: str, **attributes: str) -> Any:
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap={None: namespace})


def _auth(credentials: Credentials) -> str:
    if credentials.user is None:
        return f"<auth xmlns='{SASL}' mechanism='ANONYMOUS'/>"
    plain = f"\0{credentials.user}\0{credentials.password or ''}".encode()
    return f"<auth xmlns='{SASL}' mechanism='PLAIN'>{base64.b64encode(plain).decode()}</auth>"


def _parse(text: str) -> Any:
    """A frame is one whole element; entities and outside documents are never followed."""
    try:
        return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise LineRefused("closed", "not XML") from error


def _refusal(stanza: Any) -> LineRefused:
    error = stanza.find(f"{{{CLIENT}}}error")
    if error is None:
        return LineRefused("undefined-condition")
    return LineRefused(_first_condition(error), error.findtext(f"{{{STANZAS}}}text") or "")


def _sasl_refusal(answer: Any) -> LineRefused:
    return LineRefused(_first_condition(answer), answer.findtext(f"{{{SASL}}}text") or "")


def _first_condition(element: Any) -> str:
    names = [etree.QName(child).localname for child in element if isinstance(child.tag, str)]
    return next((name for name in names if name != "text"), "undefined-condition")
