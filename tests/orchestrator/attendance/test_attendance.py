"""The roll call: answers with reasons and arrivals, whole endpoints, heads in the rooms, and what the minutes get."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from orchestrator.attendance import service
from orchestrator.attendance.models import RollEntry
from orchestrator.meetings.context import meeting_context
from orchestrator.meetings.models import Attendance, Meeting, Participant
from tests.conftest import MOMENT, FixedClock

A = Attendance


def person(meeting: Meeting, name: str) -> Participant:
    return next(item for item in meeting.participants if item.person.full_name == name)


def entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(RollEntry)) or 0


def test_the_roll_becomes_the_facts_of_the_minutes(session: Session, secretary: Actor, meeting: Meeting) -> None:
    service.call_roll(session, secretary, person(meeting, "Phan Quốc Bảo").id, A.AT_ENDPOINT)
    service.call_roll(session, secretary, person(meeting, "Đặng Thị Thùy Linh").id, A.AT_HOME, "thừa")
    service.call_roll(session, secretary, person(meeting, "Ỷ Thị Ngữ").id, A.ABSENT, "  Đi công  tác ")
    summary = service.roll_summary(session, secretary, meeting)
    assert [answer.name for answer in summary.present] == ["Phan Quốc Bảo", "Đặng Thị Thùy Linh"]
    assert [(answer.name, answer.reason) for answer in summary.absent] == [("Ỷ Thị Ngữ", "Đi công tác")]
    assert summary.present[1].reason == ""
    assert summary.is_complete
    assert summary.expected == 3
    context = meeting_context(session, meeting.id)
    assert context.roll_called
    assert [item.name for item in context.present] == ["Phan Quốc Bảo", "Đặng Thị Thùy Linh"]
    assert [(item.name, item.reason) for item in context.absent] == [("Ỷ Thị Ngữ", "Đi công tác")]


def test_late_means_a_time_that_stays_when_the_reason_comes_later(
    session: Session, secretary: Actor, meeting: Meeting, fixed_clock: FixedClock
) -> None:
    late = person(meeting, "Ỷ Thị Ngữ")
    service.call_roll(session, secretary, late.id, A.LATE)
    fixed_clock.now += timedelta(minutes=20)
    service.call_roll(session, secretary, late.id, A.LATE, "Tắc đường")
    answer = service.roll_summary(session, secretary, meeting).late[0]
    assert (answer.arrived_at, answer.reason) == (MOMENT, "Tắc đường")
    fixed_clock.now += timedelta(minutes=1)
    service.call_roll(session, secretary, late.id, A.LATE, "Tắc đường", arrived_at=MOMENT - timedelta(minutes=5))
    assert service.roll_summary(session, secretary, meeting).late[0].arrived_at == MOMENT - timedelta(minutes=5)
    service.call_roll(session, secretary, late.id, A.AT_ENDPOINT)
    assert not service.roll_summary(session, secretary, meeting).late
    assert late.absence_reason == ""


def test_saying_the_same_again_writes_nothing_and_history_stays(
    session: Session, secretary: Actor, meeting: Meeting
) -> None:
    one = person(meeting, "Ỷ Thị Ngữ")
    service.call_roll(session, secretary, one.id, A.EXPECTED)
    assert entries(session) == 0
    for _ in range(3):
        service.call_roll(session, secretary, one.id, A.ABSENT)
    assert entries(session) == 1
    service.call_roll(session, secretary, one.id, A.EXPECTED)
    assert entries(session) == 2
    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(update(RollEntry).values(reason="khác"))


def test_a_whole_endpoint_at_once_touches_only_those_nobody_has_looked_for(
    session: Session, secretary: Actor, meeting: Meeting
) -> None:
    hall = meeting.endpoints[0]
    service.call_roll(session, secretary, person(meeting, "Đặng Thị Thùy Linh").id, A.ABSENT, "Nghỉ ốm")
    assert service.call_place(session, secretary, meeting.id, hall.id) == 1
    assert person(meeting, "Phan Quốc Bảo").attendance is A.AT_ENDPOINT
    assert person(meeting, "Đặng Thị Thùy Linh").attendance is A.ABSENT
    assert person(meeting, "Ỷ Thị Ngữ").attendance is A.EXPECTED
    with pytest.raises(NotFound):
        service.call_place(session, secretary, meeting.id, uuid4())


def test_heads_are_what_they_are_even_over_the_cap(
    session: Session, secretary: Actor, meeting: Meeting, fixed_clock: FixedClock
) -> None:
    hall = meeting.endpoints[0]
    service.count_heads(session, secretary, meeting.id, hall.id, 35)
    fixed_clock.now += timedelta(minutes=1)
    service.count_heads(session, secretary, meeting.id, hall.id, 19)
    assert {place: row.count for place, row in service.heads_counted(session, meeting.id).items()} == {hall.id: 19}
    for wrong in (-1, 10**6, True):
        with pytest.raises(Invalid):
            service.count_heads(session, secretary, meeting.id, hall.id, wrong)
    with pytest.raises(NotFound):
        service.count_heads(session, secretary, meeting.id, uuid4(), 3)


def test_wrong_answers_are_refused(session: Session, secretary: Actor, meeting: Meeting) -> None:
    one = person(meeting, "Ỷ Thị Ngữ")
    with pytest.raises(Invalid):
        service.call_roll(session, secretary, one.id, A.ABSENT, "a" * 251)
    with pytest.raises(Invalid):
        service.call_roll(session, secretary, one.id, A.LATE, arrived_at=MOMENT + timedelta(minutes=1))
    with pytest.raises(Invalid):
        naive = datetime(2026, 4, 8, 7, 0)  # noqa: DTZ001 (the missing zone is the point)
        service.call_roll(session, secretary, one.id, A.LATE, arrived_at=naive)
    assert entries(session) == 0
    with pytest.raises(NotFound):
        service.call_roll(session, secretary, uuid4(), A.AT_ENDPOINT)


def test_the_roll_is_called_by_office_and_operator_alone(
    session: Session, operator: Actor, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    one = person(meeting, "Ỷ Thị Ngữ")
    service.call_roll(session, operator, one.id, A.AT_ENDPOINT)
    for role in (Role.APPROVER, Role.REGISTRAR):
        with pytest.raises(Forbidden):
            service.call_roll(session, actor_factory(role), one.id, A.ABSENT)
        with pytest.raises(Forbidden):
            service.count_heads(session, actor_factory(role), meeting.id, meeting.endpoints[0].id, 3)
    with pytest.raises(NotFound):
        service.call_roll(session, actor_factory(Role.UNIT), one.id, A.ABSENT)
