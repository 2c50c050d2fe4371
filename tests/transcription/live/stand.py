"""Stand-ins for ears and network, and a briefing whose endpoints have places in the room."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import numpy as np

from core.runtime import Runtime
from orchestrator.live import rooms
from tests.web.console.builders import Hour, build_hour
from transcription.document import Word
from transcription.engines.contract import FloatArray, Quality, Utterance
from transcription.faults import EngineFailed
from transcription.live.frames import SAMPLE_RATE, Samples
from transcription.live.hearing import HeardWord, OnWords
from transcription.live.journal import Journal
from transcription.live.listener import Listener
from transcription.live.receiver import Receiver
from transcription.live.refining import Finished, Refiner, Understood


class LoudActivity:
    """Whatever is loud is speech."""

    def probabilities(self, frames: FloatArray) -> FloatArray:
        return (np.abs(frames).max(axis=1, initial=0.0) > 0.05).astype(np.float32)

    def forget(self) -> None:
        pass


class CountingEars:
    """Hears one word in each second of sound, at once."""

    def __init__(self, on_words: OnWords) -> None:
        self.on_words = on_words
        self.sound: dict[UUID, int] = {}
        self.dropped: list[UUID] = []
        #: Utterances whose last words are held back, as a recogniser in trouble would.
        self.is_stuck = False
        self.warmed = 0

    @property
    def is_ready(self) -> bool:
        return True

    def warm(self) -> None:
        self.warmed += 1

    async def rest(self) -> None:
        self.warmed = 0

    def begin(self, utterance_id: UUID) -> None:
        self.sound[utterance_id] = 0

    def add(self, utterance_id: UUID, samples: Samples) -> None:
        self.sound[utterance_id] += len(samples)
        self._tell(utterance_id, is_last=False)

    def finish(self, utterance_id: UUID) -> None:
        if not self.is_stuck:
            self._tell(utterance_id, is_last=True)

    def drop(self, utterance_id: UUID) -> None:
        self.dropped.append(utterance_id)

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        pass

    def _tell(self, utterance_id: UUID, *, is_last: bool) -> None:
        seconds = self.sound[utterance_id] / SAMPLE_RATE
        words = tuple(HeardWord(f"tiếng{n}", n + 1.0) for n in range(int(seconds)))
        self.on_words(utterance_id, words, seconds, is_last)


@dataclass
class WritingHearer:
    """Writes what the recording's recogniser would: the same words with a capital and a full stop."""

    name: str = "thử"
    asked: list[Finished] = field(default_factory=list)
    is_broken: bool = False
    says: str = "Câu số"
    is_ready: bool = False

    def warm(self) -> None:
        self.is_ready = True

    def close(self) -> None:
        self.is_ready = False

    def hear(self, finished: Finished) -> Understood:
        if self.is_broken:
            raise EngineFailed(name=self.name)
        self.asked.append(finished)
        words = (Word(0.1, finished.seconds, f"{self.says} {len(self.asked)}.", 0.9),)
        heard = (Utterance(0.1, finished.seconds, words, Quality(-0.2, 0.01, 1.0)),)
        return Understood(finished, heard, self.name)


@dataclass
class Stand:
    """A listener with everything around it, and the meeting it listens to."""

    runtime: Runtime
    hour: Hour
    nicks: tuple[str, ...]
    listener: Listener
    ears: CountingEars
    hearer: WritingHearer
    refiner: Refiner
    journal: Journal
    receiver: Receiver


def speech(seconds: float) -> Samples:
    """Loud sound."""
    wave = np.sin(np.arange(round(seconds * SAMPLE_RATE)) / 8.0) * 0.4
    return (wave * 32767).astype(np.int16)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.int16)


def hold_briefing(runtime: Runtime, starts_at: datetime, *, places: int = 3) -> tuple[Hour, tuple[str, ...]]:
    """A briefing with its endpoints in the room; their places there are what tracks are called."""
    hour = build_hour(runtime, starts_at, places=places)
    nicks = tuple(f"{number:x}" * 4 + place.hex[:4] for number, place in enumerate(hour.places, 10))
    for nick, place in zip(nicks, hour.places, strict=True):
        with runtime.database.transaction() as session:
            jid = f"{nick}-0000-4000-8000-000000000000@meet.example.vn/x"
            rooms.note_stay(session, hour.meeting_id, rooms.Stay(jid, starts_at, None, place))
    return hour, nicks


def build_stand(runtime: Runtime, hour: Hour, nicks: Sequence[str]) -> Stand:
    """Put the parts together; refined words come back at once, in the refiner's thread."""
    hearer = WritingHearer()
    ears = CountingEars(lambda *words: listener.on_words(*words))
    refiner = Refiner(hearer, lambda item: listener.on_understood(item))
    journal = Journal(runtime.settings.home / "live")
    listener = Listener(ears, refiner, journal, LoudActivity)
    receiver = Receiver(runtime, listener, refiner, ears, journal)
    return Stand(runtime, hour, tuple(nicks), listener, ears, hearer, refiner, journal, receiver)
