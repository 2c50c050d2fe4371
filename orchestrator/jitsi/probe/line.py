"""One endpoint's line to a Jitsi site: XMPP over WebSocket (RFC 7395), as lib-jitsi-meet opens it (CONTRACTS §2).

In: an address, a domain, a token or an account. Out: a line that enters rooms, or `LineRefused` with what the site
said. It carries no sound and no picture; it takes a seat like any browser.
"""

import asyncio
import contextlib
import socket
from types import TracebackType
from typing import Any, Self

import aiohttp
from lxml import etree

from orchestrator.jitsi.probe.stanzas import (
    ACKS,
    BIND,
    CLIENT,
    FOCUS,
    FRAMING,
    MUC,
    PING,
    SASL,
    Credentials,
    LineRefused,
    auth,
    element,
    first_condition,
    parse,
    refusal,
    sasl_refusal,
)

#: Rooms let in three a second (muc_rate_limit), so a seat asked for may take a while.
PATIENCE_SECONDS = 20.0


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
        ask = element(FOCUS, "conference", room=room_jid, **{"machine-uid": "diemcau-probe"})
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
        presence = element(CLIENT, "presence", to=place)
        presence.append(element(MUC, "x"))
        await self._ask(place, presence)
        self.put_out.pop(room_jid, None)

    async def query(self, kind: str, to: str, payload: Any) -> Any:
        """Send an IQ and return its result; `LineRefused` for an error."""
        number = f"q{next(self._numbers)}"
        iq = element(CLIENT, "iq", type=kind, id=number)
        if to:
            iq.set("to", to)
        iq.append(payload)
        return await self._ask(number, iq)

    async def ping(self, address: str) -> None:
        """Ask an address whether it is there (XEP-0199); `LineRefused` with `service-unavailable` where it is not."""
        await self.query("get", address, element(PING, "ping"))

    async def close(self) -> None:
        """Say goodbye: the seat is free at once."""
        with contextlib.suppress(LineRefused):
            await self._say(f"<close xmlns='{FRAMING}'/>")
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
        await self._say(auth(credentials))
        answer = await self._receive()
        if answer.tag != f"{{{SASL}}}success":
            raise sasl_refusal(answer)
        await self._open_stream()
        self._reader = asyncio.create_task(self._read())
        bound = await self.query("set", "", element(BIND, "bind"))
        self.jid = bound.findtext(f"{{{BIND}}}bind/{{{BIND}}}jid") or ""
        self._handled = 0
        await self._say(f"<enable xmlns='{ACKS}' resume='true'/>")

    async def _say(self, text: str) -> None:
        try:
            await self._wire.send_str(text)
        except (aiohttp.ClientError, ConnectionError) as error:
            raise LineRefused("closed", type(error).__name__) from error

    async def _open_stream(self) -> None:
        await self._say(f"<open xmlns='{FRAMING}' to='{self._domain}' version='1.0'/>")
        opened = await self._receive()
        if opened.tag != f"{{{FRAMING}}}open":
            raise LineRefused("closed", first_condition(opened))
        await self._receive()  # the features; those we need are those every Jitsi site has

    async def _receive(self) -> Any:
        try:
            message = await self._wire.receive(timeout=self._patience)
        except TimeoutError as error:
            raise LineRefused("timeout") from error
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise LineRefused("closed")
        return parse(message.data)

    async def _read(self) -> None:
        """Take in whatever comes, until the line ends or says what nobody can read."""
        with contextlib.suppress(LineRefused):
            async for message in self._wire:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    break
                await self._take(parse(message.data))
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(LineRefused("closed"))

    async def _take(self, element: Any) -> None:
        name = etree.QName(element)
        if name.namespace == ACKS and name.localname == "r":
            await self._say(f"<a xmlns='{ACKS}' h='{self._handled}'/>")
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
            waiting.set_exception(refusal(element))
        else:
            waiting.set_result(element)

    async def _ask(self, key: str, element: Any) -> Any:
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[key] = waiting
        try:
            await self._say(etree.tostring(element, encoding="unicode"))
            return await asyncio.wait_for(waiting, self._patience)
        except TimeoutError as error:
            raise LineRefused("closed" if self._reader is None or self._reader.done() else "timeout") from error
        finally:
            self._answers.pop(key, None)
