"""Sound of utterances goes in while they are spoken; their words come out as they are heard, and once more at the end.

The recogniser works in a process of its own, one utterance at a time in turns: what piles up for one while another is
served goes over in one piece, so a slow machine costs delay and nothing else. If the process dies, the next one gets
the sound of all open utterances again.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

import numpy as np

from transcription import faults
from transcription.engines import viet_asr
from transcription.engines import viet_asr_process as wire
from transcription.live.frames import SAMPLE_RATE, Samples
from transcription.live.hearing_process import ADD, DROP, FINISH

log = logging.getLogger(__name__)

#: Loading takes seconds on a busy machine, an answer a fraction of the sound's length.
START_SECONDS = 600.0
ANSWER_SECONDS = 120.0
#: An utterance that was being heard when the process died this often is given up: its sound may be the cause.
MOST_DEATHS = 2
#: A shorter wait between two turns of one utterance brings no new word (the recogniser's window is 0.43 s).
TURN_SAMPLES = round(0.2 * SAMPLE_RATE)


@dataclass(frozen=True)
class HeardWord:
    """A word with the moment it was first shown, in seconds of the utterance."""

    text: str
    moment: float
    pause_follows: bool = False


#: Called with the utterance, all its words so far, the seconds of sound heard through, and whether it is finished. None
#: for words: nobody has listened, which is not the same as nothing heard.
OnWords = Callable[[UUID, tuple[HeardWord, ...] | None, float, bool], None]


class Ears(Protocol):
    """Whoever hears utterances while they are spoken."""

    @property
    def is_ready(self) -> bool:
        """Whether the first word would be heard at once."""
        ...

    def warm(self) -> None:
        """Somebody has come and will speak soon."""
        ...

    async def rest(self) -> None:
        """Nobody will speak for a while: give the memory back."""
        ...

    def begin(self, utterance_id: UUID) -> None:
        """A new utterance."""
        ...

    def add(self, utterance_id: UUID, samples: Samples) -> None:
        """More of its sound."""
        ...

    def finish(self, utterance_id: UUID) -> None:
        """No more sound: the words are wanted as they stay."""
        ...

    def drop(self, utterance_id: UUID) -> None:
        """Nobody wants its words any more."""
        ...

    async def run(self) -> None:
        """Work until cancelled."""
        ...

    async def close(self) -> None:
        """Give processes back."""
        ...


@dataclass
class _Ear:
    """One utterance: all its sound, and how much of it the present process has got."""

    sound: list[Samples] = field(default_factory=list)
    given: int = 0
    is_finished: bool = False
    is_dropped: bool = False
    deaths: int = 0

    @property
    def waiting(self) -> int:
        return sum(map(len, self.sound[self.given :]))

    @property
    def seconds_given(self) -> float:
        return sum(map(len, self.sound[: self.given])) / SAMPLE_RATE


class StreamingEars:
    """The Vietnamese recogniser's streaming session, several at once in one process."""

    def __init__(self, on_words: OnWords, *, command: Sequence[str] = ()) -> None:
        self._on_words = on_words
        self._command = list(command) or [sys.executable, "-m", "transcription.live.hearing_process"]
        self._ears: dict[UUID, _Ear] = {}
        self._work = asyncio.Event()
        self._child: asyncio.subprocess.Process | None = None
        self._is_wanted = False
        self._is_started = False

    @property
    def is_ready(self) -> bool:
        return self._is_started

    def warm(self) -> None:
        if not self._is_wanted:
            self._is_wanted = True
            self._work.set()

    async def rest(self) -> None:
        self._is_wanted = False
        if not self._ears:
            await self.close()

    def begin(self, utterance_id: UUID) -> None:
        self._ears[utterance_id] = _Ear()

    def add(self, utterance_id: UUID, samples: Samples) -> None:
        ear = self._ears[utterance_id]
        ear.sound.append(samples)
        if ear.waiting >= TURN_SAMPLES:
            self._work.set()

    def finish(self, utterance_id: UUID) -> None:
        self._ears[utterance_id].is_finished = True
        self._work.set()

    def drop(self, utterance_id: UUID) -> None:
        # Told at the next turn: the pipe may be in the middle of another utterance.
        if utterance_id in self._ears:
            self._ears[utterance_id].is_dropped = True
            self._work.set()

    async def run(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            if self._is_wanted and self._child is None:
                await self._try_to_start()
            while due := [key for key, ear in self._ears.items() if _is_due(ear)]:
                for utterance_id in due:
                    await self._turn(utterance_id)

    async def close(self) -> None:
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()
            await self._child.wait()
            self._child = None
            self._is_started = False

    async def _try_to_start(self) -> None:
        try:
            await self._start()
        except (OSError, asyncio.IncompleteReadError, TimeoutError, faults.EngineFailed) as error:
            log.warning("the streaming recogniser did not start: %s", type(error).__name__)
            await self.close()

    async def _turn(self, utterance_id: UUID) -> None:
        ear = self._ears.get(utterance_id)
        if ear is None:
            return
        if ear.is_dropped or ear.deaths >= MOST_DEATHS:
            await self._let_go(utterance_id, ear)
            return
        is_last, until = ear.is_finished, len(ear.sound)
        samples = np.concatenate([*ear.sound[ear.given : until], np.zeros(0, dtype=np.int16)])
        try:
            words = await self._ask(FINISH if is_last else ADD, utterance_id, samples)
        except (OSError, ValueError, asyncio.IncompleteReadError, TimeoutError, faults.EngineFailed) as error:
            log.warning(
                "the streaming recogniser died (%s), %s utterances again", type(error).__name__, len(self._ears)
            )
            ear.deaths += 1
            await self._start_over()
            return
        ear.given = until
        if is_last:
            self._ears.pop(utterance_id, None)
        self._on_words(utterance_id, words, ear.seconds_given, is_last)

    async def _let_go(self, utterance_id: UUID, ear: _Ear) -> None:
        self._ears.pop(utterance_id, None)
        if not ear.is_dropped:
            self._on_words(utterance_id, None, ear.seconds_given, True)
        elif ear.given and self._child is not None:
            with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError, TimeoutError):
                await self._ask(DROP, utterance_id, np.zeros(0, dtype=np.int16))

    async def _start_over(self) -> None:
        await self.close()
        for ear in self._ears.values():
            ear.given = 0
        # A library that dies at once, again and again, shall not take the whole machine with it.
        await asyncio.sleep(0.5)
        self._work.set()

    async def _ask(self, act: bytes, utterance_id: UUID, samples: Samples) -> tuple[HeardWord, ...]:
        child = self._child or await self._start()
        if child.stdin is None:
            raise faults.EngineFailed(name=viet_asr.NAME)
        content = act + utterance_id.bytes + samples.astype("<i2").tobytes()
        child.stdin.write(wire.LENGTH.pack(len(content)) + content)
        await child.stdin.drain()
        seconds = ANSWER_SECONDS + len(samples) / SAMPLE_RATE
        told = json.loads(await asyncio.wait_for(_frame(child), seconds))
        return tuple(HeardWord(str(word), float(moment), bool(pause)) for word, moment, pause in told)

    async def _start(self) -> asyncio.subprocess.Process:
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        self._child = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
        )
        if await asyncio.wait_for(_frame(self._child), START_SECONDS) != wire.READY:
            raise faults.EngineFailed(name=viet_asr.NAME)
        self._is_started = True
        return self._child


