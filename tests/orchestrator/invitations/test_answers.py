"""Answers: thirty at once under the cap, old answers after a move, what the board and the next mails make of them."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from orchestrator.directory.models import EndpointKind
from orchestrator.directory.service import NewEndpoint, create_endpoint
from orchestrator.invitations.answers import Comer, GivenAnswer, give_answer, personal_page
from orchestrator.invitations.board import Standing, board_of
from orchestrator.invitations.links import create_links
from orchestrator.invitations.models import Answer, Invitation
from orchestrator.invitations.sending import send_invitations
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.service import plan_meeting, reschedule_meeting
from orchestrator.refusals import CapExceeded
from tests.conftest import FixedClock
from tests.orchestrator.conftest import STARTS, build_ministry, plan_of, shifted

MORNING = STARTS - timedelta(hours=3)
SYSTEM = Actor(uuid4(), "Lý Thị Kỹ", frozenset(Role) - {Role.UNIT})
COMING = GivenAnswer(
    Answer.COMING, 3, [Comer("Lò Thị An", "Trưởng phòng", "Giàng A Sử")], contact_phone="024 3976 1234"
)


@pytest.fixture
def crowd(runtime: Runtime) -> list[str]:
    """Links of thirty endpoints with nobody registered yet, under a cap of twenty people in the meeting."""
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, SYSTEM)
        new = [NewEndpoint(f"DP-{n:02}", f"Điểm cầu số {n}", EndpointKind.COMPONENT) for n in range(30)]
        endpoints = [create_endpoint(session, SYSTEM, item) for item in new]
        planned = [PlannedEndpoint(item.id, 0, is_central=n == 0) for n, item in enumerate(endpoints)]
        meeting = plan_meeting(session, SYSTEM, plan_of(ministry, endpoints=planned, chair_id=None, secretary_id=None))
        policy = NewPolicy("Trần cuộc họp", Scope.MEETING, 20, "Chỉ thị 15/CT-TTg", date(2026, 1, 1))
        create_policy(session, SYSTEM, policy)
        return [token for _, token in create_links(session, SYSTEM, meeting)]


def test_thirty_who_answer_at_once_into_twenty_seats_are_exactly_twenty(runtime: Runtime, crowd: list[str]) -> None:
    for _ in range(3):
        barrier = threading.Barrier(len(crowd))

        def one(token: str, barrier: threading.Barrier = barrier) -> str:
            barrier.wait(30)
            try:
                with runtime.database.transaction() as session:
                    give_answer(session, token, GivenAnswer(Answer.COMING, 1), MORNING)
            except CapExceeded as refused:
                assert "Chỉ thị 15/CT-TTg" in refused.sentence()
                return "full"
            return "in"

        with ThreadPoolExecutor(len(crowd)) as pool:
            assert Counter(pool.map(one, crowd)) == {"in": 20, "full": 10}
        with runtime.database.transaction() as session:
            assert sum(session.scalars(select(MeetingEndpoint.head_count))) == 20
        for token in crowd:
            with runtime.database.transaction() as session:
                give_answer(session, token, GivenAnswer(Answer.DECLINED, decline_reason="Bận"), MORNING)


def test_an_answer_to_another_time_is_an_old_one(
    session: Session, operator: Actor, meeting: Meeting, fixed_clock: FixedClock
) -> None:
    send_invitations(session, operator, meeting.id)
    links = dict(create_links(session, operator, meeting))
    place, token = next(iter(links.items()))
    give_answer(session, token, COMING, fixed_clock.now)
    board = board_of(session, operator, meeting.id)
    assert (board.rows[0].standing, board.people) == (Standing.COMING, 3)
    reschedule_meeting(session, operator, meeting.id, *shifted(24))
    session.expire_all()
    board = board_of(session, operator, meeting.id)
    assert (board.rows[0].standing, board.people) == (Standing.OLD_ANSWER, 0)
    give_answer(session, token, COMING, fixed_clock.now)
    assert board_of(session, operator, meeting.id).rows[0].standing is Standing.COMING
    assert place.head_count == 3


def test_an_answer_leaves_a_trace_without_names(session: Session, operator: Actor, meeting: Meeting) -> None:
    _, token = create_links(session, operator, meeting)[0]
    invitation = give_answer(session, token, COMING, MORNING)
    rows = session.scalars(select(AuditRow).where(AuditRow.object_id == invitation.id)).all()
    assert [(row.action, row.actor_id) for row in rows] == [("invitation.answered", None)]
    assert "Lò Thị An" not in str([row.detail for row in rows])
    (event,) = session.scalars(select(OutboxEvent).where(OutboxEvent.topic == "invitation.answered"))
    assert event.payload == {"id": str(invitation.id), "meeting_id": str(meeting.id)}


def test_the_technical_contact_of_the_answer_gets_the_next_mails(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    _, token = create_links(session, operator, meeting)[3]
    given = GivenAnswer(Answer.COMING, 2, contact_name="Hoàng Văn Dự", contact_email="Du@bo.example")
    give_answer(session, token, given, MORNING)
    assert board_of(session, operator, meeting.id).rows[3].addresses == ["Du@bo.example"]
    page = personal_page(session, token, MORNING)
    assert page.invitation is not None
    assert page.invitation.contact_name == "Hoàng Văn Dự"


def test_answering_twice_is_one_invitation(session: Session, operator: Actor, meeting: Meeting) -> None:
    _, token = create_links(session, operator, meeting)[0]
    first, second = (give_answer(session, token, COMING, MORNING) for _ in range(2))
    assert first is second
    assert len(session.scalars(select(Invitation)).all()) == 1
