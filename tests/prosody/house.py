"""People at their endpoints, as the tests of the real Prosody move them: lines opened, cut, brought back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

import aiohttp

from orchestrator.jitsi.keys import SigningKey
from orchestrator.jitsi.probe.line import Line
from orchestrator.jitsi.probe.stanzas import Credentials, LineRefused
from orchestrator.jitsi.tokens import Grant, Issuer, mint_token
from tests.prosody.server import APP_ID, APP_SECRET, RECORDER, RECORDER_PASSWORD, Prosody

T = TypeVar("T")
PATIENCE_SECONDS = 8.0
_numbers = count(1)


def token_for(room: str, endpoint: str, domain: str = "meet.test", secret: str = APP_SECRET) -> str:
    """A token as our personal link mints it."""
    now = datetime.now(UTC)
    grant = Grant(room, endpoint, f"Điểm cầu {endpoint}", now + timedelta(hours=1))
    return mint_token(grant, Issuer(APP_ID, domain), SigningKey("HS256", secret), now)


def fresh_room(seats: int) -> str:
    """A room nobody was in yet, with so many seats."""
    return f"cap{seats}-{next(_numbers)}"


class Room:
    """One room of one site and whoever comes to it; every line is closed in the end."""

    def __init__(
        self, server: Prosody, http: aiohttp.ClientSession, stack: AsyncExitStack, site: tuple[str, str]
    ) -> None:
        self.server, self._http, self._stack = server, http, stack
        self.domain, self.name = site
        self.jid = f"{self.name}@conference.{self.domain}"
        self._nicks = count(1)

    async def line(self, endpoint: str) -> Line:
        """A browser of this endpoint, connected and signed in, not yet in the room."""
        token = token_for(self.name, endpoint, self.domain)
        return await self._open(self.domain, Credentials(token=token))

    async def recorder(self) -> Line:
        """The recorder's browser: an account of its own host, no token."""
        user, _, host = RECORDER.partition("@")
        return await self._open(host, Credentials(user=user, password=RECORDER_PASSWORD))

    async def come(self, endpoint: str, nick: str | None = None) -> Line:
        """A new browser of this endpoint enters the room."""
        line = await self.line(endpoint)
        await self.enter(line, nick)
        return line

    async def enter(self, line: Line, nick: str | None = None) -> None:
        """Enter with a line that is there; a nick as lib-jitsi-meet takes it, new for each line."""
        await line.ask_focus(self.jid)
        await line.enter(self.jid, nick or f"n{next(self._nicks)}")

    async def try_to_come(self, endpoint: str) -> str:
        """ "in", or the condition and text of the refusal."""
        line = await self.line(endpoint)
        try:
            await self.enter(line)
        except LineRefused as refused:
            await line.close()
            return str(refused)
        return "in"

    def holders(self) -> list[str]:
        """Endpoints in the room by the events Prosody reported, one entry per occupant."""
        there: dict[str, str] = {}
        for event, address, endpoint in self.server.events(self.name):
            if event == "joined":
                there[address] = endpoint
            elif event == "left":
                there.pop(address, None)
        return sorted(there.values())

    async def _open(self, host: str, credentials: Credentials) -> Line:
        line = await Line.open(self._http, self.server.websocket, host, credentials, PATIENCE_SECONDS)
        return await self._stack.enter_async_context(line)


@asynccontextmanager
async def opened(server: Prosody, seats: int, domain: str = "meet.test") -> AsyncIterator[Room]:
    """A fresh room."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http, AsyncExitStack() as stack:
        yield Room(server, http, stack, (domain, fresh_room(seats)))


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run one scene from beginning to end."""

    async def whole() -> None:
        async with asyncio.timeout(40):
            await scenario()

    asyncio.run(whole())


async def eventually(question: Callable[[], bool]) -> None:
    """Wait until the other process has got so far."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not question():
            await asyncio.sleep(0.01)


async def in_thread(call: Callable[..., T], *arguments: object) -> T:
    """Make a call that blocks, while the lines of this scene go on living."""
    return await asyncio.to_thread(call, *arguments)
