"""The rows of the live room go in, its evidence in seconds of one recording comes out.

Where the recording began is known from the console's recorder run, else from the recorder's own presence in the room,
else from the file's name; each with its own margin. Where none is known, presence counts as a whole: whoever was never
in the room did not speak.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from orchestrator.jitsi.models import RecorderRun
from orchestrator.live.models import PresenceInterval
from orchestrator.meetings.models import MeetingEndpoint
from transcription.recordings.models import Recording
from transcription.recordings.naming import began_at
from transcription.speakers.models import EndpointSpeech
from transcription.speakers.room import RoomEvidence, RoomInterval, Seat, in_order

#: Recorders write `{room}_{yyyy-MM-dd-HH-mm-ss}.mp4` in their own zone (CONTRACTS §9).
_STAMP = re.compile(r"_(\d{4}(?:-\d{2}){5})\.[a-z0-9]+$")


@dataclass(frozen=True)
class RecordingStart:
    """When a recording began, how far that may be off, and where it is known from."""

    at: datetime
    margin_seconds: float
    source: str


def room_evidence(session: Session, recording_id: UUID) -> RoomEvidence:
    """What the room knows about one recording; empty where nobody kept presence."""
    recording = session.get_one(Recording, recording_id)
    stays = session.scalars(
        select(PresenceInterval)
        .where(PresenceInterval.meeting_id == recording.meeting_id)
        .order_by(PresenceInterval.joined_at)
    ).all()
    places = session.scalars(
        select(MeetingEndpoint)
        .where(MeetingEndpoint.meeting_id == recording.meeting_id)
        .order_by(MeetingEndpoint.position)
    ).all()
    names: dict[UUID | None, str] = {place.id: place.endpoint.name for place in places}
    seats = tuple(Seat(place.endpoint.name, place.head_count or None) for place in places if not place.withdrawn_at)
    seconds = recording.duration_seconds or 0.0
    start = recording_start(session, recording, stays)
    if start is None:
        seen = dict.fromkeys(names[stay.meeting_endpoint_id] for stay in stays if stay.meeting_endpoint_id in names)
        return RoomEvidence(tuple(RoomInterval(name, 0.0, max(seconds, 1.0)) for name in seen), (), seats)
    film = _Film(start.at, seconds)
    present = [
        (names[stay.meeting_endpoint_id], stay.joined_at, stay.left_at or film.ended_at)
        for stay in stays
        if stay.meeting_endpoint_id in names and not stay.breakout_room_id
    ]
    speeches = session.scalars(select(EndpointSpeech).where(EndpointSpeech.meeting_id == recording.meeting_id))
    dominant = [(names[row.meeting_endpoint_id], row.started_at, row.ended_at) for row in speeches]
    return RoomEvidence(film.cut(present), film.cut(dominant), seats, start.margin_seconds, start.source)


def recording_start(session: Session, recording: Recording, stays: Sequence[PresenceInterval]) -> RecordingStart | None:
    """The best word on when a recording began; None where there is none."""
    folder, _slash, name = recording.original_name.rpartition("/")
    run = _run(session, recording.meeting_id, folder)
    if run is not None:
        return RecordingStart(run, 5.0, "lượt ghi hình")
    # The recorder is in the room some seconds before it films.
    came = [stay.joined_at for stay in stays if stay.is_recorder and not stay.joined_is_assumed]
    if len(came) == 1:
        return RecordingStart(came[0], 20.0, "máy ghi vào phòng")
    if recording.started_at is not None:
        return RecordingStart(recording.started_at, recording.started_margin_seconds or 60.0, "các phần được ghép")
    stamp = _STAMP.search(name.lower())
    if stamp:
        return _stamped(stamp.group(1))
    told = began_at(name)
    return RecordingStart(told.at, told.margin_seconds, "tên tệp") if told else None


def remember_speech(
    session: Session, meeting_id: UUID, spoken: Iterable[tuple[UUID, datetime, datetime]]
) -> Sequence[EndpointSpeech]:
    """Keep what the conference tells of its loudest endpoint: (meeting endpoint, from, until).

    What is told twice is kept once.
    """
    query = select(EndpointSpeech.meeting_endpoint_id, EndpointSpeech.started_at)
    known = {
        (place_id, since) for place_id, since in session.execute(query.where(EndpointSpeech.meeting_id == meeting_id))
    }
    rows = []
    for place_id, since, until in spoken:
        if (place_id, since) not in known and until >= since:
            known.add((place_id, since))
            rows.append(
                EndpointSpeech(meeting_id=meeting_id, meeting_endpoint_id=place_id, started_at=since, ended_at=until)
            )
    session.add_all(rows)
    session.flush()
    return rows


def _run(session: Session, meeting_id: UUID, folder: str) -> datetime | None:
    """When the console's run began whose id is the recorder's folder."""
    try:
        run_id = UUID(folder)
    except ValueError:
        return None
    query = select(RecorderRun.began_at).where(RecorderRun.id == run_id, RecorderRun.meeting_id == meeting_id)
    return session.scalar(query)


def _stamped(text: str) -> RecordingStart | None:
    try:
        moment = datetime.strptime(text, "%Y-%m-%d-%H-%M-%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return None
    return RecordingStart(moment, 60.0, "tên tệp")


@dataclass(frozen=True)
class _Film:
    """The time a recording covers."""

    began_at: datetime
    seconds: float

    @property
    def ended_at(self) -> datetime:
        return self.began_at + timedelta(seconds=self.seconds)

    def cut(self, intervals: Iterable[tuple[str, datetime, datetime]]) -> tuple[RoomInterval, ...]:
        """The parts that lie in the recording, in its seconds."""
        found = []
        for name, since, until in intervals:
            start, end = (since - self.began_at).total_seconds(), (until - self.began_at).total_seconds()
            if end > 0 and start < self.seconds:
                found.append(RoomInterval(name, max(0.0, start), min(end, self.seconds)))
        return in_order(found)