class NoEars:
    """A site without the Vietnamese recogniser: no words while they are said, each utterance whole when it is over."""

    is_ready = True

    def __init__(self, on_words: OnWords) -> None:
        self._on_words = on_words

    def warm(self) -> None:
        """Nothing to load."""

    async def rest(self) -> None:
        """Nothing to give back."""

    def begin(self, utterance_id: UUID) -> None:
        """Nobody listens."""

    def add(self, utterance_id: UUID, samples: Samples) -> None:
        """Nobody listens."""

    def finish(self, utterance_id: UUID) -> None:
        """The site's recogniser may begin."""
        self._on_words(utterance_id, None, 0.0, True)

    def drop(self, utterance_id: UUID) -> None:
        """Nobody has listened."""

    async def run(self) -> None:
        """Nothing happens by itself."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing to give back."""


def _is_due(ear: _Ear) -> bool:
    return ear.is_finished or ear.is_dropped or (ear.deaths < MOST_DEATHS and ear.waiting >= TURN_SAMPLES)


async def _frame(child: asyncio.subprocess.Process) -> bytes:
    if child.stdout is None:
        raise faults.EngineFailed(name=viet_asr.NAME)
    (length,) = wire.LENGTH.unpack(await child.stdout.readexactly(wire.LENGTH.size))
    return await child.stdout.readexactly(length)
