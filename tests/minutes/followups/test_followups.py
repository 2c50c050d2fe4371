"""Tasks: made once at the issue, fanned out, listed with what is late, reported on until done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound, TransitionRefused
from core.outbox import OutboxEvent, deliver_pending
from core.permissions import Actor, Role
from core.runtime import Runtime
from minutes.followups import service
from minutes.followups.due import due_at, is_overdue
from minutes.followups.fanout import accountable_units
from minutes.followups.models import Task
from minutes.notices.content import DeadlineFacts, NoticeItem, Section
from minutes.notices.models import Notice
from minutes.notices.refusals import ReportMissing
from orchestrator.directory.models import Unit
from tests.conftest import FixedClock
from tests.minutes.conftest import People
from tests.minutes.samples import notice

Make = Callable[..., Notice]


@pytest.fixture
def tasks(session: Session, issued: Make) -> list[Task]:
    """The tasks of the sample notice: 1 named lead, 1 collective over two units, 1 more named lead."""
    return service.create_tasks(session, issued().id)


def of(tasks: list[Task], item_id: str, unit: Unit | None = None) -> Task:
    return next(task for task in tasks if task.item_id == item_id and (unit is None or task.unit_id == unit.id))


def test_the_issue_makes_the_tasks_once(runtime: Runtime, session: Session, issued: Make, people: People) -> None:
    done = issued()
    session.commit()
    for _ in range(2):
        deliver_pending(runtime.database)
    with runtime.database.transaction() as fresh:
        assert len(service.list_tasks(fresh, people.secretary, notice_id=done.id)) == 4
        assert service.create_tasks(fresh, done.id) == []
        topics = fresh.scalars(select(OutboxEvent.topic).where(OutboxEvent.topic == "task.created")).all()
        assert len(topics) == 4


def test_a_collective_lead_fans_out_to_the_units_of_the_meeting(tasks: list[Task], units: dict[str, Unit]) -> None:
    assert {task.unit_id for task in tasks if task.item_id == "bao-cao-nhanh"} == {units["TTTT"].id, units["VPB"].id}
    assert of(tasks, "duong-truyen").unit_id == units["TTTT"].id
    assert of(tasks, "duong-truyen").coordinating_unit_ids == [units["VPB"].id]
    assert of(tasks, "don-doc").unit_id == units["VPB"].id


def test_only_directives_become_tasks_and_carry_their_evidence(tasks: list[Task]) -> None:
    assert {task.item_id for task in tasks} == {"duong-truyen", "bao-cao-nhanh", "don-doc"}
    task = of(tasks, "duong-truyen")
    assert task.evidence == [{"start": 61.5, "end": 70.25}]
    assert task.action == "Khắc phục đường truyền tại các điểm cầu"
    assert task.due_at == datetime(2026, 4, 15, 16, 59, 59, tzinfo=UTC)
    assert of(tasks, "bao-cao-nhanh").deadline_rrule == "FREQ=DAILY;BYHOUR=16;BYMINUTE=0"
    assert of(tasks, "bao-cao-nhanh").due_at is None


def test_a_lead_nobody_knows_makes_a_task_that_the_office_sees(session: Session, issued: Make, people: People) -> None:
    item = NoticeItem(id="la", kind="directive", text="Vụ Không có thật báo cáo.", lead=("Vụ Không có thật",))
    created = service.create_tasks(session, issued(notice(sections=(Section(items=(item,)),))).id)
    assert [task.unit_id for task in created] == [None]
    assert created[0].action == "Vụ Không có thật báo cáo."
    assert service.list_tasks(session, people.secretary) == created
    assert service.list_tasks(session, people.unit) == []


def test_a_notice_without_directives_makes_no_task(session: Session, issued: Make) -> None:
    assert service.create_tasks(session, issued(notice(sections=())).id) == []


def test_tasks_of_an_unissued_notice_do_not_exist(session: Session, approved: Make) -> None:
    with pytest.raises(NotFound):
        service.create_tasks(session, approved().id)
    with pytest.raises(NotFound):
        service.create_tasks(session, uuid4())


def test_strangers_see_and_report_nothing(session: Session, tasks: list[Task], people: People) -> None:
    task = of(tasks, "duong-truyen")
    assert service.list_tasks(session, people.stranger) == []
    for act in (
        lambda: service.get_task(session, people.stranger, task.id),
        lambda: service.report(session, people.stranger, task.id, "Xong"),
        lambda: service.get_task(session, people.secretary, uuid4()),
        lambda: service.report(session, people.unit, uuid4(), "Xong"),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Forbidden):
        service.report(session, people.secretary, task.id, "Xong", done=True)


def test_progress_may_be_reported_often_and_done_once(
    session: Session, tasks: list[Task], people: People, fixed_clock: FixedClock
) -> None:
    task = of(tasks, "duong-truyen")
    service.report(session, people.unit, task.id, " Đã thay thiết bị tại 2 điểm cầu ")
    fixed_clock.now += timedelta(days=1)
    service.report(session, people.unit, task.id, "Còn 1 điểm cầu")
    assert task.state == "in_progress"
    service.report(session, people.unit, task.id, "Đã xong", done=True)
    assert (task.state, task.done_at) == ("done", fixed_clock.now)
    with pytest.raises(TransitionRefused):
        service.report(session, people.unit, task.id, "Nói thêm")
    session.refresh(task)
    assert [row.text for row in task.reports][0] == "Đã thay thiết bị tại 2 điểm cầu"
    assert [row.done for row in task.reports] == [False, False, True]


def test_a_helping_unit_reports_but_does_not_close(session: Session, tasks: list[Task], units: dict[str, Unit]) -> None:
    helper = Actor(uuid4(), "Sùng A Lử", frozenset({Role.UNIT}), frozenset({units["VPB"].id}))
    task = of(tasks, "duong-truyen")
    service.report(session, helper, task.id, "Đã bố trí kinh phí")
    with pytest.raises(Forbidden):
        service.report(session, helper, task.id, "Xong", done=True)


def test_a_report_needs_words(session: Session, tasks: list[Task], people: People) -> None:
    with pytest.raises(ReportMissing):
        service.report(session, people.unit, of(tasks, "duong-truyen").id, "  ", done=True)


def test_late_tasks_are_told_by_the_clock_and_open_ones_come_first_due(
    session: Session, tasks: list[Task], people: People, fixed_clock: FixedClock
) -> None:
    listed = service.list_tasks(session, people.secretary, open_only=True)
    assert listed[0].item_id == "duong-truyen"
    late = datetime(2026, 4, 15, 17, 0, tzinfo=UTC)
    assert [task.item_id for task in listed if task.is_overdue(late)] == ["duong-truyen"]
    assert not any(task.is_overdue(late - timedelta(seconds=1)) for task in listed)
    service.report(session, people.unit, listed[0].id, "Xong", done=True)
    assert not listed[0].is_overdue(late)
    assert listed[0] not in service.list_tasks(session, people.secretary, open_only=True)


@pytest.mark.parametrize(
    ("iso", "moment"),
    [
        ("2026-04-15", datetime(2026, 4, 15, 16, 59, 59, tzinfo=UTC)),
        ("2026-06-15T15:00:00+07:00", datetime(2026, 6, 15, 8, 0, tzinfo=UTC)),
        ("2026-06-15T15:00", datetime(2026, 6, 15, 8, 0, tzinfo=UTC)),
        ("2026-05-10/2026-05-14", datetime(2026, 5, 14, 16, 59, 59, tzinfo=UTC)),
        (None, None),
        ("", None),
        ("2026-02-30", None),
        ("mai", None),
    ],
)
def test_the_last_moment_of_a_deadline(iso: str | None, moment: datetime | None) -> None:
    assert due_at(iso) == moment


def test_without_a_due_moment_nothing_is_late() -> None:
    assert not is_overdue(None, True, datetime(2099, 1, 1, tzinfo=UTC))


def test_units_named_by_their_identity_win_over_names_and_unknown_ones_fall_away() -> None:
    stranger = UUID(int=9)
    item = NoticeItem(id="a", lead=("Ai đó",), lead_unit_ids=(stranger,), deadline=DeadlineFacts())
    assert accountable_units(item, [], []) == (None,)
