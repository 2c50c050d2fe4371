"""The reservation service, judged as Prosody judges it (rows R of the conformance table that rest on our answer)."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.messages import say
from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from orchestrator.jitsi import reservation
from orchestrator.live.console_seat import CONSOLE_SEATS
from orchestrator.live.service import open_alarms
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.doors import OVERRUN
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import (
    cancel_meeting,
    close_meeting,
    declare_classified,
    open_meeting,
    plan_meeting,
)
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, plan_of
from tests.orchestrator.jitsi.prosody import INVALID, Verdict, judge

OPEN = STARTS - timedelta(minutes=10)
GUEST = "a300cc2b-0000-4000-8000-000000000000@meet.rig"


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    return plan_meeting(session, operator, plan_of(ministry))


def post(session: Session, name: str, now: datetime = OPEN) -> tuple[int, dict[str, Any]]:
    form = {"name": name, "mail_owner": GUEST, "start_time": "2026-04-08T08:50:00.000Z"}
    return reservation.reserve(session, form, now)


def verdict(session: Session, name: str, now: datetime = OPEN) -> Verdict:
    status, answer = post(session, name, now)
    return judge(status, json.dumps(answer, ensure_ascii=False), room=name, now=now)


def room_of(meeting: Meeting) -> str:
    assert meeting.room_name is not None
    return meeting.room_name


def test_a_planned_meeting_gets_its_room_with_a_seat_per_endpoint_and_one_for_the_console(
    session: Session, meeting: Meeting
) -> None:
    found = verdict(session, room_of(meeting))
    assert found.is_open
    assert found.max_occupants == 4 + CONSOLE_SEATS
    assert found.ends_at == ENDS + OVERRUN


def test_the_answer_in_full(session: Session, meeting: Meeting) -> None:
    status, answer = post(session, room_of(meeting))
    assert status == 200
    assert answer == {
        "id": str(meeting.id),
        "name": room_of(meeting),
        "mail_owner": GUEST,
        "start_time": "2026-04-08T09:00:00.000Z",
        "duration": 5400 + 7200,
        "max_occupants": 4 + CONSOLE_SEATS,
    }
    assert re.fullmatch(r"[A-Za-z0-9-]+", answer["id"])
    assert None not in answer.values()


def test_r12_the_name_is_given_back_as_it_was_written(session: Session, meeting: Meeting) -> None:
    shouted = room_of(meeting).upper()
    assert post(session, shouted)[1]["name"] == shouted
    assert verdict(session, shouted).is_open


def test_the_same_meeting_always_has_the_same_id(session: Session, meeting: Meeting) -> None:
    first = post(session, room_of(meeting))[1]
    reservation.room_gone(session, first["id"], OPEN + timedelta(minutes=1))
    assert post(session, room_of(meeting), OPEN + timedelta(minutes=2))[1] == first


def test_r09_r16_too_early_is_a_403_with_our_sentence(session: Session, meeting: Meeting) -> None:
    found = verdict(session, room_of(meeting), STARTS - timedelta(minutes=61))
    assert found.code == 403
    assert "chưa mở" in found.text
    assert "15:00 ngày 08/04/2026" in found.text
    assert verdict(session, room_of(meeting), STARTS - timedelta(minutes=60)).is_open


def test_the_operator_opens_early(session: Session, operator: Actor, meeting: Meeting) -> None:
    open_meeting(session, operator, meeting.id)
    assert verdict(session, room_of(meeting), STARTS - timedelta(hours=5)).is_open


def test_a_refusal_is_told_to_the_operator_with_the_time_it_is_remembered(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    for _ in range(2):
        post(session, room_of(meeting), STARTS - timedelta(hours=3))
    (alarm,) = open_alarms(session, operator)
    assert (alarm.kind, alarm.meeting_id, alarm.times) == ("reservation_refused", meeting.id, 2)
    sentence = say(f"alarm_{alarm.kind}", **alarm.payload)
    assert "chưa mở" in sentence
    assert "đến 13:01:30" in sentence


def test_rooms_nobody_planned_share_one_line(session: Session, operator: Actor) -> None:
    for name in ("mot", "hai", "ba\x00"):
        assert post(session, name)[0] == 403
    (alarm,) = open_alarms(session, operator)
    assert (alarm.room_name, alarm.subject, alarm.times) == ("", "unknown_room", 3)


def test_r15_an_answer_never_runs_into_419(session: Session, meeting: Meeting) -> None:
    assert verdict(session, room_of(meeting), ENDS + OVERRUN - timedelta(seconds=1)).is_open
    over = verdict(session, room_of(meeting), ENDS + OVERRUN)
    assert over.code == 403
    assert "đã kết thúc" in over.text


def test_closed_and_cancelled_say_so(session: Session, operator: Actor, ministry: Ministry) -> None:
    closed = plan_meeting(session, operator, plan_of(ministry))
    close_meeting(session, operator, closed.id)
    cancelled = plan_meeting(session, operator, plan_of(ministry))
    cancel_meeting(session, operator, cancelled.id, "Bộ trưởng đi công tác đột xuất.")
    assert (verdict(session, room_of(closed)).code, verdict(session, room_of(cancelled)).code) == (403, 403)
    assert "Bộ trưởng đi công tác" in verdict(session, room_of(cancelled)).text


def test_a_classified_meeting_has_no_room(session: Session, operator: Actor, meeting: Meeting) -> None:
    room = room_of(meeting)
    declare_classified(session, operator, meeting.id, Classification.SECRET)
    assert verdict(session, room).code == 403
    assert reservation.get(session, str(meeting.id), OPEN)[0] == 404


@pytest.mark.parametrize("name", ["phong-la", "Họp", "x" * 600, "a\x00b", "[bo]", "[a][b]", "%", "' OR 1=1 --"])
def test_r23_an_unknown_room_is_a_403(session: Session, meeting: Meeting, name: str) -> None:
    found = verdict(session, name)
    assert found.code == 403
    assert "không có trong kế hoạch" in found.text
    assert len(found.text) < 300


@pytest.mark.parametrize("form", [{}, {"name": ""}, {"name": "  "}, {"start_time": "x", "mail_owner": "y"}])
def test_a_form_without_a_name_is_a_400(session: Session, form: dict[str, str]) -> None:
    status, answer = reservation.reserve(session, form, OPEN)
    assert (status, "message" in answer) == (400, True)


def test_tenants_one_room_may_live_and_not_two(session: Session, meeting: Meeting) -> None:
    plain, tenant = room_of(meeting), f"[bo]{room_of(meeting)}"
    assert verdict(session, tenant).is_open
    refused = verdict(session, plain)
    assert refused.code == 403
    assert "địa chỉ khác" in refused.text
    assert verdict(session, tenant).is_open
    reservation.room_gone(session, str(meeting.id), OPEN)
    assert verdict(session, plain).is_open
    assert reservation.get(session, str(meeting.id), OPEN)[1]["name"] == plain


def test_a_cap_on_connections_made_after_the_plan_still_holds_at_the_door(
    session: Session, administrator: Actor, meeting: Meeting
) -> None:
    create_policy(
        session, administrator, NewPolicy("Trần kết nối", Scope.CONNECTIONS, 3, "Quy chế họp", date(2026, 1, 1))
    )
    assert verdict(session, room_of(meeting)).max_occupants == 3


def test_get_gives_the_object_of_the_reservation(session: Session, meeting: Meeting) -> None:
    posted = post(session, room_of(meeting))[1]
    status, answer = reservation.get(session, str(meeting.id), OPEN)
    assert status == 200
    assert {key: answer[key] for key in answer if key != "mail_owner"} == {
        key: posted[key] for key in posted if key != "mail_owner"
    }
    assert reservation.get(session, str(meeting.id), STARTS - timedelta(days=1))[0] == 403


@pytest.mark.parametrize("conference_id", ["khong-co", "", "../x", "5f0c1c36-2f7e-4a35-9d53-0a6f4c1b7e21"])
def test_r20_ids_that_are_none(session: Session, conference_id: str) -> None:
    assert reservation.get(session, conference_id, OPEN)[0] == 404
    assert reservation.room_gone(session, conference_id, OPEN)[0] == 404


def test_r26_delete_means_the_room_is_gone_and_not_that_the_meeting_is_over(session: Session, meeting: Meeting) -> None:
    post(session, room_of(meeting))
    for _ in range(2):
        assert reservation.room_gone(session, str(meeting.id), OPEN) == (200, {})
    assert meeting.state == "planned"
    assert verdict(session, room_of(meeting)).is_open


def test_r27_our_own_fault_is_a_503_that_prosody_tries_again(
    runtime: Runtime, session: Session, meeting: Meeting
) -> None:
    session.commit()
    with runtime.database.transaction() as broken:
        backend = broken.scalar(select(func.pg_backend_pid()))
        with runtime.database.transaction() as other:
            other.execute(select(func.pg_terminate_backend(backend)))
        status, answer = post(broken, room_of(meeting))
    assert status == 503
    assert "Hãy thử lại" in answer["message"]
    with runtime.database.transaction() as later:
        assert post(later, room_of(meeting))[0] == 200


def test_two_ask_at_the_same_time_and_hear_the_same(
    runtime: Runtime, session: Session, operator: Actor, ministry: Ministry
) -> None:
    meeting = plan_meeting(session, operator, plan_of(ministry))
    session.commit()
    with runtime.database.transaction() as one:
        first = post(one, room_of(meeting))
    with runtime.database.transaction() as other:
        assert post(other, room_of(meeting)) == first


#: Rows of the conformance table that say what Prosody does with an answer; they keep the judge above honest.
_WHOLE = {"id": "m", "name": "r", "mail_owner": "o", "start_time": "2026-04-08T09:00:00Z", "duration": 3600}


@pytest.mark.parametrize(
    ("row", "changes", "code"),
    [
        ("R04", {"max_occupants": "1"}, 0),
        ("R05", {"max_occupants": 0}, 500),
        ("R06", {"max_occupants": None}, 500),
        ("R12", {"name": "khac"}, 500),
        ("R13", {"start_time": "2026-04-08T16:00:00+07:00"}, 0),
        ("R14", {"start_time": "2026-04-08 09:00:00Z"}, 500),
        ("R15", {"start_time": "2026-04-08T05:00:00Z"}, 419),
        ("R16", {"start_time": "2026-04-08T12:00:00Z"}, 0),
        ("R17", {"duration": "600"}, 0),
        ("R18", {"duration": None}, 500),
        ("R22", {"password": 1234}, 500),
    ],
)
def test_the_judge_reads_answers_as_the_table_says(row: str, changes: dict[str, Any], code: int) -> None:
    found = judge(200, json.dumps(_WHOLE | changes), room="R", now=STARTS)
    assert found.code == code, row


def test_the_judge_on_other_answers() -> None:
    assert judge(201, json.dumps(_WHOLE), room="r", now=STARTS).is_open
    assert judge(204, "", room="r", now=STARTS).code == 204
    assert judge(200, "<html>", room="r", now=STARTS) == INVALID
    assert judge(422, '{"detail": "x"}', room="r", now=STARTS).text == "Rejected by reservation server"
