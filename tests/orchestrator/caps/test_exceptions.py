"""Policies of some units and kinds against the database, presets, and exceptions with a reason for one meeting."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from orchestrator.caps import service
from orchestrator.caps.caps import Scope
from orchestrator.caps.models import CapPolicy
from orchestrator.caps.presets import PRESETS
from orchestrator.caps.refusals import CapInForce, ExceptionNotAllowed, ExceptionNotNeeded
from orchestrator.directory.models import Unit
from orchestrator.meetings.cap_exceptions import (
    exception_register,
    exceptions_of,
    grant_exception,
    revoke_exception,
)
from orchestrator.meetings.cap_review import meetings_over_caps
from orchestrator.meetings.models import Meeting, MeetingKind
from orchestrator.meetings.plan import PlannedEndpoint, PlannedException
from orchestrator.meetings.registration import set_head_count
from orchestrator.meetings.service import close_meeting, plan_meeting
from orchestrator.refusals import MeetingOver, RoomCapExceeded, UnknownReference
from tests.conftest import MOMENT
from tests.orchestrator.conftest import STARTS, Ministry, plan_of

TODAY = date(2026, 4, 8)
REASON = "Phòng rộng 300 m², đã bố trí giãn cách"


@pytest.fixture
def approver(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.APPROVER)


@pytest.fixture
def both(actor_factory: Callable[..., Actor]) -> Actor:
    """Who plans and may let a meeting exceed the ministry's cap."""
    return actor_factory(Role.OPERATOR, Role.APPROVER)


def the_policy(session: Session) -> CapPolicy:
    return session.scalars(select(CapPolicy).where(CapPolicy.maximum == 20)).one()


def planned(session: Session, operator: Actor, ministry: Ministry, **changes: Any) -> Meeting:
    return plan_meeting(session, operator, plan_of(ministry, **changes))


def test_an_exception_lets_one_meeting_grow_and_no_other(
    session: Session, operator: Actor, approver: Actor, ministry: Ministry
) -> None:
    meeting, place = (found := planned(session, operator, ministry)), found.endpoints[1].endpoint_id
    policy = the_policy(session)
    with pytest.raises(RoomCapExceeded, match="Được cho vượt trần khi ghi rõ lý do: Người duyệt") as caught:
        set_head_count(session, operator, meeting.id, place, 26)
    assert caught.value.params["policy_id"] == policy.id
    granted = grant_exception(session, approver, meeting.id, PlannedException(policy.id, 30, REASON))
    assert set_head_count(session, operator, meeting.id, place, 26).head_count == 26
    with pytest.raises(RoomCapExceeded, match="trần 30"):
        set_head_count(session, operator, meeting.id, place, 31)
    later = STARTS + timedelta(days=1)
    crowded = [PlannedEndpoint(ministry.endpoints[1].id, 26)]
    with pytest.raises(RoomCapExceeded, match="trần 20"):
        planned(session, operator, ministry, endpoints=crowded, starts_at=later, ends_at=later + timedelta(hours=1))
    assert exceptions_of(session, operator, meeting) == [granted]
    (listed,), total = exception_register(session, operator)
    assert (listed, total) == ((granted, meeting.title, meeting.code), 1)
    row = session.scalars(select(AuditRow).where(AuditRow.action == "cap_exception.granted")).one()
    assert (row.actor_id, row.detail["allowed"]) == (approver.account_id, 30)


def test_an_exception_is_granted_with_the_plan_itself(session: Session, both: Actor, ministry: Ministry) -> None:
    crowded = [PlannedEndpoint(ministry.endpoints[1].id, 26)]
    exception = PlannedException(the_policy(session).id, 30, REASON)
    meeting = planned(session, both, ministry, endpoints=crowded, exceptions=[exception])
    assert [item.reason for item in exceptions_of(session, both, meeting)] == [REASON]


