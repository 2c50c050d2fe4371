"""Reminders of missing acknowledgements: the days, once each, never for those who have answered; and by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from core.mail.models import OutgoingMail
from core.runtime import Runtime
from minutes.delivery import service
from minutes.delivery.models import Delivery
from minutes.delivery.reminders import is_due
from minutes.delivery.reminding import remind, remind_now
from minutes.delivery.tasks import remind_acknowledgements
from minutes.notices import issuing, successors
from minutes.notices import service as notices
from minutes.notices.models import Notice
from minutes.notices.refusals import EverybodyAcknowledged
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.directory.models import Person, Unit
from orchestrator.meetings.models import Meeting
from tests.conftest import FixedClock
from tests.minutes.conftest import People
from tests.minutes.samples import notice

Make = Callable[..., Notice]
WEDNESDAY, CALENDAR, STEPS = date(2026, 4, 8), WorkingCalendar(off=frozenset({date(2026, 4, 10)})), (4, 2)


@pytest.mark.parametrize(
    ("reminded_on", "today", "due"),
    [
        (None, date(2026, 4, 9), False),
        (None, date(2026, 4, 10), False),
        (None, date(2026, 4, 12), False),
        (None, date(2026, 4, 13), True),
        (date(2026, 4, 13), date(2026, 4, 14), False),
        (date(2026, 4, 13), date(2026, 4, 15), True),
        (None, date(2026, 4, 30), True),
        (date(2026, 4, 30), date(2026, 5, 29), False),
        (date(2026, 4, 9), date(2026, 4, 13), True),
    ],
    ids=["one day", "a day off", "Sunday", "two", "told", "four", "made up for", "once only", "told by hand before"],
)
def test_days_of_the_reminders(reminded_on: date | None, today: date, due: bool) -> None:
    assert is_due(WEDNESDAY, reminded_on, today, STEPS, CALENDAR) is due


@pytest.fixture
def sent(session: Session, issued: Make, people: People, units: dict[str, Unit]) -> list[Delivery]:
    """Three deliveries; two of the units have an address."""
    for code in ("TTTT", "VPB"):
        session.add(Person(full_name="Lý A Páo", unit_id=units[code].id, email=f"{code.lower()}@bo.example"))
    return service.distribute(session, people.registrar, issued().id)


def of(rows: list[Delivery], code: str) -> Delivery:
    return next(row for row in rows if row.unit.code == code)


def mails(session: Session) -> list[str]:
    rows = session.scalars(select(OutgoingMail).where(OutgoingMail.subject.contains("Nhắc xác nhận")))
    return [mail.recipients[0].address for mail in rows]


def test_whoever_has_not_acknowledged_is_reminded_by_the_clock(
    session: Session, sent: list[Delivery], people: People, fixed_clock: FixedClock
) -> None:
    service.acknowledge(session, people.unit, of(sent, "TTTT").id)
    assert remind(session, fixed_clock.now) == 0
    fixed_clock.now = datetime(2026, 4, 10, 0, 30, tzinfo=UTC)
    assert remind(session, fixed_clock.now) == 0, "nobody is written to before eight"
    fixed_clock.now += timedelta(hours=1)
    assert [remind(session, fixed_clock.now) for _ in range(2)] == [1, 0]
    assert mails(session) == ["vpb@bo.example"]
    body = session.scalars(select(OutgoingMail.body)).one()
    assert f"/thong-bao-den/{of(sent, 'VPB').id}" in body
    assert "14:00 ngày 08/04/2026" in body
    assert "đường truyền" not in body
    assert (of(sent, "VPB").reminders, of(sent, "VKH").reminders, of(sent, "TTTT").reminders) == (1, 0, 0)
    fixed_clock.now = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)
    assert remind(session, fixed_clock.now) == 1
    fixed_clock.now += timedelta(days=30)
    assert remind(session, fixed_clock.now) == 0


def test_by_hand_once_a_day(session: Session, sent: list[Delivery], people: People, fixed_clock: FixedClock) -> None:
    notice_id = sent[0].notice_id
    for actor, refusal in ((people.stranger, NotFound), (people.secretary, Forbidden)):
        with pytest.raises(refusal):
            remind_now(session, actor, notice_id)
    told = remind_now(session, people.registrar, notice_id)
    assert {row.unit.code for row in told} == {"TTTT", "VPB"}
    assert remind_now(session, people.registrar, notice_id) == []
    fixed_clock.now += timedelta(days=1)
    assert len(remind_now(session, people.registrar, notice_id)) == 2
    assert len(mails(session)) == 4


def test_nobody_left_to_remind(session: Session, issued: Make, people: People, sent: list[Delivery]) -> None:
    notice_id = sent[0].notice_id
    withdrawal = successors.withdraw(session, people.secretary, notice_id, "Ban hành nhầm")
    notices.submit(session, people.secretary, withdrawal.id)
    notices.approve(session, people.approver, withdrawal.id, notices.latest_revision(session, withdrawal.id).id)
    issuing.issue(session, people.registrar, withdrawal.id)
    with pytest.raises(EverybodyAcknowledged):
        remind_now(session, people.registrar, notice_id)


def test_the_task_of_the_clock(
    runtime: Runtime, session: Session, sent: list[Delivery], fixed_clock: FixedClock
) -> None:
    session.commit()
    fixed_clock.now = datetime(2026, 4, 10, 3, 0, tzinfo=UTC)
    remind_acknowledgements.run()
    with runtime.database.transaction() as fresh:
        assert sorted(mails(fresh)) == ["tttt@bo.example", "vpb@bo.example"]


def test_a_letter_goes_to_those_it_is_addressed_to(session: Session, meeting: Meeting, units: dict[str, Unit]) -> None:
    letter = notice(
        title_type="", addressees=("Vụ Kế hoạch - Tài chính",), recipients=("Như trên", "Lưu: VT, VPB"), sections=()
    )
    assert service.receiving_units(session, Notice(meeting_id=meeting.id), letter) == {units["VKH"].id}
