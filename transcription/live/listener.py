"""Sound of tracks goes in, open utterances are followed through all hands, batches of rows come out.

The path of an utterance: voice activity begins it; its sound goes to the journal and to the stream's recogniser while
it lasts; a pause ends it; the words of the stream come, then those of the site's recogniser; the row is written; the
journal lets the sound go. Nothing here waits: whoever is slower calls back.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import numpy as np

from transcription.engines.contract import FloatArray
from transcription.engines.voice_activity import FRAME_SAMPLES
from transcription.live.activity import Activity, in_frames
from transcription.live.frames import SAMPLE_RATE, Samples
from transcription.live.hearing import Ears, HeardWord
from transcription.live.journal import Beginning, Journal, Page
from transcription.live.refining import Finished, Refiner, Understood, first_words
from transcription.live.segmenter import Began, Ended, Event, Grew, Segmenter
from transcription.live.store import Batch, Phrase
from transcription.live.track_clock import TrackClock

log = logging.getLogger(__name__)

#: A track that sends nothing for so long has stopped speaking: a muted microphone sends no silence.
MUTED = timedelta(seconds=1.0)


@dataclass
class Track:
    """One microphone of the conference in one meeting."""

    meeting_id: UUID
    name: str
    activity: Activity
    endpoint_id: UUID | None = None
    is_shared: bool = True
    #: Grows with each connection; the newest one that sends this track owns it.
    connection: int = 0
    clock: TrackClock = field(default_factory=lambda: TrackClock(SAMPLE_RATE))
    segmenter: Segmenter = field(default_factory=Segmenter)
    rest: FloatArray = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    heard_at: datetime | None = None
    current: UUID | None = None


@dataclass
class _Open:
    """An utterance on its way."""

    beginning: Beginning
    #: None for one of a process that was killed.
    track: Track | None
    page: Page | None
    samples: list[Samples] = field(default_factory=list)
    words: tuple[HeardWord, ...] | None = None
    ended: Ended | None = None
    is_understood: bool = False

    @property
    def endpoint_id(self) -> UUID | None:
        """Whose it is, as far as anybody knows by now."""
        return self.beginning.meeting_endpoint_id or (self.track.endpoint_id if self.track else None)

    def finished(self) -> Finished:
        """The utterance as it stands."""
        sound = np.concatenate([*self.samples, np.zeros(0, dtype=np.int16)])
        ended = self.ended or Ended(len(sound) / SAMPLE_RATE, 0.0)
        beginning = replace(self.beginning, meeting_endpoint_id=self.endpoint_id)
        is_shared = self.track.is_shared if self.track else False
        return Finished(beginning, ended.seconds, ended.rms, sound, self.words, is_shared)


class Listener:
    """All tracks of all meetings in this process."""

    def __init__(self, ears: Ears, refiner: Refiner, journal: Journal, activity: Callable[[], Activity]) -> None:
        self._ears = ears
        self._refiner = refiner
        self._journal = journal
        self._activity = activity
        self._tracks: dict[tuple[UUID, str], Track] = {}
        self._open: dict[UUID, _Open] = {}
        #: Meeting → track → (endpoint, whether several people sit there), asked of presence.
        self._known: dict[UUID, dict[str, tuple[UUID, bool]]] = {}
        self._batch = Batch()

    def hear(self, meeting_id: UUID, name: str, samples: Samples, at: datetime, connection: int = 0) -> None:
        """Sound of a track that has just arrived."""
        track = self._tracks.get((meeting_id, name))
        if track is None:
            track = self._tracks[meeting_id, name] = Track(meeting_id, name, self._activity())
            self._name(track)
        if connection < track.connection:
            return  # an old line that still sends beside its successor: everything would be heard twice
        track.connection, track.heard_at = connection, at
        _first, paused = track.clock.arrived(len(samples), at)
        if paused:
            self._stop(track)
        sound = np.concatenate([track.rest, samples.astype(np.float32) / 32768.0])
        frames = in_frames(sound)
        track.rest = sound[len(frames) * FRAME_SAMPLES :]
        for event in track.segmenter.feed(frames, track.activity.probabilities(frames)):
            self._on(track, event)

    def name_tracks(self, meeting_id: UUID, endpoints: dict[str, UUID], shared: Iterable[UUID]) -> None:
        """Whose tracks these are, and which endpoints have several people behind one microphone."""
        several = set(shared)
        known = self._known.setdefault(meeting_id, {})
        known.update({name: (endpoint_id, endpoint_id in several) for name, endpoint_id in endpoints.items()})
        for track in self._of(meeting_id):
            self._name(track)

    def nameless(self, meeting_id: UUID) -> list[str]:
        """Tracks nobody knows yet."""
        return [track.name for track in self._of(meeting_id) if track.endpoint_id is None]

    def tick(self, now: datetime) -> None:
        """Who has been muted has stopped speaking."""
        for track in self._tracks.values():
            if track.segmenter.is_open and track.heard_at is not None and now - track.heard_at > MUTED:
                self._stop(track)

    def end(self, meeting_id: UUID, connection: int | None = None) -> None:
        """Nobody speaks any more in this meeting, or on the tracks of this connection, which go."""
        for track in self._of(meeting_id):
            if connection is None or track.connection == connection:
                self._stop(track)
                del self._tracks[meeting_id, track.name]
        if not self._of(meeting_id):
            self._known.pop(meeting_id, None)

    def give_up(self, meeting_id: UUID) -> None:
        """Nobody can wait any longer: what has been heard of each utterance of this meeting is what was said."""
        for one in self._open.values():
            if one.beginning.meeting_id == meeting_id and not one.is_understood and one.words is not None:
                self._ears.drop(one.beginning.utterance_id)
                self.on_understood(first_words(one.finished()))

    def drop(self, meeting_id: UUID) -> None:
        """Forget what was heard in this meeting and is not written yet: it may not be heard at all."""
        for track in self._of(meeting_id):
            del self._tracks[meeting_id, track.name]
        for key, one in list(self._open.items()):
            if one.beginning.meeting_id == meeting_id:
                self._forget(key)
        kept = [item for item in self._batch.understood if item.finished.beginning.meeting_id != meeting_id]
        self._batch.understood = kept
        self._journal.drop_of_meeting(meeting_id)

    def unfinished(self, meeting_id: UUID | None = None) -> int:
        """Utterances that are on their way, of one meeting or of all."""
        return sum(meeting_id is None or one.beginning.meeting_id == meeting_id for one in self._open.values())

    def take_back(self, finished: Finished) -> None:
        """An utterance that a killed process had begun: it goes on from its sound."""
        self._open[finished.beginning.utterance_id] = _Open(finished.beginning, None, None)
        self._refiner.put(finished)

    def on_words(self, utterance_id: UUID, words: tuple[HeardWord, ...] | None, seconds: float, is_last: bool) -> None:
        """The stream's recogniser has heard so much."""
        one = self._open.get(utterance_id)
        if one is None:
            return
        began_at = one.beginning.began_at
        one.words = one.words if words is None else words
        if words:
            text = " ".join(word.text for word in words)
            self._batch.phrases[utterance_id] = Phrase(
                utterance_id, one.beginning.meeting_id, one.beginning.track, one.endpoint_id,
                text[:1].upper() + text[1:], began_at, began_at + timedelta(seconds=seconds),
            )  # fmt: skip
        if is_last and one.ended is not None and not one.is_understood:
            self._refiner.put(one.finished())

    def on_understood(self, understood: Understood) -> None:
        """The words as they stay."""
        one = self._open.get(understood.utterance_id)
        if one is not None and not one.is_understood:
            one.is_understood = True
            self._batch.understood.append(understood)

    def take(self) -> Batch:
        """What has happened since the last time."""
        batch, self._batch = self._batch, Batch()
        return batch

    def give_back(self, batch: Batch) -> None:
        """It could not be written: with what has happened meanwhile it is taken again."""
        batch.phrases.update(self._batch.phrases)
        batch.gone |= self._batch.gone
        batch.understood += self._batch.understood
        self._batch = batch

    def written(self, batch: Batch) -> None:
        """Its rows are safe."""
        for item in batch.understood:
            self._open.pop(item.utterance_id, None)
            self._journal.drop(item.utterance_id)

    def close(self) -> None:
        """Let go of all files; they stay for whoever comes next."""
        for one in self._open.values():
            if one.page is not None:
                one.page.close()

    def _of(self, meeting_id: UUID) -> list[Track]:
        return [track for (owner, _name), track in self._tracks.items() if owner == meeting_id]

    def _name(self, track: Track) -> None:
        known = self._known.get(track.meeting_id, {}).get(track.name)
        if known is not None:
            track.endpoint_id, track.is_shared = known

    def _stop(self, track: Track) -> None:
        if track.segmenter.is_open:
            self._on(track, track.segmenter.end())
        track.rest = track.rest[:0]
        track.activity.forget()

    def _on(self, track: Track, event: Event) -> None:
        if isinstance(event, Began):
            self._begin(track, event)
        elif track.current is None:
            return
        elif isinstance(event, Grew):
            self._grow(track.current, event.samples)
        else:
            self._finish(track.current, event)
            track.current = None

    def _begin(self, track: Track, event: Began) -> None:
        now = track.clock.now
        if now is None:
            return
        ago = event.ago_seconds + len(track.rest) / SAMPLE_RATE
        beginning = Beginning(uuid4(), track.meeting_id, track.name, track.endpoint_id, now - timedelta(seconds=ago))
        track.current = beginning.utterance_id
        self._open[beginning.utterance_id] = _Open(beginning, track, self._page(beginning))
        self._ears.begin(beginning.utterance_id)
        self._grow(beginning.utterance_id, event.samples)

    def _grow(self, utterance_id: UUID, sound: FloatArray) -> None:
        one = self._open.get(utterance_id)
        if one is None:
            return
        samples = np.clip(np.rint(sound * 32768.0), -32768, 32767).astype(np.int16)
        one.samples.append(samples)
        self._ears.add(utterance_id, samples)
        if one.page is not None:
            try:
                one.page.add(samples)
            except OSError as error:
                # A full disk costs the safety of what is being said now, not the words themselves.
                log.warning("journal of utterance %s not written: %s", utterance_id, error.strerror)
                one.page = None

    def _finish(self, utterance_id: UUID, ended: Ended) -> None:
        one = self._open.get(utterance_id)
        if one is None:
            return
        if one.page is not None:
            one.page.close()
        if not ended.is_speech:
            self._forget(utterance_id)
            return
        one.ended = ended
        self._ears.finish(utterance_id)

    def _forget(self, utterance_id: UUID) -> None:
        one = self._open.pop(utterance_id, None)
        if one is not None:
            if one.page is not None:
                one.page.close()
            self._ears.drop(utterance_id)
            self._journal.drop(utterance_id)
            self._batch.phrases.pop(utterance_id, None)
            self._batch.gone.add(utterance_id)

    def _page(self, beginning: Beginning) -> Page | None:
        try:
            return self._journal.open(beginning)
        except OSError as error:
            log.warning("journal of utterance %s not opened: %s", beginning.utterance_id, error.strerror)
            return None
