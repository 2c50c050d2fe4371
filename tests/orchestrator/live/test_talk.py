"""Messages and agenda: the content side of the hour."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from orchestrator.live import talk
from orchestrator.live.refusals import MessageTaken
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedItem
from orchestrator.meetings.service import plan_meeting
from tests.conftest import MOMENT
from tests.orchestrator.conftest import Ministry, plan_of


def test_a_message_is_handed_over_by_one_console(
    session: Session, operator: Actor, secretary: Actor, meeting: Meeting
) -> None:
    row = talk.say_to_all(session, secretary, meeting.id, "  Các điểm cầu   tắt micro khi chưa phát biểu ")
    assert row.text == "Các điểm cầu tắt micro khi chưa phát biểu"
    assert row.sent_at is None
    assert talk.claim_message(session, operator, row.id).sent_at == MOMENT
    with pytest.raises(MessageTaken):
        talk.claim_message(session, secretary, row.id)
    talk.release_message(session, operator, row.id)
    assert talk.claim_message(session, secretary, row.id).sent_at == MOMENT
    assert list(talk.messages_of(session, meeting.id)) == [row]


@pytest.mark.parametrize("text", ["", "   ", "a" * 251, "\x1b[31m"])
def test_wrong_messages_are_refused(session: Session, secretary: Actor, meeting: Meeting, text: str) -> None:
    with pytest.raises(Invalid):
        talk.say_to_all(session, secretary, meeting.id, text)


def test_others_do_not_speak_to_the_room(
    session: Session, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    for role in (Role.APPROVER, Role.REGISTRAR):
        with pytest.raises(Forbidden):
            talk.say_to_all(session, actor_factory(role), meeting.id, "Xin chào")
    with pytest.raises(NotFound):
        talk.say_to_all(session, actor_factory(Role.UNIT), meeting.id, "Xin chào")
    with pytest.raises(NotFound):
        talk.claim_message(session, actor_factory(Role.OPERATOR), uuid4())


def test_the_agenda_moves_and_knows_only_its_own_points(
    session: Session, operator: Actor, secretary: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    later = plan_of(ministry, agenda=[PlannedItem("Báo cáo mở đầu"), PlannedItem("Kết luận")])
    endpoints = [later.endpoints[0]]
    starts = later.starts_at.replace(day=10)
    plan = plan_of(
        ministry, agenda=later.agenda, endpoints=endpoints, starts_at=starts, ends_at=later.ends_at.replace(day=10)
    )
    held = plan_meeting(session, operator, plan)
    assert talk.agenda_mark_of(session, held.id) is None
    talk.mark_agenda(session, secretary, held.id, held.agenda[1].id)
    mark = talk.agenda_mark_of(session, held.id)
    assert mark is not None
    assert mark.agenda_item_id == held.agenda[1].id
    with pytest.raises(NotFound):
        talk.mark_agenda(session, secretary, meeting.id, held.agenda[1].id)
