"""A line to a site that is none: whatever it says, the probe gets an answer in time and follows nothing outside."""

import asyncio
from collections.abc import Sequence

import aiohttp
import pytest
from aiohttp import web

from orchestrator.jitsi.probe.line import Line
from orchestrator.jitsi.probe.stanzas import BIND, CLIENT, FRAMING, SASL, Credentials, LineRefused

OPEN = f"<open xmlns='{FRAMING}'/>"
FEATURES = "<stream:features xmlns:stream='http://etherx.jabber.org/streams'/>"
SUCCESS = f"<success xmlns='{SASL}'/>"
BOUND = f"<iq xmlns='{CLIENT}' type='result' id='q1'><bind xmlns='{BIND}'><jid>a@x/y</jid></bind></iq>"
pytestmark = pytest.mark.slow

#: Up to here every site says the same.
SIGNED_IN = (OPEN, FEATURES, SUCCESS, OPEN, FEATURES, BOUND)
BOMB = "<!DOCTYPE a [<!ENTITY b 'bbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><message xmlns='jabber:client'>&c;</message>"
SPY = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><presence xmlns='jabber:client' from='&x;'/>"


async def _meet(said: Sequence[str], *, then_close: bool = False, in_answer: str = "") -> str:
    """What becomes of a line, and of a seat asked for, where the other end says this and nothing more."""

    async def speak(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("xmpp",))
        await socket.prepare(request)
        for frame in said:
            await socket.send_str(frame)
        if not then_close:
            async for message in socket:
                if in_answer and "<presence" in message.data:
                    await socket.send_str(in_answer)
        await socket.close()
        return socket

    application = web.Application()
    application.router.add_get("/ws", speak)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession() as http:
            address = f"ws://127.0.0.1:{port}/ws"
            async with await Line.open(http, address, "x", Credentials(token="t"), 0.5) as line:
                await line.enter("r@conference.x", "a")
                return "in"
    except LineRefused as refusal:
        return refusal.condition
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ([], "timeout"),
        (["không phải XML"], "closed"),
        ([OPEN], "timeout"),
        ([f"<close xmlns='{FRAMING}'/>"], "closed"),
        ([OPEN, FEATURES, f"<failure xmlns='{SASL}'><not-authorized/></failure>"], "not-authorized"),
        ([OPEN, FEATURES, f"<failure xmlns='{SASL}'/>"], "undefined-condition"),
        ([*SIGNED_IN], "timeout"),
        ([*SIGNED_IN, "<"], "closed"),
        ([*SIGNED_IN, BOMB], "timeout"),
    ],
)
def test_a_site_that_is_none(said: list[str], condition: str) -> None:
    assert asyncio.run(_meet(said)) == condition


@pytest.mark.parametrize(
    ("answer", "condition"),
    [
        ("<presence xmlns='jabber:client' from='r@conference.x/a' type='error'/>", "undefined-condition"),
        ("<presence xmlns='jabber:client' from='r@conference.x/b' type='error'/>", "timeout"),
        ("không phải XML", "closed"),
        (BOMB, "timeout"),
        (SPY, "closed"),
    ],
)
def test_a_strange_answer(answer: str, condition: str) -> None:
    assert asyncio.run(_meet(SIGNED_IN, in_answer=answer)) == condition


@pytest.mark.parametrize("length", [0, 1, 3, 6])
def test_a_site_that_hangs_up(length: int) -> None:
    assert asyncio.run(_meet(SIGNED_IN[:length], then_close=True)) == "closed"


def test_nobody_there() -> None:
    async def call() -> None:
        async with aiohttp.ClientSession() as http:
            await Line.open(http, "ws://127.0.0.1:1/ws", "x", Credentials(), 0.5)

    with pytest.raises(LineRefused, match="unreachable"):
        asyncio.run(call())
