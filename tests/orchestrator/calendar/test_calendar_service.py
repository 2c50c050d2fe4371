"""The calendar the administrator keeps: a proposal until accepted, then exactly what was entered."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import Forbidden, Invalid, NotFound, SignInRequired, VersionConflict
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.calendar import service
from orchestrator.calendar.public_holidays import DayKind
from orchestrator.calendar.service import DayEntry

BRIDGE = DayEntry(date(2026, 5, 4), "Nghỉ cầu sau 01/5", basis="Thông báo nội bộ")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SECRETARY, Role.UNIT])
def test_only_the_administrator_keeps_the_calendar(
    session: Session, actor_factory: Callable[..., Actor], role: Role
) -> None:
    actor = actor_factory(role)
    acts: list[Callable[[], object]] = [
        lambda: service.add_day(session, actor, BRIDGE),
        lambda: service.change_day(session, actor, uuid4(), BRIDGE, 1),
        lambda: service.remove_day(session, actor, uuid4(), 1),
        lambda: service.accept_year(session, actor, 2026),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_nobody_reads_it_without_signing_in(session: Session) -> None:
    with pytest.raises(SignInRequired):
        service.show_year(session, None, 2026)


def test_an_empty_table_means_the_public_holidays(session: Session) -> None:
    calendar = service.working_calendar(session)
    assert not calendar.is_working_day(date(2026, 2, 17))
    assert not calendar.is_working_day(date(2026, 4, 27))
    assert calendar.is_working_day(date(2026, 8, 22))
    assert calendar.add_working_days(date(2026, 4, 29), 1) == date(2026, 5, 4)


def test_a_bridging_day_counts_at_once_on_top_of_the_proposal(session: Session, administrator: Actor) -> None:
    service.working_calendar(session)
    service.add_day(session, administrator, BRIDGE)
    calendar = service.working_calendar(session)
    assert calendar.add_working_days(date(2026, 4, 29), 1) == date(2026, 5, 5)
    year = service.show_year(session, administrator, 2026)
    assert [day.day for day in year.entered] == [date(2026, 5, 4)]
    assert date(2026, 4, 30) in {day.day for day in year.proposed}
    assert year.accepted is None


def test_an_accepted_year_is_exactly_what_was_entered(session: Session, administrator: Actor) -> None:
    service.add_day(session, administrator, DayEntry(date(2026, 9, 1), "Nghỉ Quốc khánh", basis="Thông báo"))
    proposed = len(service.propose_year(2026))
    assert service.accept_year(session, administrator, 2026) == proposed - 1
    assert service.accept_year(session, administrator, 2026) == 0
    year = service.show_year(session, administrator, 2026)
    assert (len(year.entered), year.proposed) == (proposed, ())
    culture = next(day for day in year.entered if day.day == date(2026, 11, 24))
    service.remove_day(session, administrator, culture.id, culture.version)
    assert service.working_calendar(session).is_working_day(date(2026, 11, 24))
    # The next year is still only proposed.
    assert not service.working_calendar(session).is_working_day(date(2027, 2, 8))


def test_changes_name_their_version_and_are_recorded(session: Session, administrator: Actor) -> None:
    row = service.add_day(session, administrator, BRIDGE)
    changed = DayEntry(date(2026, 5, 5), "Nghỉ cầu")
    service.change_day(session, administrator, row.id, changed, 1)
    assert (row.day, row.version) == (date(2026, 5, 5), 2)
    service.change_day(session, administrator, row.id, changed, 2)
    assert row.version == 2
    for act in (
        lambda: service.change_day(session, administrator, row.id, BRIDGE, 1),
        lambda: service.remove_day(session, administrator, row.id, 1),
    ):
        with pytest.raises(VersionConflict):
            act()
    service.remove_day(session, administrator, row.id, 2)
    with pytest.raises(NotFound):
        service.get_day(session, administrator, row.id)
    details = [audit.detail for audit in session.scalars(select(AuditRow).where(AuditRow.object_type == "holiday"))]
    assert details[1]["before"]["day"] == "2026-05-04"
    assert details[1]["after"]["day"] == "2026-05-05"
    assert len(details) == 3


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (DayEntry(date(2026, 5, 4), "Lặp"), "đã có trong lịch"),
        (DayEntry(date(2026, 5, 6), "  "), "còn để trống"),
        (DayEntry(date(2026, 5, 6), "x" * 300), "tối đa 250"),
        (DayEntry(date(2026, 5, 6), "Làm bù", DayKind.WORKING), "không phải Thứ Bảy"),
        (DayEntry(date(1990, 5, 6), "Xưa"), "từ 2000 đến 2099"),
        (DayEntry(date(2200, 5, 6), "Xa"), "từ 2000 đến 2099"),
    ],
)
def test_bad_days_are_refused(session: Session, administrator: Actor, entry: DayEntry, words: str) -> None:
    service.add_day(session, administrator, BRIDGE)
    with pytest.raises(Invalid, match=words):
        service.add_day(session, administrator, entry)


def test_a_day_moves_to_no_day_that_is_taken(session: Session, administrator: Actor) -> None:
    service.add_day(session, administrator, BRIDGE)
    other = service.add_day(session, administrator, DayEntry(date(2026, 5, 6), "Khác"))
    with pytest.raises(Invalid, match="đã có trong lịch"):
        service.change_day(session, administrator, other.id, BRIDGE, 1)


def test_a_weekend_day_worked_in_exchange(session: Session, administrator: Actor) -> None:
    service.add_day(session, administrator, DayEntry(date(2026, 5, 9), "Làm bù", DayKind.WORKING))
    assert service.working_calendar(session).is_working_day(date(2026, 5, 9))


@pytest.mark.parametrize("year", [1999, 2100, -1])
def test_years_out_of_reach_are_refused(session: Session, administrator: Actor, year: int) -> None:
    for act in (
        lambda: service.propose_year(year),
        lambda: service.show_year(session, administrator, year),
        lambda: service.accept_year(session, administrator, year),
    ):
        with pytest.raises(Invalid, match="năm"):
            act()


def test_a_hundred_questions_are_two_queries(session: Session, runtime: Runtime) -> None:
    asked: list[str] = []
    event.listen(runtime.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(100):
        service.working_calendar(session)
    assert len(asked) == 2
