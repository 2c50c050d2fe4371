"""Cap policies in the database: who keeps them, what is refused, and thirty at once into twenty seats."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.database import Database
from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.caps import service
from orchestrator.caps.caps import Scope
from orchestrator.caps.models import CapPolicy
from orchestrator.meetings.models import MeetingEndpoint
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.registration import register_people, set_head_count
from orchestrator.meetings.service import close_meeting, plan_meeting
from orchestrator.refusals import CapExceeded, ConnectionCapExceeded, MeetingCapExceeded, MeetingOver, RoomCapExceeded
from tests.orchestrator.conftest import Ministry, build_ministry, plan_of

NEW = service.NewPolicy("Chỉ thị thử", Scope.ROOM, 10, "Chỉ thị số 15/CT-TTg", date(2026, 1, 1))


def planned(session: Session, operator: Actor, ministry: Ministry, *heads: int) -> MeetingEndpoint:
    """A meeting with so many people per endpoint; returns its first endpoint."""
    endpoints = [PlannedEndpoint(ministry.endpoints[i].id, count) for i, count in enumerate(heads)]
    return plan_meeting(session, operator, plan_of(ministry, endpoints=endpoints)).endpoints[0]


def test_only_the_administrator_keeps_policies(session: Session, operator: Actor) -> None:
    with pytest.raises(Forbidden):
        service.create_policy(session, operator, NEW)
    with pytest.raises(Forbidden):
        service.end_policy(session, operator, operator.account_id, date(2026, 1, 1))


def test_the_default_policy_is_written_once_and_not_after_an_administrator_ended_it(
    session: Session, administrator: Actor
) -> None:
    service.ensure_default_policy(session)
    (policy,) = service.list_policies(session, administrator)
    assert (policy.maximum, policy.scope) == (20, Scope.ROOM)
    assert "2047/TB-BCĐ" in policy.legal_basis
    service.end_policy(session, administrator, policy.id, date(2022, 1, 1))
    service.ensure_default_policy(session)
    assert session.scalar(select(func.count()).select_from(CapPolicy)) == 1


@pytest.mark.parametrize("maximum", [0, -1, True])
def test_a_cap_of_nothing_is_refused(session: Session, administrator: Actor, maximum: int) -> None:
    with pytest.raises(Invalid, match="từ 1 trở lên"):
        service.create_policy(
            session, administrator, service.NewPolicy("x", Scope.ROOM, maximum, "x", date(2026, 1, 1))
        )


def test_the_database_refuses_a_cap_of_nothing_as_well(session: Session) -> None:
    row = CapPolicy(name="x", scope=Scope.ROOM, maximum=0, legal_basis="x", valid_from=date(2026, 1, 1))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(row)


def test_a_policy_needs_a_legal_basis_and_a_validity_that_runs_forward(session: Session, administrator: Actor) -> None:
    with pytest.raises(Invalid, match="căn cứ"):
        service.create_policy(session, administrator, service.NewPolicy("x", Scope.ROOM, 5, "  ", date(2026, 1, 1)))
    backward = service.NewPolicy("x", Scope.ROOM, 5, "x", date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(Invalid, match="trước ngày"):
        service.create_policy(session, administrator, backward)
    with pytest.raises(NotFound):
        service.end_policy(session, administrator, administrator.account_id, date(2026, 1, 1))


def test_a_plan_over_the_default_cap_is_refused_with_the_sentence(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    with pytest.raises(RoomCapExceeded) as caught:
        planned(session, operator, ministry, 5, 25)
    sentence = caught.value.sentence()
    for part in ("Phòng họp Trung tâm Thông tin", "25 người", "trần 20 người", "2047/TB-BCĐ", "bớt 5 người"):
        assert part in sentence
    assert caught.value.http_status == 409


def test_the_strictest_policy_of_the_day_is_the_one_named(
    session: Session, operator: Actor, administrator: Actor, ministry: Ministry
) -> None:
    service.create_policy(session, administrator, NEW)
    with pytest.raises(RoomCapExceeded, match="15/CT-TTg"):
        planned(session, operator, ministry, 11)
    planned(session, operator, ministry, 10)


def test_scopes_of_meeting_and_connections(
    session: Session, operator: Actor, administrator: Actor, ministry: Ministry
) -> None:
    for scope, maximum in ((Scope.MEETING, 30), (Scope.CONNECTIONS, 3)):
        new = service.NewPolicy(f"Trần {scope}", scope, maximum, "Quy chế họp", date(2026, 1, 1))
        service.create_policy(session, administrator, new)
    with pytest.raises(MeetingCapExceeded, match="31 người"):
        planned(session, operator, ministry, 11, 10, 10)
    with pytest.raises(ConnectionCapExceeded, match="4 điểm cầu"):
        planned(session, operator, ministry, 1, 1, 1, 1)


def test_a_later_policy_binds_growth_and_lets_people_leave(
    session: Session, operator: Actor, administrator: Actor, ministry: Ministry
) -> None:
    place = planned(session, operator, ministry, 18)
    service.create_policy(session, administrator, NEW)
    with pytest.raises(CapExceeded):
        register_people(session, operator, place.meeting_id, place.endpoint_id)
    assert set_head_count(session, operator, place.meeting_id, place.endpoint_id, 15).head_count == 15


def test_head_counts_that_are_none(session: Session, operator: Actor, ministry: Ministry) -> None:
    place = planned(session, operator, ministry, 5)
    with pytest.raises(Invalid):
        set_head_count(session, operator, place.meeting_id, place.endpoint_id, -1)
    with pytest.raises(NotFound):
        set_head_count(session, operator, place.meeting_id, ministry.endpoints[3].id, 1)
    with pytest.raises(NotFound):
        set_head_count(session, operator, place.endpoint_id, place.endpoint_id, 1)
    close_meeting(session, operator, place.meeting_id)
    with pytest.raises(MeetingOver):
        set_head_count(session, operator, place.meeting_id, place.endpoint_id, 1)


@pytest.mark.parametrize("run", range(8))
def test_thirty_register_at_once_into_twenty_seats(
    runtime: Runtime, operator: Actor, administrator: Actor, run: int
) -> None:
    database: Database = runtime.database
    with database.transaction() as session:
        ministry = build_ministry(session, administrator)
        # Nobody is named, so that nobody is counted as registered yet.
        endpoints = [PlannedEndpoint(ministry.endpoints[0].id, 0), PlannedEndpoint(ministry.endpoints[1].id, 3)]
        plan = plan_of(ministry, endpoints=endpoints, chair_id=None, secretary_id=None)
        place = plan_meeting(session, operator, plan).endpoints[0]

    def register(_: int) -> bool:
        try:
            with database.transaction() as session:
                register_people(session, operator, place.meeting_id, place.endpoint_id)
        except RoomCapExceeded:
            return False
        return True

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(register, range(30)))
    with database.transaction() as session:
        stored = session.get_one(MeetingEndpoint, place.id)
        assert (answers.count(True), stored.head_count) == (20, 20)