def test_a_second_grant_replaces_the_first_and_taking_back_binds_growth(
    session: Session, operator: Actor, approver: Actor, ministry: Ministry
) -> None:
    meeting, policy = planned(session, operator, ministry), the_policy(session)
    grant_exception(session, approver, meeting.id, PlannedException(policy.id, 30, REASON))
    second = grant_exception(session, approver, meeting.id, PlannedException(policy.id, 25, REASON))
    place = meeting.endpoints[1].endpoint_id
    set_head_count(session, operator, meeting.id, place, 25)
    revoke_exception(session, approver, meeting.id, second.id)
    with pytest.raises(RoomCapExceeded, match="trần 20"):
        set_head_count(session, operator, meeting.id, place, 26)
    assert set_head_count(session, operator, meeting.id, place, 22).head_count == 22
    with pytest.raises(NotFound):
        revoke_exception(session, approver, meeting.id, second.id)
    assert len(exceptions_of(session, operator, meeting)) == 2


def test_only_the_roles_of_the_policy_grant(
    session: Session,
    operator: Actor,
    approver: Actor,
    administrator: Actor,
    ministry: Ministry,
    actor_factory: Callable[..., Actor],
) -> None:
    meeting, policy = planned(session, operator, ministry), the_policy(session)
    with pytest.raises(ExceptionNotAllowed, match="Người duyệt"):
        grant_exception(session, operator, meeting.id, PlannedException(policy.id, 30, REASON))
    for role in (Role.SECRETARY, Role.REGISTRAR):
        with pytest.raises(Forbidden):
            grant_exception(session, actor_factory(role), meeting.id, PlannedException(policy.id, 30, REASON))
    with pytest.raises(NotFound):
        grant_exception(session, actor_factory(Role.UNIT), meeting.id, PlannedException(policy.id, 30, REASON))
    strict = service.create_policy(
        session, administrator, service.NewPolicy("Không ai vượt", Scope.ROOM, 15, "Quy chế", TODAY)
    )
    with pytest.raises(ExceptionNotAllowed, match="không cho phép vượt trần"):
        grant_exception(session, approver, meeting.id, PlannedException(strict.id, 30, REASON))


@pytest.mark.parametrize(
    ("allowed", "reason"), [(30, " "), (20, REASON), (0, REASON), (-1, REASON), (10**7, REASON), (30, "x" * 300)]
)
def test_an_exception_needs_a_reason_and_a_larger_number(
    session: Session, operator: Actor, approver: Actor, ministry: Ministry, allowed: int, reason: str
) -> None:
    meeting = planned(session, operator, ministry)
    with pytest.raises(Invalid):
        grant_exception(session, approver, meeting.id, PlannedException(the_policy(session).id, allowed, reason))


def test_an_exception_from_what_does_not_bind_is_refused(
    session: Session, operator: Actor, approver: Actor, administrator: Actor, ministry: Ministry
) -> None:
    meeting = planned(session, operator, ministry)
    for changes in ({"kinds": ["review"]}, {"valid_until": TODAY - timedelta(days=1)}):
        new = service.NewPolicy(
            "Khác", Scope.ROOM, 9, "Quy chế", TODAY - timedelta(days=9), may_exceed_roles=[Role.APPROVER], **changes
        )  # type: ignore[arg-type]
        other = service.create_policy(session, administrator, new)
        with pytest.raises(ExceptionNotNeeded):
            grant_exception(session, approver, meeting.id, PlannedException(other.id, 30, REASON))
    for unknown in ((meeting.id, uuid4()), (uuid4(), the_policy(session).id)):
        with pytest.raises(NotFound):
            grant_exception(session, approver, unknown[0], PlannedException(unknown[1], 30, REASON))
    close_meeting(session, operator, meeting.id)
    with pytest.raises(MeetingOver):
        grant_exception(session, approver, meeting.id, PlannedException(the_policy(session).id, 30, REASON))


def test_policies_of_kinds_and_of_units_above(
    session: Session, operator: Actor, administrator: Actor, ministry: Ministry
) -> None:
    parent = Unit(code="KHOI", name="Khối sự nghiệp")
    session.add(parent)
    session.flush()
    ministry.units[1].parent_id = parent.id
    for new in (
        service.NewPolicy("Của khối", Scope.ROOM, 8, "CV 1", TODAY, unit_ids=[parent.id]),
        service.NewPolicy("Tổng kết", Scope.ROOM, 6, "CV 2", TODAY, kinds=["review"]),
    ):
        service.create_policy(session, administrator, new)
    with pytest.raises(RoomCapExceeded, match="Của khối"):
        planned(session, operator, ministry, endpoints=[PlannedEndpoint(ministry.endpoints[1].id, 9)])
    meeting = planned(session, operator, ministry, endpoints=[PlannedEndpoint(ministry.endpoints[0].id, 9)])
    assert meeting.kind is MeetingKind.WEEKLY_BRIEFING
    with pytest.raises(RoomCapExceeded, match="Tổng kết"):
        planned(
            session,
            operator,
            ministry,
            kind=MeetingKind.REVIEW,
            endpoints=[PlannedEndpoint(ministry.endpoints[2].id, 7)],
            chair_id=None,
            secretary_id=None,
        )
    with pytest.raises(UnknownReference):
        wrong = service.NewPolicy("Lạ", Scope.ROOM, 8, "CV 1", TODAY, unit_ids=[uuid4()])
        service.create_policy(session, administrator, wrong)


