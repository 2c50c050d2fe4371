"""Reminders at 15:00 and 15:45 of Hà Nội: to those who have not reported, once, and to nobody else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from core.accounts import create_account
from core.errors import Forbidden, Invalid, NotFound
from core.mail.models import OutgoingMail
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.directory.models import Person, UnitMembership
from orchestrator.reports.board import board
from orchestrator.reports.reminders import addresses_of, periods_to_remind, remind, remind_by_hand
from orchestrator.reports.submissions import submit
from orchestrator.reports.tasks import remind_reports
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import Desk, at, report

Units = Callable[[UUID], Actor]


@pytest.fixture
def people(session: Session, desk: Desk) -> list[str]:
    """One address per unit but the last."""
    addresses = [f"dau.moi{n}@donvi.gov.vn" for n in range(3)]
    for unit_id, address in zip(desk.units, addresses, strict=False):
        session.add(Person(full_name="Lý Thị Ỷ", unit_id=unit_id, email=address))
    session.flush()
    return addresses


def sent(runtime: Runtime) -> list[str]:
    with runtime.database.transaction() as session:
        return sorted(to for _, (to,) in letters(session))


def letters(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    mails = session.query(OutgoingMail).order_by(OutgoingMail.created_at, OutgoingMail.dedupe_key)
    return [(mail.subject, tuple(item.address for item in mail.recipients)) for mail in mails]


def test_nobody_is_reminded_before_three(
    runtime: Runtime, session: Session, desk: Desk, people: list[str], fixed_clock: FixedClock
) -> None:
    session.commit()
    fixed_clock.now = at(14, 59, 59)
    remind_reports()
    assert sent(runtime) == []


def test_three_and_a_quarter_to_four_each_once(
    runtime: Runtime, session: Session, desk: Desk, people: list[str], unit_of: Units, fixed_clock: FixedClock
) -> None:
    period = desk.period(session)
    submit(session, unit_of(desk.units[0]), period.id, desk.units[0], report())
    session.commit()
    for moment in (at(15), at(15, 0, 30), at(15, 20)):
        fixed_clock.now = moment
        remind_reports()
    assert sent(runtime) == people[1:]
    with runtime.database.transaction() as other:
        submit(other, unit_of(desk.units[1]), period.id, desk.units[1], report())
    for moment in (at(15, 45), at(15, 59, 59), at(16), at(16, 30)):
        fixed_clock.now = moment
        remind_reports()
    assert sent(runtime) == [people[1], people[2], people[2]]


def test_a_worker_that_slept_sends_the_newest_reminder_only(
    session: Session, desk: Desk, people: list[str], fixed_clock: FixedClock
) -> None:
    assert remind(session, desk.period(session).id, at(15, 50)) == 3
    assert len(letters(session)) == 3


def test_many_workers_send_one_letter_each(runtime: Runtime, session: Session, desk: Desk, people: list[str]) -> None:
    period_id = desk.period(session).id
    session.commit()

    def work(_: int) -> int:
        with runtime.database.transaction() as own:
            return remind(own, period_id, at(15))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 3
    assert sent(runtime) == people


def test_a_letter_has_the_address_of_the_form_and_no_figures(session: Session, desk: Desk, people: list[str]) -> None:
    period = desk.period(session)
    remind(session, period.id, at(15))
    mail = session.query(OutgoingMail).first()
    assert mail is not None
    assert "Nhắc báo cáo nhanh" in mail.subject
    assert "ngày 08/04/2026" in mail.subject
    assert f"/bao-cao-nhanh/ky/{period.id}/don-vi/" in mail.body
    assert "16:00 ngày 08/04/2026 (còn 1 giờ)" in mail.body
    assert mail.expires_at == period.cut_off_at


def test_a_unit_without_an_address_is_shown(session: Session, desk: Desk, people: list[str]) -> None:
    period = desk.period(session)
    remind(session, period.id, at(15))
    lines = {line.unit_id: line for line in board(session, desk.secretary, period.id).lines}
    assert lines[desk.units[3]].without_address
    assert (lines[desk.units[0]].reminders, lines[desk.units[0]].without_address) == (1, False)


def test_letters_go_to_those_who_speak_for_the_unit_first(session: Session, desk: Desk, people: list[str]) -> None:
    account = create_account(
        session, login="dau.moi", password="một câu dài dễ nhớ", display_name="Đầu mối", roles={Role.UNIT}
    )
    session.add(Person(full_name="Đầu Mối", unit_id=None, email="chinh@donvi.gov.vn", account_id=account.id))
    session.add(UnitMembership(account_id=account.id, unit_id=desk.units[0]))
    session.add(Person(full_name="Âu Thị Sai", unit_id=desk.units[3], email="không phải thư"))
    session.flush()
    found = addresses_of(session, desk.units)
    assert found[desk.units[0]] == ["chinh@donvi.gov.vn"]
    assert found[desk.units[1]] == [people[1]]
    assert found[desk.units[3]] == []


def test_only_the_coming_day_is_looked_at(session: Session, desk: Desk) -> None:
    assert periods_to_remind(session, at(15)) == [desk.period(session).id]
    assert periods_to_remind(session, at(16)) == []


def test_after_the_cut_off_the_office_reminds_by_hand(
    session: Session, desk: Desk, people: list[str], unit_of: Units, fixed_clock: FixedClock
) -> None:
    period = desk.period(session)
    fixed_clock.now = at(16, 10)
    assert remind_by_hand(session, desk.secretary, period.id) == 3
    assert remind_by_hand(session, desk.secretary, period.id) == 0
    assert all(subject.startswith("Quá hạn báo cáo nhanh") for subject, _ in letters(session))
    with pytest.raises(Forbidden):
        remind_by_hand(session, unit_of(desk.units[0]), period.id)
    fixed_clock.now = at(16, day=16)
    with pytest.raises(Invalid):
        remind_by_hand(session, desk.secretary, period.id)


def test_strangers_remind_nobody(session: Session, desk: Desk, actor_factory: Callable[..., Actor]) -> None:
    with pytest.raises(NotFound):
        remind_by_hand(session, actor_factory(Role.UNIT), desk.period(session).id)
