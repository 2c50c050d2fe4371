"""A finished utterance goes in, its words by the site's recogniser come out: capitals, marks, figures, doubt.

One thread works them off in order. The stream's own words are there already; they are taken where the recogniser
cannot follow (too much is waiting), where the meeting is over and the draft is waited for, or where it breaks down.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol
from uuid import UUID

import numpy as np

from transcription import offline
from transcription.engines import registry, viet_asr
from transcription.engines.contract import (
    EngineSettings,
    FloatArray,
    Piece,
    Recognizer,
    SpeechRegion,
    Utterance,
    Vocabulary,
)
from transcription.faults import StageFault
from transcription.live import policy
from transcription.live.frames import SAMPLE_RATE, Samples
from transcription.live.hearing import HeardWord
from transcription.live.journal import Beginning
from transcription.vocabulary.correction import correct

log = logging.getLogger(__name__)

#: A voice whose peaks stay below the first is raised to the second, by no more than the third: beyond is only noise.
QUIET_PEAK, TARGET_PEAK, MOST_GAIN = 0.25, 0.7, 16.0
SILENT_PEAK = 0.002

#: What the words of the stream alone are called.
FIRST_WORDS = f"{viet_asr.NAME} (trực tiếp)"
Terms = Callable[[UUID], tuple[str, ...]]


@dataclass(frozen=True)
class Finished:
    """An utterance that is over: its sound, how long of it is speech, and the words of the stream."""

    beginning: Beginning
    seconds: float
    rms: float
    samples: Samples
    #: None where no stream has heard it: found in the journal after a crash.
    words: tuple[HeardWord, ...] | None = None
    #: Several people sit at its microphone.
    is_shared: bool = False

    @property
    def ended_at(self) -> datetime:
        return self.beginning.began_at + timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Understood:
    """A finished utterance with its words, ready to be written; `heard` is empty where nobody said anything."""

    finished: Finished
    heard: tuple[Utterance, ...]
    engine: str
    #: Print of the voice, where several people share the microphone, and the model it is of.
    vector: tuple[float, ...] = ()
    model: str = ""

    @property
    def utterance_id(self) -> UUID:
        return self.finished.beginning.utterance_id


class Hearer:
    """The site's recogniser, loaded at first use."""

    def __init__(self, name: str, settings: EngineSettings, terms: Terms) -> None:
        self._choice = registry.choose(name, settings)
        self._settings = settings
        self._terms = terms
        self.name = self._choice.name

    @cached_property
    def _engine(self) -> Recognizer:
        offline.seal()
        offline.limit_threads(self._settings.threads)
        return registry.make_recognizer(self._choice, self._settings)

    def warm(self) -> None:
        """Load it now, so that the first utterance need not wait. Raises StageFault."""
        silence = np.zeros(SAMPLE_RATE, dtype=np.float32)
        self._engine.recognize(silence, _piece(1.0), Vocabulary())

    def hear(self, finished: Finished) -> tuple[Utterance, ...]:
        """Words with times in seconds of the utterance. Raises StageFault."""
        terms = self._terms(finished.beginning.meeting_id)
        sound = raised(finished.samples.astype(np.float32) / 32768.0)
        found = self._engine.recognize(sound, _piece(len(sound) / SAMPLE_RATE), Vocabulary(terms))
        return tuple(replace(item, words=tuple(correct(item.words, terms))) for item in found if item.words)


class Hears(Protocol):
    """A recogniser of whole utterances."""

    name: str

    def hear(self, finished: Finished) -> tuple[Utterance, ...]:
        """Words with times in seconds of the utterance. Raises StageFault."""
        ...


#: Sound of one utterance → (model, print of the voice); empty where it is too short. Raises StageFault.
PrintOf = Callable[[Samples], tuple[str, tuple[float, ...]]]


