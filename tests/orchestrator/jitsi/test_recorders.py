"""Recordings started from the console: never before the first participant, never two, and right after any failure."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused, Forbidden
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.jitsi import states
from orchestrator.jitsi.client import RecorderHealth, read_recorder_health
from orchestrator.jitsi.errors import NothingRecorded, PartNotConfigured, RecordingRuns, RoomNotLive
from orchestrator.jitsi.models import RecorderRun, RecorderStatus
from orchestrator.jitsi.recorders import BEGINS_WITHIN, FREE_WITHIN, drive, note_session, note_status
from orchestrator.live.models import PresenceInterval, RoomLife
from orchestrator.live.recording import Phase, recorder_state, recording_metadata, start_recording, stop_recording
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import declare_classified, plan_meeting
from tests.conftest import FixedClock
from tests.fakes.jibri import FakeJibri
from tests.orchestrator.conftest import STARTS, Ministry, plan_of


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    """A session that may commit in between: the driver works in transactions of its own."""
    with Session(runtime.database.engine) as session:
        yield session
        session.commit()


@pytest.fixture
def jibri(runtime: Runtime) -> Iterator[FakeJibri]:
    """One recorder, configured."""
    jibri = FakeJibri()
    runtime.settings = runtime.settings.model_copy(update={"jitsi_jibri_urls": (jibri.address,)})
    yield jibri
    jibri.server.close()


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry, fixed_clock: FixedClock) -> Meeting:
    fixed_clock.now = STARTS
    return plan_meeting(session, operator, plan_of(ministry, starts_at=STARTS + timedelta(minutes=5)))


def somebody_comes(session: Session, meeting: Meeting, *, recorder: bool = False) -> PresenceInterval:
    if not recorder:
        session.add(RoomLife(meeting_id=meeting.id, opened_at=STARTS, gone_at=None))
    row = PresenceInterval(
        meeting_id=meeting.id,
        meeting_endpoint_id=None if recorder else meeting.endpoints[0].id,
        occupant_jid=f"{uuid4()}@meet.rig/x",
        joined_at=STARTS,
        left_at=None,
        is_recorder=recorder,
        breakout_room_id=None,
    )
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def step(runtime: Runtime, session: Session) -> Callable[[], None]:
    """The driver once, over what the test has committed."""

    def go() -> None:
        session.commit()
        drive(runtime.database, runtime.settings, runtime.clock)
        session.expire_all()

    return go


Step = Callable[[], None]


def run_of(session: Session) -> RecorderRun:
    return session.scalars(select(RecorderRun).order_by(RecorderRun.created_at.desc())).first() or pytest.fail("no run")


def test_only_the_operator_and_only_where_a_recorder_is_named(
    session: Session, operator: Actor, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    with pytest.raises(Forbidden):
        start_recording(session, actor_factory(Role.APPROVER), meeting.id)
    with pytest.raises(PartNotConfigured, match="DIEMCAU_JITSI_JIBRI_URLS"):
        start_recording(session, operator, meeting.id)
    assert not recorder_state(session, meeting.id).can_start


def test_never_before_the_first_participant(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri
) -> None:
    with pytest.raises(RoomNotLive, match="điểm cầu đầu tiên"):
        start_recording(session, operator, meeting.id)
    assert not recorder_state(session, meeting.id).can_start
    somebody_comes(session, meeting, recorder=True)
    with pytest.raises(RoomNotLive):
        start_recording(session, operator, meeting.id)
    assert jibri.started == []


def test_a_classified_meeting_is_never_recorded(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri
) -> None:
    somebody_comes(session, meeting)
    declare_classified(session, operator, meeting.id, Classification.SECRET)
    with pytest.raises(ClassifiedRefused):
        start_recording(session, operator, meeting.id)


def test_from_the_press_to_the_end(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step
) -> None:
    somebody_comes(session, meeting)
    assert recorder_state(session, meeting.id).can_start
    run = start_recording(session, operator, meeting.id)
    with pytest.raises(RecordingRuns):
        start_recording(session, operator, meeting.id)
    assert recorder_state(session, meeting.id).phase is Phase.REQUESTED
    step()
    (asked,) = jibri.started
    assert asked["sessionId"] == str(run.id)
    assert asked["callParams"]["callUrlInfo"] == {"baseUrl": "https://meet.example.vn", "callName": meeting.room_name}
    assert asked["callLoginParams"]["domain"] == "recorder.meet.example.vn"
    assert asked["sinkType"] == "file"
    step()
    state = recorder_state(session, meeting.id)
    assert (state.phase, state.can_start, state.can_stop) == (Phase.RECORDING, False, True)
    stop_recording(session, operator, meeting.id)
    step()
    assert jibri.stops == 1
    assert recorder_state(session, meeting.id).phase is Phase.OFF
    with pytest.raises(NothingRecorded):
        stop_recording(session, operator, meeting.id)


def test_a_room_that_died_in_between_gets_no_recorder(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step
) -> None:
    row = somebody_comes(session, meeting)
    start_recording(session, operator, meeting.id)
    row.left_at = STARTS
    step()
    state = recorder_state(session, meeting.id)
    assert (state.phase, jibri.started) == (Phase.FAILED, [])
    assert "đã đóng trước khi máy ghi vào" in state.sentence


def test_busy_recorders_are_waited_for_and_then_given_up_with_a_sentence(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step, fixed_clock: FixedClock
) -> None:
    somebody_comes(session, meeting)
    jibri.busy = "BUSY"
    start_recording(session, operator, meeting.id)
    step()
    assert run_of(session).state == states.REQUESTED
    fixed_clock.now += FREE_WITHIN + timedelta(seconds=1)
    step()
    state = recorder_state(session, meeting.id)
    assert state.phase is Phase.FAILED
    assert "đều bận" in state.sentence
    jibri.busy = "IDLE"
    start_recording(session, operator, meeting.id)
    step()
    assert run_of(session).state == states.STARTING


def test_an_unhealthy_or_silent_recorder_is_passed_over(
    runtime: Runtime, session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step
) -> None:
    sick = FakeJibri()
    sick.healthy = False
    gone = "http://127.0.0.1:9"
    runtime.settings = runtime.settings.model_copy(update={"jitsi_jibri_urls": (sick.address, gone, jibri.address)})
    somebody_comes(session, meeting)
    start_recording(session, operator, meeting.id)
    step()
    sick.server.close()
    assert (len(sick.started), len(jibri.started)) == (0, 1)
    assert run_of(session).recorder_url == jibri.address


def test_a_recorder_that_never_begins_is_said_so(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step, fixed_clock: FixedClock
) -> None:
    somebody_comes(session, meeting)
    jibri.never_begins = True
    start_recording(session, operator, meeting.id)
    step()
    step()
    assert run_of(session).state == states.STARTING
    fixed_clock.now += BEGINS_WITHIN + timedelta(seconds=1)
    step()
    assert "không bắt đầu" in recorder_state(session, meeting.id).sentence


def test_a_recorder_that_stops_in_the_middle_is_a_failure_and_with_the_room_an_end(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step
) -> None:
    row = somebody_comes(session, meeting)
    for _ in range(2):
        start_recording(session, operator, meeting.id)
        step()
        step()
        jibri.end_by_itself()
        if run_of(session).state == states.RECORDING and len(jibri.started) == 2:
            row.left_at = STARTS
        step()
        assert run_of(session).state == (states.FAILED if len(jibri.started) == 1 else states.ENDED)


def test_a_hanging_stop_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step
) -> None:
    somebody_comes(session, meeting)
    start_recording(session, operator, meeting.id)
    step()
    step()
    stop_recording(session, operator, meeting.id)
    monkeypatch.setattr("orchestrator.jitsi.client.STOP_SECONDS", 0.05)
    jibri.server.hold_seconds = 0.3
    step()
    assert run_of(session).state == states.STOPPING
    jibri.server.hold_seconds = 0
    step()
    assert run_of(session).state == states.ENDED


def test_a_recorder_in_the_room_by_other_hands_is_shown(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri
) -> None:
    somebody_comes(session, meeting)
    somebody_comes(session, meeting, recorder=True)
    state = recorder_state(session, meeting.id)
    assert (state.phase, state.can_start, state.can_stop) == (Phase.IN_ROOM, False, False)
    with pytest.raises(RecordingRuns):
        start_recording(session, operator, meeting.id)


def test_webhooks_move_our_runs_and_nothing_else(
    session: Session, operator: Actor, meeting: Meeting, jibri: FakeJibri, step: Step
) -> None:
    somebody_comes(session, meeting)
    run = start_recording(session, operator, meeting.id)
    assert note_session(session, run.id, "on", ""), "before it was taken: nothing to move yet"
    assert run.state == states.REQUESTED
    step()
    for _ in range(2):
        note_session(session, run.id, "on", "")
    assert (run.state, run.began_at) == (states.RECORDING, STARTS)
    note_session(session, run.id, "off", "ICE failed")
    assert (run.state, run.failure_detail) == (states.FAILED, "ICE failed")
    note_session(session, run.id, "on", "")
    assert run.state == states.FAILED
    assert not note_session(session, uuid4(), "on", "")


@pytest.mark.parametrize(
    ("told", "ready"),
    [
        ({"status": {"busyStatus": "IDLE", "health": {"healthStatus": "HEALTHY", "details": {}}}}, True),
        ({"status": {"busyStatus": "BUSY", "health": {"healthStatus": "HEALTHY"}}}, False),
        ({"status": {"busyStatus": "EXPIRED", "health": {"healthStatus": "HEALTHY"}}}, False),
        ({"status": {"busyStatus": "IDLE", "health": {"healthStatus": "UNHEALTHY", "details": {"A": "x"}}}}, False),
        ({"status": {"busyStatus": 7, "health": []}}, False),
        ({}, False),
    ],
)
def test_health_as_recorders_write_it(told: dict[str, Any], ready: bool) -> None:
    assert read_recorder_health(told).is_ready is ready


def test_the_newest_word_of_a_recorder_stands(session: Session, fixed_clock: FixedClock) -> None:
    for busy in ("IDLE", "BUSY"):
        told = {"status": {"busyStatus": busy, "health": {"healthStatus": "HEALTHY"}}}
        health: RecorderHealth = read_recorder_health(told)
        note_status(session, "jibri-1", health)
    assert [row.busy for row in session.scalars(select(RecorderStatus))] == ["BUSY"]


def test_our_mark_for_recordings_started_in_the_room(meeting: Meeting) -> None:
    assert recording_metadata(meeting.id) == {"diemcau_meeting_id": str(meeting.id)}
