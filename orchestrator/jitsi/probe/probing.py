"""The probe itself: fills a room as endpoints would, then asks for what must be refused.

In: a site and an errand. Out: findings in order. It takes real seats in a real room, so the room is one planned for the
purpose; every line is closed in the end, also when something breaks.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp

from orchestrator.jitsi.probe import paths
from orchestrator.jitsi.probe.findings import Check, Finding, broken, held, unchecked
from orchestrator.jitsi.probe.line import Line
from orchestrator.jitsi.probe.site import Errand, Site
from orchestrator.jitsi.probe.stanzas import Credentials, LineRefused

FULL = "service-unavailable"
#: What a broken network says, as opposed to a site that refuses.
_NO_ANSWER = frozenset({"unreachable", "timeout", "closed"})


def probe(site: Site, errand: Errand) -> list[Finding]:
    """Run every check.

    Raises:
        OSError: the site's certificate file cannot be read.
    """
    return asyncio.run(_probe(site, errand))


async def _probe(site: Site, errand: Errand) -> list[Finding]:
    async with _house(site, errand) as house:
        try:
            await house.line("probe-0")
        except LineRefused as refusal:
            return [broken(Check.SITE, "site_unreachable", reason=str(refusal))]
        findings = [held(Check.SITE), await house.without_token(), await house.with_forged_token()]
        filled = await house.fill()
        findings.append(filled)
        findings.append(await house.with_token_of_another_room())
        if len(house.lines) == errand.seats:
            findings += [await house.one_more(), await house.come_back(), await house.second_browser()]
            findings.append(await house.recorder())
        else:
            findings += _unchecked((Check.CAP, Check.RETURN, Check.ONE_SEAT, Check.RECORDER), "room_not_filled")
        findings += await asyncio.to_thread(_ask_paths, site, errand)
        return findings


def _ask_paths(site: Site, errand: Errand) -> list[Finding]:
    """Last of all, and the end of the meeting last among them: a broken site really ends the room."""
    token = errand.mint(errand.room, "probe-1")
    return [
        paths.conference_request(site),
        paths.room_size(site, errand.room),
        paths.room_census(site),
        paths.end_meeting(site, errand.room, token),
    ]


def _unchecked(checks: Iterable[Check], code: str) -> list[Finding]:
    return [unchecked(check, code) for check in checks]


@asynccontextmanager
async def _house(site: Site, errand: Errand) -> "AsyncIterator[_House]":
    connector = aiohttp.TCPConnector(limit=0, ssl=site.tls())
    async with aiohttp.ClientSession(connector=connector) as http, AsyncExitStack() as stack:
        yield _House(site, errand, http, stack)


class _House:
    """The lines of one run, and the room they fill."""

    def __init__(self, site: Site, errand: Errand, http: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
        self._site, self._errand, self._http, self._stack = site, errand, http, stack
        self._room = f"{errand.room}@{site.muc_domain}"
        self._count = 0
        #: Endpoint → its line, in the order in which they took their seats.
        self.lines: dict[str, Line] = {}

    async def line(self, endpoint: str) -> Line:
        """A line with this endpoint's token, not in the room yet. Raises LineRefused."""
        return await self._open(Credentials(token=self._errand.mint(self._errand.room, endpoint)))

    async def without_token(self) -> Finding:
        """Nobody signs in without a token."""
        return await self._must_not_sign_in(Check.NO_TOKEN, Credentials(), "no_token_let_in")

    async def with_forged_token(self) -> Finding:
        """Nobody signs in with a token of another key."""
        token = self._errand.forge(self._errand.room, "probe-forged")
        return await self._must_not_sign_in(Check.FORGED_TOKEN, Credentials(token=token), "forged_let_in")

    async def fill(self) -> Finding:
        """Every seat is taken by an endpoint of its own."""
        for number in range(1, self._errand.seats + 1):
            endpoint = f"probe-{number}"
            try:
                self.lines[endpoint] = await self._come(endpoint)
            except LineRefused as refusal:
                seated = number - 1
                return broken(Check.SEATS, "seats_short", seated=seated, seats=self._errand.seats, reason=str(refusal))
        return held(Check.SEATS, "seats_filled", seats=self._errand.seats)

    async def with_token_of_another_room(self) -> Finding:
        """A token opens its own room only; asked while the room is there."""
        token = self._errand.mint(f"{self._errand.room}-khac", "probe-stranger")
        try:
            line = await self._open(Credentials(token=token))
            await self._enter(line, ask_focus=False)
        except LineRefused as refusal:
            if refusal.condition == FULL:
                # The cap was asked first: the token would have been let in, had there been a seat.
                return broken(Check.OTHER_ROOM, "other_room_let_in")
            return self._refused(Check.OTHER_ROOM, refusal)
        await line.close()
        return broken(Check.OTHER_ROOM, "other_room_let_in")

    async def one_more(self) -> Finding:
        """The N+1st is refused, and as full."""
        number = self._errand.seats + 1
        refusal = await self._stranger()
        if refusal is None:
            return broken(Check.CAP, "cap_not_held", number=number)
        if refusal.condition == FULL:
            return held(Check.CAP, "cap_held", number=number)
        return broken(Check.CAP, "cap_other_refusal", number=number, reason=str(refusal))

    async def come_back(self) -> Finding:
        """An endpoint whose line is cut returns at once to the full room and is counted once."""
        endpoint, line = next(iter(self.lines.items()))
        await line.cut()
        try:
            self.lines[endpoint] = await self._come(endpoint)
        except LineRefused as refusal:
            return broken(Check.RETURN, "return_refused", reason=str(refusal))
        refusal_now = await self._stranger()
        if refusal_now is None:
            return broken(Check.RETURN, "return_opened_seat")
        return held(Check.RETURN, "return_held")

    async def second_browser(self) -> Finding:
        """The same link in a second browser takes no second seat: it replaces the first, or is refused with a text."""
        endpoint = next(reversed(self.lines))
        first = self.lines[endpoint]
        try:
            second = await self._come(endpoint)
        except LineRefused as refusal:
            if refusal.condition == FULL:
                return broken(Check.ONE_SEAT, "one_seat_counted_twice")
            return held(Check.ONE_SEAT, "one_seat_refuses", text=refusal.text or refusal.condition)
        self.lines[endpoint] = second
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._site.patience_seconds):
                while self._room not in first.put_out:
                    await asyncio.sleep(0.05)
        if self._room not in first.put_out or await self._stranger() is None:
            return broken(Check.ONE_SEAT, "one_seat_counted_twice")
        return held(Check.ONE_SEAT, "one_seat_replaces")

    async def recorder(self) -> Finding:
        """A recorder enters the full room."""
        if self._site.recorder is None:
            return unchecked(Check.RECORDER, "recorder_not_given")
        try:
            line = await self._open(self._site.recorder, self._site.recorder_domain)
            await self._enter(line, ask_focus=False)
        except LineRefused as refusal:
            return broken(Check.RECORDER, "recorder_refused", reason=str(refusal))
        still_full = await self._stranger() is not None
        await line.close()
        return held(Check.RECORDER, "recorder_held") if still_full else broken(Check.RECORDER, "return_opened_seat")

    async def _stranger(self) -> LineRefused | None:
        """One endpoint more tries to enter; it leaves at once where it is let in."""
        try:
            line = await self._come(f"probe-{self._errand.seats + 1}")
        except LineRefused as refusal:
            return refusal
        await line.close()
        return None

    async def _must_not_sign_in(self, check: Check, credentials: Credentials, code: str) -> Finding:
        try:
            await self._open(credentials)
        except LineRefused as refusal:
            return self._refused(check, refusal)
        return broken(check, code)

    def _refused(self, check: Check, refusal: LineRefused) -> Finding:
        if refusal.condition in _NO_ANSWER:
            return unchecked(check, "no_answer", address=self._site.websocket)
        return held(check, "refused_with", reason=str(refusal))

    async def _come(self, endpoint: str) -> Line:
        line = await self.line(endpoint)
        try:
            await self._enter(line)
        except LineRefused:
            await line.close()
            raise
        return line

    async def _enter(self, line: Line, *, ask_focus: bool = True) -> None:
        self._count += 1
        if ask_focus:
            await line.ask_focus(self._room)
        await line.enter(self._room, f"probe{self._count}")

    async def _open(self, credentials: Credentials, domain: str = "") -> Line:
        site = self._site
        line = await Line.open(
            self._http, site.websocket, domain or site.domain, credentials, site.patience_seconds, self._errand.room
        )
        return await self._stack.enter_async_context(line)
