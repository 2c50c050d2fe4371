"""Distribution and acknowledgement: who may not, who gets it, what is kept the second time, what a letter says."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import verify
from core.errors import Forbidden, NotFound
from core.mail.delivery import deliver, due_mails
from core.mail.models import OutgoingMail
from core.outbox import OutboxEvent, deliver_pending
from core.permissions import Actor, Role
from core.runtime import Runtime
from minutes.delivery import service
from minutes.delivery.models import Delivery
from minutes.notices.issuing import document, list_issues
from minutes.notices.models import Notice
from minutes.notices.refusals import NoRecipients, NotYetIssued
from minutes.notices.service import get_notice
from orchestrator.directory.models import Person, Unit
from tests.conftest import FixedClock
from tests.minutes.conftest import People
from tests.minutes.samples import notice

Make = Callable[..., Notice]


def of_unit(deliveries: list[Delivery], unit: Unit) -> Delivery:
    return next(delivery for delivery in deliveries if delivery.unit_id == unit.id)


def test_only_the_registrar_distributes_and_only_what_has_a_number(
    session: Session, approved: Make, people: People
) -> None:
    waiting = approved()
    with pytest.raises(Forbidden):
        service.distribute(session, people.secretary, waiting.id)
    with pytest.raises(NotFound):
        service.distribute(session, people.stranger, waiting.id)
    with pytest.raises(NotYetIssued):
        service.distribute(session, people.registrar, waiting.id)
    with pytest.raises(NotFound):
        service.distribute(session, people.registrar, uuid4())


def test_every_unit_of_the_recipients_gets_one(
    session: Session, issued: Make, people: People, units: dict[str, Unit]
) -> None:
    deliveries = service.distribute(session, people.registrar, issued().id)
    assert [delivery.unit.name for delivery in deliveries] == sorted(unit.name for unit in units.values())
    assert {delivery.state for delivery in deliveries} == {"delivered"}
    again = service.distribute(session, people.registrar, deliveries[0].notice_id)
    assert [delivery.id for delivery in again] == [delivery.id for delivery in deliveries]


def test_those_who_have_to_act_get_it_though_no_recipient_line_names_them(
    session: Session, issued: Make, people: People, units: dict[str, Unit]
) -> None:
    deliveries = service.distribute(session, people.registrar, issued(notice(recipients=("Lưu: VT",))).id)
    assert {delivery.unit_id for delivery in deliveries} == {units["TTTT"].id, units["VPB"].id}


def test_a_notice_that_names_nobody_known_is_not_sent(session: Session, issued: Make, people: People) -> None:
    with pytest.raises(NoRecipients):
        service.distribute(session, people.registrar, issued(notice(sections=(), recipients=("Lưu: VT",))).id)


def test_a_unit_sees_the_notice_from_the_distribution_on(session: Session, issued: Make, people: People) -> None:
    done = issued()
    with pytest.raises(NotFound):
        get_notice(session, people.unit, done.id)
    service.distribute(session, people.registrar, done.id)
    assert get_notice(session, people.unit, done.id).id == done.id
    assert document(session, people.unit, done.id, "pdf").data.startswith(b"%PDF")
    assert len(list_issues(session, people.unit)) == 1
    with pytest.raises(NotFound):
        get_notice(session, people.stranger, done.id)


def test_a_unit_lists_its_own_deliveries_staff_all(session: Session, issued: Make, people: People) -> None:
    done = issued()
    service.distribute(session, people.registrar, done.id)
    assert len(service.list_deliveries(session, people.secretary, notice_id=done.id)) == 3
    assert [row.unit.code for row in service.list_deliveries(session, people.unit)] == ["TTTT"]
    assert service.list_deliveries(session, people.stranger) == []


def test_acknowledging_twice_keeps_the_first_time_and_name(
    session: Session, issued: Make, people: People, units: dict[str, Unit], fixed_clock: FixedClock
) -> None:
    delivery = of_unit(service.distribute(session, people.registrar, issued().id), units["TTTT"])
    first = fixed_clock.now = fixed_clock.now + timedelta(hours=1)
    assert service.acknowledge(session, people.unit, delivery.id).acknowledged_at == first
    fixed_clock.now += timedelta(hours=1)
    colleague = Actor(uuid4(), "Vừ A Dính", frozenset({Role.UNIT}), frozenset({units["TTTT"].id}))
    again = service.acknowledge(session, colleague, delivery.id)
    assert (again.acknowledged_at, again.acknowledged_by_name, again.state) == (first, "Lò Thị Ánh", "acknowledged")
    assert again.opened_at == first


def test_nobody_acknowledges_for_another_unit(
    session: Session, issued: Make, people: People, units: dict[str, Unit]
) -> None:
    other = of_unit(service.distribute(session, people.registrar, issued().id), units["VPB"])
    for actor in (people.unit, people.stranger):
        with pytest.raises(NotFound):
            service.acknowledge(session, actor, other.id)
    with pytest.raises(Forbidden):
        service.acknowledge(session, people.registrar, other.id)
    assert other.acknowledged_at is None


def test_the_first_opening_is_kept_and_staff_leave_no_trace(
    session: Session, issued: Make, people: People, units: dict[str, Unit], fixed_clock: FixedClock
) -> None:
    delivery = of_unit(service.distribute(session, people.registrar, issued().id), units["TTTT"])
    assert service.open_delivery(session, people.secretary, delivery.id).opened_at is None
    first = fixed_clock.now
    service.open_delivery(session, people.unit, delivery.id)
    fixed_clock.now += timedelta(minutes=5)
    assert service.open_delivery(session, people.unit, delivery.id).opened_at == first
    assert verify(session).is_whole


def test_each_unit_with_an_address_gets_one_letter_without_content(
    runtime: Runtime, session: Session, issued: Make, people: People, units: dict[str, Unit]
) -> None:
    session.add(Person(full_name="Lý A Páo", title="Giám đốc", unit_id=units["TTTT"].id, email="ttTT@bo.example"))
    service.distribute(session, people.registrar, issued().id)
    session.commit()
    for _ in range(2):
        deliver_pending(runtime.database)
    with runtime.database.transaction() as fresh:
        (mail_id,) = due_mails(fresh, runtime, 10)
    deliver(runtime, mail_id)
    letters = list(runtime.settings.mail_directory.iterdir())
    assert len(letters) == 1
    message = message_from_bytes(letters[0].read_bytes(), policy=default)
    assert message["To"] == "ttTT@bo.example"
    assert "01/TB-BM" in message["Subject"]
    body = message.get_content()
    assert "Trung tâm Thông tin" in body
    assert "đường truyền" not in body
    with runtime.database.transaction() as fresh:
        faults = fresh.scalars(select(OutboxEvent.last_fault).where(OutboxEvent.last_fault.is_not(None))).all()
    assert faults == []


def test_an_address_that_cannot_be_written_to_keeps_nobody_else_from_the_mail(
    runtime: Runtime, session: Session, issued: Make, people: People, units: dict[str, Unit]
) -> None:
    session.add_all(
        Person(full_name=name, title="Chuyên viên", unit_id=units["TTTT"].id, email=email)
        for name, email in (("Lý A Páo", "sai địa chỉ\r\nBcc: x@y"), ("Vừ Thị Mỷ", "my@bo.example"))
    )
    service.distribute(session, people.registrar, issued().id)
    session.commit()
    deliver_pending(runtime.database)
    with runtime.database.transaction() as fresh:
        (mail,) = fresh.scalars(select(OutgoingMail)).all()
        assert [item.address for item in mail.recipients] == ["my@bo.example"]
        assert mail.about_type == "delivery"
