"""A finished utterance goes in, its words by the site's recogniser come out: capitals, marks, figures, doubt.

One thread works them off in order. The stream's own words are there already; they are taken where the recogniser
cannot follow (too much is waiting), where the meeting is over and the draft is waited for, or where it breaks down.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from transcription.engines import viet_asr
from transcription.engines.contract import (
    SpeechRegion,
    Utterance,
)
from transcription.faults import StageFault
from transcription.live import policy
from transcription.live.frames import Samples
from transcription.live.hearing import HeardWord
from transcription.live.journal import Beginning

log = logging.getLogger(__name__)

#: What the words of the stream alone are called.
FIRST_WORDS = f"{viet_asr.NAME} (trực tiếp)"
#: Orders to the thread beside utterances.
_STOP, _WARM, _REST = "stop", "warm", "rest"


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


class Hears(Protocol):
    """A recogniser of whole utterances (`writing.Writer`)."""

    @property
    def is_ready(self) -> bool:
        """Whether the next utterance would be heard at once."""
        ...

    def warm(self) -> None:
        """Get ready. Raises StageFault."""
        ...

    def hear(self, finished: Finished) -> Understood:
        """The words of an utterance. Raises StageFault."""
        ...

    def close(self) -> None:
        """Give processes back."""
        ...


class Refiner:
    """The thread and what is waiting for it."""

    def __init__(self, hearer: Hears | None, done: Callable[[Understood], None]) -> None:
        self._hearer = hearer
        self._done = done
        self._queue: queue.SimpleQueue[Finished | str] = queue.SimpleQueue()
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
        self._queue.put(_STOP)
        self._thread.join(10)
        if self._hearer is not None:
            self._hearer.close()

    def warm(self) -> None:
        """Somebody has come: get the recogniser ready before the first utterance is over."""
        self._queue.put(_WARM)

    def rest(self) -> None:
        """Nobody will speak for a while: give the memory back."""
        self._queue.put(_REST)

    @property
    def is_ready(self) -> bool:
        """Whether an utterance that is over now would be heard at once."""
        return self._hearer is None or self._hearer.is_ready

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
        while (told := self._queue.get()) != _STOP:
            if isinstance(told, Finished):
                self._refine(told)
            elif told == _REST and self._hearer is not None:
                self._hearer.close()
            elif self._hearer is not None:
                self._try_to_warm(self._hearer)

    def _try_to_warm(self, hearer: Hears) -> None:
        try:
            hearer.warm()
        except StageFault as fault:
            log.warning("the recogniser is not ready: %s", fault.kind)

    def _refine(self, finished: Finished) -> None:
        key = finished.beginning.utterance_id
        with self._lock:
            if key not in self._waiting:
                return
        understood = self._understood(finished)
        with self._lock:
            # Released meanwhile: one of the two answers counts, and the other was faster.
            if self._waiting.pop(key, None) is None:
                return
        self._done(understood)

    def _understood(self, finished: Finished) -> Understood:
        # What the stream heard nothing in is a cough or a chair: asked again, the other recogniser might invent words.
        if self._hearer is None or finished.words == ():
            return first_words(finished)
        try:
            return self._hearer.hear(finished)
        except StageFault as fault:
            log.warning("utterance %s keeps its first words: %s", finished.beginning.utterance_id, fault.kind)
            return first_words(finished)


def first_words(finished: Finished) -> Understood:
    """The words of the stream as they are."""
    heard = [(word.text, word.moment, word.pause_follows) for word in finished.words or ()]
    region = SpeechRegion(0.0, finished.seconds)
    return Understood(finished, viet_asr.utterances(heard, region) if heard else (), FIRST_WORDS)


def text_of(heard: Sequence[Utterance]) -> str:
    """The words for a screen, with a capital at the beginning."""
    text = " ".join(word.text for utterance in heard for word in utterance.words)
    return text[:1].upper() + text[1:]
