"""The client that plays a meeting in real time, and the secretary's browser that watches it.

In: tracks of sound, the address of the WebSocket server and of the page's stream. Out: when each second was sent, and
when the page was told what.
"""

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field

import numpy as np
import requests
from numpy.typing import NDArray
from websockets.asyncio.client import connect

from transcription.live.frames import END_OF_STREAM, SAMPLE_RATE, write_frame

#: Conferences send some hundredths of a second at a time; ten frames in a second keep the client cheap.
STEP_SECONDS = 0.1


@dataclass(frozen=True)
class Played:
    """A meeting was played: `began` is when its second 0 was sent (monotonic clock), `late` how far we fell behind."""

    began: float
    late: float


async def play(url: str, tracks: dict[str, NDArray[np.int16]]) -> Played:
    """Send all tracks (name in the room → samples), each tenth of a second at its time, over one connection."""
    step = round(STEP_SECONDS * SAMPLE_RATE)
    steps = max(len(sound) for sound in tracks.values()) // step + 1
    late = 0.0
    async with connect(url, compression=None, max_size=None) as line:
        began = time.monotonic()
        for number in range(steps):
            due = began + (number + 1) * STEP_SECONDS
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            late = max(late, time.monotonic() - due)
            for track, sound in tracks.items():
                part = sound[number * step : (number + 1) * step]
                if len(part):
                    await line.send(write_frame(track, "vi-VN", part))
        # The room stays open for a moment after the last word, as rooms do.
        for _ in range(20):
            await asyncio.sleep(STEP_SECONDS)
            for track in tracks:
                await line.send(write_frame(track, "vi-VN", np.zeros(step, dtype=np.int16)))
        await line.send(END_OF_STREAM)
    return Played(began, late)


@dataclass
class Told:
    """The page was told this at this moment (monotonic clock)."""

    at: float
    lines: list[dict[str, str]]
    phrases: list[dict[str, str]]


@dataclass
class Watcher:
    """A signed-in browser with the page open."""

    http: requests.Session
    url: str
    told: list[Told] = field(default_factory=list)
    refusals: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Open the page."""
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(15)

    def _watch(self) -> None:
        known = ""
        while not self._stop.is_set():
            # A stream lives for a minute; the browser comes again with what it knows.
            with self.http.get(
                self.url, params={"known": known}, stream=True, timeout=60, allow_redirects=False
            ) as answer:
                if answer.status_code != requests.codes.ok:
                    self.refusals += 1
                    self._stop.wait(1)
                    continue
                for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
                    if self._stop.is_set():
                        return
                    if isinstance(line, str) and line.startswith("data: ") and len(line) > len("data: {}"):
                        told = json.loads(line[6:])
                        known = told["version"]
                        self.told.append(Told(time.monotonic(), told["lines"], told["phrases"]))