class Refiner:
    """The thread and what is waiting for it."""

    def __init__(
        self, hearer: "Hears | None", done: Callable[[Understood], None], print_of: "PrintOf | None" = None
    ) -> None:
        self._hearer = hearer
        self._print_of = print_of
        self._done = done
        self._queue: queue.SimpleQueue[Finished | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting: dict[UUID, Finished] = {}
        self._thread = threading.Thread(target=self._work, name="live-refiner", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the utterance at hand, leave the rest (it is in the journal)."""
        with self._lock:
            self._waiting.clear()
        self._queue.put(None)
        self._thread.join(10)

    def put(self, finished: Finished) -> None:
        """One more. Where too much is waiting, the oldest of those go with the words they have."""
        with self._lock:
            self._waiting[finished.beginning.utterance_id] = finished
        self._queue.put(finished)
        while self.waiting_seconds() > policy.MOST_WAITING_SECONDS:
            if not self._release(self._oldest()):
                return

    def waiting_seconds(self) -> float:
        """Sound that is waiting."""
        with self._lock:
            return sum(item.seconds for item in self._waiting.values())

    def waiting_of(self, meeting_id: UUID) -> int:
        """Utterances of one meeting that are waiting or in work."""
        with self._lock:
            return sum(item.beginning.meeting_id == meeting_id for item in self._waiting.values())

    def hurry(self, meeting_id: UUID) -> None:
        """The words the stream has heard are enough for whatever is waiting of this meeting."""
        with self._lock:
            due = [key for key, item in self._waiting.items() if item.beginning.meeting_id == meeting_id]
        for key in due:
            self._release(key)

    def _oldest(self) -> UUID | None:
        with self._lock:
            # What came without words (found in the journal after a crash) has nothing else to go with.
            return next((key for key, item in self._waiting.items() if item.words), None)

    def _release(self, key: UUID | None) -> bool:
        with self._lock:
            finished = self._waiting.pop(key, None) if key is not None else None
        if finished is None:
            return False
        self._done(first_words(finished))
        return True

    def _work(self) -> None:
        while (finished := self._queue.get()) is not None:
            key = finished.beginning.utterance_id
            with self._lock:
                if key not in self._waiting:
                    continue
            understood = self._with_print(self._understood(finished))
            with self._lock:
                # Released meanwhile: one of the two answers counts, and the other was faster.
                if self._waiting.pop(key, None) is None:
                    continue
            self._done(understood)

    def _with_print(self, understood: Understood) -> Understood:
        finished = understood.finished
        if self._print_of is None or not finished.is_shared or not understood.heard:
            return understood
        try:
            model, vector = self._print_of(finished.samples[: round(finished.seconds * SAMPLE_RATE)])
        except StageFault as fault:
            # Without a print the voice goes with its neighbours; its words are as good.
            log.warning("utterance %s has no print: %s", understood.utterance_id, fault.kind)
            self._print_of = None
            return understood
        return replace(understood, vector=vector, model=model)

    def _understood(self, finished: Finished) -> Understood:
        # What the stream heard nothing in is a cough or a chair: asked again, the other recogniser might invent words.
        if self._hearer is None or finished.words == ():
            return first_words(finished)
        try:
            return Understood(finished, self._hearer.hear(finished), self._hearer.name)
        except StageFault as fault:
            log.warning("utterance %s keeps its first words: %s", finished.beginning.utterance_id, fault.kind)
            return first_words(finished)


def first_words(finished: Finished) -> Understood:
    """The words of the stream as they are."""
    heard = [(word.text, word.moment, word.pause_follows) for word in finished.words or ()]
    region = SpeechRegion(0.0, finished.seconds)
    return Understood(finished, viet_asr.utterances(heard, region) if heard else (), FIRST_WORDS)


def raised(sound: FloatArray) -> FloatArray:
    """A quiet voice made as loud as a recogniser expects; a loud one as it is."""
    peak = float(np.abs(sound).max(initial=0.0))
    if peak < SILENT_PEAK or peak >= QUIET_PEAK:
        return sound
    return sound * np.float32(min(MOST_GAIN, TARGET_PEAK / peak))


def text_of(heard: Sequence[Utterance]) -> str:
    """The words for a screen, with a capital at the beginning."""
    text = " ".join(word.text for utterance in heard for word in utterance.words)
    return text[:1].upper() + text[1:]


def _piece(seconds: float) -> Piece:
    return Piece(0, 0.0, seconds, (SpeechRegion(0.0, seconds),))
