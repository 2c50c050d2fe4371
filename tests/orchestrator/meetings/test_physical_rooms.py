"""Two endpoints in one physical room: never two meetings at once, one count of heads, and planned meetings follow."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.meetings import service
from orchestrator.meetings.physical_rooms.service import create_room, list_rooms, put_into_room
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint
from orchestrator.meetings.refusals import RoomInUse, RoomNameTaken, RoomTaken
from orchestrator.refusals import EndpointTaken, RoomCapExceeded, UnknownReference
from tests.orchestrator.conftest import Ministry, build_ministry, plan_of, shifted


def alone(ministry: Ministry, number: int, people: int = 1) -> MeetingPlan:
    endpoints = [PlannedEndpoint(ministry.endpoints[number].id, people)]
    return plan_of(ministry, endpoints=endpoints, chair_id=None, secretary_id=None)


def share(session: Session, operator: Actor, ministry: Ministry, capacity: int | None = None) -> None:
    room = create_room(session, operator, "Hội trường tầng 2", capacity)
    for number in (1, 2):
        put_into_room(session, operator, ministry.endpoints[number].id, room.id)


def test_a_room_is_not_in_two_meetings_at_once(session: Session, operator: Actor, ministry: Ministry) -> None:
    share(session, operator, ministry)
    first = service.plan_meeting(session, operator, alone(ministry, 1))
    with pytest.raises(RoomTaken) as caught:
        service.plan_meeting(session, operator, alone(ministry, 2))
    for part in ("Hội trường tầng 2", "Phòng họp Cục Văn thư và Lưu trữ", first.code):
        assert part in caught.value.sentence()
    service.plan_meeting(session, operator, alone(ministry, 3))


def test_both_endpoints_may_sit_in_the_same_meeting_and_share_the_cap(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    share(session, operator, ministry)
    endpoints = [PlannedEndpoint(ministry.endpoints[1].id, 12), PlannedEndpoint(ministry.endpoints[2].id, 9)]
    plan = plan_of(ministry, endpoints=endpoints, chair_id=None, secretary_id=None)
    with pytest.raises(RoomCapExceeded, match="Hội trường tầng 2.*21 người"):
        service.plan_meeting(session, operator, plan)
    fewer = [PlannedEndpoint(ministry.endpoints[1].id, 12), PlannedEndpoint(ministry.endpoints[2].id, 8)]
    plan = plan_of(ministry, endpoints=fewer, chair_id=None, secretary_id=None)
    assert len(service.plan_meeting(session, operator, plan).endpoints) == 2


def test_the_chairs_of_the_room_bind(session: Session, operator: Actor, ministry: Ministry) -> None:
    share(session, operator, ministry, capacity=6)
    with pytest.raises(RoomCapExceeded, match="Sức chứa"):
        service.plan_meeting(session, operator, alone(ministry, 1, 7))


def test_planned_meetings_follow_and_a_clash_refuses_the_change(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    service.plan_meeting(session, operator, alone(ministry, 1))
    service.plan_meeting(session, operator, alone(ministry, 2))
    room = create_room(session, operator, "Phòng 301")
    put_into_room(session, operator, ministry.endpoints[1].id, room.id)
    with pytest.raises(RoomInUse, match="Phòng 301"):
        put_into_room(session, operator, ministry.endpoints[2].id, room.id)
    with pytest.raises(EndpointTaken):
        service.plan_meeting(session, operator, alone(ministry, 1))
    put_into_room(session, operator, ministry.endpoints[1].id, None)
    assert list_rooms(session, operator) == [(room, [])]


def test_wrong_rooms_are_refused(session: Session, operator: Actor, administrator: Actor, ministry: Ministry) -> None:
    create_room(session, operator, "Phòng 301")
    with pytest.raises(RoomNameTaken):
        create_room(session, operator, " Phòng  301 ")
    for capacity in (0, -1):
        with pytest.raises(Invalid):
            create_room(session, operator, "Phòng 302", capacity)
    with pytest.raises(Invalid):
        create_room(session, operator, "x" * 300)
    with pytest.raises(NotFound):
        put_into_room(session, operator, ministry.endpoints[0].id, uuid4())
    with pytest.raises(UnknownReference):
        put_into_room(session, operator, uuid4(), None)
    with pytest.raises(Forbidden):
        create_room(session, administrator, "Phòng 303")


@pytest.mark.parametrize("run", range(3))
def test_thirty_plan_the_same_room_at_once_and_one_succeeds(
    runtime: Runtime, operator: Actor, administrator: Actor, run: int
) -> None:
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, administrator)
        share(session, operator, ministry)

    def plan(number: int) -> str:
        try:
            with runtime.database.transaction() as own:
                service.plan_meeting(own, operator, alone(ministry, 1 + number % 2))
        except (EndpointTaken, RoomTaken) as refused:
            return refused.code
        return "planned"

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(plan, range(30)))
    assert answers.count("planned") == 1
    starts, ends = shifted(5)
    with runtime.database.transaction() as session:
        later = plan_of(ministry, chair_id=None, secretary_id=None, starts_at=starts, ends_at=ends)
        service.plan_meeting(session, operator, later)
