"""Editing a planned meeting: everything at once under version, caps and overlaps; and extending one that is open."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound, VersionConflict
from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from orchestrator.invitations.models import JoinLink
from orchestrator.invitations.service import create_links
from orchestrator.meetings import service
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.editing import edit_meeting
from orchestrator.meetings.editing import plan_of as stored_plan
from orchestrator.meetings.extension import extend_meeting
from orchestrator.meetings.models import Attendance, Meeting, MeetingEndpoint, Participant, Urgency
from orchestrator.meetings.plan import PlannedDocument, PlannedEndpoint, PlannedItem, PlannedParticipant
from orchestrator.meetings.refusals import ExtensionBlocked, MeetingNotPlanned, NotExtendable
from orchestrator.meetings.registration import register_people
from orchestrator.refusals import EndpointTaken, MeetingOver, RoomCapExceeded, UnknownReference
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, build_ministry, plan_of, shifted


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    return service.plan_meeting(session, operator, plan_of(ministry, agenda=[PlannedItem("Một"), PlannedItem("Hai")]))


def topics(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxEvent.topic).order_by(OutboxEvent.id)))


def test_everything_of_a_plan_can_be_changed_at_once(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    starts, ends = shifted(24)
    meeting.participants[0].attendance = Attendance.AT_HOME
    plan = plan_of(
        ministry,
        title="Họp giao ban trực tuyến tuần 16",
        urgency=Urgency.URGENT,
        starts_at=starts,
        ends_at=ends,
        endpoints=[PlannedEndpoint(ministry.endpoints[2].id, 7, True), PlannedEndpoint(ministry.endpoints[0].id, 4)],
        participants=[PlannedParticipant(ministry.member.id, ministry.endpoints[2].id)],
        agenda=[PlannedItem("Mới", ministry.units[1].id)],
        documents=[PlannedDocument("12/KH-BM")],
    )
    edit_meeting(session, operator, meeting.id, plan, expected_version=1)
    session.expire_all()
    assert (meeting.title, meeting.starts_at, meeting.version) == (plan.title, starts, 2)
    assert [(place.endpoint_id, place.head_count) for place in meeting.endpoints] == [
        (ministry.endpoints[2].id, 7),
        (ministry.endpoints[0].id, 4),
    ]
    assert meeting.central_endpoint is meeting.endpoints[0]
    assert {item.person_id for item in meeting.participants} == {
        ministry.chair.id,
        ministry.secretary.id,
        ministry.member.id,
    }
    chair = next(item for item in meeting.participants if item.person_id == ministry.chair.id)
    assert chair.attendance is Attendance.AT_HOME, "a person keeps what was said of them"
    assert [(item.title, item.unit_id) for item in meeting.agenda] == [("Mới", ministry.units[1].id)]
    assert [item.symbol for item in meeting.documents] == ["12/KH-BM"]
    assert topics(session) == ["meeting.planned", "meeting.changed", "meeting.rescheduled"]
    assert "tuan 16" in meeting.search_text


def test_an_edit_that_changes_nothing_writes_the_same_plan(session: Session, operator: Actor, meeting: Meeting) -> None:
    before = stored_plan(meeting)
    edit_meeting(session, operator, meeting.id, before)
    session.expire_all()
    assert stored_plan(meeting) == before
    assert "meeting.rescheduled" not in topics(session)


def test_an_endpoint_taken_out_is_kept_silent_and_free(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    create_links(session, operator, meeting)
    gone = meeting.endpoints[3]
    kept = [PlannedEndpoint(item.endpoint_id, 5, item.is_central) for item in meeting.endpoints[:3]]
    edit_meeting(session, operator, meeting.id, replace(stored_plan(meeting), endpoints=kept))
    assert gone.id not in {place.id for place in meeting.endpoints}
    stored = session.get_one(MeetingEndpoint, gone.id)
    assert (stored.withdrawn_at is not None, stored.head_count) == (True, 0)
    live = session.scalars(select(JoinLink.meeting_endpoint_id).where(JoinLink.revoked_at.is_(None))).all()
    assert set(live) == {place.id for place in meeting.endpoints}
    other = plan_of(ministry, endpoints=[PlannedEndpoint(gone.endpoint_id)], chair_id=None, secretary_id=None)
    second = service.plan_meeting(session, operator, other)
    with pytest.raises(EndpointTaken):
        edit_meeting(session, operator, meeting.id, plan_of(ministry))
    service.cancel_meeting(session, operator, second.id, "Trùng lịch")
    edit_meeting(session, operator, meeting.id, plan_of(ministry))
    assert gone.id in {place.id for place in meeting.endpoints}, "taken back, it is the same row again"


def test_people_at_a_withdrawn_endpoint_attend_from_afar(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    seated = replace(
        stored_plan(meeting), participants=[PlannedParticipant(ministry.member.id, ministry.endpoints[3].id)]
    )
    edit_meeting(session, operator, meeting.id, seated)
    fewer = replace(
        stored_plan(meeting),
        endpoints=stored_plan(meeting).endpoints[:3],
        participants=[PlannedParticipant(ministry.member.id)],
    )
    edit_meeting(session, operator, meeting.id, fewer)
    row = session.scalars(select(Participant).where(Participant.person_id == ministry.member.id)).one()
    assert row.meeting_endpoint_id is None


def test_caps_and_unknown_things_refuse_an_edit_whole(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    crowded = [PlannedEndpoint(ministry.endpoints[1].id, 21)]
    before = stored_plan(meeting)
    for changes, refusal in (
        ({"endpoints": crowded}, RoomCapExceeded),
        ({"endpoints": []}, Invalid),
        ({"title": "x" * 300}, Invalid),
        ({"starts_at": ENDS, "ends_at": STARTS}, Invalid),
        ({"endpoints": [PlannedEndpoint(uuid4())]}, UnknownReference),
        ({"agenda": [PlannedItem("Báo cáo", uuid4())]}, UnknownReference),
        ({"classification": Classification.SECRET}, ClassifiedRefused),
    ):
        with pytest.raises(refusal):
            edit_meeting(session, operator, meeting.id, plan_of(ministry, **changes))  # type: ignore[arg-type]
    session.expire_all()
    assert stored_plan(meeting) == before


def test_a_head_count_that_came_in_meanwhile_is_not_written_over(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    read = meeting.version
    register_people(session, operator, meeting.id, meeting.endpoints[1].endpoint_id, more=3)
    with pytest.raises(VersionConflict):
        edit_meeting(session, operator, meeting.id, stored_plan(meeting), expected_version=read)


def test_only_the_operator_edits_and_only_what_is_planned(
    session: Session, operator: Actor, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    plan = stored_plan(meeting)
    with pytest.raises(Forbidden):
        edit_meeting(session, actor_factory(Role.SECRETARY), meeting.id, plan)
    with pytest.raises(NotFound):
        edit_meeting(session, operator, uuid4(), plan)
    service.open_meeting(session, operator, meeting.id)
    with pytest.raises(MeetingNotPlanned, match="đang họp"):
        edit_meeting(session, operator, meeting.id, plan)
    service.close_meeting(session, operator, meeting.id)
    with pytest.raises(MeetingOver):
        edit_meeting(session, operator, meeting.id, plan)


def test_two_who_edit_from_the_same_version_do_not_both_win(
    runtime: Runtime, operator: Actor, administrator: Actor
) -> None:
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, administrator)
        meeting = service.plan_meeting(session, operator, plan_of(ministry))
        plan = stored_plan(meeting)

    def edit(number: int) -> bool:
        try:
            with runtime.database.transaction() as own:
                edit_meeting(own, operator, meeting.id, replace(plan, title=f"Bản {number}"), expected_version=1)
        except VersionConflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(edit, range(6))).count(True) == 1


def test_rescheduling_checks_the_version_too(session: Session, operator: Actor, meeting: Meeting) -> None:
    starts, ends = shifted(3)
    with pytest.raises(VersionConflict):
        service.reschedule_meeting(session, operator, meeting.id, starts, ends, expected_version=9)


def test_warnings_are_kept_with_the_plan_and_follow_it(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    assert [item["code"] for item in meeting.time_warnings] == ["time_invitation_late", "time_papers_late"]
    urgent = replace(stored_plan(meeting), urgency=Urgency.EXPRESS)
    assert edit_meeting(session, operator, meeting.id, urgent).time_warnings == []


# --- extending ------------------------------------------------------------------------------------------------------


def test_only_an_open_meeting_is_extended_and_by_the_operator(
    session: Session, operator: Actor, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    with pytest.raises(NotExtendable, match="đổi giờ họp"):
        extend_meeting(session, operator, meeting.id, 30)
    service.open_meeting(session, operator, meeting.id)
    with pytest.raises(Forbidden):
        extend_meeting(session, actor_factory(Role.SECRETARY), meeting.id, 30)
    with pytest.raises(NotFound):
        extend_meeting(session, operator, uuid4(), 30)
    for wrong in (0, -5, 241, True):
        with pytest.raises(Invalid):
            extend_meeting(session, operator, meeting.id, wrong)


def test_an_extension_moves_the_end_and_says_what_it_means_for_the_room(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    service.open_meeting(session, operator, meeting.id)
    first = extend_meeting(session, operator, meeting.id, 60)
    assert (first.ends_at, first.needs_rejoin) == (ENDS + timedelta(minutes=60), False)
    # Prosody was told the first plan and two hours more; that is where the room surely lives until.
    assert first.room_certain_until == ENDS + timedelta(hours=2)
    second = extend_meeting(session, operator, meeting.id, 90)
    assert second.room_certain_until == first.room_certain_until
    assert second.needs_rejoin
    assert topics(session)[-1] == "meeting.extended"
    with pytest.raises(Invalid, match="12 giờ"):
        for _ in range(4):
            extend_meeting(session, operator, meeting.id, 240)


def test_an_extension_into_the_next_meeting_says_how_much_is_possible(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    begin = ENDS + timedelta(minutes=20)
    following = plan_of(
        ministry,
        endpoints=[PlannedEndpoint(ministry.endpoints[2].id)],
        chair_id=None,
        secretary_id=None,
        starts_at=begin,
        ends_at=begin + timedelta(hours=1),
        title="Họp sau",
    )
    service.plan_meeting(session, operator, following)
    service.open_meeting(session, operator, meeting.id)
    with pytest.raises(ExtensionBlocked) as caught:
        extend_meeting(session, operator, meeting.id, 30)
    for part in ("30 phút", "Phòng họp Cục Văn thư và Lưu trữ", "Họp sau", "tối đa 20 phút"):
        assert part in caught.value.sentence()
    assert meeting.ends_at == ENDS
    assert extend_meeting(session, operator, meeting.id, 20).ends_at == begin


def test_an_extension_is_held_against_the_chair_as_well(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting, administrator: Actor
) -> None:
    create_policy(session, administrator, NewPolicy("x", Scope.MEETING, 500, "x", STARTS.date()))
    edit_meeting(
        session, operator, meeting.id, replace(stored_plan(meeting), endpoints=stored_plan(meeting).endpoints[:2])
    )
    other = plan_of(
        ministry, endpoints=[PlannedEndpoint(ministry.endpoints[3].id, 2)], starts_at=ENDS,
        ends_at=ENDS + timedelta(hours=1),
    )  # fmt: skip
    service.plan_meeting(session, operator, other)
    service.open_meeting(session, operator, meeting.id)
    with pytest.raises(ExtensionBlocked, match="Phan Quốc Bảo"):
        extend_meeting(session, operator, meeting.id, 5)
