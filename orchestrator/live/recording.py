"""The recorder's buttons on the console: ask for a recording, end it, see how it stands.

A press writes a row and wakes the driver (`orchestrator.jitsi.recorders`), which talks to the recorder: no press is
lost, and none waits for a machine that hangs.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.database import after_commit
from core.lifecycles import apply
from core.messages import say
from core.permissions import Action, Actor, require
from core.queue import enqueue
from core.runtime import current
from orchestrator.jitsi import states
from orchestrator.jitsi.errors import NothingRecorded, PartNotConfigured, RecordingRuns, RoomNotLive
from orchestrator.jitsi.models import RecorderRun
from orchestrator.live.models import PresenceInterval, RoomLife
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import get_meeting

DRIVE = "orchestrator.drive_recorders"
#: Key of our own mark in a recording's metadata (`startRecording({extraMetadata})`, CONTRACTS §9).
MEETING_MARK = "diemcau_meeting_id"


class Phase(StrEnum):
    """How the recording of a meeting stands; IN_ROOM: started by a moderator in the room, not from here."""

    OFF = "off"
    REQUESTED = "requested"
    STARTING = "starting"
    RECORDING = "recording"
    STOPPING = "stopping"
    FAILED = "failed"
    IN_ROOM = "in_room"


@dataclass(frozen=True)
class RecorderState:
    """What the console shows; `sentence` only where the last recording failed."""

    phase: Phase
    since: datetime | None
    recorder_is_in: bool
    can_start: bool
    can_stop: bool
    sentence: str = ""


def start_recording(session: Session, actor: Actor | None, meeting_id: UUID) -> RecorderRun:
    """Ask for a recording of a meeting whose room is live.

    Raises:
        NotFound, Forbidden, ClassifiedRefused. PartNotConfigured: the site names no recorder.
        RoomNotLive: nobody is in; a recorder that came first would make a room without cap (CONTRACTS §3, way 1).
        RecordingRuns: it is being recorded.
    """
    meeting = _operated(session, actor, meeting_id)
    refuse_classified(meeting.classification)
    if not current().settings.jitsi_jibri_urls:
        raise PartNotConfigured(part="máy ghi (Jibri)", setting="DIEMCAU_JITSI_JIBRI_URLS")
    if not somebody_is_in(session, meeting.id):
        raise RoomNotLive
    if _recorder_is_in(session, meeting.id):
        raise RecordingRuns
    run = RecorderRun(
        meeting_id=meeting.id,
        recorder_url=None,
        state=states.RECORDER_RUN.initial,
        changed_at=current().clock(),
        began_at=None,
    )
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError as error:
        raise RecordingRuns from error
    audit.record(session, actor, "recorder_run.requested", "recorder_run", run.id, meeting_id=meeting.id)
    after_commit(session, _wake)
    return run


def stop_recording(session: Session, actor: Actor | None, meeting_id: UUID) -> RecorderRun:
    """Ask for the end of the recording. Raises NotFound, Forbidden, NothingRecorded."""
    meeting = _operated(session, actor, meeting_id)
    run = _last_run(session, meeting.id)
    if run is None or "stop_asked" not in states.RECORDER_RUN.allowed(run.state):
        raise NothingRecorded
    apply(session, states.RECORDER_RUN, run, "stop_asked", actor=actor, meeting_id=meeting.id)
    run.changed_at = current().clock()
    after_commit(session, _wake)
    return run


def recorder_state(session: Session, meeting_id: UUID) -> RecorderState:
    """How the recording of a meeting stands. Rights are the caller's business."""
    run = _last_run(session, meeting_id)
    is_in = _recorder_is_in(session, meeting_id)
    phase, since, sentence = Phase.OFF, None, ""
    if run is not None and run.state in states.OPEN:
        phase, since = Phase(run.state), run.began_at or run.changed_at
    elif is_in:
        phase = Phase.IN_ROOM
    elif run is not None and run.state == states.FAILED:
        phase, since, sentence = Phase.FAILED, run.changed_at, failure_sentence(run)
    can_start = phase in (Phase.OFF, Phase.FAILED) and bool(current().settings.jitsi_jibri_urls)
    return RecorderState(
        phase=phase,
        since=since,
        recorder_is_in=is_in,
        can_start=can_start and somebody_is_in(session, meeting_id),
        can_stop=phase in (Phase.REQUESTED, Phase.STARTING, Phase.RECORDING),
        sentence=sentence,
    )


def recording_metadata(meeting_id: UUID) -> dict[str, str]:
    """`extraMetadata` for a recording started inside the room: it leads the file back to this meeting."""
    return {MEETING_MARK: str(meeting_id)}


def failure_sentence(run: RecorderRun, locale: str = "") -> str:
    """Why a recording failed, for people."""
    return say(f"recorder_failed_{run.failure or 'gone'}", locale, reason=run.failure_detail or "không rõ lý do")


def somebody_is_in(session: Session, meeting_id: UUID) -> bool:
    """Whether the room lives and holds anybody but recorders."""
    lives = exists().where(RoomLife.meeting_id == meeting_id, RoomLife.gone_at.is_(None))
    people = exists().where(
        PresenceInterval.meeting_id == meeting_id,
        PresenceInterval.left_at.is_(None),
        PresenceInterval.is_recorder.is_(False),
        PresenceInterval.breakout_room_id.is_(None),
    )
    return bool(session.scalar(select(lives & people)))


def _recorder_is_in(session: Session, meeting_id: UUID) -> bool:
    found = exists().where(
        PresenceInterval.meeting_id == meeting_id, PresenceInterval.left_at.is_(None), PresenceInterval.is_recorder
    )
    return bool(session.scalar(select(found)))


def _last_run(session: Session, meeting_id: UUID) -> RecorderRun | None:
    query = select(RecorderRun).where(RecorderRun.meeting_id == meeting_id)
    return session.scalar(query.order_by(RecorderRun.created_at.desc(), RecorderRun.id).limit(1))


def _operated(session: Session, actor: Actor | None, meeting_id: UUID) -> Meeting:
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.OPERATE_MEETING, meeting)
    return meeting


def _wake() -> None:
    enqueue(DRIVE, queue="default")
