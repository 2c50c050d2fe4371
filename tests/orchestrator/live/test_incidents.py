"""The incident log against the database: who may write, what is refused, and that nothing is ever edited."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound, SignInRequired
from core.permissions import Actor, Role
from orchestrator.live.incident_rules import open_incidents, standing
from orchestrator.live.incidents import NewLine, correct_incident, incidents_of, line_of, log_incident
from orchestrator.live.models import Incident, IncidentKind
from orchestrator.live.refusals import AlreadyCorrected, MeetingCancelled
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import cancel_meeting, close_meeting
from tests.conftest import MOMENT, FixedClock

K = IncidentKind


def test_a_key_writes_a_line_with_the_time(session: Session, operator: Actor, meeting: Meeting) -> None:
    place = meeting.endpoints[1]
    row = log_incident(session, operator, meeting.id, NewLine(K.NO_SOUND, place.id))
    assert (row.at, row.meeting_endpoint_id, row.actor_name) == (MOMENT, place.id, operator.name)
    assert [line.kind for line in open_incidents(map(line_of, incidents_of(session, meeting.id)))] == [K.NO_SOUND]


def test_a_correction_follows_and_only_the_newest_line_is_corrected(
    session: Session, operator: Actor, meeting: Meeting, fixed_clock: FixedClock
) -> None:
    first = log_incident(session, operator, meeting.id, NewLine(K.NO_SOUND))
    fixed_clock.now += timedelta(minutes=3)
    second = correct_incident(session, operator, first.id, NewLine(K.NO_PICTURE, meeting.endpoints[0].id))
    assert (second.at, second.corrects_id) == (MOMENT, first.id)
    with pytest.raises(AlreadyCorrected):
        correct_incident(session, operator, first.id, NewLine(K.ECHO))
    withdrawal = correct_incident(session, operator, second.id, None)
    assert standing(map(line_of, incidents_of(session, meeting.id))) == ()
    with pytest.raises(AlreadyCorrected):
        correct_incident(session, operator, withdrawal.id, NewLine(K.ECHO))
    assert len(incidents_of(session, meeting.id)) == 3


def test_lines_are_never_edited(session: Session, operator: Actor, meeting: Meeting) -> None:
    log_incident(session, operator, meeting.id, NewLine(K.NO_SOUND))
    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(update(Incident).values(note="khác"))


@pytest.mark.parametrize(
    "line",
    [
        NewLine(K.NOTE, note="  "),
        NewLine(K.NOTE, note="a" * 251),
        NewLine(K.ECHO, note="\x07"),
        NewLine(K.ECHO, at=MOMENT + timedelta(minutes=3)),
        NewLine(K.ECHO, at=MOMENT - timedelta(days=3)),
        NewLine(K.ECHO, at=datetime(2026, 4, 8, 7, 0)),  # noqa: DTZ001 (the missing zone is the point)
        NewLine(K.ECHO, at=datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_wrong_lines_are_refused_with_a_sentence(
    session: Session, operator: Actor, meeting: Meeting, line: NewLine
) -> None:
    with pytest.raises(Invalid) as refused:
        log_incident(session, operator, meeting.id, line)
    assert "{" not in refused.value.sentence()
    assert not incidents_of(session, meeting.id)


def test_an_endpoint_of_elsewhere_and_unknown_lines_are_not_found(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    with pytest.raises(NotFound):
        log_incident(session, operator, meeting.id, NewLine(K.ECHO, uuid4()))
    with pytest.raises(NotFound):
        correct_incident(session, operator, uuid4(), None)
    with pytest.raises(NotFound):
        log_incident(session, operator, uuid4(), NewLine(K.ECHO))


def test_the_log_is_the_technical_operators(
    session: Session, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    for role in (Role.SECRETARY, Role.APPROVER, Role.REGISTRAR):
        with pytest.raises(Forbidden):
            log_incident(session, actor_factory(role), meeting.id, NewLine(K.ECHO))
    with pytest.raises(NotFound):
        log_incident(session, actor_factory(Role.UNIT), meeting.id, NewLine(K.ECHO))
    with pytest.raises(SignInRequired):
        log_incident(session, None, meeting.id, NewLine(K.ECHO))


def test_after_the_hour_the_log_is_completed_but_not_of_a_cancelled_meeting(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    close_meeting(session, operator, meeting.id)
    log_incident(session, operator, meeting.id, NewLine(K.NOTE, note="Đã đối chiếu với biên bản kỹ thuật"))
    meeting.state = "planned"
    cancel_meeting(session, operator, meeting.id, "Trùng lịch")
    with pytest.raises(MeetingCancelled):
        log_incident(session, operator, meeting.id, NewLine(K.ECHO))
