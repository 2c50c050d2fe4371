"""The streams of one process: connections come and go, meetings close, rows are written; all clocks of the live room.

Rows and files decide, not this process: killed at any moment, its successor finishes what lies in the journal, and the
sweep (`tasks`) publishes what was to be published.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.runtime import Runtime
from transcription.live import meetings, policy, publishing, store
from transcription.live.errors import StreamClassified, StreamRefused, StreamRoomUnknown
from transcription.live.frames import SAMPLE_RATE, Frame
from transcription.live.hearing import Ears
from transcription.live.journal import Journal
from transcription.live.listener import Listener
from transcription.live.refining import Finished, Refiner
from transcription.live.streams import Close, Stream

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Receiver:
    """What the server hands connections to."""

    def __init__(self, runtime: Runtime, listener: Listener, refiner: Refiner, ears: Ears, journal: Journal) -> None:
        self._runtime = runtime
        self._listener = listener
        self._refiner = refiner
        self._ears = ears
        self._journal = journal
        self._streams: dict[int, Stream] = {}
        #: Connections that have gone and whose words are still on their way.
        self._leaving: list[Stream] = []
        self._count = 0
        self._finishing: set[UUID] = set()
        self._warmed_at: datetime | None = None
        self._writing = asyncio.Lock()

    @property
    def standing(self) -> dict[str, float | bool]:
        """For the health check: connections, sound that waits for the recogniser, whether engines are loaded."""
        return {
            "streams": len(self._streams),
            "waiting_seconds": round(self._refiner.waiting_seconds(), 1),
            "ready": self._ears.is_ready and self._refiner.is_ready,
        }

    # --- connections ---------------------------------------------------------------------------------------------

    async def come(self, names: Sequence[str], close: Close) -> Stream:
        """A connection that may speak for one of these names. Raises StreamRefused."""
        now = self._runtime.clock()
        self._count += 1
        stream = Stream(self._count, tuple(names), close, now)
        meeting_id = await self._ask(lambda session: meetings.meeting_of_stream(session, names))
        if meeting_id is not None:
            await self._join(stream, meeting_id)
        self._streams[stream.number] = stream
        self._warm()
        return stream

    async def hear(self, stream: Stream, frame: Frame) -> None:
        """Sound that has just arrived. Raises StreamRefused where nobody can tell whose it is."""
        at = self._runtime.clock()
        if stream.meeting_id is not None:
            self._listener.hear(stream.meeting_id, frame.track, frame.samples, at, stream.number)
            return
        stream.held.append((frame, at))
        first = stream.held[0][1]
        if (at - first).total_seconds() > policy.UNRESOLVED_SECONDS or stream.held_bytes > policy.MOST_HELD_BYTES:
            raise StreamRoomUnknown(key=stream.names[0] if stream.names else "")

    async def go(self, stream: Stream) -> None:
        """The connection has ended; what it brought goes its way."""
        self._streams.pop(stream.number, None)
        if stream.meeting_id is None or stream.meeting_id in self._finishing:
            return
        self._listener.end(stream.meeting_id, stream.number)
        self._leaving.append(stream)

    # --- clocks --------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Everything that happens by itself, until cancelled."""
        await self._take_back()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._ears.run())
            tasks.create_task(self._every(policy.WRITE_SECONDS, self.write))
            tasks.create_task(self._every(policy.MEETING_LOOK_SECONDS, self.look))
            tasks.create_task(self._every(policy.SIGN_SECONDS, self.sign))
            tasks.create_task(self._every(policy.PREPARE_SECONDS, self.prepare))
            tasks.create_task(self._every(policy.REMEMBER_SECONDS, self.remember))

    async def write(self) -> None:
        """Put what has happened into rows; what cannot be written now is written later."""
        self._listener.tick(self._runtime.clock())
        async with self._writing:
            batch = self._listener.take()
            if not batch:
                return
            try:
                await self._ask(lambda session: store.write(session, batch))
            except SQLAlchemyError:
                self._listener.give_back(batch)
                raise
            self._listener.written(batch)

    async def look(self) -> None:
        """Has a meeting been closed or classified, and whose tracks are those nobody knew?"""
        for stream in [stream for stream in self._streams.values() if stream.meeting_id is None and stream.held]:
            tracks = sorted({frame.track for frame, _at in stream.held})
            found = await self._ask(partial(meetings.meeting_of_tracks, tracks=tracks))
            if found is not None:
                await self._join(stream, found)
        ours = self._meetings()
        standings = await self._ask(lambda session: meetings.standings(session, ours)) if ours else {}
        for meeting_id in ours:
            refusal = standings[meeting_id].refusal if meeting_id in standings else StreamClassified()
            if refusal is not None and meeting_id not in self._finishing:
                await self._finish(meeting_id, refusal)
            elif nameless := self._listener.nameless(meeting_id):
                await self._name(meeting_id, nameless)
        await self._let_go()

    async def sign(self) -> None:
        """Our streams live, those as well that still have words on their way."""
        streams = [*self._streams.values(), *self._leaving]
        rows = [stream.row_id for stream in streams if stream.row_id is not None]
        now = self._runtime.clock()
        await self._ask(lambda session: store.sign(session, rows, now))

    async def prepare(self) -> None:
        """Load the engines when a meeting is near, give them back when none has been for long."""
        now = self._runtime.clock()
        near = await self._ask(partial(meetings.is_any_near, now=now, seconds=policy.NEAR_SECONDS))
        if near or self._streams or self._leaving or self._listener.unfinished():
            self._warm()
        elif self._warmed_at is not None and (now - self._warmed_at).total_seconds() > policy.REST_SECONDS:
            self._warmed_at = None
            self._refiner.rest()
            await self._ears.rest()

    async def remember(self) -> None:
        """Tell the room's memory who was the loudest."""
        now = self._runtime.clock()
        for meeting_id in self._meetings():
            await self._ask(partial(publishing.remember_meeting, meeting_id=meeting_id, now=now))

    async def stop(self) -> None:
        """The process is to end: what is being said ends here, first words count, the rest is in the journal."""
        ours = self._meetings()
        for meeting_id in ours:
            self._listener.end(meeting_id)
        # Those waiting for the better recogniser stay in the journal for the next process, which asks it again.
        await asyncio.gather(*(self._settle(meeting_id, policy.STOP_SECONDS) for meeting_id in ours))
        await self._end_rows([*self._streams.values(), *self._leaving])
        self._refiner.stop()
        self._listener.close()
        await self._ears.close()

    # --- steps ---------------------------------------------------------------------------------------------------

    async def _join(self, stream: Stream, meeting_id: UUID) -> None:
        now = self._runtime.clock()
        stream.row_id = await self._ask(lambda session: store.begin_stream(session, meeting_id, now))
        stream.meeting_id = meeting_id
        held, stream.held = stream.held, []
        for frame, at in held:
            self._listener.hear(meeting_id, frame.track, frame.samples, at, stream.number)
        log.info("stream %s belongs to meeting %s", stream.number, meeting_id)

    def _warm(self) -> None:
        self._warmed_at = self._runtime.clock()
        self._ears.warm()
        if not self._refiner.is_ready:
            self._refiner.warm()

    def _meetings(self) -> list[UUID]:
        """Meetings we are listening to, or have been."""
        streams = [*self._streams.values(), *self._leaving]
        return sorted({stream.meeting_id for stream in streams if stream.meeting_id is not None}, key=str)

    async def _let_go(self) -> None:
        """Connections that have gone and whose words are rows have ended."""
        done = [
            stream
            for stream in self._leaving
            if stream.meeting_id is None or not self._listener.unfinished(stream.meeting_id)
        ]
        if done:
            await self._end_rows(done)
            self._leaving = [stream for stream in self._leaving if stream not in done]

    async def _name(self, meeting_id: UUID, tracks: Sequence[str]) -> None:
        def ask(session: Session) -> tuple[dict[str, UUID], set[UUID]]:
            known = meetings.endpoints_of_tracks(session, meeting_id, tracks)
            return known, meetings.shared_endpoints(session, list(known.values()))

        known, shared = await self._ask(ask)
        self._listener.name_tracks(meeting_id, known, shared)

    async def _finish(self, meeting_id: UUID, refusal: StreamRefused) -> None:
        """The meeting is over: finish its words and publish them; or it may not be heard: forget them."""
        self._finishing.add(meeting_id)
        streams = [stream for stream in self._streams.values() if stream.meeting_id == meeting_id]
        gone = [stream for stream in self._leaving if stream.meeting_id == meeting_id]
        try:
            if isinstance(refusal, StreamClassified):
                self._listener.drop(meeting_id)
                await self._ask(lambda session: store.forget_phrases(session, meeting_id))
            else:
                self._listener.end(meeting_id)
                await self._settle(meeting_id, policy.REFINING_AFTER_CLOSE_SECONDS)
                self._refiner.hurry(meeting_id)
                self._listener.give_up(meeting_id)
                await self._settle(meeting_id, policy.GIVING_UP_SECONDS)
                await self._ask(lambda session: publishing.publish_meeting(session, meeting_id))
                await self._end_rows([*streams, *gone])
            for stream in streams:
                await stream.close(refusal)
                self._streams.pop(stream.number, None)
            self._leaving = [stream for stream in self._leaving if stream not in gone]
        finally:
            self._finishing.discard(meeting_id)

    async def _settle(self, meeting_id: UUID, seconds: float) -> None:
        """Wait until all of a meeting's utterances are rows, but no longer than this."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self._listener.unfinished(meeting_id) and loop.time() < until:
            await self.write()
            await asyncio.sleep(0.1)
        await self.write()

    async def _end_rows(self, streams: Sequence[Stream]) -> None:
        rows = [stream.row_id for stream in streams if stream.row_id is not None]
        now = self._runtime.clock()

        def end(session: Session) -> None:
            for row_id in rows:
                store.end_stream(session, row_id, now)

        await self._ask(end)

    async def _take_back(self) -> None:
        """Finish what a killed process was hearing."""
        left = list(self._journal.leftovers())
        ours = sorted({item.beginning.meeting_id for item in left}, key=str)
        standings = await self._ask(lambda session: meetings.standings(session, ours)) if ours else {}
        for item in left:
            standing = standings.get(item.beginning.meeting_id)
            if standing is None or standing.is_classified:
                self._journal.drop(item.beginning.utterance_id)
                continue
            sound = item.samples.astype(float) / 32768.0
            rms = float((sound * sound).mean() ** 0.5)
            self._listener.take_back(Finished(item.beginning, len(sound) / SAMPLE_RATE, rms, item.samples))
        if left:
            log.info("took back %s utterances of a process that was killed", len(left))

    async def _every(self, seconds: float, step: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await step()
            except SQLAlchemyError as error:
                # A database that is away for a moment: nothing is lost meanwhile, the next round tries again.
                log.warning("%s put off: %s", step.__name__, type(error).__name__)
            await asyncio.sleep(seconds)

    async def _ask(self, work: Callable[[Session], Result]) -> Result:
        """One transaction, in a thread: the loop goes on hearing."""

        def transact() -> Result:
            with self._runtime.database.transaction() as session:
                return work(session)

        return await asyncio.to_thread(transact)
