"""Planning against the real database: rights, secrecy, overlaps, life cycle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import (
    ClassifiedRefused,
    Forbidden,
    Invalid,
    NotFound,
    SignInRequired,
    TransitionRefused,
    VersionConflict,
)
from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings import service, states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingEndpoint, ParticipantRole
from orchestrator.meetings.plan import PlannedDocument, PlannedEndpoint, PlannedItem, PlannedParticipant
from orchestrator.refusals import ChairTaken, EndpointTaken, MeetingOver, UnknownReference
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, build_ministry, plan_of, shifted


def alone(ministry: Ministry, number: int, **changes: object) -> object:
    """A plan for one endpoint only, without a chair."""
    values: dict[str, object] = {"chair_id": None, "secretary_id": None}
    return plan_of(ministry, endpoints=[PlannedEndpoint(ministry.endpoints[number].id)], **(values | changes))


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR, Role.ADMINISTRATOR, Role.UNIT])
def test_only_the_operator_plans(
    session: Session, ministry: Ministry, actor_factory: Callable[..., Actor], role: Role
) -> None:
    with pytest.raises(Forbidden):
        service.plan_meeting(session, actor_factory(role), plan_of(ministry))
    with pytest.raises(SignInRequired):
        service.plan_meeting(session, None, plan_of(ministry))


def test_a_plan_is_written_whole(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan = plan_of(
        ministry,
        agenda=[PlannedItem("Báo cáo tuần", ministry.units[1].id), PlannedItem("Ý kiến")],
        participants=[PlannedParticipant(ministry.member.id, ministry.endpoints[1].id, ParticipantRole.REPORTER)],
        documents=[PlannedDocument("12/KH-BM", STARTS.date(), "Kế hoạch")],
    )
    meeting = service.plan_meeting(session, operator, plan)
    session.expire_all()
    assert (meeting.state, meeting.version, meeting.classification) == ("planned", 1, Classification.UNCLASSIFIED)
    assert [place.endpoint.code for place in meeting.endpoints] == [item.code for item in ministry.endpoints]
    assert meeting.central_endpoint is not None
    assert meeting.central_endpoint.endpoint_id == ministry.endpoints[0].id
    assert [item.role for item in meeting.participants] == ["chair", "secretary", "reporter"]
    assert meeting.participants[2].meeting_endpoint is meeting.endpoints[1]
    assert [item.title for item in meeting.agenda] == ["Báo cáo tuần", "Ý kiến"]
    assert meeting.documents[0].symbol == "12/KH-BM"
    assert meeting.related_unit_ids() == {unit.id for unit in ministry.units}
    assert session.scalar(select(OutboxEvent.payload).where(OutboxEvent.topic == "meeting.planned")) == {
        "id": str(meeting.id)
    }


def test_named_people_count_as_registered(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan = plan_of(ministry, endpoints=[PlannedEndpoint(ministry.endpoints[0].id, 0)])
    assert service.plan_meeting(session, operator, plan).endpoints[0].head_count == 2


@pytest.mark.parametrize("degree", [Classification.CONFIDENTIAL, Classification.SECRET, Classification.TOP_SECRET])
def test_a_classified_plan_is_refused_before_anything_else_and_leaves_nothing(
    session: Session, operator: Actor, ministry: Ministry, degree: Classification
) -> None:
    with pytest.raises(ClassifiedRefused, match="26/2020/NĐ-CP"):
        service.plan_meeting(session, operator, plan_of(ministry, classification=degree, title=""))
    assert session.scalar(select(func.count()).select_from(Meeting)) == 0
    service.note_classified_refusal(session, operator, degree)
    row = session.scalars(select(AuditRow).where(AuditRow.action == "meeting.classified_refused")).one()
    assert row.detail == {"classification": degree.value}


def test_the_database_gives_no_room_to_a_classified_meeting(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    meeting = service.plan_meeting(session, operator, plan_of(ministry))
    with pytest.raises(IntegrityError), session.begin_nested():
        meeting.classification = Classification.SECRET
        session.flush()


@pytest.mark.parametrize("close_first", [False, True])
def test_a_meeting_that_turns_out_classified_loses_its_room(
    session: Session, operator: Actor, ministry: Ministry, close_first: bool
) -> None:
    meeting = service.plan_meeting(session, operator, plan_of(ministry))
    if close_first:
        service.close_meeting(session, operator, meeting.id)
    service.declare_classified(session, operator, meeting.id, Classification.UNCLASSIFIED)
    assert meeting.room_name is not None
    service.declare_classified(session, operator, meeting.id, Classification.CONFIDENTIAL)
    assert meeting.room_name is None
    assert meeting.state == (states.CLOSED if close_first else states.CANCELLED)
    assert session.scalar(select(OutboxEvent.id).where(OutboxEvent.topic == "meeting.classified")) is not None
    with pytest.raises(ClassifiedRefused):
        service.open_meeting(session, operator, meeting.id)


def test_unknown_people_units_and_endpoints_are_named(session: Session, operator: Actor, ministry: Ministry) -> None:
    unknown = uuid4()
    for changes in (
        {"chair_id": unknown},
        {"participants": [PlannedParticipant(unknown)]},
        {"agenda": [PlannedItem("Báo cáo", unknown)]},
        {"endpoints": [PlannedEndpoint(unknown)], "chair_id": None, "secretary_id": None},
    ):
        with pytest.raises(UnknownReference, match=str(unknown)):
            service.plan_meeting(session, operator, plan_of(ministry, **changes))


def test_an_endpoint_cannot_be_in_two_meetings_at_once(session: Session, operator: Actor, ministry: Ministry) -> None:
    first = service.plan_meeting(session, operator, alone(ministry, 1))
    starts, ends = shifted(1)
    with pytest.raises(EndpointTaken) as caught:
        service.plan_meeting(session, operator, alone(ministry, 1, starts_at=starts, ends_at=ends, title="Họp khác"))
    sentence = caught.value.sentence()
    for part in ("Phòng họp Trung tâm Thông tin", first.title, first.code, "16:00 ngày 08/04/2026", "17:30"):
        assert part in sentence
    # The refusal undid only itself: the same transaction goes on planning.
    service.plan_meeting(session, operator, alone(ministry, 2, starts_at=starts, ends_at=ends))


def test_one_meeting_may_begin_where_another_ends(session: Session, operator: Actor, ministry: Ministry) -> None:
    service.plan_meeting(session, operator, alone(ministry, 1))
    after = alone(ministry, 1, starts_at=ENDS, ends_at=ENDS + timedelta(hours=1))
    before = alone(ministry, 1, starts_at=STARTS - timedelta(hours=1), ends_at=STARTS)
    for plan in (after, before):
        service.plan_meeting(session, operator, plan)


def test_a_chair_cannot_chair_two_meetings_at_once(session: Session, operator: Actor, ministry: Ministry) -> None:
    chair = ministry.chair.id
    service.plan_meeting(session, operator, alone(ministry, 1, chair_id=chair))
    with pytest.raises(ChairTaken, match="Phan Quốc Bảo đã chủ trì"):
        service.plan_meeting(session, operator, alone(ministry, 2, chair_id=chair))
    service.plan_meeting(session, operator, alone(ministry, 2, secretary_id=chair))


@pytest.mark.parametrize("end", ["close", "cancel"])
def test_a_meeting_that_is_over_frees_its_endpoints(
    session: Session, operator: Actor, ministry: Ministry, end: str
) -> None:
    first = service.plan_meeting(session, operator, plan_of(ministry))
    service.open_meeting(session, operator, first.id)
    with pytest.raises(EndpointTaken):
        service.plan_meeting(session, operator, alone(ministry, 0))
    if end == "close":
        service.close_meeting(session, operator, first.id)
    else:
        service.cancel_meeting(session, operator, first.id, "Đổi lịch công tác")
    service.plan_meeting(session, operator, plan_of(ministry))


def test_the_copied_period_follows_the_meeting(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = service.plan_meeting(session, operator, plan_of(ministry))
    starts, ends = shifted(24)
    service.reschedule_meeting(session, operator, meeting.id, starts, ends)
    service.open_meeting(session, operator, meeting.id)
    session.flush()
    copied = select(MeetingEndpoint.meeting_starts_at, MeetingEndpoint.meeting_state).distinct()
    assert [tuple(row) for row in session.execute(copied)] == [(starts, "open")]
    assert meeting.version == 3
    with pytest.raises(MeetingOver):
        service.reschedule_meeting(session, operator, meeting.id, STARTS, ENDS)


def test_moving_into_another_meeting_is_refused_and_changes_nothing(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    service.plan_meeting(session, operator, alone(ministry, 1))
    starts, ends = shifted(24)
    meeting = service.plan_meeting(session, operator, alone(ministry, 1, starts_at=starts, ends_at=ends))
    with pytest.raises(EndpointTaken):
        service.reschedule_meeting(session, operator, meeting.id, STARTS, ENDS)
    assert (meeting.starts_at, meeting.version) == (starts, 1)
    with pytest.raises(Invalid):
        service.reschedule_meeting(session, operator, meeting.id, ENDS, STARTS)


@pytest.mark.parametrize("run", range(3))
def test_thirty_plan_the_same_endpoint_at_the_same_hour_and_one_succeeds(
    runtime: Runtime, operator: Actor, administrator: Actor, run: int
) -> None:
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, administrator)

    def plan(number: int) -> str:
        # Some want all endpoints, some the other way round, some only the first: all meet in the first.
        wanted = list(ministry.endpoints)[:: 1 if number % 2 else -1] if number % 3 else ministry.endpoints[:1]
        chosen = plan_of(ministry, endpoints=[PlannedEndpoint(item.id) for item in wanted])
        try:
            with runtime.database.transaction() as own:
                service.plan_meeting(own, operator, chosen if number % 3 else replace(chosen, chair_id=None))
        except (EndpointTaken, ChairTaken) as refused:
            return refused.code
        return "planned"

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(plan, range(30)))
    assert answers.count("planned") == 1
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Meeting)) == 1


def test_life_of_a_meeting(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = service.plan_meeting(session, operator, plan_of(ministry))
    service.open_meeting(session, operator, meeting.id, expected_version=1)
    with pytest.raises(VersionConflict):
        service.close_meeting(session, operator, meeting.id, expected_version=1)
    service.close_meeting(session, operator, meeting.id)
    for move in (service.open_meeting, service.close_meeting):
        with pytest.raises(TransitionRefused):
            move(session, operator, meeting.id)
    with pytest.raises(TransitionRefused):
        service.cancel_meeting(session, operator, meeting.id, "Muộn rồi")
    topics = session.scalars(select(OutboxEvent.topic).order_by(OutboxEvent.id)).all()
    assert topics == ["meeting.planned", "meeting.opened", "meeting.closed"]


def test_cancelling_needs_a_reason(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = service.plan_meeting(session, operator, plan_of(ministry))
    with pytest.raises(Invalid, match="lý do hủy"):
        service.cancel_meeting(session, operator, meeting.id, " ")
    assert service.cancel_meeting(session, operator, meeting.id, "Trùng lịch").cancelled_because == "Trùng lịch"


def test_others_see_but_do_not_operate(
    session: Session, operator: Actor, ministry: Ministry, actor_factory: Callable[..., Actor]
) -> None:
    meeting = service.plan_meeting(session, operator, plan_of(ministry))
    secretary = actor_factory(Role.SECRETARY)
    assert service.get_meeting(session, secretary, meeting.id) is meeting
    with pytest.raises(Forbidden):
        service.open_meeting(session, secretary, meeting.id)
    with pytest.raises(Forbidden):
        service.cancel_meeting(session, secretary, meeting.id, "x")
    with pytest.raises(Forbidden):
        service.declare_classified(session, secretary, meeting.id, Classification.SECRET)


def test_a_unit_sees_the_meetings_that_name_it_and_no_others(
    session: Session, operator: Actor, ministry: Ministry, actor_factory: Callable[..., Actor]
) -> None:
    by_endpoint = service.plan_meeting(session, operator, alone(ministry, 1, agenda=[PlannedItem("Chung")]))
    by_agenda = service.plan_meeting(
        session, operator, alone(ministry, 2, agenda=[PlannedItem("Báo cáo", ministry.units[1].id)])
    )
    foreign = service.plan_meeting(session, operator, alone(ministry, 3, chair_id=ministry.chair.id))
    unit = actor_factory(Role.UNIT, unit_ids=[ministry.units[1].id])
    assert {meeting.id for meeting in service.list_meetings(session, unit)} == {by_endpoint.id, by_agenda.id}
    assert len(service.list_meetings(session, operator)) == 3
    with pytest.raises(NotFound):
        service.get_meeting(session, unit, foreign.id)
    office = actor_factory(Role.UNIT, unit_ids=[ministry.units[0].id])
    assert [meeting.id for meeting in service.list_meetings(session, office)] == [foreign.id]
    assert service.list_meetings(session, actor_factory(Role.UNIT)) == []


def test_a_longer_list_costs_no_more_queries(
    session: Session, operator: Actor, ministry: Ministry, runtime: Runtime
) -> None:
    def queries() -> int:
        seen: list[str] = []

        def count(*call: Any) -> None:
            seen.append(str(call[2]))

        session.flush()
        session.expunge_all()
        event.listen(runtime.database.engine, "before_cursor_execute", count)
        for meeting in service.list_meetings(session, operator):
            assert meeting.chair is not None
            names = [place.endpoint.unit.name for place in meeting.endpoints if place.endpoint.unit]
            names += [item.meeting_endpoint.endpoint.name for item in meeting.participants if item.meeting_endpoint]
            assert len(names) == 6
            assert meeting.related_unit_ids()
        event.remove(runtime.database.engine, "before_cursor_execute", count)
        return len(seen)

    service.plan_meeting(session, operator, plan_of(ministry))
    alone = queries()
    for day in range(1, 6):
        starts, ends = shifted(24 * day)
        service.plan_meeting(session, operator, plan_of(ministry, starts_at=starts, ends_at=ends))
    assert queries() == alone


def test_what_does_not_exist_is_not_found(session: Session, operator: Actor) -> None:
    with pytest.raises(NotFound):
        service.get_meeting(session, operator, uuid4())