def test_presets_are_put_in_force_by_one_call_and_not_twice(session: Session, administrator: Actor) -> None:
    made = [service.add_preset(session, administrator, preset.code, TODAY) for preset in PRESETS if preset.maximum]
    assert [(item.maximum, item.legal_basis) for item in made] == [
        (20, "Thông báo số 2047/TB-BCĐ ngày 11/5/2021"),
        (20, "Chỉ thị số 15/CT-TTg ngày 27/3/2020"),
        (2, "Chỉ thị số 16/CT-TTg ngày 31/3/2020"),
    ]
    with pytest.raises(CapInForce, match="16/CT-TTg"):
        service.add_preset(session, administrator, "ct-16", TODAY)
    with pytest.raises(Invalid, match="19/CT-TTg"):
        service.add_preset(session, administrator, "ct-19", TODAY)
    assert service.add_preset(session, administrator, "ct-19", TODAY, maximum=30).maximum == 30
    for wrong in ("ct-99", ""):
        with pytest.raises(NotFound):
            service.add_preset(session, administrator, wrong, TODAY)
    with pytest.raises(Invalid):
        service.add_preset(session, administrator, "ct-19", TODAY, maximum=0)


def test_only_roles_that_exist_for_it_may_exceed(session: Session, administrator: Actor) -> None:
    with pytest.raises(Invalid, match="vai trò"):
        new = service.NewPolicy("x", Scope.ROOM, 5, "x", TODAY, may_exceed_roles=[Role.UNIT])
        service.create_policy(session, administrator, new)


def test_a_stricter_policy_lists_the_meetings_it_breaks_and_cancels_none(
    session: Session, operator: Actor, approver: Actor, administrator: Actor, ministry: Ministry
) -> None:
    meeting = planned(session, operator, ministry)
    assert meetings_over_caps(session, administrator, MOMENT) == []
    new = service.NewPolicy("Siết", Scope.ROOM, 4, "CT mới", TODAY, may_exceed_roles=[Role.APPROVER])
    strict = service.create_policy(session, administrator, new)
    (over,) = meetings_over_caps(session, administrator, MOMENT)
    assert (over.id, len(over.breaches), over.breaches[0].policy.name) == (meeting.id, 4, "Siết")
    assert meeting.state == "planned"
    grant_exception(session, approver, meeting.id, PlannedException(strict.id, 5, REASON))
    assert meetings_over_caps(session, administrator, MOMENT) == []


def test_the_cap_of_connections_told_to_the_room(
    session: Session, operator: Actor, approver: Actor, administrator: Actor, ministry: Ministry
) -> None:
    meeting = planned(session, operator, ministry)
    roles = [Role.APPROVER]
    new = service.NewPolicy("Phòng", Scope.CONNECTIONS, 6, "QC", TODAY, may_exceed_roles=roles)
    wide = service.create_policy(session, administrator, new)
    kinds = service.NewPolicy("Theo loại", Scope.CONNECTIONS, 5, "QC", TODAY, kinds=["review"])
    service.create_policy(session, administrator, kinds)
    units = service.NewPolicy("Khối", Scope.CONNECTIONS, 1, "QC", TODAY, unit_ids=[ministry.units[3].id])
    service.create_policy(session, administrator, units)
    assert service.connection_cap(session, TODAY) == 6
    assert service.connection_cap(session, TODAY, kind="review") == 5
    assert service.connection_cap(session, TODAY - timedelta(days=1)) is None
    grant_exception(session, approver, meeting.id, PlannedException(wide.id, 9, REASON))
    assert service.connection_cap(session, TODAY, kind=meeting.kind, meeting_id=meeting.id) == 9
