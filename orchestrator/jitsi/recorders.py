"""The driver of recordings started from the console: brings each open run a step further by asking its recorder.

In: rows `RecorderRun`, the recorders' health, what they tell by webhook (CONTRACTS §9). Out: starts, stops, states.
Callable at any time, by several at once, after any crash: what counts is the row and what the recorder says.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.database import Database
from core.lifecycles import apply
from core.runtime import current
from core.settings import Settings
from orchestrator.jitsi import states
from orchestrator.jitsi.client import Busy, JibriClient, ProsodyClient, RecorderHealth
from orchestrator.jitsi.errors import JitsiUnavailable
from orchestrator.jitsi.models import RecorderRun, RecorderStatus
from orchestrator.live.recording import somebody_is_in
from orchestrator.meetings.models import Meeting

log = logging.getLogger(__name__)

#: How long a free recorder is waited for, and how long one may take to show that it has begun.
FREE_WITHIN = timedelta(seconds=60)
BEGINS_WITHIN = timedelta(seconds=20)
#: A stop waits for the finalize script, which copies gigabytes.
ENDS_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True)
class _Run:
    """What the driver needs of a row, read in one transaction and used between two."""

    id: UUID
    meeting_id: UUID
    state: str
    recorder_url: str | None
    changed_at: datetime
    room: str | None


def drive(database: Database, settings: Settings, clock: Callable[[], datetime]) -> int:
    """Bring every open run a step further; returns how many there were."""
    with database.transaction() as session:
        query = select(RecorderRun, Meeting.room_name).join(Meeting, Meeting.id == RecorderRun.meeting_id)
        rows = session.execute(query.where(RecorderRun.state.in_(states.OPEN)).order_by(RecorderRun.created_at))
        runs = [_Run(row.id, row.meeting_id, row.state, row.recorder_url, row.changed_at, room) for row, room in rows]
    steps = {
        states.REQUESTED: _take,
        states.STARTING: _watch_start,
        states.RECORDING: _watch,
        states.STOPPING: _stop,
    }
    for run in runs:
        steps[run.state](database, settings, run, clock())
    return len(runs)


def note_session(session: Session, session_id: UUID, status: str, failure: str) -> bool:
    """A recorder tells of a session that was started by us; False where it is none of ours.

    Said twice or late it changes nothing more: only moves of the life cycle are made.
    """
    run = session.get(RecorderRun, session_id)
    if run is None:
        return False
    if status == "on":
        _move(session, run, "began")
    elif status == "off" and failure:
        _fail(session, run, "gone", failure)
    elif status == "off":
        _move(session, run, "ended")
    return True


def note_status(session: Session, jibri_id: str, health: RecorderHealth) -> None:
    """Keep what a recorder says of itself; the newest word stands."""
    now = current().clock()
    values = {"busy": health.busy.value, "is_healthy": health.is_healthy, "detail": health.detail, "seen_at": now}
    row = insert(RecorderStatus).values(id=uuid4(), jibri_id=jibri_id, created_at=now, **values)
    session.execute(row.on_conflict_do_update(index_elements=["jibri_id"], set_=values))


def _take(database: Database, settings: Settings, run: _Run, now: datetime) -> None:
    """Find a free recorder, write down which, then call it. The room is looked at once more, right before."""
    if run.room is None or not _room_is_live(database, settings, run):
        _settle_failed(database, run.id, "room", "")
        return
    recorder = _free_recorder(database, settings)
    if recorder is None:
        if now - run.changed_at > FREE_WITHIN:
            _settle_failed(database, run.id, "start", "mọi máy ghi đều bận hoặc không trả lời")
        return
    with database.transaction() as session:
        row = session.get(RecorderRun, run.id, with_for_update=True)
        if row is None or row.state != states.REQUESTED:
            return
        row.recorder_url = recorder.address
        _move(session, row, "taken")
    try:
        recorder.start(run.id, run.room)
    except JitsiUnavailable as trouble:
        _settle_failed(database, run.id, "start", str(trouble.params.get("reason", "")))


def _watch_start(database: Database, settings: Settings, run: _Run, now: datetime) -> None:
    health = _health(settings, run)
    if health is not None and health.busy is Busy.BUSY:
        _settle(database, run.id, "began")
    elif now - run.changed_at > BEGINS_WITHIN:
        _settle_failed(database, run.id, "start", "máy ghi không bắt đầu")


def _watch(database: Database, settings: Settings, run: _Run, _now: datetime) -> None:
    """A recorder that is free again has ended by itself: with the room, or in the middle of the meeting."""
    health = _health(settings, run)
    if health is None or health.busy in (Busy.BUSY, Busy.UNKNOWN):
        return
    with database.transaction() as session:
        goes_on = somebody_is_in(session, run.meeting_id)
    if goes_on:
        _settle_failed(database, run.id, "gone", health.detail)
    else:
        _settle(database, run.id, "ended")


def _stop(database: Database, settings: Settings, run: _Run, now: datetime) -> None:
    if run.recorder_url is None:
        _settle(database, run.id, "ended")
        return
    health = _health(settings, run)
    if health is not None and health.busy is not Busy.BUSY:
        _settle(database, run.id, "ended")
        return
    try:
        JibriClient(settings, run.recorder_url).stop()
    except JitsiUnavailable as trouble:
        log.warning("recorder did not answer a stop: %s", trouble.params.get("reason"))
        if now - run.changed_at > ENDS_WITHIN:
            _settle_failed(database, run.id, "gone", str(trouble.params.get("reason", "")))
        return
    _settle(database, run.id, "ended")


def _room_is_live(database: Database, settings: Settings, run: _Run) -> bool:
    """By the server where it can be asked, else by our own rows."""
    if settings.jitsi_prosody_url and run.room is not None:
        try:
            return bool(ProsodyClient(settings).occupants(run.room))
        except JitsiUnavailable:
            log.warning("the room could not be asked before a recording")
    with database.transaction() as session:
        return somebody_is_in(session, run.meeting_id)


def _free_recorder(database: Database, settings: Settings) -> JibriClient | None:
    with database.transaction() as session:
        taken = set(
            session.scalars(
                select(RecorderRun.recorder_url).where(RecorderRun.state.in_(states.OPEN - {states.REQUESTED}))
            )
        )
    for address in settings.jitsi_jibri_urls:
        recorder = JibriClient(settings, address)
        try:
            if address not in taken and recorder.health().is_ready:
                return recorder
        except JitsiUnavailable:
            log.warning("a recorder does not answer")
    return None


def _health(settings: Settings, run: _Run) -> RecorderHealth | None:
    try:
        return JibriClient(settings, run.recorder_url).health() if run.recorder_url else None
    except JitsiUnavailable:
        return None


def _settle(database: Database, run_id: UUID, event: str) -> None:
    with database.transaction() as session:
        row = session.get(RecorderRun, run_id, with_for_update=True)
        if row is not None:
            _move(session, row, event)


def _settle_failed(database: Database, run_id: UUID, failure: str, detail: str) -> None:
    with database.transaction() as session:
        row = session.get(RecorderRun, run_id, with_for_update=True)
        if row is not None:
            _fail(session, row, failure, detail)


def _move(session: Session, run: RecorderRun, event: str) -> None:
    """Make the move if the run is where it can be made; a late word about an ended run changes nothing."""
    session.flush()
    session.refresh(run, with_for_update=True)
    if states.RECORDER_RUN.target(run.state, event) is None:
        return
    apply(session, states.RECORDER_RUN, run, event, actor=None, meeting_id=run.meeting_id)
    run.changed_at = current().clock()
    if event == "began":
        run.began_at = run.changed_at


def _fail(session: Session, run: RecorderRun, failure: str, detail: str) -> None:
    session.flush()
    session.refresh(run, with_for_update=True)
    if run.state == states.STOPPING:
        # It was to end, and it has.
        _move(session, run, "ended")
        return
    if states.RECORDER_RUN.target(run.state, "failed") is None:
        return
    run.failure, run.failure_detail = failure, detail[:200]
    _move_failed(session, run)


def _move_failed(session: Session, run: RecorderRun) -> None:
    session.flush()
    apply(session, states.RECORDER_RUN, run, "failed", actor=None, meeting_id=run.meeting_id, failure=run.failure)
    run.changed_at = current().clock()
