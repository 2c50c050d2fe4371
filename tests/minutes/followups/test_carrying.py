"""The next meeting of a series takes up what the earlier ones left: once, by any news, and shown as it is now."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.outbox import deliver_pending
from core.permissions import Actor, Role
from core.runtime import Runtime
from minutes.followups import service
from minutes.followups.carrying import carry_into, carry_into_next, taken_up
from minutes.followups.models import CarriedTask, Task
from minutes.notices.models import Notice
from orchestrator.directory.models import Endpoint, Unit
from orchestrator.meetings import service as meetings
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingKind
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.series.plans import NewSeries
from orchestrator.meetings.series.service import plan_series
from tests.conftest import MOMENT, FixedClock
from tests.minutes.conftest import People, make_meeting

Make = Callable[..., Notice]


@pytest.fixture
def operator() -> Actor:
    return Actor(uuid4(), "Lương Văn Kỳ", frozenset({Role.OPERATOR}))


@pytest.fixture
def later(session: Session, meeting: Meeting, operator: Actor) -> tuple[Meeting, Meeting]:
    """The two meetings that follow in the series of `meeting`, which is over."""
    place = make_meeting(session, [], hours_later=-100)
    assert place.series_id is None
    endpoint = session.scalars(select(Endpoint).limit(1)).one()
    new = NewSeries(
        classification=Classification.UNCLASSIFIED,
        title="Giao ban tuần",
        rrule="FREQ=WEEKLY;COUNT=2",
        starts_at=MOMENT + timedelta(days=7),
        duration_minutes=60,
        body=PlanBody(endpoints=(PlannedEndpoint(endpoint.id, 1),)),
    )
    series, made = plan_series(session, operator, new)
    meeting.series_id, meeting.occurrence_on = series.id, date(2026, 4, 8)
    session.flush()
    return made[0], made[1]


def links(session: Session) -> list[object]:
    return list(session.scalars(select(CarriedTask.meeting_id)))


def test_tasks_of_an_issued_notice_come_before_the_next_meeting_only(
    runtime: Runtime, session: Session, issued: Make, later: tuple[Meeting, Meeting], people: People
) -> None:
    issued()
    session.commit()
    for _ in range(3):
        deliver_pending(runtime.database)
    with runtime.database.transaction() as fresh:
        assert set(links(fresh)) == {later[0].id}
        found, total = taken_up(fresh, people.secretary, later[0].id)
        assert (len(found), total) == (4, 4)
        assert {item.from_title for item in found} == {"Họp giao ban trực tuyến tuần 15"}


def test_told_twice_it_is_carried_once(session: Session, issued: Make, later: tuple[Meeting, Meeting]) -> None:
    created = service.create_tasks(session, issued().id)
    assert carry_into(session, later[0].id) == len(created)
    assert carry_into(session, later[0].id) == 0
    assert session.scalar(select(func.count()).select_from(CarriedTask)) == len(created)


def test_a_task_done_before_the_meeting_shows_so_and_goes_no_further(
    session: Session,
    issued: Make,
    later: tuple[Meeting, Meeting],
    people: People,
    operator: Actor,
    fixed_clock: FixedClock,
) -> None:
    created = service.create_tasks(session, issued().id)
    carry_into_next(session, later[0].id)
    mine = next(task for task in created if task.unit_id in people.unit.unit_ids)
    service.report(session, people.unit, mine.id, "Đã xong.", done=True)
    found, _total = taken_up(session, people.secretary, later[0].id)
    assert [item.task.id for item in found if item.is_done] == [mine.id]
    assert found[-1].is_done, "what is done stands last"
    fixed_clock.now = later[0].ends_at
    meetings.close_meeting(session, operator, later[0].id)
    assert carry_into_next(session, later[0].id) == len(created) - 1
    assert mine.id not in {item.task.id for item in taken_up(session, people.secretary, later[1].id)[0]}


def test_a_cancelled_meeting_passes_its_tasks_on(
    runtime: Runtime, session: Session, issued: Make, later: tuple[Meeting, Meeting], operator: Actor
) -> None:
    service.create_tasks(session, issued().id)
    meetings.cancel_meeting(session, operator, later[0].id, "Nghỉ")
    session.commit()
    deliver_pending(runtime.database)
    with runtime.database.transaction() as fresh:
        assert set(links(fresh)) == {later[1].id}


def test_late_tasks_stand_first(
    session: Session, issued: Make, later: tuple[Meeting, Meeting], people: People, fixed_clock: FixedClock
) -> None:
    service.create_tasks(session, issued().id)
    carry_into(session, later[0].id)
    fixed_clock.now = MOMENT + timedelta(days=30)
    found, _total = taken_up(session, people.secretary, later[0].id)
    assert [item.is_overdue for item in found] == sorted((item.is_overdue for item in found), reverse=True)
    assert found[0].is_overdue


def test_who_sees_which(
    session: Session,
    issued: Make,
    later: tuple[Meeting, Meeting],
    people: People,
    operator: Actor,
    units: dict[str, Unit],
) -> None:
    service.create_tasks(session, issued().id)
    carry_into(session, later[0].id)
    assert taken_up(session, operator, later[0].id) == ([], 4), "the operator learns the number alone"
    with pytest.raises(NotFound):
        taken_up(session, people.stranger, later[0].id)


def test_meetings_of_no_series_or_over_take_up_nothing(
    session: Session, issued: Make, later: tuple[Meeting, Meeting], units: dict[str, Unit], operator: Actor
) -> None:
    service.create_tasks(session, issued().id)
    lonely = make_meeting(session, [units["TTTT"]], hours_later=500)
    assert lonely.kind is MeetingKind.WEEKLY_BRIEFING
    assert carry_into(session, lonely.id) == 0
    meetings.cancel_meeting(session, operator, later[0].id, "Nghỉ")
    assert carry_into(session, later[0].id) == 0
    assert session.scalars(select(Task.id)).first() is not None
