"""The rows of the live process: streams, what is being said, what was said. Written in batches, each in one go.

Every function takes the session and may be called again with the same values: the process repeats what it does not know
to be safe.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit
from core.runtime import current
from transcription.live.models import LivePhrase, LiveStream, LiveUtterance, LiveVoice
from transcription.live.refining import Understood, text_of


@dataclass(frozen=True)
class Phrase:
    """What a track is saying just now."""

    utterance_id: UUID
    meeting_id: UUID
    track: str
    meeting_endpoint_id: UUID | None
    text: str
    began_at: datetime
    heard_until: datetime


@dataclass
class Batch:
    """What has happened since the last time rows were written."""

    #: By utterance.
    phrases: dict[UUID, Phrase] = field(default_factory=dict)
    #: Utterances that turned out to be none: a cough, a meeting that may not be heard.
    gone: set[UUID] = field(default_factory=set)
    understood: list[Understood] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.phrases or self.gone or self.understood)


def begin_stream(session: Session, meeting_id: UUID, now: datetime) -> UUID:
    """A connection has come."""
    stream = LiveStream(id=uuid4(), meeting_id=meeting_id, began_at=now, seen_at=now, ended_at=None, created_at=now)
    session.add(stream)
    session.flush()
    audit.record(session, None, "live_stream.began", "live_stream", stream.id, meeting_id=meeting_id)
    return stream.id


def sign(session: Session, stream_ids: Sequence[UUID], now: datetime) -> None:
    """These live."""
    if stream_ids:
        session.execute(update(LiveStream).where(LiveStream.id.in_(stream_ids)).values(seen_at=now))


def end_stream(session: Session, stream_id: UUID, now: datetime) -> None:
    """A connection has gone, and all it brought is written."""
    stream = session.get(LiveStream, stream_id, with_for_update=True)
    if stream is None or stream.ended_at is not None:
        return
    stream.ended_at = stream.seen_at = max(now, stream.began_at)
    audit.record(session, None, "live_stream.ended", "live_stream", stream.id, meeting_id=stream.meeting_id)


def write(session: Session, batch: Batch) -> None:
    """Put a batch into the tables."""
    for item in batch.understood:
        if item.heard:
            _write_utterance(session, item)
            _write_voice(session, item)
    ended = batch.gone | {item.utterance_id for item in batch.understood}
    for phrase in batch.phrases.values():
        if phrase.utterance_id not in ended:
            _write_phrase(session, phrase)
    if ended:
        session.execute(delete(LivePhrase).where(LivePhrase.utterance_id.in_(ended)))


def forget_phrases(session: Session, meeting_id: UUID) -> None:
    """Nobody says anything any more in this meeting."""
    session.execute(delete(LivePhrase).where(LivePhrase.meeting_id == meeting_id))


def phrases_of(session: Session, meeting_id: UUID) -> Sequence[LivePhrase]:
    """What is being said, the first to begin first."""
    query = select(LivePhrase).where(LivePhrase.meeting_id == meeting_id)
    return session.scalars(query.order_by(LivePhrase.began_at, LivePhrase.track)).all()


def utterances_after(session: Session, meeting_id: UUID, number: int, limit: int) -> Sequence[LiveUtterance]:
    """What was said and written after this number, the newest `limit` of it, in the order of writing."""
    query = select(LiveUtterance).where(LiveUtterance.meeting_id == meeting_id, LiveUtterance.number > number)
    return session.scalars(query.order_by(LiveUtterance.number.desc()).limit(limit)).all()[::-1]


def _write_utterance(session: Session, item: Understood) -> None:
    finished, beginning = item.finished, item.finished.beginning
    row = insert(LiveUtterance).values(
        id=beginning.utterance_id,
        meeting_id=beginning.meeting_id,
        track=beginning.track,
        meeting_endpoint_id=beginning.meeting_endpoint_id,
        began_at=beginning.began_at,
        ended_at=max(finished.ended_at, beginning.began_at),
        rms=round(finished.rms, 6),
        engine=item.engine,
        heard=[utterance.to_json() for utterance in item.heard],
        text=text_of(item.heard),
        created_at=current().clock(),
    )
    # Written before and not known to be: the process was cut off between the commit and its own mark.
    session.execute(row.on_conflict_do_nothing(index_elements=["id"]))


def _write_voice(session: Session, item: Understood) -> None:
    if not item.vector:
        return
    row = insert(LiveVoice).values(
        utterance_id=item.utterance_id,
        meeting_id=item.finished.beginning.meeting_id,
        model=item.model,
        vector=np.asarray(item.vector, dtype="<f4").tobytes(),
    )
    session.execute(row.on_conflict_do_nothing(index_elements=["utterance_id"]))


def _write_phrase(session: Session, phrase: Phrase) -> None:
    row = insert(LivePhrase).values(**asdict(phrase))
    told = {name: row.excluded[name] for name in ("meeting_endpoint_id", "text", "heard_until")}
    session.execute(row.on_conflict_do_update(index_elements=["utterance_id"], set_=told))
